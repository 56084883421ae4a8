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
