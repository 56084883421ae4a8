/** Unions: which member wins, what the members are called, and that deep ones are read in one go. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reading, refusals } from "../../../test/rooms/reading.ts";

const Cat = z.object({ kind: z.literal("cat"), meows: z.int() }).meta({ id: "Cat" });
const Dog = z.object({ kind: z.literal(["dog", "1"]), bark: z.string() }).meta({ id: "Dog" });

describe("the first member that takes the value as it is, else the first that converts it", () => {
  test.each([
    [[z.int(), z.string()], "1", "1"],
    [[z.int(), z.boolean()], "1", 1],
    [[z.int(), z.boolean()], "true", true],
    [[z.boolean(), z.int()], "1", true],
    [[z.boolean(), z.int()], 1, 1],
    [[z.string(), z.null()], null, null],
    [[z.array(z.int()), z.array(z.string())], ["1"], ["1"]],
    [[z.object({ a: z.int() }), z.object({ a: z.string() })], { a: "1" }, { a: "1" }],
    [[z.union([z.int(), z.boolean()]), z.string()], "1", "1"],
    [[z.union([z.boolean(), z.string()]), z.int()], "1", "1"],
    [[z.int().catch(0), z.string()], "x", 0],
    [[z.uuid(), z.string()], "{12345678-1234-4678-9234-567812345678}", "{12345678-1234-4678-9234-567812345678}"],
  ] as const)("%#", (members, value, expected) => {
    expect(reading(z.union(members), value)).toEqual({ value: expected });
  });

  test("strict converts nothing", () => {
    expect(refusals(z.union([z.int(), z.boolean()]), "1", "strict")).toEqual(["int int_type", "bool bool_type"]);
  });

  test("undefined, and exactly one", () => {
    expect(reading(z.union([z.string(), z.undefined()]), undefined)).toEqual({ value: undefined });
    const one = z.xor([z.object({ a: z.int() }), z.object({ b: z.int() })]);
    expect(reading(one, { a: 1 })).toEqual({ value: { a: 1 } });
    expect(refusals(one, { a: 1, b: 2 })).toEqual(["value_error"]);
    expect(reading(z.xor([z.int(), z.string()]), "1")).toEqual({ value: "1" });
  });
});

describe("labels", () => {
  test.each([
    [
      [z.int(), z.number(), z.null()],
      ["int int_parsing", "float float_parsing"],
    ],
    [
      [z.int().min(3), z.string().min(3)],
      ["constrained-int int_parsing", "constrained-str string_too_short"],
    ],
    [
      [z.literal("a"), z.literal([1, 2])],
      ["literal['a'] literal_error", "literal[1,2] literal_error"],
    ],
    [
      [z.array(z.int()), z.record(z.string(), z.int())],
      ["list[int] list_type", "dict[str,int] dict_type"],
    ],
    [
      [z.tuple([z.int(), z.string()]), z.set(z.int())],
      ["tuple[int, str] tuple_type", "set[int] set_type"],
    ],
    [
      [z.tuple([z.int()], z.int()), z.boolean()],
      ["tuple[int, int, ...] tuple_type", "bool bool_parsing"],
    ],
    [
      [z.uuid(), z.array(z.union([z.int(), z.string()]))],
      ["uuid uuid_parsing", "list[union[int,str]] list_type"],
    ],
    [
      [Cat, z.int()],
      ["Cat model_attributes_type", "int int_parsing"],
    ],
    [
      [z.enum(["a"]).meta({ id: "Letter" }), z.enum({ one: 1 }).meta({ id: "Number" })],
      ["enum[Letter] enum", "int-enum[Number] enum"],
    ],
    [
      [z.array(z.int().nullable()), z.record(z.string(), z.union([z.int(), z.null(), z.boolean()]))],
      ["list[nullable[int]] list_type", "dict[str,nullable[union[int,bool]]] dict_type"],
    ],
    [
      [z.discriminatedUnion("kind", [Cat, Dog]), z.int()],
      ["tagged-union[Cat,Dog,Dog] model_attributes_type", "int int_parsing"],
    ],
    [
      [z.union([z.int(), z.boolean().nullable()]), z.union([z.uuid(), z.null()]).nullable()],
      ["int int_parsing", "bool bool_parsing", "uuid uuid_parsing"],
    ],
  ])("%#", (members, expected) => expect(refusals(z.union(members), "x")).toEqual(expected));

  test("one type and null has none", () => {
    expect(refusals(z.union([z.int(), z.null()]), "x")).toEqual(["int_parsing"]);
    expect(refusals(z.union([z.null(), Cat]), { kind: "cat" })).toEqual(["meows missing"]);
    expect(refusals(z.union([z.null()]), 1)).toEqual(["none_required"]);
    expect(refusals(Cat.nullable(), { kind: "cat" })).toEqual(["meows missing"]);
  });

  test("stand before the place inside the member", () => {
    expect(refusals(z.object({ pet: z.union([Cat, z.int()]) }), { pet: { kind: "cat", meows: "x" } })).toEqual([
      "pet Cat meows int_parsing",
      "pet int int_type",
    ]);
  });

  test("of a schema that holds only itself end", () => {
    type Nested = Nested[];
    const nested: z.ZodType<Nested> = z.lazy(() => z.array(nested));
    expect(refusals(z.union([nested, z.int()]), "x")).toEqual(["list[...] list_type", "int int_parsing"]);
  });
});

describe("by a tag", () => {
  const Pet = z.discriminatedUnion("kind", [Cat, Dog]);
  const expected_tags = "'cat', 'dog', '1'";

  test("only the member named by the tag speaks", () => {
    expect(reading(Pet, { kind: "cat", meows: "3" })).toEqual({ value: { kind: "cat", meows: 3 } });
    expect(refusals(Pet, { kind: "dog" })).toEqual(["dog bark missing"]);
    expect(refusals(z.array(Pet), [{ kind: "cat", meows: "x" }])).toEqual(["0 cat meows int_parsing"]);
  });

  test.each([
    ["x", "x"],
    [5, "5"],
    [1.5, "1.5"],
    [null, "None"],
    [true, "True"],
    [[1], "[1]"],
    [{ a: "b" }, "{'a': 'b'}"],
  ])("tag %j", (kind, tag) => {
    expect(reading(Pet, { kind })).toEqual({
      problems: [
        {
          type: "union_tag_invalid",
          loc: [],
          msg: `Input tag '${tag}' found using 'kind' does not match any of the expected tags: ${expected_tags}`,
          input: { kind },
          ctx: { discriminator: "'kind'", tag, expected_tags },
        },
      ],
    });
  });

  test("a tag may be what equals it in Python, unless it is strict", () => {
    const One = z.object({ v: z.literal(1), n: z.int() });
    const Two = z.object({ v: z.literal(["two", false]), s: z.string() });
    const Versions = z.discriminatedUnion("v", [One, Two]);
    expect(reading(Versions, { v: true, n: 2 })).toEqual({ value: { v: 1, n: 2 } });
    expect(reading(Versions, { v: 0, s: "" })).toEqual({ value: { v: false, s: "" } });
    expect(refusals(Versions, { v: true })).toEqual(["1 n missing"]);
    expect(refusals(Versions, { v: true, n: 2 }, "strict")).toEqual(["union_tag_invalid"]);
    expect(reading(Versions, { v: Number.NaN })).toMatchObject({ problems: [{ ctx: { tag: "nan" } }] });
  });

  test("no tag, no object", () => {
    expect(reading(Pet, {})).toEqual({
      problems: [
        {
          type: "union_tag_not_found",
          loc: [],
          msg: "Unable to extract tag using discriminator 'kind'",
          input: {},
          ctx: { discriminator: "'kind'" },
        },
      ],
    });
    for (const value of [5, null, "x", []]) expect(refusals(Pet, value)).toEqual(["model_attributes_type"]);
  });

  test("a number stays a number in loc; a default names its member; nested ones are found", () => {
    const One = z.object({ v: z.literal(1), n: z.int() });
    const Two = z.object({ v: z.literal(2).default(2), s: z.string() });
    const Versions = z.discriminatedUnion("v", [One, Two]);
    expect(reading(Versions, { v: 1, n: "x" })).toMatchObject({ problems: [{ loc: [1, "n"] }] });
    expect(reading(Versions, { s: "x" })).toEqual({ value: { v: 2, s: "x" } });
    expect(refusals(Versions, {})).toEqual(["s missing"]);
    expect(
      reading(z.discriminatedUnion("kind", [Pet, z.object({ kind: z.literal("fish") })]), { kind: "fish" }),
    ).toEqual({
      value: { kind: "fish" },
    });
  });
});

describe("intersections", () => {
  test("are joined at every depth", () => {
    const both = z.intersection(z.object({ a: z.object({ x: z.int() }) }), z.object({ a: z.object({ y: z.int() }) }));
    expect(reading(both, { a: { x: "1", y: 2 } })).toEqual({ value: { a: { x: 1, y: 2 } } });
    expect(refusals(both, {})).toEqual(["a missing", "a missing"]);
    expect(reading(z.intersection(z.string().min(1), z.string().max(3)), "ab")).toEqual({ value: "ab" });
    const lists = z.intersection(z.array(z.looseObject({ a: z.int() })), z.array(z.looseObject({ b: z.int() })));
    expect(reading(lists, [{ a: 1, b: 2 }])).toEqual({ value: [{ a: 1, b: 2 }] });
  });

  test("whose halves disagree are refused", () => {
    expect(refusals(z.intersection(z.string(), z.string().toUpperCase()), "a")).toEqual(["value_error"]);
    const halves = z.intersection(z.object({ a: z.array(z.int()) }), z.object({ a: z.array(z.string()) }));
    expect(refusals(halves, { a: ["1"] })).toEqual(["value_error"]);
  });
});

test("a deep value that fits no member takes time that grows with its size alone", () => {
  type Json = number | Json[] | { [key: string]: Json };
  let leaves = 0;
  const leaf = z.int().refine(() => ++leaves > 0);
  const Deep: z.ZodType<Json> = z.lazy(() => z.union([leaf, z.array(Deep), z.record(z.string(), Deep)]));
  for (const mode of ["lax", "strict"] as const) {
    leaves = 0;
    let value: unknown = [1, 1, 1, "x"];
    for (let i = 0; i < 300; i++) value = [value];
    expect(reading(Deep, value, mode)).toHaveProperty("problems");
    // Once to see that it does not fit, once to tell why.
    expect(leaves).toBeLessThanOrEqual(6);
  }
});
