/** What each kind of schema is in JSON Schema; `json-schema.ts` adds annotations and makes components of it. */
import { isInteger } from "../reader/checks.ts";
import { documentedDefault } from "./json-default.ts";
import { constraintsOf } from "./json-constraints.ts";
import { patternOf } from "./json-pattern.ts";
import type { Direction, JsonSchema } from "./json-schema-types.ts";
import { INVALID } from "../problem.ts";
import { interpretReader } from "../reader/reader.ts";
import type { AnySchema } from "../types.ts";
import { isPreprocess, mayBeAbsent, resolveLazy, type ZodSchema } from "../zod.ts";

type Describe = (part: ZodSchema) => JsonSchema;

const nothing = (): JsonSchema => ({ not: {} });

/** What a schema says by itself, without its annotations and whatever its id is; `describe` answers for its parts. */
export function shapeOf(schema: ZodSchema, direction: Direction, describe: Describe): JsonSchema {
  const def = schema._zod.def;
  if (def.wire !== undefined) return { ...def.wire.shape(describe, direction), ...constraintsOf(schema) };
  switch (def.type) {
    case "string":
      return { type: "string", ...constraintsOf(schema) };
    case "number":
    case "bigint":
      return { type: def.type === "bigint" || isInteger(schema) ? "integer" : "number", ...constraintsOf(schema) };
    case "boolean":
    case "null":
      return { type: def.type };
    case "date":
      return { type: "string", format: "date-time" };
    case "file":
      return { type: "string", contentMediaType: "application/octet-stream" };
    case "template_literal": {
      const pattern = patternOf(schema._zod.pattern!);
      return { type: "string", ...(pattern === undefined ? {} : { pattern }) };
    }
    case "enum":
      return ofValues([...(schema._zod.values ?? [])], false);
    case "literal":
      return ofValues(def.values ?? [], true);
    case "array":
      return { type: "array", items: describe(def.element!), ...constraintsOf(schema) };
    case "set":
      return { type: "array", items: describe(def.valueType!), uniqueItems: true, ...constraintsOf(schema) };
    case "tuple":
      return tupleOf(schema, describe);
    case "object":
      return objectOf(schema, direction, describe);
    case "record":
    case "map":
      return { ...recordOf(schema, describe), ...constraintsOf(schema) };
    case "union":
      return unionOf(schema, describe);
    case "intersection":
      return { allOf: [describe(def.left!), describe(def.right!)] };
    case "nullable":
      return nullable(describe(def.innerType!));
    case "default":
    case "prefault":
      return { ...describe(def.innerType!), ...documentedDefault(schema) };
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
    case "undefined":
    case "void":
      return nothing();
    default:
      return {};
  }
}

/** A codec is its `in` schema on the wire in both directions; a preprocess step leaves that to what it leads to. */
function wireSide(schema: ZodSchema): ZodSchema {
  return isPreprocess(schema) ? schema._zod.def.out! : schema._zod.def.in!;
}

/** Values that stand for themselves: of one type, it is named; mixed, or null among others, they speak alone. */
function ofValues(all: readonly unknown[], constant: boolean): JsonSchema {
  const values = all
    .filter((value) => value !== undefined)
    .map((each) => (typeof each === "bigint" ? Number(each) : each));
  if (values.length === 0) return nothing();
  if (constant && values.length === 1 && values[0] === null) return { type: "null" };
  const type = commonType(values);
  const said = type === undefined ? {} : { type };
  return constant && values.length === 1 ? { ...said, const: values[0] } : { ...said, enum: values };
}

function commonType(values: readonly unknown[]): string | undefined {
  const types = new Set(values.map((each) => typeof each));
  const type = types.size === 1 ? typeof values[0] : undefined;
  if (type === "number") return values.every(Number.isInteger) ? "integer" : "number";
  return type === "object" ? undefined : type;
}

/** An alternative more where there are alternatives already, as FastAPI writes `int | str | None`. */
function nullable(inner: JsonSchema): JsonSchema {
  const none = { type: "null" };
  const known = inner.anyOf;
  if (!Array.isArray(known) || Object.keys(inner).length > 1) return { anyOf: [inner, none] };
  return known.some((each: JsonSchema) => each.type === "null") ? inner : { anyOf: [...(known as JsonSchema[]), none] };
}

