// Copies of defaults: equal, apart from the original, and of the same kind.
import { expect, test } from "vitest";
import { copyOf } from "./copy.ts";

test("lists, objects, maps, sets and dates are copied to the last", () => {
  const original = { list: [{ a: 1 }], map: new Map([["a", [1]]]), set: new Set([1]), date: new Date(5), none: null };
  const copy = copyOf(original) as typeof original;
  expect(copy).toEqual(original);
  expect(copy.list[0]).not.toBe(original.list[0]);
  expect(copy.map.get("a")).not.toBe(original.map.get("a"));
  expect(copy.date).not.toBe(original.date);
});

test("instances of other classes are shared", () => {
  const bytes = new Uint8Array(2);
  expect(copyOf({ bytes })).toEqual({ bytes });
  expect((copyOf({ bytes }) as { bytes: unknown }).bytes).toBe(bytes);
});

test.each([
  ["an object", JSON.parse('{"__proto__":{"admin":true},"a":1}')],
  ["an object without a prototype", Object.assign(Object.create(null), JSON.parse('{"__proto__":{"admin":true}}'))],
])("a key __proto__ of %s stays a key", (_, original: object) => {
  const copy = copyOf(original) as { admin?: unknown };
  expect(Object.getPrototypeOf(copy)).toBe(Object.getPrototypeOf(original));
  expect(copy.admin).toBe(undefined);
  expect(Object.entries(copy)).toEqual(Object.entries(original));
});
