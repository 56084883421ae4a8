/** The checks of a schema (`.min(1)`, `.regex(…)`) as keywords of JSON Schema. What it has no keyword for is left out. */
import type { JsonSchema } from "./json-schema-types.ts";
import { literalPattern, patternOf } from "./json-pattern.ts";
import { checksOf, type ZodCheck, type ZodSchema } from "../zod.ts";

/** Where zod's name of a string format is not the one that JSON Schema, OpenAPI or FastAPI has. */
const formats: Readonly<Record<string, string>> = {
  guid: "uuid",
  url: "uri",
  datetime: "date-time",
  json_string: "json-string",
};

/** Formats that are made of a pattern and have no name of their own. */
const patterns = new Set(["regex", "lowercase", "uppercase", "includes", "starts_with", "ends_with"]);

/** Formats of numbers that OpenAPI's registry knows. The range of `z.int()`, that of JavaScript, is not worth a word. */
const numberFormats: Readonly<Record<string, string>> = {
  int32: "int32",
  uint32: "uint32",
  int64: "int64",
  uint64: "uint64",
  float32: "float",
};

/** @param base A schema that this one was made from: what it checks already is left out. */
export function constraintsOf(schema: ZodSchema, base?: ZodSchema): JsonSchema {
  const found: JsonSchema = {};
  const known = new Set(base?._zod.def.checks);
  const own = base === undefined ? checksOf(schema) : (schema._zod.def.checks ?? []);
  const sized = sizeKeyword(schema);
  for (const check of own) if (!known.has(check)) constrain(found, check, sized);
  return found;
}

function sizeKeyword(schema: ZodSchema): "Length" | "Items" | "Properties" {
  const { type, wire } = schema._zod.def;
  if (type === "map" || type === "record") return "Properties";
  return type === "array" || type === "set" || (wire !== undefined && wire.holds === "many") ? "Items" : "Length";
}

function constrain(found: JsonSchema, check: ZodCheck, sized: string): void {
  const def = check._zod.def;
  switch (def.check) {
    case "less_than":
      if (!isNumeric(def.value)) return; // the bound of a date has no keyword
      return tighten(found, def.inclusive ? "maximum" : "exclusiveMaximum", Number(def.value), Math.min);
    case "greater_than":
      if (!isNumeric(def.value)) return;
      return tighten(found, def.inclusive ? "minimum" : "exclusiveMinimum", Number(def.value), Math.max);
    case "multiple_of":
      return add(found, "multipleOf", Number(def.value));
    case "number_format":
    case "bigint_format":
      if (numberFormats[def.format!] !== undefined) found.format = numberFormats[def.format!];
      return;
    case "string_format":
      return format(found, check);
    default: {
      const least = def.minimum ?? def.length ?? def.size;
      const most = def.maximum ?? def.length ?? def.size;
      if (typeof least === "number") tighten(found, `min${sized}`, least, Math.max);
      if (typeof most === "number") tighten(found, `max${sized}`, most, Math.min);
    }
  }
}

const isNumeric = (value: unknown): boolean => typeof value === "number" || typeof value === "bigint";

/** Of several bounds the tightest is the one that holds. */
function tighten(found: JsonSchema, key: string, bound: number, tighter: (...bounds: number[]) => number): void {
  const known = found[key];
  found[key] = typeof known === "number" ? tighter(known, bound) : bound;
}

/** A keyword stands in a schema once; further ones go into `allOf`. */
function add(found: JsonSchema, key: string, value: unknown): void {
  if (found[key] === undefined) found[key] = value;
  else if (found[key] !== value) found.allOf = [...((found.allOf as JsonSchema[] | undefined) ?? []), { [key]: value }];
}

function format(found: JsonSchema, check: ZodCheck): void {
  const def = check._zod.def as ZodCheck["_zod"]["def"] & { readonly version?: string | undefined };
  const name = def.format!;
  if (!patterns.has(name)) {
    // pydantic's UUID4 is `uuid4`.
    found.format = name === "uuid" && def.version !== undefined ? name + def.version.slice(1) : (formats[name] ?? name);
    if (name === "base64" || name === "base64url") found.contentEncoding = name;
    return;
  }
  const pattern = patternFor(def);
  if (pattern !== undefined) add(found, "pattern", pattern);
}

function patternFor(def: ZodCheck["_zod"]["def"]): string | undefined {
  switch (def.format) {
    case "starts_with":
      return `^${literalPattern(def.prefix!)}`;
    case "ends_with":
      return `${literalPattern(def.suffix!)}$`;
    case "includes":
      return def.position === undefined ? literalPattern(def.includes!) : undefined;
    default:
      return patternOf(def.pattern!);
  }
}
