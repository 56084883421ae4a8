// Schemas of valibot and arktype as parameters: a single value is converted by its JSON Schema, a model is a whole location.
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { App, body, cookie, form, get, header, path, post, query, router } from "apus";
import { type } from "arktype";
import * as v from "valibot";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const js = toStandardJsonSchema;
const Even = type("number.integer").narrow((n, context) => n % 2 === 0 || context.mustBe("even"));
const Limit = js(v.optional(v.pipe(v.number(), v.integer(), v.maxValue(10)), 5));

/** Without JSON Schema: the keys are what the client sent. */
const Filter = v.object({ q: v.string(), page: v.optional(v.string(), "1"), tag: v.optional(v.array(v.string())) });
/** With it: a list is a list even if it was sent once, and fields are documented. */
const Listed = js(
  v.strictObject({
    tag: v.optional(v.pipe(v.array(v.string()), v.description("Any of")), []),
    "q-q": v.pipe(v.string(), v.minLength(2), v.metadata({ deprecated: true })),
  }),
);
const Agent = type({ "+": "delete", user_agent: "string", "xTrace?": "string" });

const routes = {
  readItem: get("/items/{id}", { input: { id: Even, limit: query(Limit) } }, (all) => all),
  flags: get(
    "/flags",
    {
      input: {
        on: js(v.boolean()),
        ratio: query(js(v.number())),
        level: query(type("1|2")),
        word: query(type("'a'|'b'")),
        x_count: header(type("number.integer")),
        seen: cookie(js(v.boolean())),
        more: z.int().default(1),
      },
    },
    (all) => all,
  ),
  search: get("/search", { input: { filter: query(Filter) } }, ({ filter }) => filter),
  listed: get("/listed", { input: { filter: query(Listed) } }, ({ filter }) => filter),
  agent: get("/agent", { input: { agent: header(Agent), jar: cookie(v.object({ a: v.string() })) } }, (all) => all),
  filled: post("/filled", { input: { filter: form(Listed) } }, ({ filter }) => filter),
  fields: post("/fields", { input: { n: form(type("number.integer")), s: form(js(v.string())) } }, (all) => all),
};
const app = new App().include(router(routes));
const problems = (answer: { json(): any }): unknown[] =>
  (answer.json().detail as { type: string; loc: unknown[]; input: unknown }[]).map(({ type, loc, input }) => [
    type,
    loc.join(" "),
    input,
  ]);

scenarios("parameters in other libraries' schemas", (ask) => {
  test("a single value is converted as FastAPI does to the type that its JSON Schema names", async () => {
    expect((await ask(app, "GET /items/4.0?limit=%2B7")).json()).toEqual({ id: 4, limit: 7 });
    expect((await ask(app, "GET /items/4")).json()).toEqual({ id: 4, limit: 5 });
    const cookies = { cookie: "seen=off", "x-count": "3" };
    const flags = await ask(app, "GET /flags?on=yes&ratio=1e2&level=2&word=b", { headers: cookies });
    expect(flags.json()).toEqual({ on: true, ratio: 100, level: 2, word: "b", x_count: 3, seen: false, more: 1 });
  });

  test("what cannot be converted is told as FastAPI tells it, what does not fit as the library does", async () => {
    expect(problems(await ask(app, "GET /items/x?limit=11"))).toEqual([
      ["int_parsing", "path id", "x"],
      ["value_error", "query limit", 11],
    ]);
    const odd = await ask(app, "GET /items/3");
    expect(odd.json().detail[0]).toMatchObject({ type: "value_error", msg: "Value error, must be even (was 3)" });
    expect(problems(await ask(app, "GET /flags?on=2&ratio=x&level=3", { headers: { cookie: "seen=?" } }))).toEqual([
      ["bool_parsing", "query on", "2"],
      ["float_parsing", "query ratio", "x"],
      ["value_error", "query level", 3],
      ["missing", "query word", null],
      ["missing", "header x-count", null],
      ["bool_parsing", "cookie seen", "?"],
    ]);
  });

  test("a model takes its whole location, values as the text they are", async () => {
    expect((await ask(app, "GET /search?q=a&q=b")).status).toBe(422);
    expect((await ask(app, "GET /search?q=a&page=2&tag=x&tag=y&z=1")).json()).toEqual({
      q: "a",
      page: "2",
      tag: ["x", "y"],
    });
    expect((await ask(app, "GET /listed?tag=x&q-q=ab&q-q=cd")).json()).toEqual({ tag: ["x"], "q-q": "cd" });
    expect(problems(await ask(app, "GET /listed?tag=x&z=1"))).toEqual([
      ["value_error", "query q-q", { tag: ["x"], z: "1" }],
      ["value_error", "query z", "1"],
    ]);
    const headers = { "user-agent": "me", "x-trace": "1", cookie: "a=5" };
    expect((await ask(app, "GET /agent", { headers })).json()).toEqual({
      agent: { user_agent: "me", xTrace: "1" },
      jar: { a: "5" },
    });
  });

  test("forms, as a whole and by their fields", async () => {
    const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
    const filled = await ask(app, "POST /filled", { headers: urlencoded, body: "tag=x&q-q=ab" });
    expect(filled.json()).toEqual({ tag: ["x"], "q-q": "ab" });
    expect((await ask(app, "POST /fields", { headers: urlencoded, body: "n=5&s=a" })).json()).toEqual({ n: 5, s: "a" });
    expect(problems(await ask(app, "POST /fields", { headers: urlencoded, body: "n=x" }))).toEqual([
      ["int_parsing", "body n", "x"],
      ["missing", "body s", null],
    ]);
  });
});

