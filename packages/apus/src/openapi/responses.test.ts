import { expect, it } from "vitest";
import { z } from "zod";
import { App, get, httpError, kind, router } from "../index.ts";

const responsesOf = (app: App): Record<string, unknown> => {
  const { get: readItem } = app.openapi().paths["/items/{id}"]!;
  return (readItem as { responses: Record<string, unknown> }).responses;
};

it("documents invalid inputs beside a declared 422", () => {
  const Unusable = httpError(422, "Unusable");
  const readItem = get("/items/{id}", { input: { id: z.int() }, errors: [Unusable] }, ({ id }) => id);
  const responses = responsesOf(new App().include(router({ readItem })));
  expect(responses["422"]).toEqual({
    description: "Validation Error or Unusable",
    content: {
      "application/json": {
        schema: {
          anyOf: [
            { $ref: "#/components/schemas/HTTPValidationError" },
            { type: "object", properties: { detail: { type: "string", const: "Unusable" } }, required: ["detail"] },
          ],
        },
      },
    },
  });
});

it("leaves 422 to a range that somebody wrote", () => {
  const options = { input: { id: z.int() }, responses: { "4XX": { description: "Refused" } } };
  const responses = responsesOf(new App().include(router({ readItem: get("/items/{id}", options, ({ id }) => id) })));
  expect(Object.keys(responses)).toEqual(["200", "4XX"]);
});

const Item = z.object({ id: z.string() }).meta({ id: "Item" });
const example = { id: "bar" };

it("adds what is said of the answer to what is known of it", () => {
  const options = {
    input: { id: z.string() },
    output: Item,
    responses: { 200: { content: { "application/json": { example }, "image/png": {} }, headers: { "x-a": {} } } },
  };
  const responses = responsesOf(
    new App().include(router({ readItem: get("/items/{id}", options, ({ id }) => ({ id })) })),
  );
  expect(responses["200"]).toEqual({
    description: "Successful Response",
    content: { "application/json": { schema: { $ref: "#/components/schemas/Item" }, example }, "image/png": {} },
    headers: { "x-a": {} },
  });
});

it("describes further answers in the media type that the operation answers in", () => {
  const jsonApi = kind<unknown>({ mediaType: "application/vnd.api+json", write: (value) => JSON.stringify(value) });
  const options = { input: { id: z.string() }, as: jsonApi, responses: { 404: { schema: Item } } };
  const responses = responsesOf(new App().include(router({ readItem: get("/items/{id}", options, ({ id }) => id) })));
  expect(responses["404"]).toEqual({
    description: "Not Found",
    content: { "application/vnd.api+json": { schema: { $ref: "#/components/schemas/Item" } } },
  });
});

it("joins `openapi` with what is known of the operation", () => {
  const options = {
    tags: ["items"],
    input: { id: z.int() },
    openapi: { tags: ["more"], responses: { 200: { links: {} }, 404: { description: "None" } }, "x-own": true },
  };
  const app = new App().include(router({ readItem: get("/items/{id}", options, ({ id }) => id) }));
  expect(app.openapi().paths["/items/{id}"]!["get"]).toMatchObject({ tags: ["items", "more"], "x-own": true });
  const responses = responsesOf(app);
  expect(Object.keys(responses)).toEqual(["200", "404", "422"]);
  expect(responses["200"]).toEqual({
    description: "Successful Response",
    content: { "application/json": { schema: {} } },
    links: {},
  });
});