function readsAbsence(schema: ZodSchema): boolean {
  try {
    return interpretReader(schema as unknown as AnySchema, "strict").whole(undefined, []) !== INVALID;
  } catch {
    return false;
  }
}

function tupleOf(schema: ZodSchema, describe: Describe): JsonSchema {
  const { items = [], rest } = schema._zod.def;
  const least = items.findLastIndex((item) => !mayBeAbsent(item)) + 1;
  return {
    type: "array",
    ...(items.length > 0 ? { prefixItems: items.map(describe) } : {}),
    ...(rest ? { items: describe(rest) } : { maxItems: items.length }),
    minItems: least,
    ...constraintsOf(schema),
  };
}

function objectOf(schema: ZodSchema, direction: Direction, describe: Describe): JsonSchema {
  const { shape = {}, catchall } = schema._zod.def;
  const fields = Object.entries(shape);
  // A default alone does not make the two directions differ, as in FastAPI.
  const required = fields.filter(
    ([, field]) => !mayBeAbsent(field) && (direction === "input" || field._zod.optout !== "optional"),
  );
  return {
    type: "object",
    // Object.fromEntries, because a key may be `__proto__`.
    properties: Object.fromEntries(fields.map(([key, field]) => [key, describe(field)])),
    ...(required.length > 0 ? { required: required.map(([key]) => key) } : {}),
    ...(catchall === undefined ? {} : { additionalProperties: additional(catchall, describe) }),
  };
}

function additional(schema: ZodSchema, describe: Describe): boolean | JsonSchema {
  if (schema._zod.def.type === "never") return false;
  const described = describe(schema);
  return Object.keys(described).length === 0 ? true : described;
}

function recordOf(schema: ZodSchema, describe: Describe): JsonSchema {
  const { keyType, valueType, partial = false, mode } = schema._zod.def;
  const names = [...(keyType?._zod.values ?? [])].map(String);
  if (names.length > 0 && !partial) {
    // Every key is there, which makes an object of the mapping.
    return {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, describe(valueType!)])),
      ...(readsAbsence(valueType!) ? {} : { required: names }),
      ...(mode === "loose" ? {} : { additionalProperties: false }),
    };
  }
  const keys = keyType === undefined ? {} : keysOf(keyType, names, describe);
  const { pattern, ...constraints } = keys;
  const values = describe(valueType!);
  const any = Object.keys(values).length === 0;
  if (mode === "loose" && (pattern === undefined || Object.keys(constraints).length > 0)) return { type: "object" };
  return {
    type: "object",
    ...(pattern === undefined
      ? { additionalProperties: any ? true : values }
      : { patternProperties: { [String(pattern)]: values } }),
    ...(Object.keys(constraints).length > 0 ? { propertyNames: constraints } : {}),
  };
}

/** What is to be said of the keys. Keys are text whatever their schema, so its type, and what it says of numbers, is left out. */
function keysOf(keyType: ZodSchema, names: readonly string[], describe: Describe): JsonSchema {
  if ([...(keyType._zod.values ?? [])].some((each) => typeof each !== "string")) return { enum: names };
  const { type, ...described } = describe(keyType);
  return type === "string" || described.$ref !== undefined ? described : {};
}

function unionOf(schema: ZodSchema, describe: Describe): JsonSchema {
  const def = schema._zod.def;
  const members = def.options!.filter((member) => member._zod.def.type !== "undefined");
  const described = members.map(describe);
  if (def.discriminator === undefined) {
    if (described.length === 1) return described[0]!;
    return { [def.inclusive === false ? "oneOf" : "anyOf"]: described };
  }
  const mapping: Record<string, unknown> = {};
  for (const [i, member] of members.entries()) {
    for (const tag of resolveLazy(member)._zod.propValues?.[def.discriminator] ?? []) {
      if (typeof described[i]!.$ref === "string") mapping[String(tag)] = described[i]!.$ref;
    }
  }
  const mapped = Object.keys(mapping).length > 0 ? { mapping } : {};
  return { oneOf: described, discriminator: { propertyName: def.discriminator, ...mapped } };
}
