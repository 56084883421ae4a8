/** Models of which everything may be left out. */
import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { reading, refusals } from "../../test/rooms/reading.ts";
import { aliased } from "./aliased.ts";
import { partial } from "./partial.ts";

const Item = z.object({
  name: z.string().min(1),
  tax: z.number().default(10.5),
  note: z.string().nullable().default(null),
  tags: z.array(z.string()).prefault([]),
  size: z.int().default(1).optional(),
});

test("what was not sent is not there; what was sent is judged as before", () => {
  const Update = partial(Item);
  expectTypeOf<z.output<typeof Update>>().toEqualTypeOf<{
    name?: string;
    tax?: number;
    note?: string | null;
    tags?: string[];
    size?: number;
  }>();
  expect(reading(Update, {})).toEqual({ value: {} });
  expect(reading(Update, { note: null, tags: [] })).toEqual({ value: { note: null, tags: [] } });
  expect(refusals(Update, { name: "", tax: "x" })).toEqual(["name string_too_short", "tax float_parsing"]);
  // zod's own keeps the defaults.
  expect(reading(Item.partial(), {})).toMatchObject({ value: { tax: 10.5 } });
});

test("unknown keys are treated as the model does", () => {
  expect(refusals(partial(z.strictObject({ a: z.int() })), { b: 1 })).toEqual(["b extra_forbidden"]);
  expect(reading(partial(z.looseObject({ a: z.int() })), { b: 1 })).toEqual({ value: { b: 1 } });
  expect(refusals(partial(z.object({ a: z.int() }).catchall(z.int())), { b: "x" })).toEqual(["b int_parsing"]);
});

test("what is no object is refused, and says what to do", () => {
  const Named = aliased(Item, { name: "item-name" });
  expect(() => partial(Named as never)).toThrow(/^APUS_PARTIAL: .*types\.aliased\(partial\(Item\)/);
  expect(() => partial(z.array(Item) as never)).toThrow(/^APUS_PARTIAL: .*object model/);
  const Update = aliased(partial(Item), { name: "item-name" });
  expect(reading(Update, { "item-name": "a" })).toEqual({ value: { name: "a" } });
});

test("a model with refinements is refused, and says what to do", () => {
  const refined = z.object({ a: z.int(), b: z.int() }).refine(({ a, b }) => a < b);
  expect(() => partial(refined)).toThrow(/^APUS_PARTIAL: .*Build both from one plain object/);
});
