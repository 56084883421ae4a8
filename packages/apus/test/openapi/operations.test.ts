// Ids, summaries and answers of operations, and what somebody writes into them.
import { App, body, depends, get, json, operation, operationIds, post, router, type OpenApiDocument } from "apus";
import { apiKeyHeader, httpBearer } from "apus/security";
import { expect, test } from "vitest";
import { z } from "zod";
import { violationsOf } from "./official.ts";

type Item = Record<string, { operationId: string; summary: string; [key: string]: unknown }>;
const itemAt = (document: OpenApiDocument, path: string): Item => document.paths[path] as Item;
const idsAt = (document: OpenApiDocument, path: string): string[] =>
  Object.values(itemAt(document, path)).map(({ operationId }) => operationId);

test.each([
  ["readItem", "Read Item", "read_item_a_get"],
  ["read_item", "Read Item", "read_item_a_get"],
  ["basic_", "Basic ", "basic__a_get"],
  ["_hidden", " Hidden", "_hidden_a_get"],
  ["get_2nd_item", "Get 2Nd Item", "get_2nd_item_a_get"],
  ["parseHTMLPage", "Parse Html Page", "parse_html_page_a_get"],
  ["LIST", "List", "LIST_a_get"],
  ["read-item", "Read-Item", "read_item_a_get"],
  ["größe", "Größe", "größe_a_get"],
])("the name %s gives the summary %j and FastAPI's id %s", (name, summary, operationId) => {
  const app = new App({ operationId: operationIds.fastapi }).include({ [name]: get("/a", () => 1) });
  expect(itemAt(app.openapi(), "/a")["get"]).toMatchObject({ summary, operationId });
});

test.each([
  ["the keys", undefined, {}, ["both_get", "both_post"]],
  ["FastAPI's", operationIds.fastapi, {}, ["both_a_get", "both_a_post"]],
  ["its own", undefined, { operationId: "own" }, ["own_get", "own_post"]],
] as const)("each method of an operation has an id of its own: %s", async (_, operationId, own, ids) => {
  const both = operation(["GET", "POST"], "/a", { ...own }, () => 1);
  const document = new App({ operationId }).include({ both }).openapi();
  expect(idsAt(document, "/a")).toEqual(ids);
  expect(await violationsOf(document)).toEqual([]);
});

test("an id that a method gets may not be another operation's", () => {
  const both = operation(["GET", "POST"], "/a", () => 1);
  const both_get = get("/b", () => 1);
  expect(() => new App().include({ both, both_get }).openapi()).toThrow(/APUS_OPERATION_ID.*"both_get"/);
});

test("one function may answer several paths in the short form, whichever comes first", async () => {
  function readItems(): number {
    return 1;
  }
  const ids = (...paths: `/${string}`[]): Record<string, string[]> => {
    const app = new App();
    for (const path of paths) app.get(path, readItems);
    app.get("/alone", function alone() {
      return 1;
    });
    const document = app.openapi();
    expect(itemAt(document, paths[0]!)["get"]!.summary).toBe("Read Items");
    return Object.fromEntries(Object.keys(document.paths).map((path) => [path, idsAt(document, path)]));
  };
  const expected = { "/a": ["readItems_get_a"], "/b": ["readItems_get_b"], "/alone": ["alone"] };
  expect(ids("/a", "/b")).toEqual(expected);
  expect(ids("/b", "/a")).toEqual(expected);
  expect(ids("/a")).toEqual({ "/a": ["readItems"], "/alone": ["alone"] });
});

const Row = z.object({ a: z.int() }).meta({ id: "Row" });
const csv = { "text/csv": { schema: z.array(Row), example: new Map([["a", 1]]) } };

