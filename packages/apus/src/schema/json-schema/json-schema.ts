/**
 * JSON Schema (draft 2020-12, as OpenAPI 3.1 embeds it) of a schema, seen from the wire: what a client sends (`input`) or
 * reads (`output`). Schemas with an id become components; `json-names.ts` decides at the end how they are called.
 */
import { ApusError } from "../../diagnostic/index.ts";
import { EncodeError, jsonForm } from "../writer/json-form.ts";
import { constraintsOf } from "./json-constraints.ts";
import { componentName, nameComponents, provisional, reference } from "./json-names.ts";
import type { Direction, JsonSchema } from "./json-schema-types.ts";
import { shapeOf } from "./json-shape.ts";
import { standardJsonSchema } from "../reader/standard.ts";
import type { AnySchema } from "../types.ts";
import { isZod, metaOf, type ZodSchema } from "../zod.ts";

/** Deeper than any schema that somebody wrote: one that makes new schemas of itself without end. */
const deepest = 250;

interface Component {
  readonly schema: AnySchema;
  /** Where it was first met. */
  readonly place: string;
  /** Other schemas with this id that describe the same, such as those of two calls of `page(Item)`. */
  readonly twins: Set<AnySchema>;
  input?: JsonSchema;
  output?: JsonSchema;
}

/** Collects the components of one document and names them: one entry each, or `-Input` and `-Output` where they differ. */
export class Components {
  /** What is being described, for error messages: `POST /items, body "item"`. */
  place = "the document";
  readonly #separate: boolean;
  readonly #byId = new Map<string, Component>();
  readonly #active = new Map<AnySchema, { id?: string }>();
  readonly #fixed = new Map<string, JsonSchema>();
  /** Ids given to schemas that contain themselves and have none: the same one wherever they are met again. */
  readonly #given = new Map<AnySchema, string>();
  /** Of ids that were given, what the component is to be called if the name is free; undefined where nothing says it. */
  readonly #wanted = new Map<string, string | undefined>();
  /** The ids that the definitions inside a schema of another library have got. */
  readonly #adopted = new Map<AnySchema, Map<string, string>>();

  /** @param separate False describes answers as what is sent, too. */
  constructor(separate = true) {
    this.#separate = separate;
  }

  /**
   * Adds a component that is given as it is, such as the two of the 422 answer.
   * @throws ApusError where something else has the name.
   */
  fix(id: string, schema: JsonSchema): JsonSchema {
    const name = componentName(id);
    const taken = this.#byId.get(name);
    if (taken !== undefined) throw reserved(name, taken.place);
    const known = this.#fixed.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) throw reserved(name, this.place);
    this.#fixed.set(name, schema);
    return reference(name);
  }

  /** The schema of one value; what has an id is answered by reference. */
  describe(schema: AnySchema, side: Direction): JsonSchema {
    const direction = this.#separate ? side : "input";
    const id = this.#idOf(schema, direction);
    const known = this.#active.get(schema);
    if (known !== undefined) {
      // A schema without an id that contains itself needs a name to be referred to.
      known.id ??= id ?? this.#give(schema);
      return { $ref: provisional(direction, known.id) };
    }
    if (id !== undefined && this.#claim(id, schema)[direction] !== undefined) {
      return { $ref: provisional(direction, id) };
    }
    const slot = id === undefined ? {} : { id };
    const described = this.#described(schema, direction, slot);
    if (slot.id === undefined) return described;
    this.#claim(slot.id, schema)[direction] ??= described;
    return { $ref: provisional(direction, slot.id) };
  }

  /** The component names that schemas have asked for so far. */
  ids(): string[] {
    return [...this.#byId.keys()];
  }

  /** What the fields of an object in another library's schema are: name, schema, whether it is required. */
  properties(schema: AnySchema): (readonly [name: string, schema: JsonSchema, required: boolean])[] {
    const { properties = {}, required = [] } = this.#described(schema, "input", {});
    return Object.entries(properties as Record<string, JsonSchema>).map(([name, each]) => {
      return [name, each, (required as string[]).includes(name)];
    });
  }

  /** Names the components and puts the names into every reference of `document`. Returns the components, sorted by name. */
  finish<T>(document: T): { document: T; schemas: Record<string, JsonSchema> } {
    return nameComponents(document, this.#byId, this.#fixed, this.#wanted);
  }

  #idOf(schema: AnySchema, direction: Direction): string | undefined {
    const declared = isZod(schema) ? metaOf(schema).id : standardJsonSchema(schema, direction)?.id;
    return typeof declared === "string" && declared !== "" ? componentName(declared) : this.#given.get(schema);
  }

  /** @param slot Gets the id that the schema is referred to by from inside. */
  #described(schema: AnySchema, direction: Direction, slot: { id?: string }): JsonSchema {
    if (this.#active.size > deepest) {
      throw new ApusError(
        `APUS_SCHEMA: ${this.place}: a schema is nested deeper than ${deepest} levels, or makes a new schema of itself each time it is asked. Make a recursive schema once, outside the function that refers to it.`,
      );
    }
    const before = this.#active.get(schema);
    this.#active.set(schema, slot);
    const described = isZod(schema) ? this.#zod(schema, direction) : this.#standard(schema, direction);
    if (before === undefined) this.#active.delete(schema);
    else this.#active.set(schema, before);
    return described;
  }

