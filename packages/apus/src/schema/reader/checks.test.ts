/** Constraints: which one is reported, in which words, and how lengths and multiples are measured. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reading, refusals } from "../../../test/rooms/reading.ts";
import type { AnySchema } from "../types.ts";

function first(schema: AnySchema, value: unknown): unknown {
  const found = reading(schema, value);
  if ("value" in found) return found;
  return found.problems.map(({ type, msg, ctx }) => [type, msg, ctx]);
}

const less = (bound: number) => ["less_than", `Input should be less than ${bound}`, { lt: bound }];
const atMost = (bound: number) => ["less_than_equal", `Input should be less than or equal to ${bound}`, { le: bound }];
const greater = (bound: number) => ["greater_than", `Input should be greater than ${bound}`, { gt: bound }];
const atLeast = (bound: number) => [
  "greater_than_equal",
  `Input should be greater than or equal to ${bound}`,
  { ge: bound },
];

describe("numbers report multiple_of, le, lt, ge, gt, whatever the order of declaration", () => {
  test.each([
    [
      z.number().gt(11).gte(10).lt(2).lte(2).multipleOf(3),
      4,
      [["multiple_of", "Input should be a multiple of 3", { multiple_of: 3 }]],
    ],
    [z.number().gt(11).gte(10).lt(2).lte(2), 5, [atMost(2)]],
    [z.number().gt(11).gte(10).lt(2), 5, [less(2)]],
    [z.number().gt(11).gte(10), 5, [atLeast(10)]],
    [z.number().gt(11), 5, [greater(11)]],
    [z.number().lt(2).int().multipleOf(2), 5, [["multiple_of", "Input should be a multiple of 2", { multiple_of: 2 }]]],
    [z.int().positive(), 0, [greater(0)]],
    [z.int().nonnegative(), -1, [atLeast(0)]],
  ])("%#", (schema, value, expected) => expect(first(schema, value)).toEqual(expected));

  test("what is echoed is what was sent", () => {
    expect(reading(z.int().min(5), "4")).toMatchObject({ problems: [{ type: "greater_than_equal", input: "4" }] });
  });

  test.each([
    [1e21, "1000000000000000000000"],
    [1.25e23, "125000000000000000000000"],
    [1e300, `1${"0".repeat(300)}`],
    [1e-7, "0.0000001"],
    [-1.5e-8, "-0.000000015"],
    [0.1, "0.1"],
    [-5, "-5"],
  ])("a bound of %d is printed as %s", (bound, text) =>
    expect(first(z.number().gt(bound), bound)).toEqual([
      ["greater_than", `Input should be greater than ${text}`, { gt: bound }],
    ]),
  );

  test("a bigint bound can be told in JSON", () => {
    expect(first(z.bigint().max(5n), "6")).toEqual([
      ["less_than_equal", "Input should be less than or equal to 5", { le: 5 }],
    ]);
    expect(first(z.bigint().min(2n ** 64n), 1)).toMatchObject([
      ["greater_than_equal", expect.any(String), { ge: 18446744073709551616n }],
    ]);
    expect(first(z.bigint().multipleOf(3n), "7")).toMatchObject([
      ["multiple_of", expect.any(String), { multiple_of: 3 }],
    ]);
  });

  test.each([
    [0.01, 0.07, true],
    [0.5, 1.0000000001, true],
    [0.5, 1.00001, false],
    [0.1, 0.3, true],
    [0.1, 1e15, true],
    [0.1, 1e9 + 0.05, false],
    [3, 1e16, false],
    [3, 9e15, true],
    [0.5, 1e-10, true],
    [7, 7 + 7e-9, false],
    [0.1, 0, true],
    [-0.1, 0.3, true],
  ])("multiple of %d: %d is %s", (of, value, accepted) =>
    expect("value" in reading(z.number().multipleOf(of), value)).toBe(accepted),
  );

  test.each([
    [z.int(), "9007199254740992", atMost(Number.MAX_SAFE_INTEGER)],
    [z.int32(), 2 ** 31, atMost(2 ** 31 - 1)],
    [z.uint32(), -1, atLeast(0)],
  ])("integer formats have bounds %#", (schema, value, expected) => expect(first(schema, value)).toEqual([expected]));
});

describe("strings", () => {
  const short = (n: number, s = "s") => [
    "string_too_short",
    `String should have at least ${n} character${s}`,
    { min_length: n },
  ];
  const long = (n: number, s = "s") => [
    "string_too_long",
    `String should have at most ${n} character${s}`,
    { max_length: n },
  ];

  test.each([
    [z.string().regex(/^a/).min(3), "b", [short(3)]],
    [z.string().regex(/^a/).max(1), "bb", [long(1, "")]],
    [z.string().min(1), "", [short(1, "")]],
    [z.string().max(0), "x", [long(0)]],
    [z.string().length(2), "x", [short(2)]],
    [z.string().length(2), "xyz", [long(2)]],
    [z.string().regex(/^a/), "b", [["string_pattern_mismatch", "String should match pattern '^a'", { pattern: "^a" }]]],
  ])("%#", (schema, value, expected) => expect(first(schema, value)).toEqual(expected));

  test("lengths count code points", () => {
    expect(reading(z.string().max(2), "😀😀")).toEqual({ value: "😀😀" });
    expect(first(z.string().max(2), "😀😀😀")).toEqual([long(2)]);
    expect(first(z.string().min(3), "😀😀")).toEqual([short(3)]);
    expect(reading(z.string().length(1), "😀")).toEqual({ value: "😀" });
    expect(reading(z.string().min(2), "\ud800\ud800")).toEqual({ value: "\ud800\ud800" });
  });

  test("a pattern is searched, and has no memory between requests", () => {
    for (const flags of ["", "g", "y", "gy"]) {
      const schema = z.string().regex(new RegExp("a", flags));
      for (let i = 0; i < 3; i++) expect(reading(schema, "xa")).toEqual({ value: "xa" });
      expect(reading(schema, "b")).toHaveProperty("problems");
    }
    expect(reading(z.string().regex(/A/i), "xa")).toEqual({ value: "xa" });
    expect(reading(z.string().regex(/a$/), "a\n")).toHaveProperty("problems");
  });

  test("transforms come where they are written", () => {
    expect(reading(z.string().trim().max(1), "  a ")).toEqual({ value: "a" });
    expect(first(z.string().trim().min(1), "  ")).toEqual([short(1, "")]);
    expect(first(z.string().max(1).trim(), " a")).toEqual([long(1, "")]);
    expect(reading(z.string().toUpperCase().startsWith("A"), "ab")).toEqual({ value: "AB" });
  });

  test("formats and messages of one's own", () => {
    expect(first(z.email(), "x")).toEqual([
      [
        "value_error",
        "value is not a valid email address: An email address must have an @-sign.",
        { reason: "An email address must have an @-sign." },
      ],
    ]);
    expect(first(z.email("no address"), "x")).toEqual([["value_error", "Value error, no address", { error: {} }]]);
    expect(reading(z.email(), "a@example.com")).toEqual({ value: "a@example.com" });
    expect(refusals(z.string().endsWith("!"), "x")).toEqual(["value_error"]);
  });
});

describe("sizes", () => {
  const ctx = (field_type: string, key: string, n: number, actual_length: number | null) => ({
    field_type,
    [key]: n,
    actual_length,
  });
  test.each([
    [
      z.array(z.int()).min(2),
      [1],
      "too_short",
      "List should have at least 2 items after validation, not 1",
      ctx("List", "min_length", 2, 1),
    ],
    [
      z.array(z.int()).max(2),
      ["a", 2, 3],
      "too_long",
      "List should have at most 2 items after validation, not 3",
      ctx("List", "max_length", 2, 3),
    ],
    [
      z.array(z.int()).max(1),
      [1, 2],
      "too_long",
      "List should have at most 1 item after validation, not 2",
      ctx("List", "max_length", 1, 2),
    ],
    [
      z.array(z.int()).length(1),
      [1, 2],
      "too_long",
      "List should have at most 1 item after validation, not 2",
      ctx("List", "max_length", 1, 2),
    ],
    [
      z.set(z.int()).max(2),
      ["a", 2, 3, 4],
      "too_long",
      "Set should have at most 2 items after validation, not more",
      ctx("Set", "max_length", 2, null),
    ],
    [
      z.set(z.int()).min(2),
      [1, 1],
      "too_short",
      "Set should have at least 2 items after validation, not 1",
      ctx("Set", "min_length", 2, 1),
    ],
    [
      z.map(z.string(), z.int()).min(1),
      {},
      "too_short",
      "Dictionary should have at least 1 item after validation, not 0",
      ctx("Dictionary", "min_length", 1, 0),
    ],
  ])("%#", (schema, value, type, msg, expected) => expect(first(schema, value)).toEqual([[type, msg, expected]]));

  test("items first, then too few of them; a set counts what differs", () => {
    expect(refusals(z.array(z.int()).min(2), ["a"])).toEqual(["0 int_parsing"]);
    expect(reading(z.set(z.int()).max(2), [1, 1, 1, 2])).toEqual({ value: new Set([1, 2]) });
  });

  test("a list that is too long is not read at all", () => {
    let calls = 0;
    const item = z.int().refine(() => ++calls > 0);
    const thousand = Array.from({ length: 1000 }, () => 1);
    expect(refusals(z.array(item).max(3), thousand)).toEqual(["too_long"]);
    expect(calls).toBe(0);
    expect(
      reading(
        z
          .array(item)
          .overwrite((all) => all.slice(0, 2))
          .max(2),
        [1, 2, 3],
      ),
    ).toEqual({ value: [1, 2] });
  });
});

describe("refinements", () => {
  test("see the value, are reported with their message and path, and only once the type is right", () => {
    const Pair = z
      .object({ a: z.int(), b: z.int() })
      .refine((pair) => pair.a < pair.b, { error: "a has to be less than b", path: ["b"] });
    expect(reading(Pair, { a: 2, b: 1 })).toEqual({
      problems: [
        {
          type: "value_error",
          loc: ["b"],
          msg: "Value error, a has to be less than b",
          input: { a: 2, b: 1 },
          ctx: { error: {} },
        },
      ],
    });
    expect(refusals(Pair, { a: "x", b: 1 })).toEqual(["a int_parsing"]);
  });

  test("superRefine can report several", () => {
    const schema = z.string().superRefine((_, context) => {
      context.addIssue({ code: "custom", message: "one" });
      context.addIssue({ code: "custom", message: "two", path: [1, "x"] });
    });
    expect(reading(schema, "v")).toMatchObject({
      problems: [
        { loc: [], msg: "Value error, one" },
        { loc: [1, "x"], msg: "Value error, two" },
      ],
    });
  });

  test("`when` decides whether one runs", () => {
    expect(
      reading(
        z.string().refine(() => false, { when: () => false }),
        "x",
      ),
    ).toEqual({ value: "x" });
    expect(
      reading(
        z.string().refine(() => false, { when: () => true }),
        "x",
      ),
    ).toHaveProperty("problems");
  });
});
