/**
 * JSON Schema (draft 2020-12, as OpenAPI 3.1 embeds it) of a schema, seen from the wire: what a client sends (`input`) or
 * reads (`output`). Schemas with an id become components; `Components` decides at the end how they are named.
 */
import { isInteger } from "./checks.ts";
import type { AnySchema } from "./types.ts";
import { checksOf, isZod, mayBeAbsent, metaOf, resolveLazy, type ZodSchema } from "./zod.ts";

export type JsonSchema = { [key: string]: unknown };
export type Direction = "input" | "output";

const refScheme = "apus-component:";
const refPrefix = "#/components/schemas/";

interface Component {
  schema: ZodSchema;
  input?: JsonSchema;
  output?: JsonSchema;
}

/** Thrown while a document is made when two schemas claim one component name. */
export class ComponentError extends Error {
  override readonly name = "ComponentError";
}

/** Collects the components of one document and names them: one entry each, or `-Input` and `-Output` where they differ. */
export class Components {
  readonly #byId = new Map<string, Component>();
  readonly #active = new Map<ZodSchema, { id?: string }>();
  readonly #fixed = new Map<string, JsonSchema>();
  #recursive = 0;

  /** Adds a component that is given as it is, such as the two of the 422 answer. */
  fix(id: string, schema: JsonSchema): JsonSchema {
    this.#fixed.set(id, schema);
    return { $ref: refPrefix + id };
  }

  /** The schema of one value; what has an id is answered by reference. */
  describe(schema: AnySchema, direction: Direction): JsonSchema {
    return isZod(schema) ? this.#zod(schema, direction) : foreign(schema, direction);
  }

  #zod(schema: ZodSchema, direction: Direction): JsonSchema {
    const { id, ...said } = metaOf(schema);
    const known = this.#active.get(schema);
    if (known !== undefined) {
      // A schema without an id that contains itself needs a name to be referred to.
      known.id ??= typeof id === "string" ? id : `Recursive${++this.#recursive}`;
      return { $ref: `${refScheme}${direction}:${known.id}` };
    }
    if (typeof id === "string") this.#claim(id, schema);
    if (typeof id === "string" && this.#byId.get(id)![direction] !== undefined) {
      return { $ref: `${refScheme}${direction}:${id}` };
    }
    const slot: { id?: string } = typeof id === "string" ? { id } : {};
    this.#active.set(schema, slot);
    const described = { ...shapeOf(schema, direction, (part) => this.#zod(part, direction)), ...annotations(said) };
    this.#active.delete(schema);
    if (slot.id === undefined) return described;
    this.#claim(slot.id, schema)[direction] = described;
    return { $ref: `${refScheme}${direction}:${slot.id}` };
  }

  #claim(id: string, schema: ZodSchema): Component {
    let component = this.#byId.get(id);
    if (component === undefined) this.#byId.set(id, (component = { schema }));
    else if (component.schema !== schema) {
      throw new ComponentError(
        `APUS_DUPLICATE_COMPONENT: two different schemas have .meta({ id: "${id}" }). Give one of them another id.`,
      );
    }
    return component;
  }

  /** Names the components and puts the names into every reference of `document`. Returns the components, sorted by name. */
  finish<T>(document: T): { document: T; schemas: Record<string, JsonSchema> } {
    const split = this.#split();
    const named = (value: unknown): unknown => rename(value, split);
    const schemas: [string, JsonSchema][] = [...this.#fixed];
    for (const [id, { input, output }] of this.#byId) {
      if (split.has(id)) {
        schemas.push([`${id}-Input`, named(input) as JsonSchema], [`${id}-Output`, named(output) as JsonSchema]);
      } else schemas.push([id, named(input ?? output) as JsonSchema]);
    }
    schemas.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return { document: named(document) as T, schemas: Object.fromEntries(schemas) };
  }

  /** The ids whose two directions differ, or that refer to one that does. */
  #split(): Set<string> {
    const both = [...this.#byId].filter(([, { input, output }]) => input !== undefined && output !== undefined);
    const split = new Set<string>();
    for (let grown = true; grown;) {
      grown = false;
      for (const [id, { input, output }] of both) {
        if (split.has(id)) continue;
        if (JSON.stringify(rename(input, split)) === JSON.stringify(rename(output, split))) continue;
        split.add(id);
        grown = true;
      }
    }
    return split;
  }
}

/** Replaces every provisional reference, in `$ref` and in a discriminator's mapping, by the component's final name. */
function rename(value: unknown, split: ReadonlySet<string>): unknown {
  if (typeof value === "string" && value.startsWith(refScheme)) {
    const [direction, id] = value.slice(refScheme.length).split(/:(.*)/s) as [Direction, string];
    const suffix = split.has(id) ? (direction === "input" ? "-Input" : "-Output") : "";
    return refPrefix + id + suffix;
  }
  if (Array.isArray(value)) return value.map((each) => rename(each, split));
  if (typeof value !== "object" || value === null) return value;
  const renamed: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    renamed[key] = rename(each, split);
  }
  return renamed;
}

function annotations(said: Readonly<Record<string, unknown>>): JsonSchema {
  const found: JsonSchema = {};
  for (const [key, value] of Object.entries(said)) if (value !== undefined) found[key] = value;
  return found;
}

function foreign(schema: AnySchema, direction: Direction): JsonSchema {
  const standard = schema["~standard"] as {
    jsonSchema?: { input(options: object): JsonSchema; output(options: object): JsonSchema };
  };
  return standard.jsonSchema?.[direction]({ target: "draft-2020-12" }) ?? {};
}

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
    if (def.check === "less_than") found[def.inclusive ? "maximum" : "exclusiveMaximum"] = Number(def.value);
    else if (def.check === "greater_than") found[def.inclusive ? "minimum" : "exclusiveMinimum"] = Number(def.value);
    else if (def.check === "multiple_of") found.multipleOf = Number(def.value);
    else if (def.check === "min_length" || def.check === "min_size")
      found[text ? "minLength" : "minItems"] = def.minimum;
    else if (def.check === "max_length" || def.check === "max_size")
      found[text ? "maxLength" : "maxItems"] = def.maximum;
    else if (def.check === "length_equals") {
      found[text ? "minLength" : "minItems"] = def.length;
      found[text ? "maxLength" : "maxItems"] = def.length;
    } else if (def.check === "string_format") {
      if (def.format === "regex") found.pattern = def.pattern!.source;
      else if (!unnamedFormats.has(def.format!)) found.format = formats[def.format!] ?? def.format;
    }
  }
  return found;
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

function shapeOf(schema: ZodSchema, direction: Direction, describe: Describe): JsonSchema {
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
  if (value === null || value === undefined || typeof value === "bigint" || typeof value === "function") return inner;
  if (typeof value === "object" && !Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype)
    return inner;
  return { ...inner, default: value };
}

function tupleOf(schema: ZodSchema, describe: Describe): JsonSchema {
  const { items = [], rest } = schema._zod.def;
  const least = items.filter((item) => !mayBeAbsent(item)).length;
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
  const { keyType, valueType } = schema._zod.def;
  const keys = keyType?._zod.values;
  if (keys !== undefined) {
    const names = [...keys].map(String);
    return {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, describe(valueType!)])),
      required: names,
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
