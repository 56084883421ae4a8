// What an App says about the API as a whole: `info`, servers, tags, documentation elsewhere, the version of OpenAPI.
import { App, get, operationIds, query, router, type AppOptions } from "apus";
import { types } from "apus/types";
import { expect, test } from "vitest";
import { z } from "zod";
import { violationsOf } from "./official.ts";

const readItem = get("/items", { input: { q: query(z.string()) }, tags: ["items"] }, () => 1);
const documentOf = (options: AppOptions) => new App(options).include(router({ readItem })).openapi();

const everything: AppOptions = {
  title: "Shop",
  version: "2",
  summary: "Sells",
  description: "",
  termsOfService: "https://example.com/terms",
  contact: { name: "Ann", url: "https://example.com", email: "ann@example.com", "x-room": 3 },
  license: { name: "Apache 2.0", identifier: "Apache-2.0" },
  servers: [
    { url: "https://{region}.example.com", variables: { region: { default: "eu", enum: ["eu", "us"] } } },
    { url: "/v1", description: undefined },
  ],
  openapiTags: [{ name: "items", description: "All of them", externalDocs: { url: "https://example.com" } }],
  externalDocs: { url: "http://example.com", description: "More" },
  webhooks: {},
};

test("everything that can be said, in FastAPI's order; addresses as the URL standard writes them, but for servers", async () => {
  const document = documentOf(everything);
  expect(Object.keys(document)).toEqual(["openapi", "info", "servers", "paths", "components", "tags", "externalDocs"]);
  expect(JSON.stringify(document.info)).toBe(
    JSON.stringify({
      title: "Shop",
      summary: "Sells",
      termsOfService: "https://example.com/terms",
      contact: { name: "Ann", url: "https://example.com/", email: "ann@example.com", "x-room": 3 },
      license: { name: "Apache 2.0", identifier: "Apache-2.0" },
      version: "2",
    }),
  );
  expect(document["servers"]).toStrictEqual([
    { url: "https://{region}.example.com", variables: { region: { default: "eu", enum: ["eu", "us"] } } },
    { url: "/v1" },
  ]);
  expect(document["tags"]).toEqual([
    { name: "items", description: "All of them", externalDocs: { url: "https://example.com/" } },
  ]);
  expect(document["externalDocs"]).toEqual({ url: "http://example.com/", description: "More" });
  expect(await violationsOf(document)).toEqual([]);
});

test("OpenAPI 3.2 has more to say of tags", async () => {
  const document = documentOf({
    openapiVersion: "3.2.0",
    openapiTags: [
      { name: "shop", summary: "Shop", kind: "nav" },
      { name: "items", parent: "shop" },
    ],
  });
  expect(document.openapi).toBe("3.2.0");
  expect(await violationsOf(document)).toEqual([]);
});

test("nulls are left out everywhere, also inside examples, as FastAPI does; of lists they are items", () => {
  const examples = { one: { value: { a: null, b: [null, { c: null }] } } };
  const read = get(
    "/",
    { input: { q: query(z.string(), { openapiExamples: examples }) }, openapi: { "x-own": null } },
    () => 1,
  );
  const document = new App({ contact: { "x-a": null } }).include({ read }).openapi();
  expect(document.info["contact"]).toEqual({});
  const operation = document.paths["/"]!["get"] as { parameters: { examples: unknown }[] };
  expect(operation).not.toHaveProperty("x-own");
  expect(operation.parameters[0]!.examples).toStrictEqual({ one: { value: { b: [null, {}] } } });
});

test.each<[string, AppOptions, RegExp]>([
  [
    "a version that there is not",
    { openapiVersion: "3.0.0" as never },
    /openapiVersion is "3\.0\.0"; there are 3\.1\.0/,
  ],
  [
    "two addresses of a license",
    { license: { name: "MIT", identifier: "MIT", url: "https://mit.example.com" } },
    /`license` has an `identifier` and a `url`/,
  ],
  [
    "a default outside its enum",
    { servers: [{ url: "https://{a}.example.com", variables: { a: { default: "x", enum: ["y"] } } }] },
    /"https:\/\/\{a\}\.example\.com" has the variable "a", whose default "x"/,
  ],
  ["one tag twice", { openapiTags: [{ name: "a" }, { name: "a", description: "d" }] }, /describes the tag "a" twice/],
  ["what JSON cannot say", { contact: { "x-size": Number.NaN } }, /^APUS_OPENAPI: App: .*NaN/],
])("%s stops the start", (_, options, message) => {
  expect(() => documentOf(options)).toThrow(message);
});

