import { expect, it } from "vitest";
import { joined } from "./joined.ts";

it.each([
  ["objects key by key", { a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
  ["lists end to end", { a: [{ b: 1 }] }, { a: [2] }, { a: [{ b: 1 }, 2] }],
  ["texts by the later", { a: "one" }, { a: "two" }, { a: "two" }],
  [
    "different kinds by the later",
    { a: [1], b: { c: 1 }, d: null },
    { a: {}, b: [1], d: {} },
    { a: {}, b: [1], d: {} },
  ],
  ["a name that objects inherit", {}, { toString: { a: 1 } }, { toString: { a: 1 } }],
])("joins %s", (_, one, other, expected) => {
  const before = JSON.stringify([one, other]);
  expect(joined(one, other)).toEqual(expected);
  expect(JSON.stringify([one, other])).toBe(before);
});
