/**
 * One thing wrong with an input, in the shape FastAPI puts into the `detail` of a 422, and the catalogue of messages.
 * Follows pydantic 2's error types, so that a client that switches on `type` keeps working.
 */

/** A step on the way to the offending value: a key, or the index in a list. */
export type Step = string | number;

/** One validation problem. Key order is the order on the wire. */
export interface Problem {
  readonly type: string;
  /** Where: location first (`"body"`, `"query"` …), then keys and indices. Built from the inside out while reading. */
  readonly loc: Step[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

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

/** Puts `step` in front of every problem found since `from`: each container does this for its children. */
export function prefix(problems: Problem[], from: number, step: Step): void {
  for (let i = from; i < problems.length; i++) problems[i]!.loc.unshift(step);
}

const plural = (n: number): string => (n === 1 ? "" : "s");

/** A bound as pydantic prints it: integral floats without `.0`, everything else in full. */
export function printed(bound: number | bigint): string {
  return String(bound);
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

export const tooManyItems = (kind: string, max: number, actual: number, input: unknown): Problem =>
  problem("too_long", `${kind} should have at most ${max} item${plural(max)} after validation, not ${actual}`, input, {
    field_type: kind,
    max_length: max,
    actual_length: actual,
  });

/** A value in a message, the way Python's repr prints it: strings in single quotes, double where the text holds a single one. */
export function repr(value: unknown): string {
  if (typeof value === "string") return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value}'`;
  if (value === true) return "True";
  if (value === false) return "False";
  if (value === null) return "None";
  return String(value);
}

/** `'a', 'b' or 'c'`: the choices of an enum or a literal. */
export function choices(values: readonly unknown[]): string {
  const texts = values.map(repr);
  const last = texts.pop() ?? "";
  return texts.length === 0 ? last : `${texts.join(", ")} or ${last}`;
}
