/** The words of problems: Python's repr, lists of choices, and places. */
import { expect, test } from "vitest";
import { choices, INVALID, missing, placed, prefix, printed, problem, repr } from "./problem.ts";

test.each([
  ["a", "'a'"],
  ["it's", `"it's"`],
  [`a"b`, `'a"b'`],
  [`a'b"c`, `'a\\'b"c'`],
  ["a\nb\t\\\r", "'a\\nb\\t\\\\\\r'"],
  ["\x7f\x00\xa0", "'\\x7f\\x00\\xa0'"],
  ["\u200b\u2028\ud800", "'\\u200b\\u2028\\ud800'"],
  ["\u{e0001}", "'\\U000e0001'"],
  ["é 😀", "'é 😀'"],
  [1.5, "1.5"],
  [5n, "5"],
  [Number.NaN, "nan"],
  [[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], "[inf, -inf]"],
  [[-0, 0, 1e-7, 1.5e-10, 1e21, 1e100], "[-0.0, 0, 1e-07, 1.5e-10, 1e+21, 1e+100]"],
  [[1, "a", null], "[1, 'a', None]"],
  [{ a: true, b: [false] }, "{'a': True, 'b': [False]}"],
])("repr %#", (value, expected) => expect(repr(value)).toBe(expected));

test("choices", () => {
  expect(choices(["a"])).toBe("'a'");
  expect(choices(["a", "b"])).toBe("'a' or 'b'");
  expect(choices(["a", "b", 3])).toBe("'a', 'b' or 3");
});

test("bounds have no exponent", () => {
  expect([1e20, 1e21, 1.5e22, -2e21, 1e-7, 1.25e-9, 0.5, 10n ** 30n].map(printed)).toEqual([
    "100000000000000000000",
    "1000000000000000000000",
    "15000000000000000000000",
    "-2000000000000000000000",
    "0.0000001",
    "0.00000000125",
    "0.5",
    `1${"0".repeat(30)}`,
  ]);
});

test("a place is built from the inside out, and only for what was just found", () => {
  const problems = [{ ...missing(1), loc: ["before", 1] }];
  const read = placed((value, found) => {
    const from = found.push(missing(value)) - 1;
    prefix(found, from, 0);
    prefix(found, from, "items");
    return INVALID;
  });
  expect(read(2, problems)).toBe(INVALID);
  expect(problems.map((each) => each.loc)).toEqual([
    ["before", 1],
    ["items", 0],
  ]);
});

test("key order is the order on the wire, and ctx is there only where there is one", () => {
  expect(Object.keys(problem("t", "m", 1, { a: 1 }))).toEqual(["type", "loc", "msg", "input", "ctx"]);
  expect(Object.keys(missing(null))).toEqual(["type", "loc", "msg", "input"]);
});
