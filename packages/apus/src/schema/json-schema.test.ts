/** JSON Schema of every kind of schema, and how components are named. */
import { ApusError } from "../diagnostic/index.ts";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Components, type Direction, type JsonSchema } from "./json-schema.ts";
import type { AnySchema } from "./types.ts";

/** The schema of one value, with the components it refers to. */
function described(schema: AnySchema, direction: Direction = "input"): { document: JsonSchema; schemas: object } {
  const components = new Components();
  return components.finish(components.describe(schema, direction));
}

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

describe("one value, the same in both directions", () => {
  test.each<[AnySchema, JsonSchema]>([
    [z.string(), { type: "string" }],
    [z.string().min(1).max(5), { type: "string", minLength: 1, maxLength: 5 }],
    [z.string().length(3), { type: "string", minLength: 3, maxLength: 3 }],
    [z.string().min(3).min(1).max(5).max(9), { type: "string", minLength: 3, maxLength: 5 }],
    [z.string().regex(/^a/), { type: "string", pattern: "^a" }],
    [
      z.string().regex(/^a/).regex(/b$/).regex(/c/),
      { type: "string", pattern: "^a", allOf: [{ pattern: "b$" }, { pattern: "c" }] },
    ],
    [z.email(), { type: "string", format: "email" }],
    [z.uuid(), { type: "string", format: "uuid" }],
    [z.guid(), { type: "string", format: "uuid" }],
    [z.url(), { type: "string", format: "uri" }],
    [z.iso.datetime(), { type: "string", format: "date-time" }],
    [z.iso.date(), { type: "string", format: "date" }],
    [z.string().startsWith("a"), { type: "string" }],
    [z.int(), { type: "integer" }],
    [z.number().int().gte(1).lte(5), { type: "integer", minimum: 1, maximum: 5 }],
    [
      z.number().gt(0).lt(1).multipleOf(0.1),
      { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1, multipleOf: 0.1 },
    ],
    [z.number().min(5).min(1), { type: "number", minimum: 5 }],
    [z.bigint().max(9n), { type: "integer", maximum: 9 }],
    [z.boolean(), { type: "boolean" }],
    [z.null(), { type: "null" }],
    [z.date(), { type: "string", format: "date-time" }],
    [z.templateLiteral(["a", z.int()]), { type: "string" }],
    [z.enum(["a", "b"]), { type: "string", enum: ["a", "b"] }],
    [z.enum({ low: 1, high: 2 }), { type: "integer", enum: [1, 2] }],
    [z.literal("a"), { type: "string", const: "a" }],
    [z.literal([1, "a", null]), { enum: [1, "a", null] }],
    [z.literal(null), { const: null }],
    [z.literal(1.5), { type: "number", const: 1.5 }],
    [z.array(z.int()).min(1).max(2), { type: "array", items: { type: "integer" }, minItems: 1, maxItems: 2 }],
    [
      z.set(z.int()).size(2),
      { type: "array", items: { type: "integer" }, uniqueItems: true, minItems: 2, maxItems: 2 },
    ],
    [
      z.tuple([z.int(), z.string().optional()]),
      { type: "array", prefixItems: [{ type: "integer" }, { type: "string" }], minItems: 1, maxItems: 2 },
    ],
    [
      z.tuple([z.int()], z.string()),
      { type: "array", prefixItems: [{ type: "integer" }], minItems: 1, items: { type: "string" } },
    ],
    [z.record(z.string(), z.int()), { type: "object", additionalProperties: { type: "integer" } }],
    [
      z.record(z.string().min(2), z.unknown()),
      { type: "object", additionalProperties: true, propertyNames: { type: "string", minLength: 2 } },
    ],
    [z.record(z.enum(["a"]), z.int()), { type: "object", properties: { a: { type: "integer" } }, required: ["a"] }],
    [z.partialRecord(z.enum(["a"]), z.int()), { type: "object", properties: { a: { type: "integer" } } }],
    [z.map(z.string(), z.int()), { type: "object", additionalProperties: { type: "integer" } }],
    [z.object({}), { type: "object", properties: {} }],
    [
      z.object({ a: z.int(), b: z.int().optional(), c: z.int().default(1), d: z.int().nullable() }),
      {
        type: "object",
        properties: {
          a: { type: "integer" },
          b: { type: "integer" },
          c: { type: "integer", default: 1 },
          d: { anyOf: [{ type: "integer" }, { type: "null" }] },
        },
        required: ["a", "d"],
      },
    ],
    [z.strictObject({}), { type: "object", properties: {}, additionalProperties: false }],
    [z.looseObject({}), { type: "object", properties: {}, additionalProperties: true }],
    [z.object({}).catchall(z.int()), { type: "object", properties: {}, additionalProperties: { type: "integer" } }],
    [z.union([z.int(), z.string()]), { anyOf: [{ type: "integer" }, { type: "string" }] }],
    [z.union([z.int(), z.undefined()]), { type: "integer" }],
    [
      z.intersection(z.object({}), z.object({})),
      {
        allOf: [
          { type: "object", properties: {} },
          { type: "object", properties: {} },
        ],
      },
    ],
    [z.int().default(5), { type: "integer", default: 5 }],
    [z.int().prefault(5), { type: "integer", default: 5 }],
    [z.int().nullable().default(null), { anyOf: [{ type: "integer" }, { type: "null" }] }],
    [z.any().default(() => () => 1), {}],
    [
      z.set(z.int()).default(new Set([1])),
      { type: "array", items: { type: "integer" }, uniqueItems: true, default: [1] },
    ],
    [z.int().readonly(), { type: "integer" }],
    [z.int().catch(1), { type: "integer" }],
    [z.int().optional().nonoptional(), { type: "integer" }],
    [z.lazy(() => z.int()), { type: "integer" }],
    [isoDate, { type: "string", format: "date-time" }],
    [z.preprocess(String, z.string()), { type: "string" }],
    [z.string().transform(Number), { type: "string" }],
    [z.never(), { not: {} }],
    [z.unknown(), {}],
    [z.any(), {}],
    [
      z.int().meta({ title: "Number", description: "d", examples: [1] }),
      { type: "integer", title: "Number", description: "d", examples: [1] },
    ],
  ])("%#", (schema, expected) => {
    for (const direction of ["input", "output"] as const) {
      expect(described(schema, direction)).toEqual({ document: expected, schemas: {} });
    }
  });

  test("a schema of another library speaks for itself, if it can", () => {
    const standard = { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } as const;
    const jsonSchema = { input: () => ({ type: "string" }), output: () => ({ type: "integer" }) };
    expect(described({ "~standard": standard }).document).toEqual({});
    const speaking = { "~standard": { ...standard, jsonSchema } };
    expect(described(speaking, "input").document).toEqual({ type: "string" });
    expect(described(speaking, "output").document).toEqual({ type: "integer" });
  });
});

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

