/** The location rule: the same answer from the types and at run time, and the names that inputs have on the wire. */
import { ApusError } from "../diagnostic/index.ts";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { AnySchema } from "../schema/index.ts";
import { isMultiple, locate, modelOf } from "./locate.ts";
import { body, cookie, form, header, path, query } from "./markers.ts";
import type { LocationOf, WireName } from "./types.ts";

/** Compiles only with what the types say; the test holds run time to it. */
function row<S extends AnySchema>(schema: S, location: LocationOf<"/", "x", S>): [AnySchema, string] {
  return [schema, location];
}

const text = z.string();
const isoDate = z.codec(text, z.date(), { decode: (each) => new Date(each), encode: (each) => each.toISOString() });
interface Nested {
  children: Nested[];
}
const Nested: z.ZodType<Nested, Nested> = z.lazy(() => z.object({ children: z.array(Nested) }));

describe("a bare schema is where its input type says", () => {
  test.each([
    row(text, "query"),
    row(z.int().min(1), "query"),
    row(z.boolean(), "query"),
    row(z.bigint(), "query"),
    row(z.null(), "query"),
    row(z.undefined(), "query"),
    row(z.date(), "query"),
    row(z.symbol(), "query"),
    row(z.nan(), "query"),
    row(z.uuid(), "query"),
    row(z.enum(["a", "b"]), "query"),
    row(z.literal(["a", 1, null]), "query"),
    row(z.templateLiteral(["a", z.int()]), "query"),
    row(z.any(), "query"),
    row(z.unknown(), "query"),
    row(z.never(), "query"),
    row(z.coerce.number(), "query"),
    row(text.optional(), "query"),
    row(text.nullable(), "query"),
    row(text.nullish().default("a"), "query"),
    row(text.prefault("a"), "query"),
    row(text.catch("a"), "query"),
    row(text.readonly(), "query"),
    row(text.brand<"Id">(), "query"),
    row(text.transform(Number), "query"),
    row(
      text.transform((each) => [each]),
      "query",
    ),
    row(text.pipe(z.string().max(3)), "query"),
    row(isoDate, "query"),
    row(z.stringbool(), "query"),
    row(z.union([z.int(), text, z.null()]), "query"),
    row(z.preprocess(Number, z.int()), "query"),
    row(
      z.lazy(() => text),
      "query",
    ),
    row(z.array(text), "body"),
    row(z.array(text).optional(), "body"),
    row(z.object({ a: text }), "body"),
    row(z.object({ a: text }).nullable().default(null), "body"),
    row(z.strictObject({}), "body"),
    row(z.record(text, z.int()), "body"),
    row(z.tuple([text]), "body"),
    row(z.set(text), "body"),
    row(z.map(text, text), "body"),
    row(z.intersection(z.object({ a: text }), z.object({ b: text })), "body"),
    row(z.union([text, z.array(text)]), "body"),
    row(z.discriminatedUnion("k", [z.object({ k: z.literal(1) }), z.object({ k: z.literal(2) })]), "body"),
    row(
      z.object({ a: text }).transform((each) => each.a),
      "body",
    ),
    row(z.codec(z.array(text), z.set(text), { decode: (all) => new Set(all), encode: (all) => [...all] }), "body"),
    row(z.json(), "body"),
    row(Nested, "body"),
    row(z.file(), "file"),
    row(z.file().optional(), "file"),
    row(z.array(z.file()), "file"),
    row(z.array(z.file()).optional(), "file"),
    row(z.union([z.file(), text]), "file"),
  ])("%#", (schema, location) => expect(locate("x", schema, [], "GET /").location).toBe(location));

  test.each([
    ["custom", z.custom<string>()],
    ["instanceof", z.instanceof(Date)],
    ["a step before a body", z.preprocess((value) => value, z.object({ a: text }))],
    [
      "another library's",
      { "~standard": { version: 1, vendor: "t", validate: (value: unknown) => ({ value }) } } as const,
    ],
  ])("what cannot be decided is refused with both markers: %s", (_, schema) => {
    expect(() => locate("thing", schema, [], "GET /a")).toThrow(ApusError);
    expect(() => locate("thing", schema, [], "GET /a")).toThrow(
      /APUS_LOCATION: GET \/a: .*query\(schema\).*body\(schema\)/,
    );
    expect(locate("thing", body(schema), [], "GET /a").location).toBe("body");
    expect(locate("thing", schema, ["thing"], "GET /{thing}").location).toBe("path");
  });
});

