/** Schemas that answer later: refused before there is a value where that can be seen, else by the first value. */
import { expect, test } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import { reading } from "../../../test/rooms/reading.ts";
import { compileReader, compileWriter } from "../compile.ts";
import type { AnySchema } from "../types.ts";

test.each([
  z.string().refine(async () => true),
  z.string().transform(async (text) => text),
  z.object({ a: z.string().refine(async () => true) }),
  z.codec(z.string(), z.string(), { decode: async (text) => text, encode: (text) => text }),
  z.string().check(async () => {}),
  z.custom(async () => true),
  z.coerce.number().refine(async () => true),
  z.preprocess(async (text) => text, z.string()),
])("an async one is refused before there is a value, with a way out %#", (schema) => {
  expect(() => compileReader(schema)).toThrow(/APUS_ASYNC_SCHEMA.*dependency/);
});

// What cannot be seen from outside is told by the first value.
const later = (): Promise<never> => Promise.reject(new Error("too late"));
test.each<[AnySchema, unknown]>([
  [z.string().refine(later), "x"],
  [z.string().superRefine(later), "x"],
  [z.coerce.string().refine(later), 5],
  [z.coerce.string().refine(later), undefined],
  [z.string().transform(later), "x"],
  [z.preprocess(later, z.string()), "x"],
  [z.success(mini.transform(() => Promise.resolve())), "x"],
  [mini.pipe(mini.string(), mini.transform(later)), "x"],
  [z.codec(z.string(), z.string(), { decode: later, encode: (text) => text }), "x"],
])("one that cannot be seen to be async is refused when it is run %#", (schema, value) => {
  const read = compileReader(schema);
  expect(() => read(value, [])).toThrow(/APUS_ASYNC_SCHEMA.*dependency/);
});

test("an async one that the other direction would run is nobody's business", () => {
  const half = z.codec(z.string(), z.string(), { decode: (text) => text, encode: async (text) => text });
  expect(reading(half, "x")).toEqual({ value: "x" });
  expect(() => compileWriter(half)).toThrow("APUS_ASYNC_SCHEMA");
});
