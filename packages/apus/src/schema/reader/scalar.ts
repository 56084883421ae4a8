/**
 * Readers of single values: what is accepted, what is converted and what is refused, by pydantic's lax rules (contract of
 * FastAPI, section 2.1). In strict mode nothing is converted.
 */
import { IntegralFloat } from "../../wire/index.ts";
import { converted } from "../conversion.ts";
import { choices, fail, INVALID, problem, type Problem } from "../problem.ts";
import type { Mode, Read } from "../read.ts";
import type { ZodSchema } from "../zod.ts";

const integerText = /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/;
const numberText = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Where an underscore is never taken for a separator: at either end, or twice in a row. */
const strayUnderscore = /^_|__|_$/;
const infinityOrNan = /^[+-]?(?:inf|infinity|nan)$/i;
/** Longer integers are refused before they are converted, as Python does. */
const maxDigits = 4300;

const intType = (input: unknown): Problem => problem("int_type", "Input should be a valid integer", input);
const floatType = (input: unknown): Problem => problem("float_type", "Input should be a valid number", input);
const finite = (input: unknown): Problem => problem("finite_number", "Input should be a finite number", input);

export function integer(mode: Mode): Read {
  return (value, problems) => {
    if (typeof value === "number") {
      if (Number.isInteger(value)) return value + 0; // -0 is 0
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

const oneSpace = /[\s\u0085]/;

/** Without the white space that pydantic takes for such: what JavaScript trims, U+0085 too, but no byte order mark. */
function withoutSpace(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length === text.length && !text.includes("\u0085")) return text;
  if (text.includes("\ufeff")) return "";
  let [start, end] = [0, trimmed.length];
  while (start < end && oneSpace.test(trimmed[start]!)) start++;
  while (end > start && oneSpace.test(trimmed[end - 1]!)) end--;
  return trimmed.slice(start, end);
}

/** Whether a text begins with more digits than are converted; leading zeros do not count. */
function hasTooManyDigits(text: string): boolean {
  return text.length > maxDigits && /^[+-]?[0_]*([\d_]*)/.exec(text)![1]!.replaceAll("_", "").length > maxDigits;
}

/** The integer that a text of at most fifteen digits says, and nothing else; NaN for every other text. */
export function plainInteger(text: string): number {
  const { length } = text;
  if (length === 0 || length > 15) return Number.NaN;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function integerFrom(text: string, problems: Problem[]): unknown {
  const plain = plainInteger(text);
  if (plain >= 0) return converted(plain);
  const trimmed = withoutSpace(text);
  if (hasTooManyDigits(trimmed)) {
    return fail(problems, tooLong(text));
  }
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
  const trimmed = text.includes("_") ? withoutSeparators(text) : withoutSpace(text);
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
      if (typeof value === "string" || (Number.isInteger(value) && Math.abs(value as number) < 2 ** 63)) {
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
    const start = wrapping(value);
    const bare = value.slice(start, start === 1 ? -1 : undefined);
    const hyphenated = uuidText.test(bare) ? bare : value.replace(simpleUuid, "$1-$2-$3-$4-$5");
    if (!uuidText.test(hyphenated)) {
      // Where the text inside braces or a URN has the right length, pydantic's parser tells of that text alone.
      const alone = bare.length <= 36 && new TextEncoder().encode(bare).length === 36;
      const error = alone ? uuidError(bare, 0, bare.length) : uuidError(bare, start, value.length);
      return fail(problems, problem("uuid_parsing", `Input should be a valid UUID, ${error}`, value, { error }));
    }
    if (mode === "strict") {
      if (uuidText.test(value)) return value;
      const error = "strictly only the hyphenated form is one";
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

/**
 * @param start Where `text` began in what was sent. Positions count from 1.
 * @param end How long all of it was: the last group counts to there.
 */
function uuidError(text: string, start: number, end: number): string {
  const at = text.search(/[^0-9a-f-]/i);
  if (at >= 0)
    return `invalid character: found \`${String.fromCodePoint(text.codePointAt(at)!)}\` at ${start + at + 1}`;
  if (start === 0 && !text.includes("-"))
    return `invalid length: expected length 32 for simple format, found ${text.length}`;
  const groups = text.split("-");
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const lengths = [8, 4, 4, 4];
  const wrong = lengths.findIndex((length, i) => groups[i]!.length !== length);
  if (wrong < 0) return `invalid group length in group 4: expected 12, found ${end - 24}`;
  return `invalid group length in group ${wrong}: expected ${lengths[wrong]}, found ${groups[wrong]!.length}`;
}

export function bigint(mode: Mode): Read {
  const asInteger = integer(mode);
  return (value, problems) => {
    if (typeof value === "bigint") return value;
    if (mode === "lax" && typeof value === "string") {
      const trimmed = withoutSpace(value);
      if (!hasTooManyDigits(trimmed) && integerText.test(trimmed)) {
        return converted(BigInt(trimmed.replace(/\.0+$/, "").replaceAll("_", "").replace("+", "")));
      }
    }
    if (mode === "lax" && typeof value === "boolean") return converted(value ? 1n : 0n);
    if (value instanceof IntegralFloat) return fromFloat(value.value, problems);
    // JSON has one kind of number, so a strict reader takes it too.
    if (typeof value === "number" && Number.isInteger(value)) return converted(BigInt(value));
    // A number or text that is no integer is refused for the reason an integer field would give.
    return asInteger(value, problems) === INVALID ? INVALID : fail(problems, intType(value));
  };
}

/** An integer that was written as a float (`1.0`, `1e22`): pydantic takes those of 64 bits. */
function fromFloat(value: number, problems: Problem[]): unknown {
  return Math.abs(value) < 2 ** 63 ? converted(BigInt(value)) : fail(problems, tooLong(value));
}

const tooLong = (input: unknown): Problem =>
  problem("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", input);

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

export function literal(schema: ZodSchema, mode: Mode): Read {
  const values = schema._zod.def.values ?? [];
  const members = new Set(values);
  const expected = choices(values);
  return (value, problems) => {
    if (members.has(value)) return value;
    const equal = mode === "lax" ? equalInPython(value) : undefined;
    if (equal !== undefined && members.has(equal)) return converted(equal);
    return fail(problems, problem("literal_error", `Input should be ${expected}`, value, { expected }));
  };
}

/** The number that a truth value equals in Python, and the reverse. */
export function equalInPython(value: unknown): number | boolean | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return value === 1 || value === 0 ? value === 1 : undefined;
}

export const none: Read = (value, problems) =>
  value === null ? null : fail(problems, problem("none_required", "Input should be None", value));

export const anything: Read = (value) => value;
