/**
 * A small language of schemas as plain data. The same description becomes a zod schema (`schema.ts`), is read by the naive
 * interpreter (`interpret.ts`), and can be handed to another process as JSON.
 */

export interface Bounds {
  readonly gt?: number;
  readonly ge?: number;
  readonly lt?: number;
  readonly le?: number;
  readonly multipleOf?: number;
}

export type Key = Text | { readonly kind: "int" } | { readonly kind: "uuid" } | Choice | Literal;

export interface Text {
  readonly kind: "str";
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

/** An enum of texts. `name` is what a union calls it in `loc`. */
export interface Choice {
  readonly kind: "enum";
  readonly name: string;
  readonly values: readonly string[];
}

export interface Literal {
  readonly kind: "literal";
  readonly values: readonly (string | number | boolean | null)[];
}

export interface Field {
  /** The name on the wire. */
  readonly name: string;
  readonly schema: Description;
  /** May be absent, and then stays absent. */
  readonly optional?: true;
  /** Stands for an absent value; a JSON value, not checked against the schema. */
  readonly default?: { readonly value: unknown };
}

export interface Model {
  readonly kind: "model";
  readonly name: string;
  readonly fields: readonly Field[];
  readonly extra: "ignore" | "forbid" | "allow";
}

export type Description =
  | ({ readonly kind: "int" } & Bounds)
  | ({ readonly kind: "float" } & Bounds)
  | { readonly kind: "bool" | "null" | "any" | "uuid" }
  | Text
  | Choice
  | { readonly kind: "intEnum"; readonly name: string; readonly values: readonly number[] }
  | Literal
  | { readonly kind: "list" | "set"; readonly item: Description; readonly min?: number; readonly max?: number }
  /** A fixed number of items, or with `rest` any number of further ones. */
  | { readonly kind: "tuple"; readonly items: readonly Description[]; readonly rest?: Description }
  | { readonly kind: "dict"; readonly key: Key; readonly value: Description }
  | Model
  /** A model that stands around this place, by its name. */
  | { readonly kind: "ref"; readonly name: string }
  | { readonly kind: "nullable"; readonly inner: Description }
  | { readonly kind: "union"; readonly members: readonly Description[] }
  /** Models told apart by the value of one field, which is a literal in each of them. */
  | { readonly kind: "tagged"; readonly tag: string; readonly members: readonly Model[] };

/** All models of a description by name, for its references. */
export function modelsOf(description: Description, found = new Map<string, Model>()): Map<string, Model> {
  if (description.kind === "model") found.set(description.name, description);
  for (const part of partsOf(description)) modelsOf(part, found);
  return found;
}

/** The descriptions that stand directly inside one. */
export function partsOf(description: Description): readonly Description[] {
  switch (description.kind) {
    case "list":
    case "set":
      return [description.item];
    case "tuple":
      return description.rest === undefined ? description.items : [...description.items, description.rest];
    case "dict":
      return [description.key, description.value];
    case "model":
      return description.fields.map((field) => field.schema);
    case "nullable":
      return [description.inner];
    case "union":
    case "tagged":
      return description.members;
    default:
      return [];
  }
}

/** The values of a model's tag, of which there is at least one. */
export function tagsOf(model: Model, tag: string): Literal["values"] {
  const field = model.fields.find((each) => each.name === tag)!.schema;
  return field.kind === "literal" ? field.values : [];
}
