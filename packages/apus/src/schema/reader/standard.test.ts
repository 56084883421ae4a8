/** What a schema of another library says of itself, and what becomes of it in a document. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Components } from "../json-schema/json-schema.ts";
import type { Direction, JsonSchema } from "../json-schema/json-schema-types.ts";
import { compileText, standardKind } from "./standard.ts";
import type { AnySchema } from "../types.ts";

/** The schema of one value, with the components it refers to. */
function described(schema: AnySchema, direction: Direction = "input"): { document: JsonSchema; schemas: object } {
  const components = new Components();
  return components.finish(components.describe(schema, direction));
}

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

describe("schemas of other libraries", () => {
  test("a schema of another library speaks for itself, if it can", () => {
    const standard = { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } as const;
    const jsonSchema = { input: () => ({ type: "string" }), output: () => ({ type: "integer" }) };
    expect(described({ "~standard": standard }).document).toEqual({});
    const speaking = { "~standard": { ...standard, jsonSchema } };
    expect(described(speaking, "input").document).toEqual({ type: "string" });
    expect(described(speaking, "output").document).toEqual({ type: "integer" });
    const silent = {
      input: () => ({ type: "string" }),
      output: () => {
        throw new Error("a date has no JSON Schema");
      },
    };
    expect(described({ "~standard": { ...standard, jsonSchema: silent } } as AnySchema, "output").document).toEqual({});
  });

  test("its data stays data", () => {
    const $ref = "#";
    const json = { type: "object", properties: { $ref: { const: null }, default: { $ref } }, default: { $ref } };
    const jsonSchema = { input: () => json, output: () => json };
    const schema = { "~standard": { version: 1, vendor: "test", validate: () => ({ value: 1 }), jsonSchema } };
    expect(described(schema as AnySchema)).toEqual({
      document: ref("Recursive1"),
      schemas: {
        Recursive1: {
          type: "object",
          properties: { $ref: { type: "null" }, default: ref("Recursive1") },
          default: { $ref },
        },
      },
    });
  });

  test("its definitions become components, its id one too", () => {
    const other = (json: JsonSchema): AnySchema => {
      const jsonSchema = { input: () => json, output: () => json };
      const standard = { version: 1, vendor: "test", validate: (value: unknown) => ({ value }), jsonSchema };
      return { "~standard": standard } as AnySchema;
    };
    const $schema = "https://json-schema.org/draft/2020-12/schema";
    const link = { anyOf: [{ $ref: "#/$defs/0" }, { type: "null" }] };
    const list = other({ $schema, $ref: "#/$defs/0", $defs: { "0": { type: "object", properties: { next: link } } } });
    const twice = new Components();
    expect(twice.finish([twice.describe(list, "input"), twice.describe(list, "output")])).toEqual({
      document: [ref("Recursive1"), ref("Recursive1")],
      schemas: {
        Recursive1: { type: "object", properties: { next: { anyOf: [ref("Recursive1"), { type: "null" }] } } },
      },
    });
    const named = other({
      id: "Item",
      type: "object",
      properties: { part: { $ref: "#/definitions/a~1b" } },
      definitions: { "a/b": { const: 1 } },
    });
    const itself = other({ $id: "Self", type: "object", properties: { next: { $ref: "#" } } });
    const loop = other({ type: "array", items: { $ref: "#" } });
    expect(described(z.tuple([z.int()])).schemas).toEqual({});
    const components = new Components();
    const found = components.finish([named, itself, loop, named].map((each) => components.describe(each, "input")));
    expect(found).toEqual({
      document: [ref("Item"), ref("Self"), ref("Recursive1"), ref("Item")],
      schemas: {
        Item: { type: "object", properties: { part: ref("a_b") } },
        Recursive1: { type: "array", items: ref("Recursive1") },
        Self: { type: "object", properties: { next: ref("Self") } },
        a_b: { const: 1 },
      },
    });
    expect(() => components.describe(other({ id: "Item", type: "string" }), "input")).toThrow(/APUS_DUPLICATE/);
    const wanting = ["a_b", "Item"].map((name) => other({ $defs: { [name]: {} }, $ref: `#/$defs/${name}` }));
    const later = [...wanting, named].map((each) => components.describe(each, "input"));
    expect(components.finish(later).document).toEqual([ref("a_b1"), ref("Item1"), ref("Item")]);
    const first = new Components();
    const both = [...wanting, named].map((each) => first.describe(each, "input"));
    expect(first.finish(both).document).toEqual([ref("a_b1"), ref("Item1"), ref("Item")]);
  });
});

/** A schema that takes everything and says this of its input. */
const saying = (json: JsonSchema): AnySchema => {
  const jsonSchema = { input: () => json, output: () => json };
  return {
    "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }), jsonSchema },
  } as AnySchema;
};

test.each<[JsonSchema, string | undefined]>([
  [{ type: "integer" }, "integer"],
  [{ type: "object" }, "object"],
  [{ type: "null" }, undefined],
  [{ type: ["string", "null"] }, undefined],
  [{ anyOf: [{ type: "string" }] }, undefined],
  [{ const: 5 }, "number"],
  [{ const: null }, undefined],
  [{ enum: ["a", "b"] }, "string"],
  [{ enum: [true] }, "boolean"],
  [{ enum: ["a", 1] }, undefined],
  [{ enum: [null] }, undefined],
  [{ enum: [] }, undefined],
  [{ $ref: "#/$defs/a", $defs: { a: { type: "boolean" } } }, "boolean"],
  [{ $ref: "#/$defs/b", $defs: {} }, undefined],
  [{}, undefined],
])("the one type that %j names", (json, expected) => {
  expect(standardKind(saying(json))).toBe(expected);
  const scalar = expected !== undefined && expected !== "object";
  expect(compileText(saying(json)) !== undefined).toBe(scalar);
});
