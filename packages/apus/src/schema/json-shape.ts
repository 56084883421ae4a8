/** What each kind of schema is in JSON Schema; `json-schema.ts` adds annotations and makes components of it. */
import { isInteger } from "./checks.ts";
import { encode, EncodeError } from "./encode.ts";
import type { Direction, JsonSchema } from "./json-schema.ts";
import { checksOf, mayBeAbsent, resolveLazy, type ZodSchema } from "./zod.ts";

const formats: Readonly<Record<string, string>> = {
  guid: "uuid",
  url: "uri",
  datetime: "date-time",
  json_string: "json-string",
};
const unnamedFormats = new Set(["regex", "lowercase", "uppercase", "includes", "starts_with", "ends_with"]);

function constraints(schema: ZodSchema): JsonSchema {
  const found: JsonSchema = {};
  const text = schema._zod.def.type === "string";
  for (const check of checksOf(schema)) {
    const def = check._zod.def;
    if (def.check === "less_than") {
      tighten(found, def.inclusive ? "maximum" : "exclusiveMaximum", Number(def.value), Math.min);
    } else if (def.check === "greater_than") {
      tighten(found, def.inclusive ? "minimum" : "exclusiveMinimum", Number(def.value), Math.max);
    } else if (def.check === "multiple_of") found.multipleOf = Number(def.value);
    const least = def.minimum ?? def.length ?? def.size;
    const most = def.maximum ?? def.length ?? def.size;
    if (least !== undefined) tighten(found, text ? "minLength" : "minItems", least, Math.max);
    if (most !== undefined) tighten(found, text ? "maxLength" : "maxItems", most, Math.min);
    if (def.check === "string_format") {
      if (def.format === "regex") addPattern(found, def.pattern!.source);
      else if (!unnamedFormats.has(def.format!)) found.format = formats[def.format!] ?? def.format;
    }
  }
  return found;
}

/** Of several bounds the tightest is the one that holds. */
function tighten(found: JsonSchema, key: string, bound: number, tighter: (...bounds: number[]) => number): void {
  const known = found[key];
  found[key] = typeof known === "number" ? tighter(known, bound) : bound;
}

/** JSON Schema has one `pattern`; further ones go into `allOf`. */
function addPattern(found: JsonSchema, pattern: string): void {
  if (found.pattern === undefined) found.pattern = pattern;
  else found.allOf = [...((found.allOf as JsonSchema[] | undefined) ?? []), { pattern }];
}

const jsonType = (value: unknown): string =>
  typeof value === "string"
    ? "string"
    : Number.isInteger(value)
      ? "integer"
      : typeof value === "number"
        ? "number"
        : "boolean";

function ofValues(values: readonly unknown[], constant: boolean): JsonSchema {
  const types = new Set(values.map(jsonType));
  const type = types.size === 1 && !values.includes(null) ? { type: [...types][0] } : {};
  return constant && values.length === 1 ? { const: values[0], ...type } : { ...type, enum: values };
}

type Describe = (part: ZodSchema) => JsonSchema;

/** What a schema says by itself, without its annotations and whatever its id is; `describe` answers for its parts. */
export function shapeOf(schema: ZodSchema, direction: Direction, describe: Describe): JsonSchema {
  const def = schema._zod.def;
  switch (def.type) {
    case "string":
      return { type: "string", ...constraints(schema) };
    case "number":
    case "bigint":
      return { type: def.type === "bigint" || isInteger(schema) ? "integer" : "number", ...constraints(schema) };
    case "boolean":
    case "null":
      return { type: def.type };
    case "date":
      return { type: "string", format: "date-time" };
    case "template_literal":
      return { type: "string" };
    case "enum":
      return ofValues([...(schema._zod.values ?? [])], false);
    case "literal":
      return ofValues(def.values ?? [], true);
    case "array":
      return { type: "array", items: describe(def.element!), ...constraints(schema) };
    case "set":
      return { type: "array", items: describe(def.valueType!), uniqueItems: true, ...constraints(schema) };
    case "tuple":
      return tupleOf(schema, describe);
    case "object":
      return objectOf(schema, direction, describe);
    case "record":
    case "map":
      return recordOf(schema, describe);
    case "union":
      return unionOf(schema, describe);
    case "intersection":
      return { allOf: [describe(def.left!), describe(def.right!)] };
    case "nullable":
      return { anyOf: [describe(def.innerType!), { type: "null" }] };
    case "default":
    case "prefault":
      return withDefault(describe(def.innerType!), def.defaultValue);
    case "optional":
    case "nonoptional":
    case "readonly":
    case "catch":
      return describe(def.innerType!);
    case "lazy":
      return describe(resolveLazy(schema));
    case "pipe":
      return describe(wireSide(schema));
    case "never":
      return { not: {} };
    default:
      return {};
  }
}

