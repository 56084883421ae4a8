/**
 * One thing wrong with an input, in the shape FastAPI puts into the `detail` of a 422, and the catalogue of messages.
 * Follows pydantic 2's error types, so that a client that switches on `type` keeps working.
 */
import type { Read } from "./read.ts";

/** A step on the way to the offending value: a key, or the index in a list. */
export type Step = string | number;

/** One validation problem. Key order is the order on the wire. */
export interface Problem {
  readonly type: string;
  /** Where: location first (`"body"`, `"query"` …), then keys and indices. While reading, the other way round. */
  readonly loc: Step[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** How many problems are told. There may be more: an answer must not be many times its request. */
export const mostProblems = 1000;

/** What a reader returns instead of a value when it has added at least one problem. */
export const INVALID: unique symbol = Symbol("apus.invalid");

export function problem(type: string, msg: string, input: unknown, ctx?: Readonly<Record<string, unknown>>): Problem {
  return ctx === undefined ? { type, loc: [], msg, input } : { type, loc: [], msg, input, ctx };
}

/** Adds a problem and says INVALID, so that a reader can end with `return fail(...)`. */
export function fail(problems: Problem[], found: Problem): typeof INVALID {
  problems.push(found);
  return INVALID;
}

export function missing(input: unknown): Problem {
  return problem("missing", "Field required", input);
}

/** Whether a container can stop reading: it is refused in any case, and there is more to tell than will be told. */
export function isEnough(problems: readonly Problem[], before: number): boolean {
  return problems.length > before && problems.length >= mostProblems;
}

/**
 * Puts `step` around every problem found since `from`: each container does this for its children. Places grow at their end
 * and are turned round once, by `placed`; at their front they would take time that grows with the square of the depth.
 */
export function prefix(problems: Problem[], from: number, step: Step): void {
  for (let i = from; i < problems.length; i++) problems[i]!.loc.push(step);
}

/** The reader or writer of a whole value: the places of its problems are told from the outside in. */
export function placed(read: Read): Read {
  return (value, problems) => {
    const before = problems.length;
    const found = read(value, problems);
    for (let i = before; i < problems.length; i++) problems[i]!.loc.reverse();
    return found;
  };
}

/** What a handler returned where its output schema says something else. Logged, never sent. */
export function outputMismatch(expected: string, value: unknown): Problem {
  return problem("output_mismatch", `The handler's value should be ${expected}`, value);
}

const plural = (n: number): string => (n === 1 ? "" : "s");

/** A bound as pydantic prints it: integral floats without `.0`, everything in full, never with an exponent. */
export function printed(bound: number | bigint): string {
  const text = String(bound);
  const found = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (found === null) return text;
  const [, sign = "", first = "", rest = "", exponent = "0"] = found;
  const shift = Number(exponent);
  // JavaScript writes exponents only from 1e21 up and from 1e-7 down, so the digits never straddle the point.
  return shift < 0 ? `${sign}0.${"0".repeat(-shift - 1)}${first}${rest}` : sign + first + rest.padEnd(shift, "0");
}

/** A bound in `ctx`: a plain number where that is exact. */
export function inContext(bound: number | bigint): number | bigint {
  return Number.isSafeInteger(Number(bound)) ? Number(bound) : bound;
}

export const tooShortString = (min: number, input: string): Problem =>
  problem("string_too_short", `String should have at least ${min} character${plural(min)}`, input, { min_length: min });

export const tooLongString = (max: number, input: string): Problem =>
  problem("string_too_long", `String should have at most ${max} character${plural(max)}`, input, { max_length: max });

export const patternMismatch = (pattern: string, input: string): Problem =>
  problem("string_pattern_mismatch", `String should match pattern '${pattern}'`, input, { pattern });

export const tooFewItems = (kind: string, min: number, actual: number, input: unknown): Problem =>
  problem(
    "too_short",
    `${kind} should have at least ${min} item${plural(min)} after validation, not ${actual}`,
    input,
    {
      field_type: kind,
      min_length: min,
      actual_length: actual,
    },
  );

/** @param actual Null for a set, which is refused before all of it was read. */
export const tooManyItems = (kind: string, max: number, actual: number | null, input: unknown): Problem =>
  problem(
    "too_long",
    `${kind} should have at most ${max} item${plural(max)} after validation, not ${actual ?? "more"}`,
    input,
    {
      field_type: kind,
      max_length: max,
      actual_length: actual,
    },
  );

const namedEscapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
/** What Python does not print as it is: a backslash, control and format characters, surrogates, spaces other than " ". */
const unprintable = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

function escape(char: string): string {
  const code = char.codePointAt(0)!;
  if (Object.hasOwn(namedEscapes, char)) return namedEscapes[char]!;
  const hex = code.toString(16);
  return code < 0x100
    ? `\\x${hex.padStart(2, "0")}`
    : code < 0x10000
      ? `\\u${hex.padStart(4, "0")}`
      : `\\U${hex.padStart(8, "0")}`;
}

/** A value in a message, the way Python's repr prints it: strings in single quotes, double where the text holds a single one. */
export function repr(value: unknown): string {
  if (typeof value === "string") {
    const text = value.replaceAll(unprintable, escape);
    return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
  }
  if (value === true) return "True";
  if (value === false) return "False";
  if (value === null) return "None";
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (typeof value === "number") return numeral(value);
  if (typeof value !== "object") return String(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${repr(key)}: ${repr(each)}`)
    .join(", ")}}`;
}

function numeral(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}

/** `'a', 'b' or 'c'`: the choices of an enum or a literal. */
export function choices(values: readonly unknown[]): string {
  const texts = values.map(repr);
  const last = texts.pop() ?? "";
  return texts.length === 0 ? last : `${texts.join(", ")} or ${last}`;
}
