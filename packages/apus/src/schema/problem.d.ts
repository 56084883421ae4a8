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
export declare const INVALID: unique symbol;
export declare function problem(
  type: string,
  msg: string,
  input: unknown,
  ctx?: Readonly<Record<string, unknown>>,
): Problem;
/** Adds a problem and says INVALID, so that a reader can end with `return fail(...)`. */
export declare function fail(problems: Problem[], found: Problem): typeof INVALID;
export declare function missing(input: unknown): Problem;
/** Puts `step` in front of every problem found since `from`: each container does this for its children. */
export declare function prefix(problems: Problem[], from: number, step: Step): void;
/** A bound as pydantic prints it: integral floats without `.0`, everything else in full. */
export declare function printed(bound: number | bigint): string;
export declare const tooShortString: (min: number, input: string) => Problem;
export declare const tooLongString: (max: number, input: string) => Problem;
export declare const patternMismatch: (pattern: string, input: string) => Problem;
export declare const tooFewItems: (kind: string, min: number, actual: number, input: unknown) => Problem;
export declare const tooManyItems: (kind: string, max: number, actual: number, input: unknown) => Problem;
/** A value in a message, the way Python's repr prints it: strings in single quotes, double where the text holds a single one. */
export declare function repr(value: unknown): string;
/** `'a', 'b' or 'c'`: the choices of an enum or a literal. */
export declare function choices(values: readonly unknown[]): string;
