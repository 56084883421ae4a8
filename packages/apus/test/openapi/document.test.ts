// The OpenAPI document of a mid-size app: what it says, where it is served, and that it is valid.
import {
  App,
  body,
  cookie,
  del,
  depends,
  get,
  header,
  html,
  httpError,
  operation,
  operationIds,
  patch,
  path,
  post,
  query,
  router,
  type AppOptions,
  type OpenApiDocument,
} from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
import { wrongIn } from "./structure.ts";

const Item = z.object({ name: z.string().min(1), tags: z.array(z.string()).default([]) }).meta({ id: "Item" });
const NotFound = httpError(404, "Item not found");
const Gone = httpError(404, "Item is gone");
const Unauthorized = httpError(401, "Not authenticated");
const Conflict = httpError(409, "Conflict", z.object({ existing: z.int() }));

const user = depends({ x_token: header(z.string()) }, () => 1, { errors: [Unauthorized] });
const page = depends({ skip: z.int().min(0).default(0), limit: z.int().max(100).default(10) });

const items = {
  listItems: get(
    "",
    { input: { page, tag: query(z.array(z.string()).default([]), { description: "Any of" }) }, output: z.array(Item) },
    () => [],
  ),
  readItem: get(
    "/{item_id}",
    {
      input: { item_id: z.int().min(1), q: z.string().optional(), user },
      output: Item,
      errors: [NotFound, Gone],
      description: "Reads.",
    },
    () => ({ name: "a" }),
  ),
  createItem: post(
    "",
    { input: { item: Item, user }, output: Item, status: 201, errors: [Conflict] },
    ({ item }) => item,
  ),
  mergeItems: patch(
    "",
    { input: { first: body(Item), second: body(Item.optional()), session: cookie(z.string().optional()) } },
    () => 1,
  ),
  removeItem: del("/{item_id}", { input: { item_id: z.int() }, status: 204, deprecated: true }, () => null),
};
const showPage = get(
  "/page",
  { as: html, summary: "The page", tags: ["pages"], openapi: { "x-own": true } },
  () => "<p>",
);
const hidden = get("/hidden", { includeInSchema: false }, () => 1);
const both = operation(["PUT", "POST"], "/both/{file:path}", { input: { file: z.string() } }, () => 1);

const make = (options: AppOptions = {}): App => {
  const inner = router(items, {
    prefix: "/orgs/{org}/items",
    tags: ["items"],
    dependencies: [depends({ org: path(z.string()) })],
  });
  const about = {
    title: "Shop",
    version: "2.0.0",
    description: "Sells.",
    servers: [{ url: "/" }],
    responses: { 418: { description: "Tea" } },
  };
  return new App({ ...about, ...options }).include(
    router({ items: inner, showPage, hidden, both }, { prefix: "/api" }),
  );
};
type Described = Record<string, never> & {
  operationId: string;
  summary: string;
  tags?: string[];
  deprecated?: boolean;
  description?: string;
  parameters?: { name: string; in: string; required: boolean; schema: object; description?: string }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
};
const at = (document: OpenApiDocument, method: string, where: string): Described =>
  document.paths[where]?.[method] as Described;
const itemsPath = "/api/orgs/{org}/items";
const itemPath = `${itemsPath}/{item_id}`;

test("info, servers and paths; what is not to be shown is not", () => {
  const document = make().openapi();
  expect(document.openapi).toBe("3.1.0");
  expect(document.info).toEqual({ title: "Shop", version: "2.0.0", description: "Sells." });
  expect(document["servers"]).toEqual([{ url: "/" }]);
  expect(Object.keys(document.paths)).toEqual([itemsPath, itemPath, "/api/page", "/api/both/{file}"]);
  expect(Object.keys(document.paths[itemsPath] ?? {})).toEqual(["get", "post", "patch"]);
});

test("parameters come from the operation, its dependencies and its guards, once each, in the order of locations", () => {
  const read = at(make().openapi(), "get", itemPath);
  expect(read.parameters?.map((each) => [each.in, each.name, each.required])).toEqual([
    ["path", "item_id", true],
    ["path", "org", true],
    ["query", "q", false],
    ["header", "x-token", true],
  ]);
  expect(read.parameters?.[0]?.schema).toMatchObject({ type: "integer", minimum: 1 });
  const list = at(make().openapi(), "get", itemsPath).parameters ?? [];
  expect(list.map(({ name }) => name).toSorted()).toEqual(["limit", "org", "skip", "tag"]);
  const tag = list.find(({ name }) => name === "tag");
  expect(tag).toMatchObject({
    required: false,
    description: "Any of",
    schema: { type: "array", items: { type: "string" } },
  });
});

