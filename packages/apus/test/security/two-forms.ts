/**
 * A program for the tests: an app of schemas of every kind, asked with values that fit, nearly fit and mean harm. It prints
 * every answer, and first whether this process may generate code.
 */
import { App, body, cookie, form, header, query, type AnySchema } from "apus";
import { types } from "apus/types";
import { testClient } from "apus/testing";
import fc from "fast-check";
import { z } from "zod";

const mayGenerate = ((): boolean => {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval
    return new Function("return true")() === true;
  } catch {
    return false;
  }
})();

/** All that can be told of a value, so that two texts are equal only for equal values. */
function told(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  const prototype = Object.getPrototypeOf(value) as object | null;
  const kind = prototype === null ? "null" : String((prototype.constructor as { name?: unknown }).name);
  if (value instanceof Date) return `Date ${value.getTime()}`;
  if (value instanceof Set || value instanceof Map) return `${kind} ${told([...value])}`;
  const frozen = Object.isFrozen(value) ? "frozen " : "";
  return `${frozen}${kind} {${Reflect.ownKeys(value)
    .filter((key) => key !== "length")
    .map((key) => `${String(key)}: ${told((value as Record<PropertyKey, unknown>)[key])}`)
    .join(", ")}}`;
}

const Tree = z.object({
  value: z.int().default(0),
  get children(): z.ZodDefault<z.ZodArray<typeof Tree>> {
    return z.array(Tree).default([]);
  },
});
const Point = z.object({ x: z.number(), y: z.number().default(1) }).meta({ id: "Point" });
const words = ["a", "b", "constructor", "__proto__", "toString", "1", "\u2028", "'\"`\\"] as const;

const schemas: Readonly<Record<string, AnySchema>> = {
  int: z.int().min(-5).max(5),
  number: z.number().multipleOf(0.1),
  text: z.string().min(1).max(3).trim(),
  pattern: z.string().regex(/^[a-c]*$/),
  email: z.email(),
  boolean: z.boolean(),
  enum: z.enum(words),
  literal: z.literal([1, "1", true, null, -0]),
  date: z.date(),
  decimal: types.decimal(),
  datetime: types.datetime(),
  bytes: types.bytes(),
  list: z.array(z.int()).min(1).max(4),
  tuple: z.tuple([z.int(), z.string().optional()], z.boolean()),
  set: z.set(z.int()),
  record: z.record(z.string().max(5), z.int()),
  "record of an enum": z.record(z.enum(["a", "b"]), z.int()),
  object: Point,
  "open object": z.looseObject({ a: z.int().optional() }),
  "closed object": z.strictObject({ a: z.int(), b: z.string().nullable() }),
  "odd keys": z.object(
    Object.fromEntries(words.filter((word) => word !== "__proto__").map((word) => [word, z.int().optional()])),
  ),
  rest: z.object({ a: z.int() }).catchall(z.string()),
  partial: Point.partial(),
  extended: Point.extend({ more: z.array(Point) }),
  tree: Tree,
  union: z.union([z.int(), z.string(), z.array(z.int()), Point, z.null()]),
  "union of objects": z.union([
    z.object({ a: z.int(), b: z.string() }),
    z.object({ a: z.string() }),
    z.looseObject({}),
  ]),
  discriminated: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("a"), value: z.int() }),
    z.object({ kind: z.literal(["b", "constructor"]), value: z.string().default("x") }),
    z.object({ kind: z.null(), value: z.boolean().optional() }),
  ]),
  intersection: z.intersection(z.object({ a: z.int() }), z.looseObject({ b: z.string().optional() })),
  optional: z.object({ a: z.int().optional(), b: z.int().nullish(), c: z.int().nullable().default(3) }),
  prefault: z.object({
    a: z
      .string()
      .transform((text) => text.length)
      .prefault("xyz"),
  }),
  catch: z.object({ a: z.int().catch(7), b: z.array(z.int()).catch([1]) }),
  readonly: z.object({ a: z.array(z.int()) }).readonly(),
  refined: z.object({ a: z.int(), b: z.int() }).refine(({ a, b }) => a < b, "in order"),
  transformed: z.object({ a: z.string().transform((text) => text.toUpperCase()) }),
  preprocessed: z.preprocess((value) => (typeof value === "string" ? value.split(",") : value), z.array(z.string())),
  piped: z.string().pipe(z.coerce.number()).pipe(z.int()),
  json: z.json(),
  unknown: z.unknown(),
  secret: z.object({ user: z.string(), password: types.secret({ min: 3 }) }),
};

/** A transform cannot be turned round, so these are no outputs. */
const oneWay = new Set(["prefault", "transformed"]);

