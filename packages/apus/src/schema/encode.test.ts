/** The JSON form of values without a schema. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encode, EncodeError } from "./encode.ts";

test.each([
  [new Date(0), "1970-01-01T00:00:00.000Z"],
  [new Set([1, new Date(0)]), [1, "1970-01-01T00:00:00.000Z"]],
  [new Map([["a", new Set([1])]]), { a: [1] }],
  [5n, 5],
  [new TextEncoder().encode("é"), "é"],
  [new URL("http://a.example/b"), "http://a.example/b"],
  [
    { a: [{ b: 5n }], c: "x" },
    { a: [{ b: 5 }], c: "x" },
  ],
  [{ toJSON: () => ({ at: new Date(0) }) }, { at: "1970-01-01T00:00:00.000Z" }],
  [undefined, undefined],
])("%#", (value, expected) => expect(encode(value)).toEqual(expected));

test("what is plain already is not copied, and nothing given is changed", () => {
  const plain = { a: [1, { b: null }] };
  expect(encode(plain)).toBe(plain);
  const mixed = { a: [1n], method: () => 1 };
  encode(mixed);
  expect(mixed.a).toEqual([1n]);
  expect(JSON.stringify(encode(mixed))).toBe('{"a":[1]}');
});

describe("what JSON cannot say is refused with a way out", () => {
  test.each([
    ["a function", () => 1],
    ["a symbol", Symbol("x")],
    ["a big bigint", 2n ** 53n],
    ["a list of functions", [() => 1]],
    ["an invalid date", new Date(Number.NaN)],
  ])("%s", (_, value) => {
    expect(() => encode(value)).toThrow(EncodeError);
    expect(() => encode(value)).toThrow(/^APUS_NOT_JSON: .*;/);
  });

  test("a cycle", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = [cycle];
    expect(() => encode(cycle)).toThrow(/contains itself/);
  });
});

test("agrees with JSON.stringify on JSON, and never touches a prototype", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(encode(value))).toBe(JSON.stringify(value));
    }),
  );
  const hostile = JSON.parse('{"__proto__":{"a":[1]},"b":2}') as Record<string, unknown>;
  const found = encode({ ...hostile, n: 1n });
  expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
  expect(JSON.stringify(found)).toBe('{"__proto__":{"a":[1]},"b":2,"n":1}');
});