describe("names in the path, and markers", () => {
  test("a name of the path is a path parameter, by type and at run time", () => {
    expectTypeOf<LocationOf<"/a/{id}", "id", z.ZodArray>>().toEqualTypeOf<"path">();
    expect(locate("id", z.array(text), ["id"], "GET /a/{id}")).toMatchObject({ location: "path", alias: "id" });
    expect(locate("id", path(text), ["id"], "GET /a/{id}").location).toBe("path");
    const marked = header(text);
    expectTypeOf<LocationOf<"/", "id", typeof marked>>().toEqualTypeOf<"header">();
  });

  test("it cannot be marked as something else, unless an alias makes it another name", () => {
    for (const marker of [query, header, cookie, body]) {
      expect(() => locate("id", marker(text), ["id"], "GET /a/{id}")).toThrow(
        /APUS_LOCATION.*"id" is named in the path/,
      );
      expect(locate("id", marker(text, { alias: "other" }), ["id"], "GET /a/{id}").location).toBe(
        marker(text).location,
      );
    }
  });

  test("a marker takes a schema", () => {
    expect(() => query("string" as unknown as z.ZodString)).toThrow(/APUS_MARKER: query\(\).*query\(z\.string\(\)\)/);
  });
});

describe("names on the wire", () => {
  /** Compiles only with the name the types give a header. */
  const wire = <const N extends string>(
    name: N,
    expected: WireName<N, ReturnType<typeof header<z.ZodString>>>,
  ): [string, string] => [name, expected];
  test.each([
    wire("x_token", "x-token"),
    wire("xToken", "x-token"),
    wire("user_agent", "user-agent"),
    wire("userAgent", "user-agent"),
    wire("Accept", "accept"),
    wire("xTokenId2", "x-token-id2"),
    wire("etag", "etag"),
    wire("x_Token", "x--token"),
  ])("the header %s is %s", (name, expected) => expect(locate(name, header(text), [], "GET /").alias).toBe(expected));

  test("an alias is the name as it is written; without conversion the name is its own", () => {
    expect(locate("a", header(text, { alias: "X-Key" }), [], "GET /").alias).toBe("X-Key");
    expect(locate("save_data", header(text, { convertUnderscores: false }), [], "GET /").alias).toBe("save_data");
    expect(locate("a", query(text, { alias: "item-query" }), [], "GET /").alias).toBe("item-query");
    expect(locate("a_b", query(text), [], "GET /").alias).toBe("a_b");
    expect(locate("a_b", cookie(text), [], "GET /").alias).toBe("a_b");
  });
});

test("several values of one name, and parameter models", () => {
  expect([z.array(text), z.set(text).default(new Set()), z.tuple([text]).optional()].map(isMultiple)).toEqual([
    true,
    true,
    true,
  ]);
  expect([text, z.object({}), z.union([text, z.int()])].map(isMultiple)).toEqual([false, false, false]);
  // All values are handed over, and the union judges them.
  expect(isMultiple(z.union([text, z.array(text)]))).toBe(true);
  const model = z.object({ a: text });
  expect(modelOf(locate("m", query(model), [], "GET /"))).toBe(model);
  expect(modelOf(locate("m", form(model.readonly()), [], "GET /"))).toBe(model);
  expect(modelOf(locate("m", query(model.optional()), [], "GET /"))).toBeUndefined();
  expect(modelOf(locate("m", body(model), [], "GET /"))).toBeUndefined();
  expect(modelOf(locate("m", query(text), [], "GET /"))).toBeUndefined();
});
