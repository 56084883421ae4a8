/**
 * Decimal numbers as text, exact: read and printed as Python's `Decimal`, compared and divided without rounding. Bounds,
 * digits and places are pydantic's, error for error.
 */
import { strip } from "./python-space.ts";
import { Refusal } from "./refusal.ts";

/** `(negative ? -1 : 1) * digits * 10 ** exponent`. Digits have no leading zeros; zero is `"0"`. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** What a decimal may be. Bounds are decimals themselves. */
export interface DecimalLimits {
  readonly maxDigits?: number | undefined;
  readonly decimalPlaces?: number | undefined;
  readonly multipleOf?: Decimal | undefined;
  readonly le?: Decimal | undefined;
  readonly lt?: Decimal | undefined;
  readonly ge?: Decimal | undefined;
  readonly gt?: Decimal | undefined;
}

const decimalText = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const notFinite = /^[+-]?(?:inf(?:inity)?|s?nan\d*)$/i;
/** Exponents stay numbers that JavaScript has exactly, with room for the digits behind the point. */
const greatestExponent = 999_999_999_999_999;

/** The decimal that a text says; `"nonfinite"` for an infinity or NaN; undefined for anything else. */
export function parseDecimal(text: string): Decimal | "nonfinite" | undefined {
  const plain = asciiDigits(strip(text).replaceAll("_", ""));
  const found = decimalText.exec(plain);
  if (found === null) return notFinite.test(plain) ? "nonfinite" : undefined;
  const [, sign, whole = "", fraction = "", power = "0"] = found;
  if (whole === "" && fraction === "") return undefined;
  const exponent = Number(power) - fraction.length;
  if (Math.abs(exponent) > greatestExponent) return undefined;
  return { negative: sign === "-", digits: withoutLeadingZeros(whole + fraction), exponent };
}

/** The decimal that a JSON number stands for: what its shortest text says, as in Python. */
export function decimalOf(value: number | bigint): Decimal | "nonfinite" {
  if (typeof value === "number" && !Number.isSafeInteger(value)) return parseDecimal(floatText(value))!;
  const text = String(value);
  return { negative: text.startsWith("-"), digits: text.replace("-", ""), exponent: 0 };
}

/** A float as Python prints it: `1.0`, `1e+16`, `1e-07`. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits = "", power = ""] = value.toExponential().split("e");
    return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function withoutLeadingZeros(digits: string): string {
  let zeros = 0;
  while (zeros < digits.length - 1 && digits[zeros] === "0") zeros++;
  return digits.slice(zeros);
}

const decimalDigit = /\p{Nd}/u;

/** Python takes the decimal digits of every script. They stand in runs of ten. */
function asciiDigits(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return text.replace(/\p{Nd}/gu, (char) => {
    const code = char.codePointAt(0)!;
    if (code < 0x80) return char;
    let start = code;
    while (decimalDigit.test(String.fromCodePoint(start - 1))) start--;
    return String((code - start) % 10);
  });
}

/** The text of a decimal in scientific notation as IEEE 754-2008 and Python's `str` write it. */
export function printDecimal({ negative, digits, exponent }: Decimal): string {
  const left = exponent + digits.length;
  const point = exponent <= 0 && left > -6 ? left : 1;
  const whole = point <= 0 ? "0" : digits.slice(0, point);
  const fraction = point <= 0 ? "0".repeat(-point) + digits : digits.slice(point);
  const power = left === point ? "" : `E${left > point ? "+" : "-"}${Math.abs(left - point)}`;
  return (negative ? "-" : "") + whole + (fraction === "" ? "" : `.${fraction}`) + power;
}

function isZero(value: Decimal): boolean {
  return value.digits === "0";
}

/** Negative, zero or positive as `one` is less than, equal to or greater than `other`. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  if (isZero(one) || isZero(other) || one.negative !== other.negative) return signOf(one) - signOf(other);
  return (one.negative ? -1 : 1) * compareSizes(one, other);
}

function signOf(value: Decimal): number {
  return isZero(value) ? 0 : value.negative ? -1 : 1;
}

function compareSizes(one: Decimal, other: Decimal): number {
  const size = one.digits.length + one.exponent - (other.digits.length + other.exponent);
  if (size !== 0) return size;
  // Equal sizes have their points at the same place, so digits compare like words.
  const length = Math.max(one.digits.length, other.digits.length);
  const [a, b] = [one.digits.padEnd(length, "0"), other.digits.padEnd(length, "0")];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Without zeros at the end of the digits: 1.50 and 1.5 are one value in two forms. */
