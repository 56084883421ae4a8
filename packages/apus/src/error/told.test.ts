/** A 422 is never many times its request. */
import { expect, test } from "vitest";
import { z } from "zod";
import { reading } from "../../test/rooms/reading.ts";
import type { Problem } from "../schema/index.ts";
import { told } from "./told.ts";

const problemsOf = (schema: z.ZodType, value: unknown): Problem[] =>
  (reading(schema, value) as { problems: Problem[] }).problems;
const size = (value: unknown): number => JSON.stringify(value).length;

test("what is short is told in full", () => {
  const problems = problemsOf(z.object({ a: z.int(), b: z.string() }), { a: "x" });
  expect(told(problems)).toEqual(problems);
  expect(told(problemsOf(z.int(), Number.NaN))).toMatchObject([{ input: "NaN" }]);
  expect(told(problemsOf(z.int(), undefined))).toMatchObject([{ input: null }]);
});

test("the first thousand problems", () => {
  const problems = problemsOf(
    z.array(z.object({ a: z.int() })),
    Array.from({ length: 5000 }, () => ({ a: "x" })),
  );
  expect(told(problems)).toHaveLength(1000);
});

test("one long input is echoed once, not for every problem around it", () => {
  const Nested: z.ZodType = z.object({ child: z.lazy(() => Nested).optional(), missing: z.int() });
  let value: object = { text: "x".repeat(900_000) };
  for (let i = 0; i < 190; i++) value = { child: value };
  const problems = problemsOf(Nested, value);
  expect(problems).toHaveLength(191);
  const answer = told(problems);
  expect(answer).toHaveLength(191);
  expect(size(answer)).toBeLessThan(1_500_000);
  expect(answer[0]!.input).toEqual({ text: "x".repeat(900_000) });
  expect(answer[1]!.input).toBeNull();
  expect(answer[190]!.input).toBeNull();
});

test("neither is a long key in every place, nor a long list of choices in every message", () => {
  const long = "k".repeat(500_000);
  const inKey = told(
    problemsOf(z.record(z.string(), z.array(z.int())), { [long]: Array.from({ length: 900 }, () => "x") }),
  );
  expect(size(inKey)).toBeLessThan(2_000_000);
  expect(inKey[0]!.loc).toEqual([long, 0]);
  const choices = z.enum(Array.from({ length: 2000 }, (_, i) => `choice-${i}`));
  expect(
    size(
      told(
        problemsOf(
          z.array(choices),
          Array.from({ length: 1000 }, () => "x"),
        ),
      ),
    ),
  ).toBeLessThan(2_000_000);
});

test("a single problem is always told", () => {
  const long = "x".repeat(2_000_000);
  expect(told(problemsOf(z.int(), long))).toMatchObject([{ type: "int_parsing", input: null }]);
});
