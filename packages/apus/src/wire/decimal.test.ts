/** Decimals against pydantic's answers, and what no table of moderate numbers shows. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differing, table } from "../../test/rooms/pydantic-wire.ts";
import {
  compareDecimals,
  decimalError,
  decimalOf,
  floatText,
  parseDecimal,
  printDecimal,
  type Decimal,
  type DecimalLimits,
} from "./decimal.ts";
import { Refusal } from "./refusal.ts";

function decimal(text: string): Decimal {
  return parseDecimal(text) as Decimal;
}

/** In the order of the table. */
const limits: readonly DecimalLimits[] = [
  {},
  { maxDigits: 3 },
  { decimalPlaces: 2 },
  { maxDigits: 5, decimalPlaces: 2 },
  { maxDigits: 2, decimalPlaces: 4 },
  { multipleOf: decimal("0.05") },
  { multipleOf: decimal("7") },
  { multipleOf: decimal("5E+1") },
  { gt: decimal("0") },
  { ge: decimal("1.50") },
  { lt: decimal("1E+3") },
  { le: decimal("0.10"), ge: decimal("-10") },
  { gt: decimal("-0.001"), lt: decimal("12.5"), multipleOf: decimal("0.5"), maxDigits: 4 },
];

function numberOf(text: string): ReturnType<typeof parseDecimal> {
  const [kind, value = ""] = text.split(":");
  return kind === "float" ? parseDecimal(floatText(Number(value))) : decimalOf(BigInt(value));
}

test("pydantic's answers", () => {
  expect(
    differing(table.decimal, (input: string, isText: boolean, which: number) => {
      const found = isText ? parseDecimal(input) : numberOf(input);
      if (found === undefined) return new Refusal("decimal_parsing", "Input should be a valid decimal");
      if (found === "nonfinite") return new Refusal("finite_number", "Input should be a finite number");
      return decimalError(found, limits[which]!) ?? printDecimal(found);
    }),
  ).toEqual([]);
});

describe("numbers far beyond what a float, or Python's context of 28 digits, holds", () => {
  const nines = "9".repeat(40);
  test.each([
    [nines, { lt: decimal(`1${"0".repeat(40)}`) }, undefined],
    [nines, { lt: decimal(nines) }, "less_than"],
    [`0.${nines}`, { ge: decimal("1") }, "greater_than_equal"],
    ["1e999999999999", { gt: decimal("1e999999999998") }, undefined],
    ["1e-999999999999", { gt: decimal("0") }, undefined],
    ["-1e-999999999999", { ge: decimal("0") }, "greater_than_equal"],
    ["1e999999999999", { multipleOf: decimal("7") }, "multiple_of"],
    ["7e999999999999", { multipleOf: decimal("7") }, undefined],
    ["7e999999999999", { multipleOf: decimal("0.07") }, undefined],
    [`${nines}.5`, { multipleOf: decimal("0.5") }, undefined],
    [`${nines}.25`, { multipleOf: decimal("0.5") }, "multiple_of"],
    ["1".repeat(100_000), { multipleOf: decimal("3") }, "multiple_of"],
    ["1".repeat(99_999), { multipleOf: decimal("3") }, undefined],
    [`1.${"0".repeat(40)}1`, { maxDigits: 20 }, "decimal_max_digits"],
  ] as const)("%# %.20s", (text, which, type) => expect(decimalError(decimal(text), which)?.type).toBe(type));
});

test.each([
  ["1e1000000000000000", undefined],
  ["1e-1000000000000000", undefined],
  ["0e5", "0E+5"],
  ["-0", "-0"],
  ["\u0661\u0662.\u{1d7d9}", "12.1"],
  ["1\u00a02", undefined],
  ["_", undefined],
])("%j is %j", (text, expected) => {
  const found = parseDecimal(text);
  expect(found === undefined || found === "nonfinite" ? found : printDecimal(found)).toBe(expected);
});

test.each([
  [1, "1.0"],
  [-0, "-0.0"],
  [0.1, "0.1"],
  [1e15, "1000000000000000.0"],
  [1e16, "1e+16"],
  [1.5e300, "1.5e+300"],
  [0.0001, "0.0001"],
  [0.00001, "1e-05"],
  [Number.POSITIVE_INFINITY, "Infinity"],
])("the float %d is %s in Python", (value, text) => expect(floatText(value)).toBe(text));

test("printing and reading again gives the same, and the order is that of the numbers", () => {
  const part = fc.integer({ min: -(10 ** 6), max: 10 ** 6 });
  const exponent = fc.integer({ min: -8, max: 8 });
  fc.assert(
    fc.property(part, exponent, part, exponent, (a, i, b, j) => {
      const [one, other] = [decimal(`${a}e${i}`), decimal(`${b}e${j}`)];
      expect(parseDecimal(printDecimal(one))).toEqual(one);
      // The same number scaled to integers, which JavaScript compares exactly.
      const scaled = (value: number, by: number): bigint => BigInt(value) * 10n ** BigInt(by + 8);
      const [x, y] = [scaled(a, i), scaled(b, j)];
      expect(Math.sign(compareDecimals(one, other))).toBe(x < y ? -1 : x > y ? 1 : 0);
    }),
  );
});