test("answers and additions may hold schemas where JSON Schema would stand", async () => {
  const load = post(
    "/",
    {
      responses: { 200: { content: csv }, "5xx": { description: "Ours" }, DEFAULT: {} },
      openapi: {
        requestBody: { content: { "application/x-yaml": { schema: Row } } },
        responses: { 409: { description: "No", content: csv } },
        externalDocs: { url: "https://example.com" },
        "x-since": new Date(0),
      },
    },
    () => 1,
  );
  const document = new App().include({ load }).openapi();
  const described = {
    "text/csv": { schema: { type: "array", items: { $ref: "#/components/schemas/Row" } }, example: { a: 1 } },
  };
  expect(itemAt(document, "/")["post"]).toEqual({
    summary: "Load",
    operationId: "load",
    externalDocs: { url: "https://example.com/" },
    requestBody: { content: { "application/x-yaml": { schema: { $ref: "#/components/schemas/Row" } } } },
    responses: {
      200: { description: "Successful Response", content: { "application/json": { schema: {} }, ...described } },
      409: { description: "No", content: described },
      "5XX": { description: "Ours" },
      default: { description: "Default Response" },
    },
    "x-since": "1970-01-01T00:00:00Z",
  });
  expect(document.components?.schemas).toEqual({
    Row: { type: "object", properties: { a: { type: "integer" } }, required: ["a"] },
  });
  expect(await violationsOf(document)).toEqual([]);
});

test("a schema wins over what is written beside it, which stays where the schema says nothing", () => {
  const written = { "application/json": { schema: { type: "string", "x-own": 1 }, example: 1 }, "text/csv": {} };
  const read = get("/", { responses: { 404: { schema: z.int(), content: written } } }, () => 1);
  const { responses } = itemAt(new App().include({ read }).openapi(), "/")["get"]!;
  expect(responses).toMatchObject({
    404: {
      description: "Not Found",
      content: { "application/json": { schema: { type: "integer", "x-own": 1 }, example: 1 }, "text/csv": {} },
    },
  });
});

test.each<[string, object, RegExp]>([
  ["no status", { responses: { "40X": {} } }, /^APUS_OPENAPI: GET \/ \(read\): `responses` has the key "40X"/],
  ["a status beyond all", { responses: { 600: {} } }, /key "600"/],
  ["a body where none may be", { responses: { 204: { schema: Row } } }, /has a schema for 204/],
  ["what JSON cannot say", { openapi: { "x-a": () => 1, "x-b": Number.NaN } }, /^APUS_OPENAPI: GET \/ \(read\): .*NaN/],
])("%s in an operation stops the start", (_, options, message) => {
  expect(() => new App().include({ read: get("/", options, () => 1) }).openapi()).toThrow(message);
});

test("a body is not documented where it means nothing, and two bodies cannot have one name", () => {
  const input = { a: body(z.int()), b: body(z.int()) };
  const both = operation(["POST", "OPTIONS"], "/a", { input }, () => 1);
  const { post: posted, options } = itemAt(new App().include({ both }).openapi(), "/a");
  expect(posted).toMatchObject({ operationId: "both_post", requestBody: { required: true } });
  expect(options).not.toHaveProperty("requestBody");
  expect(options!["responses"]).toHaveProperty("422");
  const one = post("/one", { input, operationId: "a b" }, () => 1);
  const other = post("/other", { input: { ...input, c: body(z.int()) }, operationId: "a/b" }, () => 1);
  expect(() => new App().include({ one, other }).openapi()).toThrow(
    /APUS_DUPLICATE_COMPONENT: .*"Body_a_b".*POST \/other/,
  );
});

test("the document does not depend on the order of declarations beyond that of the paths", () => {
  const first = (): object => ({
    a: get("/a", { dependencies: [apiKeyHeader({ name: "x-a" })], output: Row }, () => ({ a: 1 })),
  });
  const second = (): object => ({
    b: get("/b", { dependencies: [depends({ token: httpBearer() }, () => 1)] }, () => json(1)),
  });
  const forth = new App().include(router(first())).include(router(second())).openapi();
  const [b, a] = [second(), first()];
  const back = new App().include(router(b)).include(router(a)).openapi();
  expect(Object.keys(back.paths)).toEqual(["/b", "/a"]);
  expect(JSON.stringify(back.components)).toBe(JSON.stringify(forth.components));
  expect(back).toEqual(forth);
});
