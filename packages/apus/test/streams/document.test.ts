// What the document says of streams, as FastAPI 0.141 says it, and what `describe` does.
import { App, events, httpError, jsonLines, stream } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";

const Item = z.object({ name: z.string(), at: z.date() }).meta({ id: "Item" });
const Missing = httpError(404, "No such feed");

const event = {
  event: { type: "string" },
  id: { type: "string" },
  retry: { type: "integer", minimum: 0 },
};
const ref = { $ref: "#/components/schemas/Item" };

test.each<[string, object, number, unknown]>([
  ["events", { output: events() }, 200, { "text/event-stream": { itemSchema: { type: "object", properties: { data: { type: "string" }, ...event } } } }],
  [
    "events of a schema",
    { output: events(Item), status: 201 },
    201,
    {
      "text/event-stream": {
        itemSchema: {
          type: "object",
          properties: { data: { type: "string", contentMediaType: "application/json", contentSchema: ref }, ...event },
          required: ["data"],
        },
      },
    },
  ],
  ["JSON Lines", { output: jsonLines() }, 200, { "application/jsonl": { itemSchema: {} } }],
  ["JSON Lines of a schema", { output: jsonLines(Item) }, 200, { "application/jsonl": { itemSchema: ref } }],
  ["JSON Lines of lists", { output: jsonLines(z.array(z.int())) }, 200, { "application/jsonl": { itemSchema: { type: "array", items: { type: "integer" } } } }],
  ["a body with a type", { as: stream({ type: "image/png" }) }, 200, { "image/png": { schema: { type: "string" } } }],
  ["a body without", { as: stream }, 200, undefined],
])("%s", (_, options, status, content) => {
  const app = new App();
  app.get("/", { ...options, errors: [Missing] } as object as { output: ReturnType<typeof events> }, () => []);
  const { responses } = app.openapi().paths["/"]!["get"] as { responses: Record<string, { content?: unknown }> };
  expect(Object.keys(responses)).toEqual([String(status), "404"]);
  expect(responses[status]!.content).toEqual(content);
}); // prettier-ignore

test("an operation that streams is described by what an item is", () => {
  const app = new App();
  app.get("/a", { output: events(Item) }, () => []);
  app.get("/b", { output: jsonLines() }, () => []);
  app.get("/c", { as: stream({ type: "image/png" }) }, () => "");
  expect(app.describe().operations.map(({ output: { type, mediaType } }) => [type, mediaType])).toEqual([
    ["Item", "text/event-stream"],
    [null, "application/jsonl"],
    [null, "image/png"],
  ]);
});
