/**
 * Readers of single values: what is accepted, what is converted and what is refused, by pydantic's lax rules (contract of
 * FastAPI, section 2.1). In strict mode nothing is converted.
 */
import { converted } from "./conversion.ts";
import { choices, fail, INVALID, problem, type Problem } from "./problem.ts";
import type { Mode, Read } from "./read.ts";
import type { ZodSchema } from "./zod.ts";

const integerText = /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/;
const numberText = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Where an underscore is never taken for a separator: at either end, or twice in a row. */
const strayUnderscore = /^_|__|_$/;
const infinityOrNan = /^[+-]?(?:inf|infinity|nan)$/i;
/** Longer digit strings are refused before they are looked at, as Python does. */
const maxDigits = 4300;

const intType = (input: unknown): Problem => problem("int_type", "Input should be a valid integer", input);
const floatType = (input: unknown): Problem => problem("float_type", "Input should be a valid number", input);
const finite = (input: unknown): Problem => problem("finite_number", "Input should be a finite number", input);

export function integer(mode: Mode): Read {
  return (value, problems) => {
    if (typeof value === "number") {
      if (Number.isInteger(value)) return value;
      if (!Number.isFinite(value)) return fail(problems, finite(value));
      return fail(
        problems,
        problem("int_from_float", "Input should be a valid integer, got a number with a fractional part", value),
      );
    }
    if (mode === "strict") return fail(problems, intType(value));
    if (typeof value === "string") return integerFrom(value, problems);
    if (typeof value === "boolean") return converted(value ? 1 : 0);
    return fail(problems, intType(value));
  };
}

/** Without the white space that pydantic takes for such: what JavaScript trims, U+0085 too, but no byte order mark. */
function withoutSpace(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length === text.length && !text.includes("\u0085")) return text;
  return text.includes("\ufeff") ? "" : trimmed.replace(/^[\s\u0085]+/, "").replace(/[\s\u0085]+$/, "");
}

function integerFrom(text: string, problems: Problem[]): unknown {
  if (text.length > maxDigits) {
    return fail(
      problems,
      problem("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", text),
    );
  }
  const trimmed = withoutSpace(text);
  if (!integerText.test(trimmed)) {
    return fail(
      problems,
      problem("int_parsing", "Input should be a valid integer, unable to parse string as an integer", text),
    );
  }
  const value = Number(trimmed.includes("_") ? trimmed.replaceAll("_", "") : trimmed);
  return converted(value === 0 ? 0 : value); // "-0" is 0
}

export function float(mode: Mode): Read {
  return (value, problems) => {
    if (typeof value === "number") return Number.isFinite(value) ? value : fail(problems, finite(value));
    if (mode === "strict") return fail(problems, floatType(value));
    if (typeof value === "string") return floatFrom(value, problems);
    if (typeof value === "boolean") return converted(value ? 1 : 0);
    return fail(problems, floatType(value));
  };
}

/** Separators and surrounding white space do not go together, as in pydantic. */
function withoutSeparators(text: string): string {
  return strayUnderscore.test(text) ? "" : text.replaceAll("_", "");
}

function floatFrom(text: string, problems: Problem[]): unknown {
  const trimmed = text.length > maxDigits ? "" : text.includes("_") ? withoutSeparators(text) : withoutSpace(text);
  if (infinityOrNan.test(trimmed)) return fail(problems, finite(text));
  if (!numberText.test(trimmed)) {
    return fail(
      problems,
      problem("float_parsing", "Input should be a valid number, unable to parse string as a number", text),
    );
  }
  const value = Number(trimmed);
  return Number.isFinite(value) ? converted(value) : fail(problems, finite(text));
}

const truths = new Set(["1", "true", "t", "yes", "y", "on"]);
const falsehoods = new Set(["0", "false", "f", "no", "n", "off"]);

export function boolean(mode: Mode): Read {
  return (value, problems) => {
    if (typeof value === "boolean") return value;
    if (mode === "lax") {
      if (value === 1) return converted(true);
      if (value === 0) return converted(false);
      if (typeof value === "string") {
        const word = value.length <= 5 ? value.toLowerCase() : "";
        if (truths.has(word)) return converted(true);
        if (falsehoods.has(word)) return converted(false);
      }
      if (typeof value === "string" || Number.isInteger(value)) {
        return fail(
          problems,
          problem("bool_parsing", "Input should be a valid boolean, unable to interpret input", value),
        );
      }
    }
    return fail(problems, problem("bool_type", "Input should be a valid boolean", value));
  };
}

