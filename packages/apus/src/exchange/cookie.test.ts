/** Cookie headers, as Python's cookie parser reads them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCookies } from "./cookie.ts";
import { lastOf } from "./query.ts";

test.each([
  [[], []],
  [[""], []],
  [["a=1"], ["a", "1"]],
  [["a=1; b=2"], ["a", "1", "b", "2"]],
  [["a=1;b=2;;"], ["a", "1", "b", "2"]],
  [["  a  =  1  "], ["a", "1"]],
  [["a=1=2"], ["a", "1=2"]],
  [["a"], ["", "a"]],
  [["=a"], ["", "a"]],
  [["a="], ["a", ""]],
  [["a=1; a=2"], ["a", "1", "a", "2"]],
  [
    ["a=1", "b=2"],
    ["a", "1", "b", "2"],
  ],
  [['a="x y"'], ["a", "x y"]],
  [['a="'], ["a", '"']],
  [['a=""'], ["a", ""]],
  [['a="\\073\\"\\\\"'], ["a", ';"\\']],
  [['a="\\303\\251"'], ["a", "Ã©"]],
  [['a="\\999\\q"'], ["a", "999q"]],
  [["a=%20+"], ["a", "%20+"]],
  [["\u00a0__Host-a=1"], ["\u00a0__Host-a", "1"]],
  [["__proto__=1"], ["__proto__", "1"]],
])("%j", (lines, pairs) => expect(parseCookies(lines)).toEqual(pairs));

test("the last of equal names wins, over several headers too", () => {
  expect(lastOf(parseCookies(["a=1; a=2", "a=3"]), "a")).toBe("3");
});

test("never throws, always gives pairs, and takes 1 MiB", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'=;" \\01é,'.split("")) })), (lines) => {
      expect(parseCookies(lines).length % 2).toBe(0);
    }),
    { numRuns: 2000 },
  );
  expect(parseCookies(["a;".repeat(2 ** 19)])).toHaveLength(2 ** 20);
  expect(parseCookies([`a="${"\\073".repeat(2 ** 18)}"`])[1]).toBe(";".repeat(2 ** 18));
});
