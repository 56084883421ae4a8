/**
 * Each kind of field beside FastAPI 0.141's own document of the same field (contract, sections 11.4 and 11.7): a model `M`
 * with one field `f`, sent and answered. `fastapi-schemas.json` holds what FastAPI said, derived titles left out (D01).
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { Components } from "./json-schema/json-schema.ts";
import type { JsonSchema } from "./json-schema/json-schema-types.ts";

const recorded = JSON.parse(
  readFileSync(new URL("../../test/rooms/fastapi-schemas.json", import.meta.url), "utf8"),
) as Record<string, Record<string, JsonSchema>>;

const Inner = z.object({ x: z.int() }).meta({ id: "Inner" });
const Kind = z.enum(["a", "b"]).meta({ id: "Kind" });
const Level = z.enum({ low: 1, high: 2 }).meta({ id: "Level" });
const Cat = z.object({ kind: z.literal("cat"), n: z.int() }).meta({ id: "Cat" });
const Dog = z.object({ kind: z.literal(["dog", "wolf"]) }).meta({ id: "Dog" });
const Pet = z.discriminatedUnion("kind", [Cat, Dog]);
const Node = z
  .object({
    value: z.int(),
    get next(): z.ZodDefault<z.ZodNullable<typeof Node>> {
      return Node.nullable().default(null);
    },
    get children(): z.ZodDefault<z.ZodArray<typeof Node>> {
      return z.array(Node).default([]);
    },
  })
  .meta({ id: "Node" });
const Husband: z.ZodType = z.object({ wife: z.lazy(() => Wife.nullable().default(null)) }).meta({ id: "Husband" });
const Wife = z.object({ husband: Husband }).meta({ id: "Wife" });
const page = (name: string, item: z.ZodType): z.ZodType =>
  z.object({ items: z.array(item), total: z.int() }).meta({ id: `Page[${name}]` });
let made = 0;
const own = { description: "d", title: "T", deprecated: true };

const declared: Record<string, z.ZodType> = {
  string: z.string(),
  string_length: z.string().min(1).max(3),
  string_pattern: z.string().regex(/^a+$/),
  integer: z.int(),
  integer_bounds: z.int().min(1).max(5),
  number_bounds: z.number().gt(0).lt(1).multipleOf(0.5),
  number: z.number(),
  boolean: z.boolean(),
  none: z.null(),
  anything: z.unknown(),
  uuid: z.uuid(),
  uuid4: z.uuidv4(),
  date_time: z.iso.datetime(),
  date: z.iso.date(),
  time: z.iso.time(),
  email: z.email(),
  ipv4: z.ipv4(),
  ipv6: z.ipv6(),
  duration: z.iso.duration(),
  nullable: z.int().nullable(),
  nullable_default_null: z.int().nullable().default(null),
  nullable_default: z.int().nullable().default(3),
  nullable_described: z
    .int()
    .nullable()
    .default(null)
    .meta({ ...own, examples: [1] }),
  nullable_constrained: z.int().gt(1).nullable().default(null),
  default: z.int().default(5),
  default_list: z.array(z.int()).default([1]),
  default_factory: z.array(z.int()).default(() => [made++]),
  default_model: Inner.default({ x: 1 }),
  default_null_model: Inner.nullable().default(null),
  literal: z.literal("a"),
  literals: z.literal(["a", "b"]),
  literals_mixed: z.literal([1, "a", null]),
  literal_null: z.literal(null),
  literal_true: z.literal(true),
  literals_numbers: z.literal([1, 2]),
  literals_mixed2: z.literal([1, true]),
  enum: Kind,
  enum_default: Kind.default("a"),
  enum_nullable: Kind.nullable().default(null),
  enum_numbers: Level,
  enum_described: Kind.describe("own"),
  list: z.array(z.int()),
  list_bounds: z.array(z.int()).min(1).max(2),
  list_of_models: z.array(Inner),
  list_nullable_items: z.array(z.int().nullable()),
  list_any: z.array(z.any()),
  tuple: z.tuple([z.int(), z.string()]),
  tuple_default: z.tuple([z.int(), z.string()]).default([1, "a"]),
  tuple_empty: z.tuple([]),
  tuple_any_length: z.array(z.int()),
  set: z.set(z.int()),
  set_bounds: z.set(z.int()).min(1).max(2),
  set_default: z.set(z.int()).default(new Set([1])),
  dict: z.record(z.string(), z.int()),
  dict_untyped: z.record(z.string(), z.any()),
  dict_any: z.record(z.string(), z.unknown()),
  dict_models: z.record(z.string(), Inner),
  dict_int_keys: z.record(z.int(), z.string()),
  dict_key_length: z.record(z.string().min(2), z.int()),
  dict_key_pattern: z.record(z.string().regex(/^a/), z.int()),
  dict_key_pattern_length: z.record(z.string().regex(/^a/).max(4), z.int()),
  dict_literal_keys: z.partialRecord(z.literal(["a", "b"]), z.int()),
  dict_enum_keys: z.partialRecord(Kind, z.int()),
  union: z.union([z.int(), z.string()]),
  union_model: z.union([Inner, z.string()]),
  union_null: z.union([z.int(), z.string()]).nullable(),
  union_nested: z.union([z.array(z.int()), z.record(z.string(), z.int())]),
  discriminated: Pet,
  discriminated_nullable: Pet.nullable(),
  discriminated_list: z.array(Pet),
  plain_union_of_models: z.union([Cat, Dog]),
  model: Inner,
  model_described: Inner.meta({ ...own, description: "own", examples: [{ x: 1 }] }),
  model_nullable: Inner.nullable(),
  model_nullable_described: Inner.nullable().default(null).describe("own"),
  recursive: Node,
  mutual: Husband,
  strict: z.strictObject({ a: z.int() }).meta({ id: "Strict" }),
  loose: z.looseObject({ a: z.int() }).meta({ id: "Loose" }),
  generic: page("Inner", Inner),
  generic_nested: page("Page[Inner]", page("Inner", Inner)),
  generic_int: page("int", z.int()),
  described: z.int().meta({ ...own, examples: [1, 2] }),
  extra: z.int().meta({ "x-a": 1 }),
  example_with_null: z.record(z.string(), z.any()).meta({ examples: [{ a: 1, d: null }, [null]] }),
  default_dict: z.record(z.string(), z.any()).default({ a: 1, b: null }),
  date_default: z.iso.datetime().default("2020-01-01T00:00:00Z"),
};

/**
 * FastAPI gives models that contain themselves two entries although both are equal; we look at what they say. Where the two
 * entries differ the names stay.
 */
function joined(schemas: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  const text = JSON.stringify(schemas).replaceAll(/-(?:Input|Output)"/g, '"');
  const found = JSON.parse(text) as Record<string, JsonSchema>;
  for (const name of Object.keys(found)) {
    const entry = (direction: string): string =>
      JSON.stringify(schemas[name + direction] ?? schemas[name]).replaceAll(/-(?:Input|Output)"/g, '"');
    expect(entry("-Input")).toBe(entry("-Output"));
  }
  return found;
}

test("every recorded field is declared", () => {
  expect(Object.keys(declared).toSorted()).toEqual(Object.keys(recorded).toSorted());
});

test.each(Object.entries(declared))("%s", (name, f) => {
  const components = new Components();
  const M = z.object({ f }).meta({ id: "M" });
  const { schemas } = components.finish([components.describe(M, "input"), components.describe(M, "output")]);
  expect(schemas).toEqual(joined(recorded[name]!));
});
