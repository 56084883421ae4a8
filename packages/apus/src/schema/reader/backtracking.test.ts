/** Expressions that a client could keep the process busy with are told from those that only look like it. */
import { expect, test } from "vitest";
import { z } from "zod";
import { types } from "../../types/index.ts";
import { slowPatternsIn } from "./backtracking.ts";

const slowIn = (pattern: RegExp): RegExp[] => slowPatternsIn(z.string().regex(pattern));

test.each([
  /^(\w+\s?)*x$/,
  /(a+)+$/,
  /^(a|a)*$/,
  /^(?:a|b|ab)*c$/,
  /^(?:a*)*b/,
  /^(?=(?:\w+)+,)/,
  /^(?:.{2}|.{3})*x/,
  /^([a-zA-Z0-9_.-]+)+@x\.com$/,
  /^(?:[\p{L}]+'?)*-$/u,
  /^(?<word>\d+|\w+)*!/i,
])("%s is slow", (pattern) => expect(slowIn(pattern)).toEqual([pattern]));

test.each([
  /^(\w+(\s\w+)*)?x$/,
  /(a+)+/,
  /^a*a*$/, // grows with the square of the text, not with its power
  /^\d+(?:_\d+)*(?:\.0+)?$/,
  /^(?:a+b)*$/,
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  /^#[0-9a-f]{6}$/i,
  /^(?:[a-z]{1,24}\.){1,10}[a-z]{2,63}$/,
  /^(?:a|b|c)*d$/,
  /^(\w)(?:\w\1)+$/, // not understood
  /^(?<one>\w)(?:\w\k<one>)+$/, // not understood
  new RegExp(String.raw`^(?:[\p{L}--[a-z]]+)+$`, "v"), // not understood
  /^(?:(?:\w{24}){24})+$/, // too large
])("%s is not, or nothing is said of it", (pattern) => expect(slowIn(pattern)).toEqual([]));

test("what is told is indeed slow: each further character doubles the time", () => {
  const pattern = /^(\w+\s?)*x$/;
  const took = (length: number): number => {
    const start = performance.now();
    pattern.test("a".repeat(length));
    return performance.now() - start;
  };
  expect(slowIn(pattern)).toEqual([pattern]);
  expect(took(24)).toBeGreaterThan(8 * took(16));
});

test("wherever it is in a schema; once, although it is there twice; zod's own formats are none", () => {
  const pattern = /^(a+)+$/;
  const Name = z.string().regex(pattern);
  const Node = z.object({
    names: z.record(Name, z.array(Name.optional())),
    email: z.email().or(z.uuid()),
    get next() {
      return z.lazy(() => Node).optional();
    },
  });
  expect(slowPatternsIn(Node)).toEqual([pattern]);
  expect(slowPatternsIn(types.aliased(z.object({ a: Name }), { a: "b" }))).toEqual([pattern]);
});

test("the search is given up before it takes long", () => {
  const large = new RegExp(`^(?:${Array.from({ length: 190 }, (_, i) => `[a-${i % 2 ? "y" : "z"}]?`).join("")})*!$`);
  const start = performance.now();
  slowIn(large);
  expect(performance.now() - start).toBeLessThan(1000);
});