export const string: Read = (value, problems) =>
  typeof value === "string" ? value : fail(problems, problem("string_type", "Input should be a valid string", value));

const uuidText = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const simpleUuid = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i;

/**
 * UUIDs come hyphenated, as 32 hex digits, in braces or as a URN, in any case; they are handed on in the canonical form.
 * @param version What the schema asks for, such as `"v4"`, if it does.
 */
export function uuid(mode: Mode, version: string | undefined): Read {
  const expected = Number(version?.slice(1));
  return (value, problems) => {
    if (typeof value !== "string") {
      return fail(problems, problem("uuid_type", "UUID input should be a string, bytes or UUID object", value));
    }
    if (mode === "strict") return value;
    const start = wrapping(value);
    const bare = value.slice(start, start === 1 ? -1 : undefined);
    const hyphenated = uuidText.test(bare) ? bare : value.replace(simpleUuid, "$1-$2-$3-$4-$5");
    if (!uuidText.test(hyphenated)) {
      const error = uuidError(bare, start);
      return fail(problems, problem("uuid_parsing", `Input should be a valid UUID, ${error}`, value, { error }));
    }
    const canonical = hyphenated.toLowerCase();
    if (expected > 0 && Number.parseInt(canonical[14]!, 16) !== expected) {
      const ctx = { expected_version: expected };
      return fail(problems, problem("uuid_version", `UUID version ${expected} expected`, value, ctx));
    }
    return value.length === canonical.length ? canonical : converted(canonical);
  };
}

/** How many characters stand in front of the UUID itself: those of a URN, or a brace that is closed again. */
function wrapping(text: string): number {
  if (text.startsWith("urn:uuid:")) return 9;
  return text.length > 1 && text.startsWith("{") && text.endsWith("}") ? 1 : 0;
}

/** @param start Where `text` began in what was sent. Positions count from 1, and the letters of a URN, but not a brace. */
function uuidError(text: string, start: number): string {
  const at = text.search(/[^0-9a-f-]/i);
  if (at >= 0)
    return `invalid character: found \`${String.fromCodePoint(text.codePointAt(at)!)}\` at ${(start > 1 ? start : 0) + at + 1}`;
  if (start === 0 && !text.includes("-"))
    return `invalid length: expected length 32 for simple format, found ${text.length}`;
  const groups = text.split("-");
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const lengths = [8, 4, 4, 4, 12];
  const wrong = groups.findIndex((group, i) => group.length !== lengths[i]);
  return `invalid group length in group ${wrong}: expected ${lengths[wrong]}, found ${groups[wrong]!.length}`;
}

export function bigint(mode: Mode): Read {
  const asInteger = integer(mode);
  return (value, problems) => {
    if (typeof value === "bigint") return value;
    if (mode === "lax" && typeof value === "string" && value.length <= maxDigits) {
      const trimmed = withoutSpace(value);
      if (integerText.test(trimmed)) {
        return converted(BigInt(trimmed.replace(/\.0+$/, "").replaceAll("_", "").replace("+", "")));
      }
    }
    if (mode === "lax" && typeof value === "boolean") return converted(value ? 1n : 0n);
    if (mode === "lax" && typeof value === "number" && Number.isInteger(value)) return converted(BigInt(value));
    // A number or text that is no integer is refused for the reason an integer field would give.
    return asInteger(value, problems) === INVALID ? INVALID : fail(problems, intType(value));
  };
}

/** The values of a TypeScript enum or `z.enum([...])`: exact, except that a numeric enum takes what an integer takes. */
export function enumeration(schema: ZodSchema, mode: Mode): Read {
  const values = [...(schema._zod.values ?? [])];
  const members = new Set(values);
  const numeric = values.length > 0 && values.every((value) => typeof value === "number");
  const expected = choices(values);
  const asInteger = integer(mode);
  const refuse = problem("enum", `Input should be ${expected}`, null, { expected });
  return (value, problems) => {
    if (members.has(value)) return value;
    if (numeric && mode === "lax" && typeof value !== "number") {
      const found = asInteger(value, []);
      if (members.has(found)) return found;
    }
    return fail(problems, { ...refuse, loc: [], input: value });
  };
}

export function literal(schema: ZodSchema): Read {
  const values = schema._zod.def.values ?? [];
  const members = new Set(values);
  const expected = choices(values);
  return (value, problems) =>
    members.has(value)
      ? value
      : fail(problems, problem("literal_error", `Input should be ${expected}`, value, { expected }));
}

export const none: Read = (value, problems) =>
  value === null ? null : fail(problems, problem("none_required", "Input should be None", value));

export const anything: Read = (value) => value;
