/** What the survey vouches for can be read, written and described; what it does not vouch for is looked at by others. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { schemaWithValues } from "../../test/rooms/random-schemas.ts";
import { types } from "../types/index.ts";
import { Components, compileReader, compileWriter, holeIn, slowPatternsIn, Survey, type AnySchema } from "./index.ts";

const Named = z.object({ a: z.string() }).meta({ id: "Named" });
interface Holding {
  readonly next?: Holding | undefined;
}
const Holding: z.ZodType<Holding> = z.object({
  get next() {
    return Holding.optional();
  },
});
const endless = (): z.ZodType =>
  z.object({
    get next() {
      return endless();
    },
  });

describe("vouches for", () => {
  test.each<[string, z.ZodType]>([
    ["single values with checks", z.string().min(1).max(3).regex(/^a/).trim()],
    ["numbers", z.int().min(1).multipleOf(2)],
    ["formats", z.email()],
    ["dates", z.date().min(new Date(0))],
    ["refinements", z.string().refine((value) => value !== "a")],
    ["functions as checks", z.string().check(() => {})],
    ["lists and objects", z.array(z.object({ a: z.string().optional(), b: z.int().nullable() })).min(1)],
    ["strict and loose objects", z.object({ a: z.strictObject({}), b: z.looseObject({}) })],
    ["mappings", z.record(z.string().min(1), z.number())],
    ["unions, enums and literals", z.union([z.enum(["a", "b"]), z.literal([1, true])])],
    ["defaults", z.object({ a: z.string().default("a"), b: z.array(z.string()).default([]), c: z.int().prefault(1) })],
    [
      "codecs",
      z.object({
        a: z.codec(z.string(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() }),
      }),
    ],
    ["single values of our own", z.object({ a: types.datetime(), b: types.decimal(), c: types.json(z.object({})) })],
    ["metadata", z.string().meta({ title: "A", deprecated: true })],
    ["components, and what is made of them", z.object({ a: Named, b: Named.describe("another") })],
  ])("%s", (_, schema) => {
    expect(new Survey().isPlain(schema)).toBe(true);
  });
});

describe("does not vouch for", () => {
  test.each<[string, AnySchema]>([
    ["conversions", z.object({ a: z.array(z.string().transform(Number)) })],
    ["a one-way step inside of a type of our own", z.object({ a: types.json(z.string().transform(Number)) })],
    ["asynchronous codecs", z.codec(z.string(), z.string(), { decode: async (text) => text, encode: (text) => text })],
    ["files", types.upload()],
    ["coercion", z.coerce.number()],
    ["asynchronous refinements", z.object({ a: z.string().refine(async () => true) })],
    ["asynchronous functions as checks", z.string().check(async () => {})],
    ["formats of one's own", z.stringFormat("mine", () => true)],
    ["what holds itself", Holding],
    ["what makes new schemas without end", endless()],
    ["a hole", z.object({ a: undefined as unknown as z.ZodType })],
    ["a hole in a list", z.array(undefined as unknown as z.ZodType)],
    ["metadata that is more than text", z.string().meta({ examples: [1n] })],
    ["defaults that hold something", z.array(z.date()).default([new Date(0)])],
    ["values without a form in JSON", z.literal(1n)],
    ["types that are not known", z.symbol()],
    ["tagged unions", z.discriminatedUnion("a", [z.object({ a: z.literal("x") }), z.object({ a: z.literal("y") })])],
    [
      "what is made of a component like that",
      z
        .string()
        .meta({ id: "Odd", examples: [1n] })
        .describe("odd"),
    ],
    [
      "schemas of other libraries",
      { "~standard": { version: 1, vendor: "other", validate: (value: unknown) => ({ value }) } } as AnySchema,
    ],
  ])("%s", (_, schema) => {
    expect(new Survey().isPlain(schema)).toBe(false);
  });
});

test("whatever it vouches for is read, written and described without an error, and has no hole", () => {
  let vouched = 0;
  fc.assert(
    fc.property(schemaWithValues, ({ schema }) => {
      const survey = new Survey();
      if (!survey.isPlain(schema)) return;
      vouched++;
      compileReader(schema, "lax");
      compileReader(schema, "strict", "exact");
      compileWriter(schema);
      const components = new Components();
      components.describe(schema, "input");
      components.describe(schema, "output");
      expect(holeIn(schema as never)).toBeUndefined();
      expect(slowPatternsIn(schema)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
  expect(vouched).toBeGreaterThan(100);
});

test("takes note of ids wherever they are, of schemas that share one, and of slow expressions", () => {
  const survey = new Survey();
  const Twin = z.object({ a: z.string() }).meta({ id: "Named" });
  survey.isPlain(z.object({ odd: z.symbol(), a: z.array(Named.optional()), again: Named }));
  expect([...survey.ids]).toEqual([["Named", Named]]);
  expect([survey.twins, survey.slow]).toEqual([[], false]);
  survey.isPlain(z.union([Twin, z.string().regex(/^(a+)+$/)]));
  expect([survey.twins, survey.slow]).toEqual([[Twin], true]);
  survey.clear();
  expect([survey.ids.size, survey.twins.length]).toEqual([0, 0]);
});
