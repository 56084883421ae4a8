/** `types.decimal()`: a decimal number of any precision, exact from the wire to the handler and back. */
import { z } from "zod";
import { ApusError } from "../diagnostic/index.ts";
import {
  converted,
  fail,
  INVALID,
  outputMismatch,
  problem,
  type JsonSchema,
  type Problem,
  type WireType,
} from "../schema/index.ts";
import {
  decimalError,
  decimalOf,
  floatText,
  IntegralFloat,
  parseDecimal,
  printDecimal,
  Refusal,
  type Decimal,
  type DecimalLimits,
} from "../wire/index.ts";
import { checkCounts } from "./limits.ts";
import { wireCodec } from "./wire-codec.ts";

/** A bound: exact as text or bigint. */
type Bound = string | number | bigint;

/** What a decimal may be, with pydantic's words. */
export interface DecimalOptions {
  /** The most digits in all, zeros behind the last other digit not counted. */
  readonly maxDigits?: number | undefined;
  /** The most digits behind the point, counted likewise. */
  readonly decimalPlaces?: number | undefined;
  readonly gt?: Bound | undefined;
  readonly ge?: Bound | undefined;
  readonly lt?: Bound | undefined;
  readonly le?: Bound | undefined;
  readonly multipleOf?: Bound | undefined;
}

/** Handed to the writer's caller and to zod alike. */
const expected = "a decimal number as text";

/**
 * A decimal number, as pydantic's `Decimal`. The handler gets text as Python's `str()` prints it: `"1.50"`, `"1E+3"`; feed it
 * to the decimal library of your choice. JavaScript's own numbers would round it.
 *
 * Read from text (`"1.50"`, `"1e3"`, `"1_000"`) and from JSON numbers of any length; written as text. NaN and infinities are
 * refused. Bounds and digits are compared exactly.
 *
 * @throws ApusError for a bound that is no decimal, and for digits that are no whole number.
 * @example types.decimal({ maxDigits: 10, decimalPlaces: 2, ge: 0 }) // handler: "12.50"
 */
export function decimal(options: DecimalOptions = {}): z.ZodCodec<z.ZodCustom<string, string>, z.ZodString> {
  const limits = limitsOf(options);
  // Numbers are read as well, but a client of ours sends text, which is what it reads too.
  const sent = z.custom<string>((value) => ["string", "number", "bigint"].includes(typeof value));
  return wireCodec(decimalWire(limits), sent, z.string());
}

function decimalWire(limits: DecimalLimits): WireType {
  return {
    label: () => "decimal",
    holds: "one",
    exact: true,
    reader: () => (value, problems) => {
      const found = fromWire(value);
      if (found instanceof Refusal) return fail(problems, problem(found.type, found.msg, value, found.ctx));
      const text = checked(found, limits, value, problems);
      return text === INVALID || text === value ? text : converted(text);
    },
    writer: () => (value, problems) => {
      const found = typeof value === "number" ? decimalOf(value) : fromWire(value);
      if (found instanceof Refusal || found === "nonfinite") return fail(problems, outputMismatch(expected, value));
      return checked(found, limits, value, problems);
    },
    shape: (_, direction) => (direction === "input" ? { anyOf: [asNumber(limits), asText(limits)] } : asText(limits)),
  };
}

function checked(found: Decimal, limits: DecimalLimits, value: unknown, problems: Problem[]): unknown {
  const refusal = decimalError(found, limits);
  if (refusal === undefined) return printDecimal(found);
  return fail(problems, problem(refusal.type, refusal.msg, value, refusal.ctx));
}

const decimalType = new Refusal("decimal_type", "Decimal input should be an integer, float, string or Decimal object");
const decimalParsing = new Refusal("decimal_parsing", "Input should be a valid decimal");
const finiteNumber = new Refusal("finite_number", "Input should be a finite number");

function fromWire(value: unknown): Decimal | Refusal {
  const found =
    typeof value === "string"
      ? parseDecimal(value)
      : typeof value === "number" || typeof value === "bigint"
        ? decimalOf(value)
        : value instanceof IntegralFloat
          ? parseDecimal(floatText(value.value))
          : decimalType;
  return found === "nonfinite" ? finiteNumber : (found ?? decimalParsing);
}

const bounds = ["gt", "ge", "lt", "le", "multipleOf"] as const;

function limitsOf(options: DecimalOptions): DecimalLimits {
  checkCounts("types.decimal()", options, "maxDigits", "decimalPlaces");
  const found: { -readonly [K in keyof DecimalLimits]: DecimalLimits[K] } = {
    maxDigits: options.maxDigits,
    decimalPlaces: options.decimalPlaces,
  };
  for (const name of bounds) {
    const declared = options[name];
    if (declared === undefined) continue;
    const bound = fromWire(declared);
    if (bound instanceof Refusal || (name === "multipleOf" && bound.digits === "0")) {
      throw new ApusError(`APUS_SCHEMA: \`${name}\` of a decimal is ${String(declared)}; give a decimal number.`);
    }
    found[name] = bound;
  }
  return found;
}

const keywords = {
  gt: "exclusiveMinimum",
  ge: "minimum",
  lt: "exclusiveMaximum",
  le: "maximum",
  multipleOf: "multipleOf",
} as const;

function asNumber(limits: DecimalLimits): JsonSchema {
  const found: JsonSchema = { type: "number" };
  for (const name of bounds) {
    const bound = limits[name];
    if (bound !== undefined) found[keywords[name]] = Number(printDecimal(bound));
  }
  return found;
}

/** Not empty and not signs and points alone; then as many digits as may be. */
function asText({ maxDigits, decimalPlaces }: DecimalLimits): JsonSchema {
  return { type: "string", pattern: String.raw`^(?!^[-+.]*$)[+-]?0*${digitsPattern(maxDigits, decimalPlaces)}` };
}

function digitsPattern(maxDigits: number | undefined, places: number | undefined): string {
  if (maxDigits === undefined) {
    return places === undefined ? String.raw`\d*\.?\d*$` : String.raw`\d*\.?\d{0,${places}}0*$`;
  }
  const whole = places === undefined ? maxDigits : Math.max(0, maxDigits - places);
  const split = places === undefined ? String.raw`\d*\.\d*0*$` : String.raw`\d{0,${whole}}\.\d{0,${places}}0*$`;
  return String.raw`(?:\d{0,${whole}}|(?=[\d.]{1,${maxDigits + 1}}0*$)${split})`;
}
