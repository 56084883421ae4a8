/** Lists, sets, tuples, records and objects: what they take, where they say that something is wrong, and whose keys they read. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reading, refusals } from "../../../test/rooms/reading.ts";

const json = (text: string): unknown => JSON.parse(text);

describe("types", () => {
  test.each([
    [z.array(z.int()), "list_type", "Input should be a valid list"],
    [z.set(z.int()), "set_type", "Input should be a valid set"],
    [z.tuple([z.int()]), "tuple_type", "Input should be a valid tuple"],
    [z.record(z.string(), z.int()), "dict_type", "Input should be a valid dictionary"],
    [z.map(z.string(), z.int()), "dict_type", "Input should be a valid dictionary"],
    [z.object({}), "model_attributes_type", "Input should be a valid dictionary or object to extract fields from"],
  ])("%#: %s", (schema, type, msg) => {
    const lists = schema instanceof z.ZodArray || schema instanceof z.ZodSet || schema instanceof z.ZodTuple;
    for (const input of ["x", 5, true, null, lists ? {} : []]) {
      expect(reading(schema, input)).toEqual({ problems: [{ type, loc: [], msg, input }] });
    }
  });
});

describe("lists, sets and tuples", () => {
  test("every bad item is reported at its index", () => {
    expect(refusals(z.array(z.int()), ["1", "x", 2, null])).toEqual(["1 int_parsing", "3 int_type"]);
    expect(refusals(z.set(z.int()), ["x", 1, "y"])).toEqual(["0 int_parsing", "2 int_parsing"]);
    expect(refusals(z.array(z.array(z.int())), [[], ["x"]])).toEqual(["1 0 int_parsing"]);
  });

  test("items are converted, sets drop what is double after that", () => {
    expect(reading(z.array(z.int()), ["1", 2.0, true])).toEqual({ value: [1, 2, 1] });
    expect(reading(z.set(z.int()), ["1", 1, 2])).toEqual({ value: new Set([1, 2]) });
    expect(reading(z.map(z.int(), z.boolean()), { 1: "yes" })).toEqual({ value: new Map([[1, true]]) });
    expect(refusals(z.map(z.int(), z.boolean()), { a: "b" })).toEqual(["[key] int_parsing", "a bool_parsing"]);
  });

  test("a tuple that is short lacks items, one that is long is that and nothing else", () => {
    const Pair = z.tuple([z.int(), z.string()]);
    expect(reading(Pair, ["1", "a"])).toEqual({ value: [1, "a"] });
    expect(reading(Pair, ["x"])).toMatchObject({
      problems: [
        { type: "int_parsing", loc: [0] },
        { type: "missing", loc: [1], msg: "Field required", input: ["x"] },
      ],
    });
    expect(reading(Pair, ["x", "a", 2])).toEqual({
      problems: [
        {
          type: "too_long",
          loc: [],
          msg: "Tuple should have at most 2 items after validation, not 3",
          input: ["x", "a", 2],
          ctx: { field_type: "Tuple", max_length: 2, actual_length: 3 },
        },
      ],
    });
  });

  test("a tuple's rest, optional items and defaults", () => {
    expect(reading(z.tuple([z.string()], z.int()), ["a", "1", 2])).toEqual({ value: ["a", 1, 2] });
    expect(refusals(z.tuple([z.string()], z.int()), ["a", 1, "x"])).toEqual(["2 int_parsing"]);
    expect(reading(z.tuple([z.string(), z.int().optional()]), ["a"])).toEqual({ value: ["a"] });
    expect(reading(z.tuple([z.string(), z.int().default(3)]), ["a"])).toEqual({ value: ["a", 3] });
    const gap = z.tuple([z.string(), z.int().optional(), z.int().default(3)]);
    expect(reading(gap, ["a"])).toEqual({ value: ["a", undefined, 3] });
  });
});

describe("objects", () => {
  const Item = z.object({ name: z.string(), price: z.number(), tags: z.array(z.string()).default([]) });

  test("what is missing has the whole object as its input; fields in order, then extra keys", () => {
    const input = { z: 1, price: "x", y: 2 };
    expect(reading(z.strictObject({ name: z.string(), price: z.number() }), input)).toEqual({
      problems: [
        { type: "missing", loc: ["name"], msg: "Field required", input },
        expect.objectContaining({ type: "float_parsing", loc: ["price"], input: "x" }),
        { type: "extra_forbidden", loc: ["z"], msg: "Extra inputs are not permitted", input: 1 },
        { type: "extra_forbidden", loc: ["y"], msg: "Extra inputs are not permitted", input: 2 },
      ],
    });
  });

  test("nested places", () => {
    const Order = z.object({ items: z.array(Item), by: z.record(z.string(), Item) });
    const bad = { items: [{ name: "a", price: 1 }, { price: 1 }], by: { k: { name: 5, price: 1, tags: ["a", 1] } } };
    expect(refusals(Order, bad)).toEqual(["items 1 name missing", "by k name string_type", "by k tags 1 string_type"]);
  });

  test("unknown keys: dropped, forbidden, kept or read", () => {
    const input = { a: 1, b: "2" };
    expect(reading(z.object({ a: z.int() }), input)).toEqual({ value: { a: 1 } });
    expect(refusals(z.strictObject({ a: z.int() }), input)).toEqual(["b extra_forbidden"]);
    expect(reading(z.looseObject({ a: z.int() }), input)).toEqual({ value: input });
    expect(reading(z.object({ a: z.int() }).catchall(z.int()), input)).toEqual({ value: { a: 1, b: 2 } });
    expect(refusals(z.object({ a: z.int() }).catchall(z.int()), { a: "x", b: "y" })).toEqual([
      "a int_parsing",
      "b int_parsing",
    ]);
    const refined = z.object({}).catchall(z.unknown().refine((value) => value !== 1));
    expect(refusals(refined, { a: 1 })).toEqual(["a value_error"]);
  });

  test("absent and null are different things", () => {
    expect(refusals(z.object({ a: z.int().nullable() }), {})).toEqual(["a missing"]);
    expect(reading(z.object({ a: z.int().nullable() }), { a: null })).toEqual({ value: { a: null } });
    expect(refusals(z.object({ a: z.int().optional() }), { a: null })).toEqual(["a int_type"]);
    expect(Object.keys((reading(z.object({ a: z.int().optional() }), {}) as { value: object }).value)).toEqual([]);
    expect(refusals(z.object({ a: z.unknown() }), {})).toEqual(["a missing"]);
  });

  test("a value that stands for an absent key and does not fit says where", () => {
    expect(refusals(z.object({ a: z.int().min(5).prefault(1) }), {})).toEqual(["a greater_than_equal"]);
  });
});

describe("names that every object inherits", () => {
  const hostile = json('{"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}, "a": 1}');

  test.each([
    ["object", z.object({ a: z.int() })],
    ["looseObject", z.looseObject({ a: z.int() })],
    ["catchall", z.object({ a: z.int() }).catchall(z.unknown().refine(() => true))],
    ["record", z.record(z.string(), z.unknown())],
    ["map", z.map(z.string(), z.unknown())],
    ["intersection", z.intersection(z.looseObject({ a: z.int() }), z.looseObject({}))],
  ])("%s: nothing is polluted", (_, schema) => {
    const { value } = reading(schema, hostile) as { value: Record<string, unknown> };
    expect(value["admin"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
    const prototype: unknown = Object.getPrototypeOf(value);
    expect(prototype === null || prototype === Object.prototype || prototype === Map.prototype).toBe(true);
  });

  test("are never taken for the client's", () => {
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      const schema = z.object({ [name]: z.unknown() });
      expect(refusals(schema, {})).toEqual([`${name} missing`]);
      const input = json(`{"${name}": 1}`);
      const { value } = reading(schema, input) as { value: object };
      expect(Object.getOwnPropertyDescriptor(value, name)?.value).toBe(1);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
    const tagged = z.discriminatedUnion("constructor", [z.object({ constructor: z.literal("x") })]);
    expect(refusals(tagged, {})).toEqual(["union_tag_not_found"]);
    expect(refusals(z.strictObject({}), json('{"__proto__": 1}'))).toEqual(["__proto__ extra_forbidden"]);
  });
});

describe("records", () => {
  test("a bad key is reported before its value", () => {
    const Counts = z.record(z.string().max(1), z.int());
    expect(reading(Counts, { ab: "x", c: "2" })).toMatchObject({
      problems: [
        { type: "string_too_long", loc: ["ab", "[key]"], input: "ab" },
        { type: "int_parsing", loc: ["ab"], input: "x" },
      ],
    });
    expect(reading(Counts, { c: "2" })).toEqual({ value: { c: 2 } });
  });

  test("keys of an enum are all expected, unless the record is partial", () => {
    const keys = z.enum(["a", "b"]);
    expect(refusals(z.record(keys, z.int()), { a: 1, c: 2 })).toEqual(["b missing", "c [key] enum"]);
    expect(reading(z.partialRecord(keys, z.int()), { a: "1" })).toEqual({ value: { a: 1 } });
    expect(reading(z.record(keys, z.int().default(7)), { a: 1 })).toEqual({ value: { a: 1, b: 7 } });
    expect(reading(z.record(keys, z.int().optional()), { a: 1 })).toEqual({ value: { a: 1 } });
  });

  test("keys that are numbers, changed keys, loose records", () => {
    for (const mode of ["lax", "strict"] as const) {
      expect(reading(z.record(z.number(), z.int()), { 1: 2, "-2.5": 3 }, mode)).toEqual({ value: { 1: 2, "-2.5": 3 } });
      expect(refusals(z.record(z.number(), z.int()), { x: 2 }, mode)).toHaveLength(1);
    }
    expect(reading(z.record(z.string().toUpperCase(), z.int()), { a: 1 })).toEqual({ value: { A: 1 } });
    expect(reading(z.looseRecord(z.string().startsWith("x"), z.int()), { xa: "1", b: "1" })).toEqual({
      value: { xa: 1, b: "1" },
    });
  });
});