function normalized(value: Decimal): Decimal {
  if (isZero(value)) return { ...value, exponent: 0 };
  let end = value.digits.length;
  while (value.digits[end - 1] === "0") end--;
  return { ...value, digits: value.digits.slice(0, end), exponent: value.exponent + value.digits.length - end };
}

function isMultiple(value: Decimal, of: Decimal): boolean {
  if (isZero(value)) return true;
  if (isZero(of)) return false;
  const { digits, exponent } = normalized(value);
  const unit = normalized(of);
  // The last digit is not 0, so nothing that ends in 0 at that place divides it.
  if (exponent < unit.exponent) return false;
  const modulus = BigInt(unit.digits);
  return (remainder(digits, modulus) * powerOfTen(exponent - unit.exponent, modulus)) % modulus === 0n;
}

/** Digit text modulo a number, fifteen digits at a time: linear however long the text is. */
function remainder(digits: string, modulus: bigint): bigint {
  let rest = 0n;
  for (let i = 0; i < digits.length; i += 15) {
    const part = digits.slice(i, i + 15);
    rest = (rest * 10n ** BigInt(part.length) + BigInt(part)) % modulus;
  }
  return rest;
}

function powerOfTen(exponent: number, modulus: bigint): bigint {
  let result = 1n % modulus;
  let base = 10n % modulus;
  for (let left = BigInt(exponent); left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

/** How many digits there are in all, and behind the point. Zeros in front of the digits of 0.001 count, a lone 0 does not. */
function measured({ digits, exponent }: Decimal): { readonly total: number; readonly places: number } {
  if (exponent >= 0) return { total: digits.length + exponent, places: 0 };
  return { total: Math.max(digits.length, -exponent), places: -exponent };
}

const plural = (count: number): string => (count === 1 ? "" : "s");

function tooManyDigits(value: Decimal, { maxDigits, decimalPlaces }: DecimalLimits): Refusal | undefined {
  if (maxDigits === undefined && decimalPlaces === undefined) return undefined;
  const short = measured(normalized(value));
  const whole = measured(value);
  if (maxDigits !== undefined && short.total > maxDigits && whole.total > maxDigits) {
    const msg = `Decimal input should have no more than ${maxDigits} digit${plural(maxDigits)} in total`;
    return new Refusal("decimal_max_digits", msg, { max_digits: maxDigits });
  }
  if (decimalPlaces === undefined) return undefined;
  if (short.places > decimalPlaces && whole.places > decimalPlaces) {
    const msg = `Decimal input should have no more than ${decimalPlaces} decimal place${plural(decimalPlaces)}`;
    return new Refusal("decimal_max_places", msg, { decimal_places: decimalPlaces });
  }
  if (maxDigits === undefined) return undefined;
  const most = Math.max(0, maxDigits - decimalPlaces);
  if (short.total - short.places <= most) return undefined;
  const msg = `Decimal input should have no more than ${most} digit${plural(most)} before the decimal point`;
  return new Refusal("decimal_whole_digits", msg, { whole_digits: most });
}

/** A bound as it stands in `ctx`: a JSON number. */
function asNumber(value: Decimal): number {
  return Number(printDecimal(value));
}

const bounds = [
  ["le", "less_than_equal", "less than or equal to", (order: number): boolean => order <= 0],
  ["lt", "less_than", "less than", (order: number): boolean => order < 0],
  ["ge", "greater_than_equal", "greater than or equal to", (order: number): boolean => order >= 0],
  ["gt", "greater_than", "greater than", (order: number): boolean => order > 0],
] as const;

/** The first limit that a decimal breaks, in pydantic's order: digits, multiple, upper bounds, lower bounds. */
export function decimalError(value: Decimal, limits: DecimalLimits): Refusal | undefined {
  const digits = tooManyDigits(value, limits);
  if (digits !== undefined) return digits;
  const { multipleOf } = limits;
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) {
    const msg = `Input should be a multiple of ${printDecimal(multipleOf)}`;
    return new Refusal("multiple_of", msg, { multiple_of: asNumber(multipleOf) });
  }
  for (const [name, type, words, holds] of bounds) {
    const bound = limits[name];
    if (bound !== undefined && !holds(compareDecimals(value, bound))) {
      return new Refusal(type, `Input should be ${words} ${printDecimal(bound)}`, { [name]: asNumber(bound) });
    }
  }
  return undefined;
}
