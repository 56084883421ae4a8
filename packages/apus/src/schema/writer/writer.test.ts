/** The answer schema: what goes out is what was declared, in its wire form, and what does not fit says where. */
import { ApusError } from "../../diagnostic/index.ts";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { writing } from "../../../test/rooms/reading.ts";
import { compileWriter } from "../compile.ts";

/** `path message` of everything that does not fit. */
function mismatches(schema: z.ZodType, value: unknown): string[] {
  const found = writing(schema, value);
  return "value" in found ? [] : found.problems.map((each) => `${each.loc.join(".")}: ${each.msg}`);
}

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

describe("filtering", () => {
  const User = z.object({ name: z.string(), age: z.int().optional() });

  test("undeclared keys never go out, at any depth, whatever the object's strictness", () => {
    const secret = { name: "a", password: "x" };
    expect(writing(User, secret)).toEqual({ value: { name: "a" } });
    expect(writing(z.strictObject({ name: z.string() }), secret)).toEqual({ value: { name: "a" } });
    expect(
      writing(z.object({ all: z.array(User), by: z.record(z.string(), User) }), { all: [secret], by: { k: secret } }),
    ).toEqual({
      value: { all: [{ name: "a" }], by: { k: { name: "a" } } },
    });
    expect(writing(z.tuple([User]), [secret])).toEqual({ value: [{ name: "a" }] });
    expect(writing(z.record(z.enum(["a"]), z.int()), { a: 1, secret: 2 })).toEqual({ value: { a: 1 } });
    expect(writing(z.discriminatedUnion("k", [z.object({ k: z.literal(1) })]), { k: 1, secret: 2 })).toEqual({
      value: { k: 1 },
    });
  });

  test("loose objects and catchalls keep what they declare", () => {
    expect(writing(z.looseObject({ a: z.int() }), { a: 1, b: new Set([1]) })).toEqual({ value: { a: 1, b: [1] } });
    const rest = z.object({ a: z.int() }).catchall(isoDate);
    expect(writing(rest, { a: 1, at: new Date(0) })).toEqual({ value: { a: 1, at: "1970-01-01T00:00:00.000Z" } });
    expect(mismatches(rest, { a: 1, at: 5 })).toEqual([expect.stringMatching(/^at: /)]);
  });

  test("class instances and getters are read, inherited names of every object are not", () => {
    class Person {
      readonly #name = "Ada";
      get name(): string {
        return this.#name;
      }
      secret = "x";
    }
    expect(writing(User, new Person())).toEqual({ value: { name: "Ada" } });
    const Odd = z.object({
      constructor: z.unknown().optional(),
      toString: z.unknown().optional(),
      __proto: z.int().optional(),
    });
    expect(writing(Odd, {})).toEqual({ value: {} });
    expect(writing(Odd, { toString: 1 })).toEqual({ value: { toString: 1 } });
    const { value } = writing(
      z.object({ ["__proto__"]: z.object({ a: z.int() }) }),
      JSON.parse('{"__proto__":{"a":1}}'),
    ) as { value: object };
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"a":1}}');
  });
});

describe("values", () => {
  test.each([
    [z.string().default("d"), undefined, "d"],
    [z.array(z.int()).default(() => [1]), undefined, [1]],
    [isoDate.default(new Date(0)), undefined, "1970-01-01T00:00:00.000Z"],
    [isoDate.prefault("2026-01-01T00:00:00Z"), undefined, "2026-01-01T00:00:00Z"],
    [z.int().nullable(), null, null],
    [z.int().optional(), undefined, undefined],
    [z.date(), new Date(0), "1970-01-01T00:00:00Z"],
    [z.date(), new Date(123), "1970-01-01T00:00:00.123000Z"],
    [z.bigint(), 5n, 5],
    [z.set(z.int()), new Set([1, 2]), [1, 2]],
    [z.map(z.string(), isoDate), new Map([["a", new Date(0)]]), { a: "1970-01-01T00:00:00.000Z" }],
    [z.unknown(), { at: new Date(0), n: Number.NaN }, { at: "1970-01-01T00:00:00Z", n: null }],
    [z.bigint(), 2n ** 64n, 2n ** 64n],
    [z.string().trim(), " a ", "a"],
    [z.array(z.string().toUpperCase()), ["a"], ["A"]],
    [z.union([z.int(), isoDate]), new Date(0), "1970-01-01T00:00:00.000Z"],
    [z.int().catch(0), 5, 5],
    [z.preprocess(String, z.int()), 5, 5],
    [z.object({ a: z.preprocess(() => expect.fail("is for inputs"), z.int().optional()) }), {}, {}],
    [z.string().pipe(z.string().max(3)), "abc", "abc"],
    [z.tuple([z.string(), z.int().optional()]), ["a"], ["a"]],
    [z.tuple([z.string(), z.int().default(2)]), ["a"], ["a", 2]],
    [z.tuple([z.string()], z.int()), ["a", 1, 2], ["a", 1, 2]],
    [z.templateLiteral(["a", z.int()]), "a1", "a1"],
    [z.partialRecord(z.enum(["a", "b"]), z.int()), { a: 1 }, { a: 1 }],
    [
      z.intersection(z.object({ a: z.object({ x: z.int() }) }), z.object({ a: z.object({ y: z.int() }) })),
      { a: { x: 1, y: 2, z: 3 } },
      { a: { x: 1, y: 2 } },
    ],
    [z.intersection(z.string(), z.string().min(1)), "ab", "ab"],
    [z.string().or(z.undefined()), undefined, undefined],
    [z.stringbool(), true, "true"],
  ])("%#", (schema, value, expected) => expect(writing(schema, value)).toEqual({ value: expected }));

  test("a default is a copy of its own", () => {
    const write = compileWriter(z.object({ tags: z.array(z.string()).default(["a"]) }));
    (write({}, []) as { tags: string[] }).tags.push("b");
    expect(write({}, [])).toEqual({ tags: ["a"] });
  });

  test("schemas that hold themselves", () => {
    const Node = z.object({
      at: isoDate,
      get next() {
        return Node.optional();
      },
    });
    expect(writing(Node, { at: new Date(0), next: { at: new Date(0), secret: 1 } })).toEqual({
      value: { at: "1970-01-01T00:00:00.000Z", next: { at: "1970-01-01T00:00:00.000Z" } },
    });
    expect(mismatches(Node, { at: new Date(0), next: { at: 1 } })).toEqual([expect.stringMatching(/^next\.at: /)]);
  });

  test("a codec's big integer, and its refusal", () => {
    const big = z.codec(z.string(), z.bigint(), { decode: BigInt, encode: String });
    expect(writing(big, 2n ** 64n)).toEqual({ value: "18446744073709551616" });
    const refusing = z.codec(z.string(), z.int(), {
      decode: Number,
      encode: (n, payload) => {
        payload.issues.push({ code: "custom", input: n, message: "cannot" });
        return "";
      },
    });
    expect(mismatches(z.object({ a: refusing }), { a: 1 })).toEqual(["a: Value error, cannot"]);
  });
});

