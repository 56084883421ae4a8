/** How the interpreter reads one number, truth value, text, UUID, choice or literal: pydantic's rules, step by step. */
import type { Mode } from "../../../src/schema/index.ts";
import type { Bounds, Description, Text } from "./description.ts";
import { choices, plural, repr } from "./words.ts";

/** What was read, or what is wrong with it: `type`, `msg` and perhaps `ctx`. */
export type Result =
  | { readonly value: unknown }
  | readonly [type: string, msg: string]
  | readonly [type: string, msg: string, ctx: Record<string, unknown>];

/** What Unicode calls white space, which is what Python and Rust trim (JavaScript also trims U+FEFF, but not U+0085). */
const WHITE =
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && WHITE.includes(text[start]!)) start++;
  while (end > start && WHITE.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

export function readInt(bounds: Bounds, value: unknown, mode: Mode): Result {
  let number: number;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return ["finite_number", "Input should be a finite number"];
    if (value % 1 !== 0)
      return ["int_from_float", "Input should be a valid integer, got a number with a fractional part"];
    number = value + 0; // -0 is 0
  } else if (mode === "strict") {
    return ["int_type", "Input should be a valid integer"];
  } else if (typeof value === "boolean") {
    number = value ? 1 : 0;
  } else if (typeof value === "string") {
    const text = trimmed(value);
    const digits = /^[+-]?[0_]*([\d_]*)/.exec(text)![1]!.replaceAll("_", "");
    if (digits.length > 4300)
      return ["int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size"];
    if (!/^[+-]?\d+(_\d+)*(\.0+)?$/.test(text))
      return ["int_parsing", "Input should be a valid integer, unable to parse string as an integer"];
    number = Number(text.replaceAll("_", "")) + 0; // "-0" is 0
  } else {
    return ["int_type", "Input should be a valid integer"];
  }
  // D17: a JavaScript number holds no further integer exactly.
  for (const limit of [{ le: Number.MAX_SAFE_INTEGER }, { ge: Number.MIN_SAFE_INTEGER }]) {
    const beyond = outside(limit, number);
    if (beyond !== undefined) return beyond;
  }
  if (bounds.multipleOf !== undefined && number % bounds.multipleOf !== 0) return notMultiple(bounds.multipleOf);
  return outside(bounds, number) ?? { value: number };
}

export function readFloat(bounds: Bounds, value: unknown, mode: Mode): Result {
  let number: number;
  if (typeof value === "number") number = value;
  else if (typeof value === "boolean" && mode === "lax") number = value ? 1 : 0;
  else if (typeof value === "string" && mode === "lax") {
    const found = floatOf(value);
    if (found === undefined)
      return ["float_parsing", "Input should be a valid number, unable to parse string as a number"];
    number = found;
  } else return ["float_type", "Input should be a valid number"];
  // D17: what JSON cannot write is no number.
  if (!Number.isFinite(number)) return ["finite_number", "Input should be a finite number"];
  if (bounds.multipleOf !== undefined) {
    const rest = Math.abs(number % bounds.multipleOf);
    const tolerated = Math.abs(number) / 1e9;
    if (rest > tolerated && Math.abs(rest - bounds.multipleOf) > tolerated) return notMultiple(bounds.multipleOf);
  }
  return outside(bounds, number) ?? { value: number };
}

function floatOf(value: string): number | undefined {
  const text = trimmed(value);
  if (text.startsWith("_") || text.endsWith("_") || text.includes("__")) return undefined;
  const plain = text.replaceAll("_", "").toLowerCase();
  if (/^[+-]?(inf|infinity|nan)$/.test(plain)) return Infinity;
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/.test(plain) ? Number(plain) : undefined;
}

const notMultiple = (of: number): Result => ["multiple_of", `Input should be a multiple of ${of}`, { multiple_of: of }];

/** The first bound that a number is outside of, in the order le, lt, ge, gt. */
function outside({ le, lt, ge, gt }: Bounds, number: number): Result | undefined {
  if (le !== undefined && !(number <= le))
    return ["less_than_equal", `Input should be less than or equal to ${le}`, { le }];
  if (lt !== undefined && !(number < lt)) return ["less_than", `Input should be less than ${lt}`, { lt }];
  if (ge !== undefined && !(number >= ge))
    return ["greater_than_equal", `Input should be greater than or equal to ${ge}`, { ge }];
  if (gt !== undefined && !(number > gt)) return ["greater_than", `Input should be greater than ${gt}`, { gt }];
  return undefined;
}

const TRUE = ["1", "true", "t", "yes", "y", "on"];
const FALSE = ["0", "false", "f", "no", "n", "off"];