test("parameters are documented by the JSON Schema, a model by its fields", () => {
  const { paths } = app.openapi();
  const parameters = (at: string): unknown => (paths[at]!["get"] as { parameters?: unknown }).parameters;
  expect(parameters("/items/{id}")).toEqual([
    { name: "id", in: "path", required: true, schema: { type: "integer" } },
    { name: "limit", in: "query", required: false, schema: { type: "integer", maximum: 10, default: 5 } },
  ]);
  expect(parameters("/listed")).toEqual([
    {
      name: "tag",
      in: "query",
      required: false,
      schema: { type: "array", items: { type: "string" }, description: "Any of", default: [] },
      description: "Any of",
    },
    {
      name: "q-q",
      in: "query",
      required: true,
      schema: { type: "string", minLength: 2, deprecated: true },
      deprecated: true,
    },
  ]);
  expect(parameters("/agent")).toEqual([
    { name: "user-agent", in: "header", required: true, schema: { type: "string" } },
    { name: "x-trace", in: "header", required: false, schema: { type: "string" } },
  ]);
  // Nothing is known of its fields.
  expect(parameters("/search")).toBeUndefined();
});

const silent = v.object({ a: v.string() });
const start = (input: Record<string, unknown>, at = "/"): (() => unknown) => {
  const read = get(at as "/", { input: input as { a: z.ZodString } }, () => 1);
  return () => new App().include(router({ read })).openapi();
};

test.each<[string, Record<string, unknown>, RegExp]>([
  ["a bare schema without JSON Schema", { a: silent }, /^APUS_LOCATION: GET \/ \(read\): .*"a".*query\(schema\)/],
  ["a bare schema of several types", { a: type("string|number") }, /^APUS_LOCATION.*mark it/],
  [
    "a single value without JSON Schema",
    { a: query(v.string()) },
    /^APUS_STANDARD_SCHEMA: GET \/.*"a" is a valibot schema without JSON Schema.*toStandardJsonSchema/,
  ],
  [
    "one that may be null",
    { a: query(type("string|null")) },
    /^APUS_STANDARD_SCHEMA.*"a".*arktype.*names no single type.*zod/,
  ],
  [
    "one of several types",
    { a: header(js(v.union([v.string(), v.number()]))) },
    /^APUS_STANDARD_SCHEMA: .*header values/,
  ],
  ["a date", { a: cookie(js(v.date())) }, /^APUS_STANDARD_SCHEMA.*names no single type/],
  ["a list", { a: query(type("string[]")) }, /^APUS_STANDARD_SCHEMA.*says "array".*declare it in zod/],
  ["a list in a form", { a: form(type("string[]")) }, /^APUS_STANDARD_SCHEMA.*form values/],
  ["a model beside another parameter", { a: query(Filter), b: z.string() }, /^APUS_MODEL.*"b"/],
  ["an async model without a marker", { a: v.objectAsync({ b: v.string() }) }, /^APUS_LOCATION/],
  [
    "an async model",
    { a: query(v.objectAsync({ b: v.string() })) },
    /^APUS_ASYNC_SCHEMA: GET \/ .*"a".*valibot.*dependency/,
  ],
  ["an async body", { a: body(v.objectAsync({ b: v.string() })) }, /^APUS_ASYNC_SCHEMA: GET \/ .*"a".*dependency/],
])("%s stops the start", (_, input, message) => {
  expect(start(input)).toThrow(message);
});

test("a path parameter needs a single type", () => {
  expect(start({ a: path(silent) }, "/{a}")).toThrow(/^APUS_STANDARD_SCHEMA: .*path values.*is missing/);
  expect(start({ a: type({ b: "string" }) }, "/{a}")).toThrow(/^APUS_STANDARD_SCHEMA.*says "object"/);
});

test("an asynchronous output stops the start too", () => {
  const read = get("/", { output: v.objectAsync({ a: v.string() }) }, () => ({ a: "" }));
  expect(() => new App().include(router({ read })).openapi()).toThrow(
    /^APUS_ASYNC_SCHEMA: GET \/ \(read\): a valibot schema is asynchronous.*dependency/,
  );
});