const app = new App({ report: () => {}, docsUrl: null });
for (const [i, [name, schema]] of Object.entries(schemas).entries()) {
  app.post(`/lax/${i}`, { input: { value: body(schema) } }, ({ value }) => told(value));
  app.post(`/strict/${i}`, { strictTypes: true, input: { value: body(schema) } }, ({ value }) => told(value));
  app.post(`/embedded/${i}`, { input: { value: body(schema), other: body(z.unknown().optional()) } }, (all) =>
    told(all),
  );
  if (oneWay.has(name)) continue;
  app.post(`/output/${i}`, { input: { value: body(z.unknown()) }, output: schema }, ({ value }) => value as never);
  app.post(`/round/${i}`, { input: { value: body(schema) }, output: schema }, ({ value }) => value as never);
}
const Parameters = z.object({
  n: z.int(),
  list: z.array(z.int()).default([]),
  flag: z.boolean().optional(),
  which: z.enum(["a", "b"]).default("a"),
});
const Single = Parameters.omit({ list: true });
app.get("/query", { input: { all: query(Parameters) } }, (all) => told(all));
app.get("/header", { input: { all: header(Single) } }, ({ all }) => told(all));
app.get("/cookie", { input: { all: cookie(Single) } }, (all) => told(all));
app.post("/form", { input: { all: form(Parameters) } }, (all) => told(all));

const text = fc.constantFrom(
  "",
  "a",
  "b",
  "1",
  "-1.0",
  " x ",
  "true",
  "A@b.co",
  "2020-01-01T00:00:00Z",
  "YQ==",
  "1,2",
  "\ud800",
  ...words,
);
const number = fc.oneof(fc.integer({ min: -6, max: 6 }), fc.constantFrom(0.5, 0.3, 2 ** 53, 1e300, -0));
const key = fc.constantFrom("x", "y", "kind", "value", "children", "c", "user", "password", "more", ...words);
const { any } = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: false },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 4 }),
    fc
      .array(fc.tuple(key, tie("any")), { maxLength: 4 })
      .map(
        (pairs) =>
          JSON.parse(
            `{${pairs.map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`).join()}}`,
          ) as unknown,
      ),
  ),
}));
const fitting = fc.constantFrom<unknown>(
  1,
  [1, 2],
  [1, "x", true],
  { x: 1 },
  { x: 1, y: 2, more: [{ x: 1 }] },
  { a: 1 },
  { a: 1, b: "x" },
  { a: 1, b: 2 },
  { a: "x" },
  { a: null, b: null },
  { kind: "a", value: 1 },
  { kind: "b" },
  { kind: null },
  { kind: "constructor", value: "x" },
  { value: 1, children: [{ children: [{}] }] },
  { user: "a", password: "abc" },
  { user: 1, password: "a" },
);
const texts = fc.sample(
  fc.oneof(
    { arbitrary: fitting.map((value) => JSON.stringify(value)), weight: 2 },
    { arbitrary: any.map((value) => JSON.stringify(value)), weight: 3 },
    fc.constantFrom(
      '{"a":1,"a":"x"}',
      '{"__proto__":{"a":1},"a":2}',
      '{"x":1.0,"y":1e2}',
      "[1.0]",
      "NaN",
      "12345678901234567890",
      "[[[[[]]]]]",
      "{",
      "",
    ),
  ),
  { seed: 42, numRuns: 120 },
);

console.log(mayGenerate ? "generated" : "interpreted");
const client = testClient(app, { raiseServerErrors: false });
const say = (line: string, { status, text: said }: { status: number; text: string }): void =>
  console.log(JSON.stringify([line, status, said]));
const json = { "content-type": "application/json" };
for (const [i, name] of Object.keys(schemas).entries()) {
  for (const content of texts) {
    for (const way of oneWay.has(name) ? ["lax", "strict"] : ["lax", "strict", "output", "round"]) {
      say(`${way} ${name} ${content}`, await client.post(`/${way}/${i}`, { body: content, headers: json }));
    }
    const both = `{"value":${content},"other":${content}}`;
    say(`embedded ${name} ${both}`, await client.post(`/embedded/${i}`, { body: both, headers: json }));
  }
}
const pair = fc.tuple(
  fc.constantFrom("n", "list", "flag", "which", "__proto__", "other"),
  fc.oneof(text, number.map(String)),
);
for (const pairs of fc.sample(fc.array(pair, { maxLength: 5 }), { seed: 42, numRuns: 150 })) {
  const encoded = pairs
    .map(([name, value]) => `${name}=${encodeURIComponent(value.replace(/[\ud800-\udfff]/g, "\ufffd"))}`)
    .join("&");
  const plain = pairs.filter(([, value]) => /^[ -~]*$/.test(value));
  say(`query ${encoded}`, await client.get(`/query?${encoded}`));
  say(
    `form ${encoded}`,
    await client.post("/form", { body: encoded, headers: { "content-type": "application/x-www-form-urlencoded" } }),
  );
  say(`header ${encoded}`, await client.get("/header", { headers: plain, defaultHeaders: false }));
  say(
    `cookie ${encoded}`,
    await client.get("/cookie", { headers: { cookie: plain.map(([name, value]) => `${name}=${value}`).join("; ") } }),
  );
}
