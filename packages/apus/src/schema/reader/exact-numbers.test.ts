/** Numbers as they were sent: to bigints and decimals; plain numbers to everything else. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { types } from "../../types/index.ts";
import { IntegralFloat } from "../../wire/index.ts";
import { compileReader } from "../compile.ts";
import { wantsExactNumbers } from "./exact-numbers.ts";
import { INVALID, type Problem } from "../problem.ts";

const big = 2n ** 64n;
const one = new IntegralFloat(1);

/** The value, or `loc type` and input of each problem. */
function read(schema: z.ZodType, value: unknown): unknown {
  const problems: Problem[] = [];
  const found = compileReader(schema, "lax", "exact")(value, problems);
  return found === INVALID ? problems.map(({ loc, type, input }) => [[...loc, type].join(" "), input]) : found;
}

describe("who gets what", () => {
  test.each([
    [z.bigint(), big, big],
    [z.bigint(), one, 1n],
    [types.decimal(), big, String(big)],
    [types.decimal(), one, "1.0"],
    [z.number(), big, 2 ** 64],
    [z.number(), one, 1],
    [z.int(), one, 1],
    [z.int(), big, [["less_than_equal", big]]],
    [z.string(), big, [["string_type", big]]],
    [z.boolean(), one, true],
    [z.literal(1), one, 1],
    [z.unknown(), big, 2 ** 64],
    [z.unknown(), { a: [big, one, "x"] }, { a: [2 ** 64, 1, "x"] }],
    [z.looseObject({ a: z.bigint() }), { a: big, b: big, c: one }, { a: big, b: 2 ** 64, c: 1 }],
    [z.record(z.string(), z.bigint()), { a: big }, { a: big }],
    [z.array(z.bigint()).max(1), [big], [big]],
    [z.tuple([z.bigint(), z.int()]), [big, one], [big, 1]],
    [z.map(z.string(), z.bigint()), { a: big }, new Map([["a", big]])],
    [z.union([z.string(), z.bigint()]), big, big],
    [z.int().or(z.bigint()), big, big],
    [z.bigint().nullable().optional(), big, big],
    [z.coerce.number(), big, 2 ** 64],
    [z.object({}), one, [["model_attributes_type", 1]]],
    [z.array(z.int()), one, [["list_type", 1]]],
    [z.discriminatedUnion("v", [z.object({ v: z.literal(1), n: z.bigint() })]), { v: one, n: big }, { v: 1, n: big }],
    [z.object({ a: z.bigint(), b: z.string() }), { a: big }, [["b missing", { a: big }]]],
  ] as const)("%#", (schema, value, expected) => expect(read(schema, value)).toEqual(expected));

  test("z.int() still says what it says of numbers", () => {
    expect(read(z.int(), 2 ** 60)).toEqual([["less_than_equal", 2 ** 60]]);
  });
});

test.each([
  [z.object({ a: z.array(z.bigint()) }), true],
  [z.object({ a: types.decimal().optional() }), true],
  [z.object({ a: z.number() }), false],
  [z.lazy(() => z.union([z.string(), z.bigint()])), true],
])("wants exact numbers %#", (schema, expected) => expect(wantsExactNumbers(schema)).toBe(expected));
