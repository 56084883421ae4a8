/** The schemas of a described app: models, enums, unions by a tag, and types of fields. */
import { types } from "apus/types";
import { z } from "zod";

/** A type as the descriptions write it, with pydantic's names of constraints. */
export interface Type {
  readonly k: string;
  readonly of?: Type | readonly Type[] | string;
  readonly name?: string;
  readonly values?: readonly (string | number)[];
  readonly ge?: number;
  readonly gt?: number;
  readonly le?: number;
  readonly lt?: number;
  readonly multiple_of?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly pattern?: string;
}

export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly default?: unknown;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

export interface Model {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly doc?: string;
  readonly extra?: "forbid" | "allow";
  readonly example?: unknown;
}

export interface Member {
  readonly name: string;
  readonly tag: readonly string[];
  readonly fields: readonly Field[];
}

export interface Enumeration {
  readonly name: string;
  readonly values: readonly string[];
}

interface Described {
  readonly models: readonly Model[];
  readonly enums: readonly Enumeration[];
  readonly unions?: readonly { readonly name: string; readonly members: readonly Member[] }[];
  readonly trees?: readonly Model[];
}

interface Schemas {
  /** The models by name. */
  readonly models: ReadonlyMap<string, z.ZodType>;
  schemaOf(type: Type): z.ZodType;
  /** The type of a field with its default. */
  fieldOf(field: Field): z.ZodType;
}

const simple: Readonly<Record<string, () => z.ZodType>> = {
  bool: () => z.boolean(),
  datetime: () => types.datetime(),
  date: () => types.date(),
  time: () => types.time(),
  timedelta: () => types.duration(),
  uuid: () => z.guid(),
  decimal: () => types.decimal(),
  any: () => z.unknown(),
};

export function modelsOf({ models: described, enums, unions = [], trees = [] }: Described): Schemas {
  const enumNamed = new Map(enums.map(({ name, values }) => [name, z.enum(values as string[]).meta({ id: name })]));
  const models = new Map<string, z.ZodType>();
  const unionNamed = new Map<string, z.ZodType>();

  const schemaOf = (type: Type): z.ZodType => {
    const { k, name = "", values = [] } = type;
    const inner = (): z.ZodType => schemaOf(type.of as Type);
    const all = (): z.ZodType[] => (type.of as readonly Type[]).map(schemaOf);
    switch (k) {
      case "int":
        return bounded(z.int(), type);
      case "float":
        return bounded(z.number(), type);
      case "str":
        return sized(z.string(), type);
      case "list":
        return sized(z.array(inner()), type);
      case "set":
        return types.set(inner());
      case "dict":
        return z.record(z.string(), inner());
      case "tuple":
        return z.tuple(all() as [z.ZodType]);
      case "optional":
        return inner().nullable();
      case "union":
        return z.union(all());
      case "literal":
        return z.literal([...values]);
      case "enum":
        return enumNamed.get(name)!;
      case "model":
        return models.get(name)!;
      case "pet":
        return unionNamed.get(name)!;
      case "page":
        return pageOf(type.of as string, models.get(type.of as string)!);
      default:
        return simple[k]!();
    }
  };
  const fieldOf = (field: Field): z.ZodType =>
    "default" in field ? schemaOf(field.type).default(field.default as never) : schemaOf(field.type);
  const shapeOf = (fields: readonly Field[]): Record<string, z.ZodType> =>
    Object.fromEntries(fields.map((field) => [field.name, annotated(fieldOf(field), field)]));

  for (const { name, fields } of trees) {
    const Tree: z.ZodType = z
      .object({
        ...shapeOf(fields),
        children: z.lazy(() => z.array(Tree)).default([]),
        next: z.lazy(() => Tree.nullable()).default(null),
      })
      .meta({ id: name });
    models.set(name, Tree);
  }
  for (const { name, members } of unions) {
    const options = members.map((each) =>
      z.object({ kind: z.literal([...each.tag]), ...shapeOf(each.fields) }).meta({ id: each.name }),
    );
    unionNamed.set(name, z.discriminatedUnion("kind", options as [(typeof options)[number]]));
  }
  for (const model of described) models.set(model.name, modelOf(model, shapeOf(model.fields)));
  return { models, schemaOf, fieldOf };
}

function modelOf({ name, doc, extra, example }: Model, shape: Record<string, z.ZodType>): z.ZodType {
  const open = z.object(shape);
  const model = extra === "forbid" ? open.strict() : extra === "allow" ? open.loose() : open;
  return model.meta({
    id: name,
    ...(doc === undefined ? {} : { description: doc }),
    ...(example === undefined ? {} : { examples: [example] }),
  });
}

function pageOf(name: string, item: z.ZodType): z.ZodType {
  return z.object({ items: z.array(item), total: z.int() }).meta({ id: `Page[${name}]` });
}

function annotated(schema: z.ZodType, { title, description, examples }: Field): z.ZodType {
  const said = Object.entries({ title, description, examples }).filter(([, value]) => value !== undefined);
  return said.length === 0 ? schema : schema.meta(Object.fromEntries(said));
}

function bounded(schema: z.ZodNumber, { ge, gt, le, lt, multiple_of: step }: Type): z.ZodNumber {
  let found = schema;
  if (ge !== undefined) found = found.gte(ge);
  if (gt !== undefined) found = found.gt(gt);
  if (le !== undefined) found = found.lte(le);
  if (lt !== undefined) found = found.lt(lt);
  return step === undefined ? found : found.multipleOf(step);
}

function sized(schema: z.ZodString | z.ZodArray, { min_length: min, max_length: max, pattern }: Type): z.ZodType {
  let found = schema;
  if (min !== undefined) found = found.min(min);
  if (max !== undefined) found = found.max(max);
  return pattern === undefined ? found : (found as z.ZodString).regex(new RegExp(pattern, "u"));
}