export function readBool(value: unknown, mode: Mode): Result {
  if (typeof value === "boolean") return { value };
  if (mode === "lax") {
    if (typeof value === "string" || (typeof value === "number" && value % 1 === 0 && Math.abs(value) < 2 ** 63)) {
      const word = String(value).toLowerCase();
      if (TRUE.includes(word)) return { value: true };
      if (FALSE.includes(word)) return { value: false };
      return ["bool_parsing", "Input should be a valid boolean, unable to interpret input"];
    }
  }
  return ["bool_type", "Input should be a valid boolean"];
}

export function readText({ min, max, pattern }: Text, value: unknown): Result {
  if (typeof value !== "string") return ["string_type", "Input should be a valid string"];
  const length = [...value].length;
  if (min !== undefined && length < min)
    return ["string_too_short", `String should have at least ${plural(min, "character")}`, { min_length: min }];
  if (max !== undefined && length > max)
    return ["string_too_long", `String should have at most ${plural(max, "character")}`, { max_length: max }];
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value))
    return ["string_pattern_mismatch", `String should match pattern '${pattern}'`, { pattern }];
  return { value };
}

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function readUuid(value: unknown, mode: Mode): Result {
  if (typeof value !== "string") return ["uuid_type", "UUID input should be a string, bytes or UUID object"];
  const [, braced] = /^\{(.*)\}$/s.exec(value) ?? [];
  const [, named] = /^urn:uuid:(.*)$/s.exec(value) ?? [];
  const digits = braced ?? named ?? value;
  if (CANONICAL.test(value)) return { value: mode === "lax" ? value.toLowerCase() : value };
  const simple = digits === value && /^[0-9a-f]{32}$/i.test(value);
  if (CANONICAL.test(digits) || simple) {
    const hex = digits.toLowerCase().replaceAll("-", "");
    if (mode === "lax") return { value: hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") };
    const error = "strictly only the hyphenated form is one";
    return ["uuid_parsing", `Input should be a valid UUID, ${error}`, { error }];
  }
  // Where the text inside has the right length, only that text is told of.
  const error =
    utf8(digits) === 36
      ? uuidError(digits, digits, 0)
      : uuidError(value, digits, braced !== undefined ? 1 : named !== undefined ? 9 : 0);
  return ["uuid_parsing", `Input should be a valid UUID, ${error}`, { error }];
}

const utf8 = (text: string): number => new TextEncoder().encode(text).length;

/** What the parser behind pydantic says; it counts in bytes of UTF-8, and the last group up to the end of the whole text. */
function uuidError(whole: string, digits: string, offset: number): string {
  const odd = [...digits].find((char) => !/[-0-9a-f]/i.test(char));
  if (odd !== undefined)
    return `invalid character: found \`${odd}\` at ${utf8(digits.slice(0, digits.indexOf(odd))) + offset + 1}`;
  const groups = digits.split("-");
  if (groups.length === 1 && offset === 0)
    return `invalid length: expected length 32 for simple format, found ${whole.length}`;
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const sizes = [8, 4, 4, 4];
  const wrong = sizes.findIndex((size, index) => groups[index]!.length !== size);
  return wrong === -1
    ? `invalid group length in group 4: expected 12, found ${whole.length - 24}`
    : `invalid group length in group ${wrong}: expected ${sizes[wrong]}, found ${groups[wrong]!.length}`;
}

export function readChoice(values: readonly unknown[], value: unknown, mode: Mode): Result {
  const expected = choices(values);
  if (values.includes(value)) return { value };
  // Members that are integers take what an integer takes.
  if (mode === "lax" && typeof values[0] === "number") {
    const number = readInt({}, value, "lax");
    if ("value" in number && values.includes(number.value)) return number;
  }
  return ["enum", `Input should be ${expected}`, { expected }];
}

export function readLiteral({ values }: Extract<Description, { kind: "literal" }>, value: unknown, mode: Mode): Result {
  const found = literalOf(values, value, mode);
  const expected = choices(values);
  return found === undefined ? ["literal_error", `Input should be ${expected}`, { expected }] : { value: found };
}

/** The one of the values that is meant: itself, or laxly, as Python's `==` has it, 1 for true and 0 for false and the reverse. */
export function literalOf(values: readonly unknown[], value: unknown, mode: Mode): unknown {
  if (values.includes(value)) return value;
  if (mode === "strict") return undefined;
  if (typeof value === "boolean") return values.find((each) => each === (value ? 1 : 0));
  if (value === 0 || value === 1) return values.find((each) => each === (value === 1));
  return undefined;
}

/** A tag in the words of `union_tag_invalid`: texts as they are, the rest as Python prints it. */
export const tagText = (tag: unknown): string => (typeof tag === "string" ? tag : repr(tag));