/** As JavaScript may say it, which no type refuses: the official schema would. */
test.each<[Readonly<Record<string, unknown>>, string]>([
  [{ title: null }, "title is null; give a text, or leave it away"],
  [{ version: null }, "version is null; give a text, or leave it away"],
  [{ version: 1 }, "version is 1; give a text"],
  [{ description: ["a"] }, "description is a list; give a text"],
  [{ termsOfService: new URL("https://example.com") }, "termsOfService is an object; give a text"],
  [{ contact: "ann" }, "contact is ann; give an object"],
  [{ contact: { mail: "a" } }, "contact has `mail`; there are name, url, email, and extensions begin with x-"],
  [{ contact: { name: 1 } }, "contact.name is 1; give a text"],
  [{ license: {} }, "license has no `name`, which OpenAPI requires"],
  [{ license: { name: null } }, "license has no `name`, which OpenAPI requires"],
  [{ license: [] }, "license is a list; give an object"],
  [{ servers: [{}] }, "servers[0] has no `url`, which OpenAPI requires"],
  [{ servers: { url: "/" } }, "servers is an object; give a list"],
  [{ servers: [null] }, "servers[0] is null; leave it away"],
  // oxlint-disable-next-line no-sparse-arrays -- as a comma too many leaves it
  [{ servers: [, { url: "/" }] }, "servers[0] is undefined; leave it away"],
  [
    { servers: [{ url: "/", variables: { a: {} } }] },
    "servers[0].variables.a has no `default`, which OpenAPI requires",
  ],
  [{ servers: [{ url: "/", variables: { a: { default: 1 } } }] }, "servers[0].variables.a.default is 1; give a text"],
  [{ servers: [{ url: "/", variables: { a: null } }] }, "servers[0].variables.a is null; leave it away"],
  [
    { servers: [{ url: "/", variables: { a: { default: "x", enum: [] } } }] },
    "servers[0].variables.a.enum is an empty list; leave it away",
  ],
  [{ externalDocs: {} }, "externalDocs has no `url`, which OpenAPI requires"],
  [{ openapiTags: [{}] }, "openapiTags[0] has no `name`, which OpenAPI requires"],
  [{ openapiTags: ["items"] }, "openapiTags[0] is items; give an object"],
  [
    { openapiTags: [{ name: "a", externalDocs: {} }] },
    "openapiTags[0].externalDocs has no `url`, which OpenAPI requires",
  ],
  [
    { openapiTags: [{ name: "a", summary: "A" }] },
    "openapiTags[0] has `summary`; there are name, description, externalDocs",
  ],
])("%j stops the start", async (options, message) => {
  const app = new App(options).include(router({ readItem }));
  await expect(app.startup()).rejects.toThrow(`APUS_OPTIONS: App: ${message}`);
});

test("null is what has nothing to say, where it may be left away", async () => {
  const names = [
    "summary",
    "description",
    "termsOfService",
    "contact",
    "license",
    "servers",
    "openapiTags",
    "externalDocs",
  ];
  const nothing = Object.fromEntries(names.map((name) => [name, null])) as object;
  const document = documentOf({ ...nothing, title: "Shop" });
  expect([document, await violationsOf(document)]).toEqual([documentOf({ title: "Shop" }), []]);
  const inside = {
    contact: { name: null },
    servers: [{ url: "/", variables: null }],
    openapiTags: [{ name: "a", externalDocs: null }],
  };
  expect(await violationsOf(documentOf(inside as object))).toEqual([]);
});

test("one component for both directions, if asked", () => {
  const Item = z.object({ price: types.decimal(), at: types.datetime() }).meta({ id: "Item" });
  const echo = get(
    "/",
    { input: { items: query(z.array(z.string())) }, output: Item, responses: { 404: { schema: Item } } },
    () => ({
      price: "1",
      at: "2020-01-01T00:00:00Z",
    }),
  );
  const save = get("/save", { input: { price: types.decimal() }, output: z.array(Item) }, () => []);
  const price = (options: AppOptions): unknown =>
    new App({ ...options, operationId: operationIds.fastapi }).include({ echo, save }).openapi().components?.schemas?.[
      "Item"
    ];
  const text = { type: "string", pattern: "^(?!^[-+.]*$)[+-]?0*\\d*\\.?\\d*$" };
  expect(price({})).toMatchObject({ properties: { price: text } });
  expect(price({ separateInputOutputSchemas: false })).toMatchObject({
    properties: { price: { anyOf: [{ type: "number" }, text] } },
  });
});
