import { expect, test } from "vitest";
import { z } from "zod";
import { defaultOf } from "./default.ts";
import type { ZodSchema } from "./zod.ts";

const moment = z.codec(z.string(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const listText = z.codec(z.string(), z.array(z.string()), { decode: (text) => text.split(","), encode: String });

test.each<[string, z.ZodType, unknown]>([
  ["a value", z.int().default(5), 5],
  ["null", z.int().nullable().default(null), null],
  ["a default inside", z.int().default(5).nullable(), 5],
  ["a list", z.array(z.int()).default([1]), [1]],
  ["a prefault, which is as if it had been sent", moment.prefault("2020-01-01"), "2020-01-01"],
  ["a list without items, whatever they would be", z.array(moment).default([]), []],
  ["none of the schema", z.int(), undefined],
  ["none that a codec could read", moment.default(new Date(0)), undefined],
  ["none of a list whose items are of the other side", z.array(moment).default([new Date(0)]), undefined],
  ["none of a list that is a text on the wire", listText.default([]), undefined],
])("%s", (_, schema, expected) => {
  expect(defaultOf(schema as unknown as ZodSchema)?.()).toEqual(expected);
});

test("each time a value of its own", () => {
  const make = defaultOf(z.array(z.int()).default([]) as unknown as ZodSchema)!;
  expect(make()).not.toBe(make());
});