test("one body is itself, several are keys of an object; components are named and shared", () => {
  const document = make().openapi();
  expect(at(document, "post", itemsPath).requestBody).toMatchObject({
    required: true,
    content: { "application/json": { schema: { $ref: expect.stringMatching(/^#\/components\/schemas\/Item/) } } },
  });
  const merged = at(document, "patch", itemsPath).requestBody?.content["application/json"]?.schema as { $ref: string };
  const name = merged.$ref.split("/").at(-1)!;
  expect(name).toBe("Body_items_mergeItems");
  expect(document.components?.schemas?.[name]).toMatchObject({
    type: "object",
    required: ["first"],
    properties: { first: expect.anything(), second: expect.anything() },
  });
  expect(at(document, "get", itemPath).requestBody).toBeUndefined();
});

test("summary, tags, description, deprecated and one's own keys", () => {
  const document = make().openapi();
  expect(at(document, "get", itemPath)).toMatchObject({ summary: "Read Item", tags: ["items"], description: "Reads." });
  expect(at(document, "delete", itemPath).deprecated).toBe(true);
  expect(at(document, "get", itemPath).deprecated).toBeUndefined();
  expect(at(document, "get", "/api/page")).toMatchObject({ summary: "The page", tags: ["pages"], "x-own": true });
});

test("responses: success, typed errors of the operation and its dependencies, 422 only where there are inputs", () => {
  const document = make().openapi();
  const read = at(document, "get", itemPath).responses;
  expect(Object.keys(read)).toEqual(["200", "401", "404", "418", "422"]);
  expect(read["404"]?.description).toBe("Item not found or Item is gone");
  expect(read["404"]?.content?.["application/json"]?.schema).toMatchObject({
    anyOf: [{ type: "object" }, { type: "object" }],
  });
  expect(read["401"]?.content?.["application/json"]?.schema).toMatchObject({
    properties: { detail: { const: "Not authenticated" } },
  });
  expect(read["422"]?.content?.["application/json"]?.schema).toEqual({
    $ref: "#/components/schemas/HTTPValidationError",
  });
  expect(Object.keys(at(document, "post", itemsPath).responses)).toEqual(["201", "401", "409", "418", "422"]);
  expect(at(document, "delete", itemPath).responses["204"]).toEqual({ description: "Successful Response" });
  const shown = at(document, "get", "/api/page").responses;
  expect(Object.keys(shown)).toEqual(["200", "418"]);
  expect(shown["200"]?.content).toEqual({ "text/html": { schema: { type: "string" } } });
});

test.each([
  ["the keys", undefined, "items_readItem", "showPage"],
  ["FastAPI's", operationIds.fastapi, "read_item_api_orgs__org__items__item_id__get", "show_page_api_page_get"],
  ["by tag", operationIds.byTag, "items-readItem", "pages-showPage"],
  [
    "one's own",
    ({ name, method }: { name: string; method: string }) => `${method}.${name}`,
    "GET.readItem",
    "GET.showPage",
  ],
])("operation ids: %s", (_, operationId, read, shown) => {
  const document = make({ operationId }).openapi();
  expect(at(document, "get", itemPath).operationId).toBe(read);
  expect(at(document, "get", "/api/page").operationId).toBe(shown);
});

test("the `openapi` hook has the last word, once", () => {
  let calls = 0;
  const openapi = (document: OpenApiDocument): OpenApiDocument => ({ ...document, "x-calls": ++calls });
  const app = make({ openapi });
  expect([app.openapi()["x-calls"], app.openapi()["x-calls"]]).toEqual([1, 1]);
});

test.each<[string, AppOptions]>([
  ["FastAPI's errors", {}],
  ["problem details", { errorShape: "problem" }],
])("the document is valid: %s", (_, options) => {
  expect(wrongIn(make(options).openapi())).toEqual([]);
});

test("an app without operations has a valid document, too", () => {
  const document = new App().openapi();
  expect(document).toEqual({ openapi: "3.1.0", info: { title: "Apus", version: "0.1.0" }, paths: {} });
  expect(wrongIn(document)).toEqual([]);
});

scenarios("Serving the document", (ask) => {
  test("at /openapi.json, for GET and HEAD, as openapi() makes it", async () => {
    const app = make();
    const answer = await ask(app, "GET /openapi.json");
    expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/json"]);
    expect(answer.json()).toEqual(app.openapi());
    expect((await ask(app, "HEAD /openapi.json")).headers["content-length"]).toBe(String(answer.bytes.length));
  });

  // app.fetch alone has no access to the package's files and says so; see the tests of the pages.
  test.skipIf(ask.adapter === "fetch")("the page is where docsUrl says", async () => {
    expect((await ask(make(), "GET /docs")).status).toBe(200);
    expect((await ask(make({ docsUrl: "/manual" }), "GET /manual")).status).toBe(200);
  });

  test("elsewhere, or nowhere", async () => {
    const elsewhere = make({ openapiUrl: "/api/v1/spec.json", docsUrl: "/manual" });
    expect((await ask(elsewhere, "GET /api/v1/spec.json")).status).toBe(200);
    expect((await ask(elsewhere, "GET /openapi.json")).status).toBe(404);
    expect((await ask(elsewhere, "GET /docs")).status).toBe(404);
    const nowhere = make({ openapiUrl: null });
    expect((await ask(nowhere, "GET /openapi.json")).status).toBe(404);
    expect((await ask(nowhere, "GET /docs")).status).toBe(404);
    expect(nowhere.docsUrl).toBeNull();
    const unpaged = make({ docsUrl: null });
    expect((await ask(unpaged, "GET /openapi.json")).status).toBe(200);
    expect((await ask(unpaged, "GET /docs")).status).toBe(404);
  });
});
