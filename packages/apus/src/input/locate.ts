/**
 * The location rule at run time, the same as in the types: a marker decides; else a name of the path is a path parameter;
 * else scalars and unknowns are query parameters; else files are those of a form; else arrays, objects and unions of them are
 * the JSON body.
 */
import { ApusError } from "../diagnostic/index.ts";
import {
  isZod,
  offersJsonSchema,
  partsOf,
  preprocesses,
  standardKind,
  unwrap,
  type AnySchema,
  type ZodSchema,
} from "../schema/index.ts";
import { isLocated } from "./markers.ts";
import type { Located, Location, MarkerOptions } from "./types.ts";

/** One input with everything decided that does not depend on its schema. */
export interface Field {
  readonly name: string;
  /** The name on the wire. */
  readonly alias: string;
  readonly location: Location;
  readonly schema: AnySchema;
  readonly options: MarkerOptions;
  /** Whether a marker stands around the schema. */
  readonly marked: boolean;
}

const scalars = new Set([
  "string",
  "number",
  "boolean",
  "bigint",
  "symbol",
  "null",
  "undefined",
  "date",
  "enum",
  "literal",
  "template_literal",
  "nan",
  "any",
  "unknown",
  "void",
  "never",
]);
/** The kinds of schemas that hold other values. */
export const containers: ReadonlySet<string> = new Set([
  "array",
  "object",
  "record",
  "tuple",
  "set",
  "map",
  "intersection",
]);

/** Whether a schema's input is a single value, holds other values, or cannot be told. */
function classify(schema: AnySchema): "scalar" | "container" | "file" | "unknown" {
  if (!isZod(schema)) return classifyStandard(schema);
  const { type, options, element, wire } = unwrap(schema)._zod.def;
  if (isFile(schema) || (type === "array" && isFile(element as unknown as AnySchema))) return "file";
  if (wire !== undefined) return wire.holds === "one" ? "scalar" : "container";
  if (type === "union") {
    const kinds = options!.map((option) => classify(option as AnySchema));
    if (kinds.includes("unknown")) return "unknown";
    return kinds.includes("container") ? "container" : kinds.includes("file") ? "file" : "scalar";
  }
  if (scalars.has(type)) return "scalar";
  // To the types a preprocess step takes anything: a body that they cannot see has to be marked.
  return containers.has(type) && !preprocesses(schema) ? "container" : "unknown";
}

/** A schema of another library is told by its JSON Schema, if it offers one. */
function classifyStandard(schema: AnySchema): "scalar" | "container" | "unknown" {
  const kind = standardKind(schema);
  if (kind === undefined) return "unknown";
  return kind === "object" || kind === "array" ? "container" : "scalar";
}

/** Whether an input is part of the request's body. */
export function inBody({ location }: Field): boolean {
  return location === "body" || inForm({ location });
}

/** Whether an input is a part of a form, or a form as a whole. */
export function inForm({ location }: Pick<Field, "location">): boolean {
  return location === "form" || location === "file";
}

/** Whether a schema is that of one file: `types.upload()` or `z.file()`. */
export function isFile(schema: AnySchema): boolean {
  if (!isZod(schema)) return false;
  const { type, wire } = unwrap(schema)._zod.def;
  return wire === undefined ? type === "file" : wire.holds === "file";
}

/** Whether a schema is that of a body that is handed on unread: `types.stream()`. */
export function isStream(schema: AnySchema): boolean {
  return isZod(schema) && unwrap(schema)._zod.def.wire?.holds === "stream";
}

/** Whether an input is a file, or a form with one: then the form is a multipart one. */
export function carriesFiles({ location, schema }: Field): boolean {
  return location === "file" || (location === "form" && isZod(schema) && holdsFile(schema, []));
}

function holdsFile(schema: ZodSchema, around: readonly ZodSchema[]): boolean {
  if (around.includes(schema)) return false;
  return isFile(schema as unknown as AnySchema) || partsOf(schema).some((part) => holdsFile(part, [...around, schema]));
}

/** Whether a schema reads several values of one name: `query(z.array(...))`. */
export function isMultiple(schema: AnySchema): boolean {
  if (!isZod(schema)) return false;
  const { type, wire, options } = unwrap(schema)._zod.def;
  if (wire !== undefined) return wire.holds === "many";
  // One member that is a list is enough: all values are handed over, and the union judges them.
  if (type === "union") return options!.some((option) => isMultiple(option as unknown as AnySchema));
  return type === "array" || type === "set" || type === "tuple";
}

/** What may stand around a model without making it absent or null. */
const transparent = new Set(["readonly", "nonoptional", "lazy", "pipe"]);

/** The object schema of a parameter model, or undefined for a single parameter. */
export function modelOf(field: Field): ZodSchema | undefined {
  if (!mayBeModel(field) || !isZod(field.schema)) return undefined;
  const inner = unwrap(field.schema);
  if (inner._zod.def.type !== "object") return undefined;
  return inner === field.schema || transparent.has(field.schema._zod.def.type) ? inner : undefined;
}

function mayBeModel({ location }: Field): boolean {
  return location !== "body" && location !== "path" && location !== "file";
}

/** Whether an input is a parameter model: as many parameters as it has fields. */
export function isModel(field: Field): boolean {
  if (isZod(field.schema)) return modelOf(field) !== undefined;
  if (!mayBeModel(field)) return false;
  // Without JSON Schema it can only be the whole location: what its fields would be converted to nobody knows.
  const kind = standardKind(field.schema);
  return kind === "object" || (kind === undefined && !offersJsonSchema(field.schema));
}

/** Locates one entry of an input record under the names of a path template. */
export function locate(name: string, entry: AnySchema | Located, names: readonly string[], operation: string): Field {
  if (isLocated(entry)) {
    const { location, schema, options } = entry;
    if (names.includes(name) && location !== "path" && options.alias === undefined) {
      throw new ApusError(
        `APUS_LOCATION: ${operation}: "${name}" is named in the path, so it cannot be marked ${location}(). Drop the marker or rename the input.`,
      );
    }
    return { name, alias: aliasOf(name, location, options), location, schema, options, marked: true };
  }
  const location = names.includes(name) ? "path" : locationOf(name, entry, operation);
  return { name, alias: name, location, schema: entry, options: unsaid, marked: false };
}

/** What no marker says. */
const unsaid: MarkerOptions = {};

function aliasOf(name: string, location: Location, options: MarkerOptions): string {
  if (options.alias !== undefined) return options.alias;
  return location === "header" && options.convertUnderscores !== false ? headerName(name) : name;
}

/** The header that a name stands for: `x_token` and `xToken` are both `x-token`. */
export function headerName(name: string): string {
  return name
    .replaceAll(/(?<=.)[A-Z]/g, "-$&")
    .replaceAll("_", "-")
    .toLowerCase();
}

function locationOf(name: string, schema: AnySchema, operation: string): Location {
  switch (classify(schema)) {
    case "scalar":
      return "query";
    case "container":
      return "body";
    case "file":
      return "file";
    case "unknown":
      throw new ApusError(
        `APUS_LOCATION: ${operation}: where "${name}" comes from cannot be told from its schema; mark it, as in { ${name}: query(schema) } or { ${name}: body(schema) }.`,
      );
  }
}
