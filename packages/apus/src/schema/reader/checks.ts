/**
 * The constraints of one schema as one function. Where several fail only the first is reported, in pydantic's order
 * (contract of FastAPI, section 2.2): multiple_of, le, lt, ge, gt for numbers; shortest, longest, pattern for strings.
 */
import { refuseAsync } from "./async-schema.ts";
import { dateBound } from "./date.ts";
import {
  fail,
  inContext,
  INVALID,
  patternMismatch,
  printed,
  problem,
  tooFewItems,
  tooLongString,
  tooManyItems,
  tooShortString,
  type Problem,
} from "../problem.ts";
import { temporalFormat } from "./temporal-format.ts";
import { formatMessage, textFormat } from "./text-format.ts";
import { checksOf, type Payload, type ZodCheck, type ZodSchema } from "../zod.ts";

/** Passes the value on (an overwrite such as `trim` may change it) or adds a problem and says INVALID. */
type Check = (value: unknown, problems: Problem[]) => unknown;

const ranks: Readonly<Record<string, number>> = {
  number_format: -1,
  multiple_of: 0,
  less_than: 1,
  greater_than: 3,
  min_length: 0,
  length_equals: 0,
  min_size: 0,
  size_equals: 0,
  max_length: 1,
  max_size: 1,
  string_format: 2,
};

/** Strings are measured in code points, as Python does; the two lengths agree unless there are surrogate pairs. */
function codePoints(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      pairs++;
      i++;
    }
  }
  return text.length - pairs;
}

function lessThan(bound: number | bigint, inclusive: boolean): Check {
  const word = inclusive ? "less_than_equal" : "less_than";
  const text = inclusive ? "less than or equal to" : "less than";
  const ctx = { [inclusive ? "le" : "lt"]: inContext(bound) };
  return (value, problems) =>
    (inclusive ? (value as number) <= bound : (value as number) < bound)
      ? value
      : fail(problems, problem(word, `Input should be ${text} ${printed(bound)}`, value, ctx));
}

function greaterThan(bound: number | bigint, inclusive: boolean): Check {
  const word = inclusive ? "greater_than_equal" : "greater_than";
  const text = inclusive ? "greater than or equal to" : "greater than";
  const ctx = { [inclusive ? "ge" : "gt"]: inContext(bound) };
  return (value, problems) =>
    (inclusive ? (value as number) >= bound : (value as number) > bound)
      ? value
      : fail(problems, problem(word, `Input should be ${text} ${printed(bound)}`, value, ctx));
}

/** A float is a multiple when it is one within 1e-9 or its own precision, so that 0.07 is a multiple of 0.01. */
function isMultiple(value: number | bigint, of: number | bigint): boolean {
  if (typeof value === "bigint" || typeof of === "bigint") return BigInt(value) % BigInt(of) === 0n;
  if (Number.isInteger(value) && Number.isInteger(of)) return value % of === 0;
  return Math.abs(Math.round(value / of) * of - value) <= 1e-9 + Math.abs(value) * Number.EPSILON;
}

function multipleOf(of: number | bigint): Check {
  return (value, problems) =>
    isMultiple(value as number, of)
      ? value
      : fail(
          problems,
          problem("multiple_of", `Input should be a multiple of ${printed(of)}`, value, { multiple_of: inContext(of) }),
        );
}

const containerName = (value: unknown): string =>
  value instanceof Set ? "Set" : value instanceof Map ? "Dictionary" : "List";
const sizeOf = (value: unknown): number =>
  value instanceof Set || value instanceof Map ? value.size : (value as { length: number }).length;

function atLeast(min: number): Check {
  return (value, problems) => {
    if (typeof value === "string") {
      const enough = value.length >= min && (value.length >= 2 * min || codePoints(value) >= min);
      return enough ? value : fail(problems, tooShortString(min, value));
    }
    const size = sizeOf(value);
    return size >= min ? value : fail(problems, tooFewItems(containerName(value), min, size, value));
  };
}

function atMost(max: number): Check {
  return (value, problems) => {
    if (typeof value === "string") {
      return value.length <= max || codePoints(value) <= max ? value : fail(problems, tooLongString(max, value));
    }
    const size = sizeOf(value);
    if (size <= max) return value;
    return fail(problems, tooManyItems(containerName(value), max, value instanceof Set ? null : size, value));
  };
}

function exactly(length: number): Check {
  const min = atLeast(length);
  const max = atMost(length);
  return (value, problems) => (min(value, problems) === INVALID ? INVALID : max(value, problems));
}

function pattern(expression: RegExp): Check {
  const source = expression.source;
  // A global or sticky expression remembers where it stopped; a copy without those flags has no memory between requests.
  const search = new RegExp(source, expression.flags.replace(/[gy]/g, ""));
  return (value, problems) =>
    search.test(value as string) ? value : fail(problems, patternMismatch(source, value as string));
}

/** What a check of zod's reports, before zod has put a message to it. */
export interface RawIssue {
  readonly message?: unknown;
  readonly path?: readonly unknown[];
  readonly code?: string;
  readonly format?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly includes?: string;
  /** What has raised it, and the schema that this is a check of. */
  readonly inst?: Telling;
  readonly schema?: Telling;
}