  #zod(schema: ZodSchema, direction: Direction): JsonSchema {
    const describe = (part: ZodSchema): JsonSchema => this.describe(part as unknown as AnySchema, direction);
    const { id, ...said } = metaOf(schema);
    const origin = id === undefined ? originOf(schema) : undefined;
    if (origin === undefined) return annotated(shapeOf(schema, direction, describe), said);
    // Made from a component (`Item.describe("…")`, `Name.min(3)`): that component, with what is new beside it.
    const known = metaOf(origin);
    const more = Object.fromEntries(Object.entries(said).filter(([key, value]) => value !== known[key]));
    return annotated({ ...describe(origin), ...constraintsOf(schema, origin) }, more);
  }

  /** A schema of another library says itself what it is; the definitions that it refers to become components. */
  #standard(schema: AnySchema, direction: Direction): JsonSchema {
    const { id: _, $defs, ...root } = standardJsonSchema(schema, direction) ?? {};
    const definitions = Object.entries(($defs ?? {}) as Record<string, JsonSchema>);
    let names = this.#adopted.get(schema);
    if (names === undefined) this.#adopted.set(schema, (names = new Map()));
    for (const [name] of definitions) if (!names.has(name)) names.set(name, this.#adopt(name, schema));
    const lead = (to: string): string | undefined => {
      const id = to === "#" ? (this.#active.get(schema)!.id ??= this.#give(schema)) : names.get(definitionName(to));
      return id === undefined ? undefined : provisional(direction, id);
    };
    for (const [name, definition] of definitions) {
      this.#byId.get(names.get(name)!)![direction] = redirected(definition, lead) as JsonSchema;
    }
    return redirected(root, lead) as JsonSchema;
  }

  #adopt(name: string, schema: AnySchema): string {
    // What libraries number themselves (`0`, `intersection231`) says nothing, and changes from start to start.
    const id = this.#unnamed(/^[a-z]*\d+$/.test(name) ? undefined : componentName(name));
    this.#byId.set(id, { schema, place: this.place, twins: new Set() });
    return id;
  }

  #give(schema: AnySchema): string {
    const id = this.#unnamed(undefined);
    this.#given.set(schema, id);
    this.#claim(id, schema);
    return id;
  }

  /** An id until all declared ones are known, so that the order in which schemas are met decides no name. */
  #unnamed(wanted: string | undefined): string {
    const id = `~${this.#wanted.size}`; // no component's name has a `~`
    this.#wanted.set(id, wanted);
    return id;
  }

  #claim(id: string, schema: AnySchema): Component {
    if (this.#fixed.has(id)) throw reserved(id, this.place);
    let component = this.#byId.get(id);
    if (component === undefined) {
      this.#byId.set(id, (component = { schema, place: this.place, twins: new Set([schema]) }));
    } else if (!component.twins.has(schema)) {
      component.twins.add(schema); // before they are compared: what they hold may be them again
      for (const direction of ["input", "output"] as const) this.#compare(id, component, schema, direction);
    }
    return component;
  }

  #compare(id: string, { schema, place }: Component, other: AnySchema, direction: Direction): void {
    const [one, two] = [schema, other].map((each) => JSON.stringify(this.#described(each, direction, { id })));
    if (one === two) return;
    throw new ApusError(
      `APUS_DUPLICATE_COMPONENT: two different schemas have .meta({ id: "${id}" }): in ${place}, and in ${this.place}. Give one of them another id.`,
    );
  }
}

function reserved(id: string, place: string): ApusError {
  return new ApusError(
    `APUS_DUPLICATE_COMPONENT: the component "${id}" is one that the framework makes itself. Give your schema in ${place} another id, or the operation another name.`,
  );
}

/** The component that a schema was made from by adding checks or metadata, if there is one. */
function originOf(schema: ZodSchema): ZodSchema | undefined {
  let origin = schema._zod.parent;
  while (origin !== undefined && metaOf(origin).id === undefined) origin = origin._zod.parent;
  return origin;
}

/** What `.meta()` says wins; a key that it sets to undefined is left out of the document. */
function annotated(described: JsonSchema, said: Readonly<Record<string, unknown>>): JsonSchema {
  const found = { ...described };
  for (const [key, value] of Object.entries(said)) {
    delete found[key];
    if (value !== undefined) found[key] = plain(key, value);
  }
  return found;
}

function plain(key: string, value: unknown): unknown {
  try {
    return jsonForm(value, "document");
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    throw new ApusError(
      `APUS_SCHEMA: .meta({ ${key} }) holds what JSON cannot say; metadata is part of the document. ${error.message}`,
    );
  }
}

function definitionName(reference: string): string {
  return decodeURIComponent(/^#\/(?:\$defs|definitions)\/([^/]*)$/.exec(reference)?.[1] ?? "")
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}

/** Keywords that hold data, in which `$ref` is a key like any other; and those that hold schemas under names of their own. */
const data = new Set(["default", "examples", "example", "enum", "const"]);
const maps = new Set(["properties", "patternProperties", "dependentSchemas"]);

/** A copy whose references lead out of the schema, to components. */
function redirected(value: unknown, lead: (to: string) => string | undefined, named = false): unknown {
  if (Array.isArray(value)) return value.map((each) => redirected(each, lead));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    if (named) return [key, redirected(each, lead)];
    if (key === "$ref" && typeof each === "string") return [key, lead(each) ?? each];
    // The document holds no nulls, as FastAPI's, so the constant has to be said otherwise.
    if (key === "const" && each === null) return ["type", "null"];
    return [key, data.has(key) ? each : redirected(each, lead, maps.has(key))];
  });
  return Object.fromEntries(entries);
}
