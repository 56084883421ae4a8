/** What zod reads itself, and what the functions of the author's throw in it. */
import { expect, test } from "vitest";
import { z } from "zod";
import { reading } from "../../../test/rooms/reading.ts";
import type { AnySchema } from "../types.ts";

test("what is thrown inside is handed on as it is, and nothing is tried again", () => {
  let calls = 0;
  const thrown = new TypeError("mine");
  const fails = (): never => {
    calls++;
    throw thrown;
  };
  for (const schema of [
    z.string().transform(fails),
    z.preprocess(fails, z.string()),
    z.coerce.string().refine(fails),
    z.union([z.string().transform(fails), z.int()]),
    z.codec(z.string(), z.string(), { decode: fails, encode: fails }),
  ]) {
    calls = 0;
    let caught: unknown;
    try {
      reading(schema, "x");
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    expect(calls).toBe(1);
  }
});

test("what zod reads itself is told in its own words, or the author's", () => {
  const told = (schema: AnySchema, value: unknown): unknown => {
    const found = reading(schema, value);
    return "value" in found ? found : found.problems.map(({ loc, msg, input }) => [...loc, msg, input]);
  };
  const expected = "Value error, Invalid input: expected number, received NaN";
  expect(told(z.coerce.number(), "x")).toEqual([[expected, "x"]]);
  expect(told(z.object({ n: z.coerce.number() }), { n: "x" })).toEqual([["n", expected, "x"]]);
  expect(told(z.coerce.number({ error: "own" }), "x")).toEqual([["Value error, own", "x"]]);
  expect(told(z.coerce.number({ error: "own" }).min(3), "2")).toEqual([["Value error, own", "2"]]);
  expect(told(z.coerce.number({ error: "own" }).min(3, { error: () => "few" }), "2")).toEqual([
    ["Value error, few", "2"],
  ]);
  const steps = z.unknown().transform((value, context) => {
    context.addIssue("one");
    context.addIssue({ code: "custom", message: "two", path: ["a", 0] });
    return value;
  });
  expect(told(steps, { a: ["b"] })).toEqual([
    ["Value error, one", { a: ["b"] }],
    ["a", 0, "Value error, two", "b"],
  ]);
});

test("what zod reads itself is checked once", () => {
  let calls = 0;
  const counted = z.date().refine(() => ++calls > 0);
  expect(reading(counted, new Date(0))).toEqual({ value: new Date(0) });
  expect(calls).toBe(1);
  expect(
    reading(
      z.coerce.string().overwrite((text) => `${text}!`),
      5,
    ),
  ).toEqual({ value: "5!" });
});