interface Telling {
  readonly _zod?: { readonly def?: { readonly error?: (issue: unknown) => unknown } };
}

/** What is said of an issue: the author's own message, or else what `otherwise` says. */
export function messageOf(issue: RawIssue, otherwise: (issue: RawIssue) => string = inOurWords): string {
  if (typeof issue.message === "string") return issue.message;
  for (const telling of [issue.inst, issue.schema]) {
    const said = telling?._zod?.def?.error?.(issue);
    if (typeof said === "string") return said;
    if (typeof said === "object" && said !== null && "message" in said) return String(said.message);
  }
  return otherwise(issue);
}

function inOurWords(issue: RawIssue): string {
  return issue.format === undefined ? "Invalid input" : formatMessage(issue);
}

/** Turns what a zod check or transform reported into `value_error` problems. */
export function report(issues: readonly RawIssue[], input: unknown, problems: Problem[]): typeof INVALID {
  for (const issue of issues) {
    const found = problem("value_error", `Value error, ${messageOf(issue)}`, input, { error: {} });
    for (const step of issue.path ?? []) found.loc.unshift(typeof step === "number" ? step : String(step));
    problems.push(found);
  }
  return INVALID;
}

/** Any other check of zod's own: refinements, overwrites, includes, formats. Run by zod itself. */
function foreign(check: ZodCheck): Check {
  return (value, problems) => {
    const payload: Payload = { value, issues: [] };
    if (check._zod.def.when?.(payload) === false) return value;
    refuseAsync(check._zod.check(payload));
    return payload.issues.length === 0 ? payload.value : report(payload.issues, value, problems);
  };
}

function integerRange(format: string): Check | undefined {
  const range: Readonly<Record<string, readonly [number, number]>> = {
    safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    int32: [-2147483648, 2147483647],
    uint32: [0, 4294967295],
    float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  };
  const bounds = range[format];
  if (bounds === undefined) return undefined;
  const low = greaterThan(bounds[0], true);
  const high = lessThan(bounds[1], true);
  return (value, problems) => (low(value, problems) === INVALID ? INVALID : high(value, problems));
}

function compileCheck(check: ZodCheck): Check | undefined {
  const def = check._zod.def;
  switch (def.check) {
    case "less_than":
      return typeof def.value === "number" || typeof def.value === "bigint"
        ? lessThan(def.value, def.inclusive ?? false)
        : (dateBound(check) ?? foreign(check));
    case "greater_than":
      return typeof def.value === "number" || typeof def.value === "bigint"
        ? greaterThan(def.value, def.inclusive ?? false)
        : (dateBound(check) ?? foreign(check));
    case "multiple_of":
      return multipleOf(def.value!);
    case "number_format":
      return integerRange(def.format!);
    case "min_length":
    case "min_size":
      return atLeast(def.minimum!);
    case "max_length":
    case "max_size":
      return atMost(def.maximum!);
    case "length_equals":
      return exactly(def.length!);
    case "size_equals":
      return exactly(def.size!);
    case "string_format":
      return def.format === "regex"
        ? pattern(def.pattern!)
        : (temporalFormat(check) ?? textFormat(check) ?? foreign(check));
    default:
      return foreign(check);
  }
}

/** Sorts into the reported order within runs that no overwrite or refinement interrupts: those see what came before them. */
function inReportedOrder(checks: readonly ZodCheck[]): ZodCheck[] {
  const sorted: ZodCheck[] = [];
  let run: { check: ZodCheck; rank: number }[] = [];
  const flush = (): void => {
    for (const { check } of run.sort((a, b) => a.rank - b.rank)) sorted.push(check);
    run = [];
  };
  for (const check of checks) {
    const def = check._zod.def;
    const rank = ranks[def.check];
    if (rank === undefined) {
      flush();
      sorted.push(check);
    } else {
      const exclusive = def.inclusive === false ? 1 : 0;
      run.push({ check, rank: rank + (def.check === "less_than" || def.check === "greater_than" ? exclusive : 0) });
    }
  }
  flush();
  return sorted;
}

/** The most items a list or set may hold, as far as its checks say so before anything of the user's own may change it. */
export function mostItems(schema: ZodSchema): number {
  let most = Number.POSITIVE_INFINITY;
  for (const check of checksOf(schema)) {
    const def = check._zod.def;
    if (ranks[def.check] === undefined) break;
    most = Math.min(most, def.maximum ?? def.length ?? def.size ?? most);
  }
  return most;
}

/** All constraints of a schema, or undefined where it has none. */
export function compileChecks(schema: ZodSchema): Check | undefined {
  const compiled = inReportedOrder(checksOf(schema))
    .map(compileCheck)
    .filter((check) => check !== undefined);
  if (compiled.length < 2) return compiled[0];
  return (value, problems) => {
    let current = value;
    for (const check of compiled) {
      current = check(current, problems);
      if (current === INVALID) return INVALID;
    }
    return current;
  };
}

/** Whether a number schema takes integers only: `z.int()`, `z.int32()`, `z.number().int()`. */
export function isInteger(schema: ZodSchema): boolean {
  return checksOf(schema).some(
    (check) => check._zod.def.check === "number_format" && !check._zod.def.format!.startsWith("float"),
  );
}