describe("what does not fit", () => {
  test.each([
    [z.string(), 5, ": The handler's value should be a string"],
    [z.string().min(1), undefined, ": The handler's value should be a string"],
    [z.array(z.int()).max(1), undefined, ": The handler's value should be an array"],
    [z.int(), 1.5, ": The handler's value should be an integer"],
    [z.number(), Number.NaN, ": The handler's value should be a finite number"],
    [z.number(), "5", ": The handler's value should be a finite number"],
    [z.boolean(), 1, ": The handler's value should be a boolean"],
    [z.null(), undefined, ": The handler's value should be null"],
    [z.enum(["a", "b"]), "c", ": The handler's value should be one of a, b"],
    [z.date(), "1970", ": The handler's value should be a valid Date"],
    [z.date(), new Date(Number.NaN), ": The handler's value should be a valid Date"],
    [z.bigint(), 5, ": The handler's value should be a bigint"],
    [z.object({}), [], ": The handler's value should be an object"],
    [z.object({}), null, ": The handler's value should be an object"],
    [z.record(z.string(), z.int()), [], ": The handler's value should be an object"],
    [z.object({ a: z.int() }), {}, "a: The handler's value should be an integer"],
    [
      z.object({ a: z.array(z.object({ b: z.string() })) }),
      { a: [{ b: "x" }, { b: 1 }] },
      "a.1.b: The handler's value should be a string",
    ],
    [z.record(z.string(), z.int()), { k: "x" }, "k: The handler's value should be an integer"],
    [z.record(z.enum(["a", "b"]), z.int()), { a: 1 }, "b: The handler's value should be an integer"],
    [z.set(z.int()), new Set([1, "x"]), "1: The handler's value should be an integer"],
    [z.tuple([z.string(), z.int()]), ["a", "b"], "1: The handler's value should be an integer"],
    [z.tuple([z.string(), z.int()]), ["a"], "1: The handler's value should be an integer"],
    [z.tuple([z.string()]), ["a", "b"], ": The handler's value should be a list of 1 item"],
    [z.looseObject({ a: z.int() }), { a: "x" }, "a: The handler's value should be an integer"],
    [z.string().max(1), "ab", ": String should have at most 1 character"],
    [z.object({ a: z.int().refine((n) => n > 1, "too small") }), { a: 1 }, "a: Value error, too small"],
    [isoDate, undefined, ": The handler's value should be a valid Date"],
    [
      z.discriminatedUnion("k", [z.object({ k: z.literal("a"), n: z.int() }), z.object({ k: z.literal("b") })]),
      { k: "a", n: "x" },
      "n: The handler's value should be an integer",
    ],
  ])("%#", (schema, value, expected) => expect(mismatches(schema, value)).toEqual([expected]));

  test("all of it is told, and a union tells of every member", () => {
    expect(mismatches(z.object({ a: z.int(), b: z.string() }), {})).toHaveLength(2);
    expect(mismatches(z.union([z.int(), z.boolean()]), "x")).toHaveLength(2);
    expect(mismatches(z.discriminatedUnion("k", [z.object({ k: z.literal("a") })]), { k: "z" })).toHaveLength(1);
  });
});

describe("at start-up", () => {
  test("a one-way transform is refused with the way out", () => {
    for (const schema of [
      z.string().transform(Number),
      z.object({ a: z.array(z.string().transform(Number)) }),
      z.string().transform(Number).pipe(z.int()),
    ]) {
      expect(() => compileWriter(schema)).toThrow(ApusError);
      expect(() => compileWriter(schema)).toThrow(/APUS_ONE_WAY_TRANSFORM.*z\.codec/);
    }
  });

  test("so is what has no JSON form", () => {
    for (const schema of [z.symbol(), z.nan(), z.file()])
      expect(() => compileWriter(schema)).toThrow(/APUS_OUTPUT_TYPE.*z\.codec/);
  });
});

test("a schema of another library checks strictly and writes its value", () => {
  const schema = { "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } } as const;
  expect(writing(schema, { at: new Date(0) })).toEqual({ value: { at: "1970-01-01T00:00:00Z" } });
});
