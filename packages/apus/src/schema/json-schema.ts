/**
 * JSON Schema (draft 2020-12, as OpenAPI 3.1 embeds it) of a schema, seen from the wire: what a client sends (`input`) or
 * reads (`output`). Schemas with an id become components; `Components` decides at the end how they are named.
 */
import { ApusError } from "../diagnostic/index.ts";
import { shapeOf } from "./json-shape.ts";
import type { AnySchema } from "./types.ts";
import { isZod, metaOf, type ZodSchema } from "./zod.ts";

export type JsonSchema = { [key: string]: unknown };
export type Direction = "input" | "output";

const refScheme = "apus-component:";
const refPrefix = "#/components/schemas/";

interface Component {
  schema: ZodSchema;
  input?: JsonSchema;
  output?: JsonSchema;
}

/** Collects the components of one document and names them: one entry each, or `-Input` and `-Output` where they differ. */
export class Components {
  readonly #byId = new Map<string, Component>();
  readonly #active = new Map<ZodSchema, { id?: string }>();
  readonly #fixed = new Map<string, JsonSchema>();
  /** Names given to schemas that contain themselves and have no id: the same one wherever they are met again. */
  readonly #given = new Map<ZodSchema, string>();

  /** Adds a component that is given as it is, such as the two of the 422 answer. */
  fix(id: string, schema: JsonSchema): JsonSchema {
    if (this.#byId.has(id)) throw reserved(id);
    this.#fixed.set(id, schema);
    return { $ref: refPrefix + id };
  }

  /** The schema of one value; what has an id is answered by reference. */
  describe(schema: AnySchema, direction: Direction): JsonSchema {
    return isZod(schema) ? this.#zod(schema, direction) : foreign(schema, direction);
  }

  #zod(schema: ZodSchema, direction: Direction): JsonSchema {
    const { id: declared, ...said } = metaOf(schema);
    const id = typeof declared === "string" ? declared : this.#given.get(schema);
    const known = this.#active.get(schema);
    if (known !== undefined) {
      // A schema without an id that contains itself needs a name to be referred to.
      known.id ??= id ?? this.#give(schema);
      return { $ref: `${refScheme}${direction}:${known.id}` };
    }
    if (id !== undefined && this.#claim(id, schema)[direction] !== undefined) {
      return { $ref: `${refScheme}${direction}:${id}` };
    }
    const slot: { id?: string } = id === undefined ? {} : { id };
    this.#active.set(schema, slot);
    const described = { ...shapeOf(schema, direction, (part) => this.#zod(part, direction)), ...annotations(said) };
    this.#active.delete(schema);
    if (slot.id === undefined) return described;
    this.#claim(slot.id, schema)[direction] = described;
    return { $ref: `${refScheme}${direction}:${slot.id}` };
  }

  #give(schema: ZodSchema): string {
    const name = `Recursive${this.#given.size + 1}`;
    this.#given.set(schema, name);
    return name;
  }

  #claim(id: string, schema: ZodSchema): Component {
    if (this.#fixed.has(id)) throw reserved(id);
    let component = this.#byId.get(id);
    if (component === undefined) this.#byId.set(id, (component = { schema }));
    else if (component.schema !== schema) {
      throw new ApusError(
        `APUS_DUPLICATE_COMPONENT: two different schemas have .meta({ id: "${id}" }). Give one of them another id.`,
      );
    }
    return component;
  }

  /** Names the components and puts the names into every reference of `document`. Returns the components, sorted by name. */
  finish<T>(document: T): { document: T; schemas: Record<string, JsonSchema> } {
    const split = this.#split();
    const named = (value: unknown): unknown => rename(value, split);
    const schemas = [...this.#fixed].map(([id, schema]): [string, JsonSchema] => [id, named(schema) as JsonSchema]);
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

function reserved(id: string): ApusError {
  return new ApusError(
    `APUS_DUPLICATE_COMPONENT: the component "${id}" describes the framework's own answers. Give your schema another id.`,
  );
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