describe("components", () => {
  test("one entry where both directions are equal, sorted by name", () => {
    const components = new Components();
    const B = z.object({ at: isoDate.default(new Date(0)) }).meta({ id: "B", title: "Bee" });
    const A = z.object({ b: B }).meta({ id: "A" });
    const document = [
      components.describe(A, "input"),
      components.describe(A, "output"),
      components.describe(B.optional(), "input"),
    ];
    const found = components.finish(document);
    const wireDate = { type: "string", format: "date-time", default: "1970-01-01T00:00:00.000Z" };
    expect(found.document).toEqual([ref("A"), ref("A"), ref("B")]);
    expect(found.schemas).toEqual({
      A: { type: "object", properties: { b: ref("B") }, required: ["b"] },
      B: { type: "object", properties: { at: wireDate }, title: "Bee" },
    });
    expect(Object.keys(found.schemas)).toEqual(["A", "B"]);
  });

  test("two where they differ, and for what refers to those", () => {
    const components = new Components();
    const Inner = z
      .object({ a: z.string().catch("x").optional(), b: z.preprocess(String, z.string()).optional() })
      .meta({ id: "Inner" });
    const Differs = z
      .object({ n: z.codec(z.string(), z.string().optional(), { decode: (s) => s, encode: (s) => s ?? "" }) })
      .meta({ id: "Differs" });
    const Outer = z.object({ differs: Differs, inner: Inner }).meta({ id: "Outer" });
    const found = components.finish([components.describe(Outer, "input"), components.describe(Outer, "output")]);
    expect(found.document).toEqual([ref("Outer-Input"), ref("Outer-Output")]);
    expect(Object.keys(found.schemas)).toEqual([
      "Differs-Input",
      "Differs-Output",
      "Inner",
      "Outer-Input",
      "Outer-Output",
    ]);
    expect(found.schemas["Outer-Output"]).toMatchObject({
      properties: { differs: ref("Differs-Output"), inner: ref("Inner") },
    });
    expect(found.schemas["Differs-Input"]).toHaveProperty("required");
    expect(found.schemas["Differs-Output"]).not.toHaveProperty("required");
  });

  test("recursion, with an id and without", () => {
    const Node = z.object({
      get children() {
        return z.array(Node);
      },
    });
    const expected = {
      type: "object",
      properties: { children: { type: "array", items: ref("Recursive1") } },
      required: ["children"],
    };
    const components = new Components();
    const all = [
      components.describe(Node, "input"),
      components.describe(Node, "output"),
      components.describe(z.array(Node), "input"),
    ];
    expect(components.finish(all)).toEqual({
      document: [ref("Recursive1"), ref("Recursive1"), { type: "array", items: ref("Recursive1") }],
      schemas: { Recursive1: expected },
    });
    const Other = z.object({
      get next(): z.ZodOptional<typeof Other> {
        return Other.optional();
      },
    });
    const two = new Components();
    const refs = [two.describe(Node, "input"), two.describe(Other, "input"), two.describe(Node, "input")];
    expect(two.finish(refs).document).toEqual([ref("Recursive1"), ref("Recursive2"), ref("Recursive1")]);
    const Named: z.ZodType = z.object({ next: z.lazy(() => Named).optional() }).meta({ id: "Named" });
    expect(described(Named)).toEqual({
      document: ref("Named"),
      schemas: { Named: { type: "object", properties: { next: ref("Named") } } },
    });
  });

  test("a schema made from one with an id does not have that id", () => {
    const Name = z.string().meta({ id: "Name", description: "d" });
    expect(described(z.tuple([Name, Name.min(3)])).document).toMatchObject({
      prefixItems: [ref("Name"), { type: "string", minLength: 3 }],
    });
  });

  test("two schemas cannot share an id, nor take the framework's", () => {
    const components = new Components();
    components.describe(z.object({}).meta({ id: "Same" }), "input");
    expect(() => components.describe(z.string().meta({ id: "Same" }), "input")).toThrow(ApusError);
    expect(() => components.describe(z.string().meta({ id: "Same" }), "output")).toThrow(
      /APUS_DUPLICATE_COMPONENT.*"Same"/,
    );
    expect(components.fix("HTTPValidationError", { type: "object" })).toEqual(ref("HTTPValidationError"));
    expect(() => components.describe(z.string().meta({ id: "HTTPValidationError" }), "input")).toThrow(/another id/);
    expect(() => components.fix("Same", {})).toThrow(ApusError);
    expect(components.finish(null).schemas).toHaveProperty("HTTPValidationError", { type: "object" });
  });

  test("a discriminator maps tags to final names", () => {
    const differs = z.codec(z.string(), z.string().optional(), { decode: (s) => s, encode: (s) => s ?? "" });
    const Cat = z.object({ kind: z.literal("cat"), n: differs }).meta({ id: "Cat" });
    const Dog = z.object({ kind: z.literal(["dog", "wolf"]) }).meta({ id: "Dog" });
    const Pet = z.discriminatedUnion("kind", [Cat, Dog, z.object({ kind: z.literal("none") })]);
    const components = new Components();
    const both = [components.describe(Pet, "input"), components.describe(Pet, "output")];
    const { document } = components.finish(both);
    expect(document[0]).toEqual({
      oneOf: [
        ref("Cat-Input"),
        ref("Dog"),
        { type: "object", properties: { kind: { type: "string", const: "none" } }, required: ["kind"] },
      ],
      discriminator: {
        propertyName: "kind",
        mapping: {
          cat: "#/components/schemas/Cat-Input",
          dog: "#/components/schemas/Dog",
          wolf: "#/components/schemas/Dog",
        },
      },
    });
    expect(document[1]).toMatchObject({ discriminator: { mapping: { cat: "#/components/schemas/Cat-Output" } } });
  });
});
