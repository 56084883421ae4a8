/**
 * Numbers of JSON that a JavaScript number cannot tell: integers beyond 2^53 (which arrive as bigints) and 1.0 beside 1
 * (which arrives as an `IntegralFloat`). Only bigints and wire types such as decimals get them; all others read plain numbers.
 */
import { INVALID } from "../problem.ts";
import type { Read } from "../read.ts";
import { IntegralFloat } from "../../wire/index.ts";
import type { AnySchema } from "../types.ts";
import { isZod, partsOf, type ZodSchema } from "../zod.ts";

/** Whether a schema holds something that wants numbers exactly as they were sent. */
export function wantsExactNumbers(schema: AnySchema): boolean {
  return isZod(schema) && searchExact(schema, new Set());
}

function searchExact(schema: ZodSchema, seen: Set<ZodSchema>): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  const def = schema._zod.def;
  if (def.type === "bigint" || def.wire?.exact === true) return true;
  return partsOf(schema).some((part) => searchExact(part, seen));
}

/** What hands its value on to another reader. */
const passing = new Set([
  "optional",
  "nullable",
  "default",
  "prefault",
  "nonoptional",
  "readonly",
  "catch",
  "lazy",
  "pipe",
  "union",
  "intersection",
]);
/** What hands parts of its value on to other readers. */
const holding = new Set(["array", "object", "record", "tuple", "set", "map"]);

/** The reader of a schema, given as much of a value's exactness as the schema or its parts have a use for. */
export function withPlainNumbers(schema: ZodSchema, read: Read): Read {
  const { type, wire, coerce, discriminator } = schema._zod.def;
  if (coerce !== true) {
    if (wire?.exact === true || (wire?.holds === "many" && type === "pipe")) return read;
    if (wire === undefined && discriminator !== undefined) {
      return (value, problems) => read(withPlainKey(value, discriminator), problems);
    }
    if (wire === undefined && (type === "bigint" || passing.has(type))) return read;
    if (wire === undefined && holding.has(type)) return (value, problems) => read(unboxed(value), problems);
  }
  return onPlainNumbers(read);
}

/** A reader that knows nothing of exact numbers, such as another library's, given all of a value as plain numbers. */
export function onPlainNumbers(read: Read): Read {
  return (value, problems) => {
    const plain = plainNumbers(value);
    const before = problems.length;
    const found = read(plain, problems);
    // What is echoed is what was sent, to the last digit.
    if (found === INVALID && plain !== value) {
      for (let i = before; i < problems.length; i++) {
        if (Object.is(problems[i]!.input, plain)) problems[i] = { ...problems[i]!, input: value };
      }
    }
    return found;
  };
}

function unboxed(value: unknown): unknown {
  return value instanceof IntegralFloat ? value.value : value;
}

/** A tag is looked up as it is, so 1.0 has to be 1 there. */
function withPlainKey(value: unknown, key: string): unknown {
  const plain = unboxed(value);
  if (typeof plain !== "object" || plain === null || !Object.hasOwn(plain, key)) return plain;
  const tag = (plain as Record<string, unknown>)[key];
  return tag instanceof IntegralFloat ? { ...plain, [key]: tag.value } : plain;
}

/** A copy without bigints and integral floats, or the value itself where there are none. */
function plainNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof IntegralFloat) return value.value;
  if (Array.isArray(value)) {
    const list = value.map(plainNumbers);
    return list.every((each, i) => Object.is(each, value[i])) ? value : list;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => [key, plainNumbers(each)]);
  const own = value as Record<string, unknown>;
  return entries.every(([key, each]) => Object.is(each, own[key])) ? value : Object.fromEntries(entries);
}
