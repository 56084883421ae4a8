/** Decimals as whole numbers of any size over powers of ten: reading, printing, comparing, counting digits, dividing. */
import { compareDecimals, decimalError, parseDecimal, printDecimal, type Decimal } from "../../../src/wire/decimal.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";

interface Told {
  readonly one: Decimal | "nonfinite" | undefined;
  readonly other: Decimal | "nonfinite" | undefined;
  readonly order: number;
  readonly multiple: boolean;
  readonly printed: string;
}

const examples = ["0", "-0", "1.50", "1e3", ".5", "5.", "+1_000.5", "1E-7", "inf", "-nan", "sNaN12", "\u0661\u0662", "1e99", "0.0000001", "123456789012345678901234567890", " 1 ", "1e9999999999999999", "-1.0e-10", "\ufeff1", "1 0", "0x1", "."]; // prettier-ignore
const tokens = ["0", "1", "5", "9", "00", ".", "e", "E", "+", "-", "_", " ", "inf", "nan", "\u0669", "\u{1d7d9}", "e-3", "e5", "\u0085"]; // prettier-ignore

/** An exact value: `digits * 10 ** exponent`. */
interface Exact {
  readonly digits: bigint;
  readonly exponent: number;
  readonly negative: boolean;
}

/** Python's `decimal` documents the grammar of what `Decimal(text)` takes. ASCII only; undefined where it is none. */
function exactly(text: string): Exact | "nonfinite" | undefined {
  const plain = text.trim().replaceAll("_", "");
  if (/^[-+]?(?:inf|infinity|nan[0-9]*|snan[0-9]*)$/i.test(plain)) return "nonfinite";
  const found = /^([-+]?)(?=\.?[0-9])([0-9]*)\.?([0-9]*)(?:e([-+]?[0-9]+))?$/i.exec(plain);
  if (found === null) return undefined;
  const [, sign, whole = "", fraction = "", power = "0"] = found;
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length, negative: sign === "-" };
}

const scaled = ({ digits, exponent, negative }: Exact, to: number): bigint =>
  (negative ? -1n : 1n) * digits * 10n ** BigInt(exponent - to);

export const decimal: Target<[string, string], Told> = {
  name: "decimal",
  make: (random: Random) => [random.written(examples, tokens, true), random.written(examples, tokens, true)],
  read([one, other]) {
    const [first, second] = [parseDecimal(one), parseDecimal(other)];
    const both = typeof first === "object" && typeof second === "object";
    return {
      one: first,
      other: second,
      order: both ? compareDecimals(first, second) : Number.NaN,
      multiple: both && decimalError(first, { multipleOf: second }) === undefined,
      printed: typeof first === "object" ? printDecimal(first) : "",
    };
  },
  judge([one, other], told) {
    const plain = /^[!-~]*$/;
    const [first, second] = [exactly(one), exactly(other)];
    if (plain.test(one) && Math.abs(typeof first === "object" ? first.exponent : 0) < 1e14) {
      holds("what a decimal is", typeof told.one === typeof first && (typeof first === "object" || told.one === first));
      if (typeof first === "object" && typeof told.one === "object") {
        const { digits, exponent, negative } = told.one;
        same("the value", [digits, exponent, negative], [String(first.digits), first.exponent, first.negative]);
      }
    }
    if (typeof told.one === "object") {
      same("what is read back of its text", parseDecimal(told.printed), told.one);
      const limits = { maxDigits: 5, decimalPlaces: 2 };
      // As JSON's numbers say it, if they can.
      if (Math.abs(told.one.exponent) < 20 && told.one.digits.length < 16) {
        same(
          "as a number",
          Number(told.printed),
          Number(`${told.one.digits}e${told.one.exponent}`) * (told.one.negative ? -1 : 1),
        );
      }
      const short = told.one.digits === "0" ? "" : told.one.digits.replace(/0+$/, "");
      const places = Math.max(0, -(told.one.exponent + (told.one.digits.length - short.length)));
      if (short !== "" && places > 2) holds("places", decimalError(told.one, limits) !== undefined);
    }
    if (!plain.test(one + other) || typeof first !== "object" || typeof second !== "object") return;
    if (Math.abs(first.exponent) > 400 || Math.abs(second.exponent) > 400) return;
    const least = Math.min(first.exponent, second.exponent);
    const [a, b] = [scaled(first, least), scaled(second, least)];
    same("the order", Math.sign(told.order) + 0, a < b ? -1 : a > b ? 1 : 0);
    same("whether it is a multiple", told.multiple, b === 0n ? a === 0n : a % b === 0n);
  },
  series: [
    (size) => ["1".repeat(size), "7"],
    (size) => [`0.${"0".repeat(size)}1`, "1"],
    (size) => [`${"0".repeat(size)}1`, "1"],
    (size) => [`${" ".repeat(size)}x`, "1"],
    (size) => [`1e${"9".repeat(size)}`, "1"],
    (size) => ["\u0661".repeat(size), "3"],
    (size) => ["1_".repeat(size / 2), "3"],
    (size) => [`1${"0".repeat(size)}`, "10"],
  ],
};
