import { expect, test } from "vitest";
import { expectedAnswer } from "../runner/expectation.ts";
import type { HttpStep } from "../runner/vector.ts";
import { titles } from "./titles.ts";

const request = { method: "GET", path: "/openapi.json" };
const context = { vector: "x.json", request };

function stepOf(json: unknown): HttpStep {
  return { request, expect: { status: 200, json } };
}

/** What the rule makes of a document. */
function transformed(json: unknown): unknown {
  const [body] = titles.transform(expectedAnswer(stepOf(json)), context).bodies;
  return body?.kind === "json" ? body.value : undefined;
}

const document = (paths: unknown, schemas: unknown = {}) => ({
  openapi: "3.1.0",
  info: { title: "Info" },
  paths,
  components: { schemas },
});
const operation = (parts: object) => ({ "/items/": { get: { operationId: "read_items_items__get", ...parts } } });
const parameter = (name: string, where: string, title: string) =>
  operation({ parameters: [{ name, in: where, schema: { type: "string", title } }] });

const untitled = (name: string, where: string) =>
  operation({ parameters: [{ name, in: where, schema: { type: "string" } }] });

test.each([
  ["item_id", "path", "Item Id"],
  ["q", "query", "Q"],
  ["item-query", "query", "Item-Query"],
  ["aLias", "query", "Alias"],
  ["any_", "query", "Any "],
  ["a1b", "query", "A1B"],
  ["x-token", "header", "X-Token"],
  ["save-data", "header", "Save Data"],
])("the title derived from the parameter %s in %s goes", (name, where, title) => {
  expect(transformed(document(parameter(name, where, title)))).toEqual(document(untitled(name, where)));
});

test.each([
  ["item_id", "path", "The ID of the item to get"],
  ["q", "query", "Query string"],
  ["q", "query", "q"],
  ["aLias", "query", "ALias"],
  ["save-data", "query", "Save Data"],
  ["any_", "query", "Any"],
])("a title that is not derived from the parameter %s in %s stays: %s", (name, where, title) => {
  const json = document(parameter(name, where, title));
  expect(transformed(json)).toEqual(json);
});

test("properties and components lose derived titles, and keep written ones", () => {
  const schemas = {
    Item: {
      title: "Item",
      type: "object",
      properties: {
        full_name: { type: "string", title: "Full Name" },
        description: { type: "string", title: "Written" },
      },
    },
    "User-Input": { title: "User", type: "object", properties: { any_: { title: "Any" } } },
    Page_Item_: { title: "Page[Item]", type: "object" },
    Kind: { title: "What it is", enum: ["a"] },
  };
  expect(transformed(document({}, schemas))).toEqual(
    document(
      {},
      {
        Item: {
          type: "object",
          properties: { full_name: { type: "string" }, description: { type: "string", title: "Written" } },
        },
        "User-Input": { type: "object", properties: { any_: {} } },
        Page_Item_: { type: "object" },
        Kind: { title: "What it is", enum: ["a"] },
      },
    ),
  );
});

test("a property that is itself called title or constructor is not mistaken for one", () => {
  const schemas = {
    Item: { properties: { title: { type: "string", title: "Title" }, constructor: { title: "Constructor" } } },
  };
  expect(transformed(document({}, schemas))).toEqual(
    document({}, { Item: { properties: { title: { type: "string" }, constructor: {} } } }),
  );
});

test("FastAPI's own components and the document's title stay as they are", () => {
  const schemas = {
    HTTPValidationError: { title: "HTTPValidationError", properties: { detail: { title: "Detail" } } },
    ValidationError: {
      title: "ValidationError",
      properties: { loc: { title: "Location" }, input: { title: "Input" } },
    },
  };
  const answer = expectedAnswer(stepOf(document({}, schemas)));
  expect(titles.transform(answer, context)).toBe(answer);
});

test("inline answers lose the title made of the operation id, and no other", () => {
  const answer = (title?: string) => ({
    content: { "application/json": { schema: { type: "array", ...(title && { title }) } } },
  });
  const responses = {
    200: answer("Response Read Items Items  Get"),
    418: answer("Response 418 Read Items Items  Get"),
    404: answer("Gone"),
  };
  expect(transformed(document(operation({ responses })))).toEqual(
    document(operation({ responses: { 200: answer(), 418: answer(), 404: answer("Gone") } })),
  );
});

test("the items of a stream lose the title made of the operation id, as they are and as the data of events", () => {
  const lines = (title: string) => ({
    "application/jsonl": { itemSchema: { type: "integer", ...(title && { title }) } },
  });
  const events = (title: string) => {
    const data = { type: "string", contentSchema: { type: "string", ...(title && { title }) } };
    return { "text/event-stream": { itemSchema: { type: "object", properties: { data } } } };
  };
  const document200 = (content: object) => document(operation({ responses: { 200: { content } } }));
  for (const content of [lines, events]) {
    expect(transformed(document200(content("Streamitem Read Items Items  Get")))).toEqual(document200(content("")));
    expect(transformed(document200(content("A line")))).toEqual(document200(content("A line")));
  }
});

test("an inline body loses a title made of an argument's name, a model written in place keeps its own", () => {
  const body = (schema: object) => ({ requestBody: { content: { "application/json": { schema } } } });
  expect(transformed(document(operation(body({ type: "array", title: "Images" }))))).toEqual(
    document(operation(body({ type: "array" }))),
  );
  const written = document(operation(body({ type: "array", title: "All the images" })));
  expect(transformed(written)).toEqual(written);
  const model = document(operation(body({ title: "Item", type: "object", properties: {} })));
  expect(transformed(model)).toEqual(model);
});

test("webhooks and callbacks are looked through as well", () => {
  const titled = parameter("item_id", "query", "Item Id");
  const plain = untitled("item_id", "query");
  const json = { ...document(operation({ callbacks: { done: titled } })), webhooks: titled };
  expect(transformed(json)).toEqual({ ...document(operation({ callbacks: { done: plain } })), webhooks: plain });
});

test("answers that are not OpenAPI documents are not touched", () => {
  for (const json of [{ title: "Item" }, [{ title: "Item" }], null, { openapi: "3.1.0" }]) {
    const answer = expectedAnswer(stepOf(json));
    expect(titles.transform(answer, context)).toBe(answer);
  }
});
