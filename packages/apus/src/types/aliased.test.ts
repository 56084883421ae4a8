/** Models whose fields have other names on the wire. */
import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { reading, refusals, writing } from "../../test/rooms/reading.ts";
import { compileWriter, Components, excludeUnset, fieldsSet } from "../schema/index.ts";
import { aliased } from "./aliased.ts";

const Item = aliased(
  z
    .object({ itemName: z.string(), taxRate: z.number().default(0.5), note: z.string().optional() })
    .meta({ id: "Item" }),
  { itemName: "item-name", taxRate: "tax_rate" },
);

test("types: the alias on the wire, the own name in the handler", () => {
  expectTypeOf<z.input<typeof Item>>().toEqualTypeOf<{
    "item-name": string;
    tax_rate?: number | undefined;
    note?: string | undefined;
  }>();
  expectTypeOf<z.output<typeof Item>>().toEqualTypeOf<{
    itemName: string;
    taxRate: number;
    note?: string | undefined;
  }>();
  expect(Object.keys(Item.def.in.shape)).toEqual(["item-name", "tax_rate", "note"]);
});

test("reads aliases alone, and places problems at them", () => {
  expect(reading(Item, { "item-name": "a", tax_rate: "2" })).toEqual({ value: { itemName: "a", taxRate: 2 } });
  expect(refusals(Item, { itemName: "a", tax_rate: "x" })).toEqual(["item-name missing", "tax_rate float_parsing"]);
  expect(Item.parse({ "item-name": "a" })).toEqual({ itemName: "a", taxRate: 0.5 });
});

test("knows what was sent", () => {
  const { value } = reading(Item, { "item-name": "a" }) as { value: z.output<typeof Item> };
  expect([...fieldsSet(value)]).toEqual(["itemName"]);
  expect(excludeUnset(value)).toEqual({ itemName: "a" });
  const write = compileWriter(z.object({ items: z.array(Item) }), { excludeUnset: true });
  expect(write({ items: [value] }, [])).toEqual({ items: [{ "item-name": "a" }] });
  expect(write({ items: [{ ...value }] }, [])).toEqual({ items: [{ "item-name": "a", tax_rate: 0.5 }] });
  // What was not sent stays unset under its alias too.
  const Sparse = aliased(z.object({ a: z.int().default(1), b: z.int() }), { a: "A" });
  const { value: sent } = reading(Sparse, { b: 2 }) as { value: object };
  expect(compileWriter(Sparse, { excludeUnset: true })(sent, [])).toEqual({ b: 2 });
});

test("writes aliases, from plain objects and instances", () => {
  expect(writing(Item, { itemName: "a", hidden: 1 })).toEqual({ value: { "item-name": "a", tax_rate: 0.5 } });
  class Stored {
    get itemName(): string {
      return "b";
    }
  }
  expect(writing(z.array(Item), [new Stored()])).toEqual({ value: [{ "item-name": "b", tax_rate: 0.5 }] });
  expect(writing(Item, {})).toHaveProperty("problems.0.loc", ["item-name"]);
});

test("the document has the aliases, under the model's id", () => {
  const components = new Components();
  const reference = components.describe(Item, "input");
  const { document, schemas } = components.finish(reference);
  expect(document).toEqual({ $ref: "#/components/schemas/Item" });
  expect(schemas["Item"]).toMatchObject({ required: ["item-name"] });
  expect(Object.keys(schemas["Item"]!["properties"] as object)).toEqual(["item-name", "tax_rate", "note"]);
});

test("refinements and unknown keys stay the model's", () => {
  const Range = aliased(
    z.strictObject({ from: z.int(), to: z.int() }).refine(({ from, to }) => from < to, "empty"),
    {
      from: "min",
    },
  );
  expect(reading(Range, { min: 1, to: 2 })).toEqual({ value: { from: 1, to: 2 } });
  expect(refusals(Range, { min: 2, to: 2 })).toEqual([" value_error"].map((each) => each.trim()));
  expect(refusals(Range, { min: 1, to: 2, from: 3 })).toEqual(["from extra_forbidden"]);
  expect(writing(Range, { from: 2, to: 1 })).toHaveProperty("problems");
});

test("what a refinement reports of a field stands at its alias", async () => {
  const Range = aliased(
    z
      .object({ from: z.int(), to: z.int(), inner: z.object({ from: z.int() }).optional() })
      .refine(({ from, to }) => from < to, { path: ["from"], message: "empty" })
      .superRefine(({ inner, to }, context) => {
        if (inner !== undefined && inner.from > to) context.addIssue({ code: "custom", path: ["inner", "from"] });
        if (to === 0) context.addIssue({ code: "custom", path: [] });
      }),
    { from: "min", inner: "Inner" },
  );
  expect(refusals(Range, { min: 2, to: 2 })).toEqual(["min value_error"]);
  expect(refusals(Range, { min: 1, to: 2, Inner: { from: 3 } })).toEqual(["Inner from value_error"]);
  expect(refusals(Range, { min: -1, to: 0 })).toEqual(["value_error"]);
  expect(reading(Range, { min: 2, to: 2 })).toMatchObject({ problems: [{ msg: "Value error, empty" }] });
  expect(Range.safeParse({ min: 2, to: 2 }).error!.issues).toMatchObject([{ path: ["min"], message: "empty" }]);
  // Plain zod may run one that answers later.
  const Looked = aliased(
    z.object({ a: z.int() }).refine(() => Promise.resolve(false), { path: ["a"] }),
    { a: "A" },
  );
  expect((await Looked.safeParseAsync({ A: 1 })).error!.issues).toMatchObject([{ path: ["A"] }]);
});

test("names that cannot be are refused at declaration", () => {
  const model = z.object({ a: z.int(), b: z.int() });
  expect(() => aliased(model, { a: "b" })).toThrow(/^APUS_ALIAS: two fields.*"a" and "b".*"b"/);
  expect(() => aliased(model, { c: "d" } as never)).toThrow(/^APUS_ALIAS: the model has no field "c"/);
});
