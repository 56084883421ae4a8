/** What each kind of zod schema is in JSON Schema, the same in both directions. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Components } from "./json-schema.ts";
import type { Direction, JsonSchema } from "./json-schema-types.ts";
import type { AnySchema } from "../types.ts";

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
    [z.string().startsWith("a.").endsWith("/"), { type: "string", pattern: "^a\\.", allOf: [{ pattern: "\\/$" }] }],
    [z.string().includes("x"), { type: "string", pattern: "x" }],
    [z.string().includes("x", { position: 2 }), { type: "string" }],
    [z.string().lowercase(), { type: "string", pattern: "^[^A-Z]*$" }],
    [z.string().regex(/^a/i), { type: "string" }],
    [z.uuidv7(), { type: "string", format: "uuid7" }],
    [z.base64(), { type: "string", format: "base64", contentEncoding: "base64" }],
    [z.int32().min(1), { type: "integer", format: "int32", minimum: 1 }],
    [z.float32(), { type: "number", format: "float" }],
    [z.int64(), { type: "integer", format: "int64" }],
    [z.int().multipleOf(2).multipleOf(3).multipleOf(2), { type: "integer", multipleOf: 2, allOf: [{ multipleOf: 3 }] }],
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
    [z.date().min(new Date(0)), { type: "string", format: "date-time" }],
    [z.templateLiteral(["a", z.int()]), { type: "string", pattern: "^a-?\\d+$" }],
    [z.file(), { type: "string", contentMediaType: "application/octet-stream" }],
    [z.enum(["a", "b"]), { type: "string", enum: ["a", "b"] }],
    [z.enum({ low: 1, high: 2 }), { type: "integer", enum: [1, 2] }],
    [z.literal("a"), { type: "string", const: "a" }],
    [z.literal([1, "a", null]), { enum: [1, "a", null] }],
    [z.literal(null), { type: "null" }],
    [z.literal([5n, 6]), { type: "integer", enum: [5, 6] }],
    [z.literal([1, 1.5]), { type: "number", enum: [1, 1.5] }],
    [z.literal(["a", undefined]), { type: "string", const: "a" }],
    [z.literal(undefined), { not: {} }],
    [z.enum({ a: "x", b: 1 }), { enum: ["x", 1] }],
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
      { type: "object", additionalProperties: true, propertyNames: { minLength: 2 } },
    ],
    [
      z.record(z.enum(["a"]), z.int()),
      { type: "object", properties: { a: { type: "integer" } }, required: ["a"], additionalProperties: false },
    ],
    [
      z.record(z.enum(["a"]), z.int().optional()),
      { type: "object", properties: { a: { type: "integer" } }, additionalProperties: false },
    ],
    [
      z.partialRecord(z.literal(["a", 1]), z.int()),
      { type: "object", additionalProperties: { type: "integer" }, propertyNames: { enum: ["a", "1"] } },
    ],
    [
      z.looseRecord(z.string().regex(/^a/), z.int()),
      { type: "object", patternProperties: { "^a": { type: "integer" } } },
    ],
    [z.looseRecord(z.string().min(2), z.int()), { type: "object" }],
    [
      z.map(z.string(), z.int()).min(1).max(2),
      { type: "object", additionalProperties: { type: "integer" }, minProperties: 1, maxProperties: 2 },
    ],
    [z.tuple([]), { type: "array", minItems: 0, maxItems: 0 }],
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
    [z.xor([z.int(), z.string()]), { oneOf: [{ type: "integer" }, { type: "string" }] }],
    [z.union([z.int(), z.null()]).nullable(), { anyOf: [{ type: "integer" }, { type: "null" }] }],
    [
      z.union([z.int(), z.string()]).describe("d").nullable(),
      { anyOf: [{ anyOf: [{ type: "integer" }, { type: "string" }], description: "d" }, { type: "null" }] },
    ],
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
    [z.any().default(() => Symbol.iterator), {}],
    [z.date().default(() => new Date(0)), { type: "string", format: "date-time" }],
    [z.array(z.any()).default(() => [{}]), { type: "array", items: {} }],
    [
      z
        .array(z.int())
        .default(() => [])
        .meta({ default: undefined }),
      { type: "array", items: { type: "integer" } },
    ],
    [
      z.map(z.string(), z.int()).default(new Map([["a", 1]])),
      { type: "object", additionalProperties: { type: "integer" }, default: { a: 1 } },
    ],
    [
      z.object({ a: z.int().default(1), b: isoDate.optional() }).default({ a: 2, b: new Date(0) }),
      {
        type: "object",
        properties: { a: { type: "integer", default: 1 }, b: { type: "string", format: "date-time" } },
        default: { a: 2, b: "1970-01-01T00:00:00.000Z" },
      },
    ],
    [z.string().transform(Number).default(7), { type: "string", default: 7 }],
    [z.int().min(9).default(1), { type: "integer", minimum: 9, default: 1 }],
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
});
