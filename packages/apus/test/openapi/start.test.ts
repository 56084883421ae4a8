/** The document is made when it is first asked for; what is wrong with it stops the start all the same. */
import { describe, expect, test } from "vitest";
import { App, body, depends, get, httpError, post, query, router, type AppOptions } from "apus";
import { httpBearer } from "apus/security";
import { types } from "apus/types";
import { z } from "zod";

const Item = z.object({ name: z.string() });
const named = (id: string, shape: z.ZodRawShape = { a: z.string() }): z.ZodType => z.object(shape).meta({ id });
/** What is sent and what is answered differ. */
const splitting = named("Split", {
  a: z.codec(z.string(), z.string().optional(), { decode: (text) => text, encode: (text) => text ?? "" }),
});
const one = (options: object): object => ({ read: get("/", options as never, (() => null) as never) });
const two = (first: z.ZodType, second: z.ZodType): object => ({
  first: post("/first", { input: { item: body(first) } }, () => null),
  second: get("/second", { output: second }, () => null as never),
});
const endless = (): z.ZodType =>
  z.object({
    get next() {
      return endless();
    },
  });

const faults: readonly [what: string, routes: () => object, options?: AppOptions][] = [
  ["two schemas of one name", () => two(named("Same"), named("Same", { b: z.int() }))],
  ["two schemas of one name, deep inside", () => two(z.array(named("Same")), z.object({ x: named("Same", {}) }))],
  [
    "two schemas of one name, one of them with a conversion",
    () => two(named("Same"), named("Same", { a: types.json(z.string()) })),
  ],
  ["two schemas of one name, one of an error", () => [named("Same"), named("Same", {})].map((a, i) => errorAt(i, a))],
  ["the name of the framework's own component", () => two(named("HTTPValidationError"), Item)],
  [
    "the name of an operation's body",
    () => ({
      first: post("/first", { input: { a: body(Item), b: body(named("Body_first")) } }, () => null),
    }),
  ],
  [
    "the name of one direction of another schema",
    () => ({ ...two(splitting, splitting), ...one({ output: named("Split-Input") }) }),
  ],
  ["metadata that JSON cannot say", () => two(Item, z.object({ a: z.string().meta({ examples: [1n << 70n] }) }))],
  ["a schema without end", () => one({ output: endless() })],
  ["a response under no status", () => one({ responses: { "40X": {} } })],
  ["a schema where there is no body", () => one({ responses: { 204: { schema: Item } } })],
  ["an option of a response that there is not", () => one({ responses: { 404: { text: "a" } } })],
  ["a description that JSON cannot say", () => one({ description: 1n << 70n })],
  ["a tag that JSON cannot say", () => one({ tags: [Number.NaN] })],
  ["further parts that JSON cannot say", () => one({ openapi: { "x-a": Number.NaN } })],
  ["examples that JSON cannot say", () => one({ input: { q: query(z.string(), { examples: [Number.NaN] }) } })],
  ["schemes of one name below a webhook", () => one({}), { webhooks: schemesOfOneName() }],
  ["a webhook that JSON cannot say", () => one({}), { webhooks: { a: post("a", { openapi: { "x-a": Number.NaN } }) } }],
  ["a callback that JSON cannot say", () => one({ callbacks: { a: post("a", { openapi: { "x-a": Number.NaN } }) } })],
  ["what the App says of itself", () => one({}), { contact: { "x-size": Number.NaN } }],
  ["a last word that is none", () => one({}), { openapi: (() => undefined) as never }],
];

function errorAt(i: number, schema: z.ZodType): object {
  const Failed = httpError(409, "Failed", schema as never);
  return get(`/${i}`, { errors: [Failed], name: `read${i}` }, () => null);
}

function schemesOfOneName(): NonNullable<AppOptions["webhooks"]> {
  const [a, b] = ["a", "b"].map((description) => httpBearer({ schemeName: "Bearer", description }));
  return { a: post("a", { dependencies: [a!] }), b: post("b", { dependencies: [b!] }) };
}

const appOf = (routes: () => object, options: AppOptions | undefined): App => new App(options).include({ ...routes() });

describe("what is wrong with the document stops the start, in the same words", () => {
  test.each<[string, () => object, AppOptions?]>([...faults])("%s", async (_, routes, options) => {
    let message = "";
    try {
      appOf(routes, options).openapi();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^APUS_/);
    await expect(appOf(routes, options).startup()).rejects.toThrow(message);
  });
});

test("without a document nobody looks for what is wrong with it", async () => {
  const app = new App({ openapiUrl: null }).include(two(named("Same"), named("Same", { b: z.int() })));
  expect(await app.startup()).toEqual([]);
});

test("an app that has answered before it starts is checked at the start all the same", async () => {
  const app = new App().include(two(named("Same"), named("Same", { b: z.int() })));
  expect((await app.fetch(new Request("http://localhost/none"))).status).toBe(404);
  await expect(app.startup()).rejects.toThrow(/APUS_DUPLICATE_COMPONENT.*"Same"/);
});

test("neither the document nor what reads and writes is made at the start; the document is once somebody asks for it", async () => {
  let looks = 0;
  const text = z.string().min(1);
  Object.defineProperty(text._zod.def.checks![0]!._zod.def, "minimum", { get: () => (looks++, 1) });
  const user = depends({ q: text }, ({ q }) => q);
  const read = get("/", { input: { user }, output: z.object({ a: text }) }, () => ({ a: "a" }));
  const app = new App().include(router({ read }, { prefix: "/api" }));
  expect(await app.startup()).toEqual([]);
  expect(looks).toBe(0);
  expect(app.openapi().paths).toHaveProperty(["/api/", "get", "parameters", 0, "schema", "minLength"], 1);
  expect(looks).toBeGreaterThan(0);
});