/** A codec is its `in` schema on the wire in both directions; a preprocess step leaves that to what it leads to. */
function wireSide(schema: ZodSchema): ZodSchema {
  const def = schema._zod.def;
  return def.in!._zod.def.type === "transform" ? def.out! : def.in!;
}

function withDefault(inner: JsonSchema, value: unknown): JsonSchema {
  // FastAPI drops every null from the document; a default that JSON cannot say is not documented.
  if (value === null || value === undefined) return inner;
  try {
    return { ...inner, default: encode(value) };
  } catch (error) {
    if (error instanceof EncodeError) return inner;
    throw error;
  }
}

function tupleOf(schema: ZodSchema, describe: Describe): JsonSchema {
  const { items = [], rest } = schema._zod.def;
  const least = items.findLastIndex((item) => !mayBeAbsent(item)) + 1;
  return {
    type: "array",
    prefixItems: items.map(describe),
    minItems: least,
    ...(rest ? { items: describe(rest) } : { maxItems: items.length }),
  };
}

function objectOf(schema: ZodSchema, direction: Direction, describe: Describe): JsonSchema {
  const { shape = {}, catchall } = schema._zod.def;
  const properties: JsonSchema = {};
  const required: string[] = [];
  for (const [key, field] of Object.entries(shape)) {
    properties[key] = describe(field);
    // A default alone does not make the two directions differ, as in FastAPI.
    if (!mayBeAbsent(field) && (direction === "input" || field._zod.optout !== "optional")) required.push(key);
  }
  const type = catchall?._zod.def.type;
  const additional =
    catchall === undefined
      ? {}
      : {
          additionalProperties:
            type === "never" ? false : type === "unknown" || type === "any" ? true : describe(catchall),
        };
  return { type: "object", properties, ...(required.length > 0 ? { required } : {}), ...additional };
}

function recordOf(schema: ZodSchema, describe: Describe): JsonSchema {
  const { keyType, valueType, partial = false } = schema._zod.def;
  const keys = keyType?._zod.values;
  if (keys !== undefined) {
    const names = [...keys].map(String);
    return {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, describe(valueType!)])),
      ...(partial ? {} : { required: names }),
    };
  }
  const value = describe(valueType!);
  const names = keyType === undefined ? {} : describe(keyType);
  const constrained = Object.keys(names).some((key) => key !== "type");
  return {
    type: "object",
    additionalProperties: Object.keys(value).length === 0 ? true : value,
    ...(constrained ? { propertyNames: names } : {}),
  };
}

function unionOf(schema: ZodSchema, describe: Describe): JsonSchema {
  const def = schema._zod.def;
  const members = def.options!.filter((member) => member._zod.def.type !== "undefined");
  const described = members.map(describe);
  if (def.discriminator === undefined) return described.length === 1 ? described[0]! : { anyOf: described };
  const mapping: Record<string, unknown> = {};
  for (const [i, member] of members.entries()) {
    for (const tag of resolveLazy(member)._zod.propValues?.[def.discriminator] ?? []) {
      if (typeof described[i]!.$ref === "string") mapping[String(tag)] = described[i]!.$ref;
    }
  }
  const mapped = Object.keys(mapping).length > 0 ? { mapping } : {};
  return { oneOf: described, discriminator: { propertyName: def.discriminator, ...mapped } };
}
