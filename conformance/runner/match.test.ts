import { describe, expect, test } from "vitest";
import { absent, compare, isEqual } from "./match.ts";

const nothing: ReadonlyMap<string, unknown> = new Map();
const match = ($match: string, args?: unknown[], kwargs?: object) => ({
  $match,
  ...(args && { args }),
  ...(kwargs && { kwargs }),
});

describe("plain values", () => {
  test("objects compare without order, lists with it", () => {
    expect(compare({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, "body", nothing)).toEqual([]);
    expect(compare({ b: [1, 2] }, { b: [2, 1] }, "body", nothing)).toEqual([
      { at: "body.b[0]", expected: 1, actual: 2 },
      { at: "body.b[1]", expected: 2, actual: 1 },
    ]);
  });

  test("missing and additional members are differences", () => {
    expect(compare({ a: null }, { b: null }, "body", nothing)).toEqual([
      { at: "body.a", expected: null, actual: absent },
      { at: "body.b", expected: absent, actual: null },
    ]);
    expect(compare([1], [1, 2], "", nothing)).toEqual([{ at: "[1]", expected: absent, actual: 2 }]);
    expect(compare([1, 2], [1], "", nothing)).toEqual([{ at: "[1]", expected: 2, actual: absent }]);
  });

  test.each([
    [1, "1"],
    [1, true],
    [0, false],
    [0, null],
    ["", null],
    [[], {}],
    [{}, []],
    [null, {}],
  ])("%j is not %j", (expected, actual) => {
    expect(compare(expected, actual, "body", nothing)).toEqual([{ at: "body", expected, actual }]);
  });

  test("members that every object inherits must be there themselves", () => {
    expect(isEqual({ constructor: {} }, {}, nothing)).toBe(false);
    expect(isEqual({}, JSON.parse('{"__proto__": 1}'), nothing)).toBe(false);
  });

  test("keys that are not words are quoted in the place", () => {
    expect(compare({ "/items/": { get: 1 } }, { "/items/": { get: 2 } }, "body", nothing)[0]?.at).toBe(
      'body["/items/"].get',
    );
  });
});

describe("matchers", () => {
  const holds = [
    [match("AnyThing"), null],
    [match("IsStr"), ""],
    [match("IsStr", [], { regex: "a+" }), "aaa"],
    [match("IsStr", [], { min_length: 1, max_length: 1 }), "😀"],
    [match("IsInt"), -3],
    [match("IsInt", [], { gt: 0, le: 5 }), 5],
    [match("IsUUID"), "0d0b1f3a-53a5-4c2e-9d6a-2f5f6c7d8e9f"],
    [match("IsUUID", [4]), "0d0b1f3a-53a5-4c2e-9d6a-2f5f6c7d8e9f"],
    [match("IsOneOf", ["a", { b: 1 }]), { b: 1 }],
    [match("IsList", ["a", "b"]), ["a", "b"]],
    [match("IsList", ["a", "b"], { check_order: false }), ["b", "a"]],
    [match("IsList", [match("IsStr"), "b"], { check_order: false }), ["b", "a"]],
    [match("IsList", [], { length: 2 }), [1, 2]],
    [match("IsPartialDict", [{ a: match("IsInt") }]), { a: 1, b: 2 }],
    [match("IsPartialDict", [], { a: 1 }), { a: 1, b: 2 }],
    [match("Set", ["a", "b"]), ["b", "a", "b"]],
    [match("Set", [["a", "b"]]), ["b", "a"]],
  ] as const;
  test.each(holds)("%j accepts %j", (expected, actual) => {
    expect(compare({ x: [expected] }, { x: [actual] }, "", nothing)).toEqual([]);
  });

  const fails = [
    [match("IsStr"), 1],
    [match("IsStr", [], { regex: "a+" }), "aab"],
    [match("IsStr", [], { max_length: 2 }), "abc"],
    [match("IsInt"), 1.5],
    [match("IsInt"), "1"],
    [match("IsInt"), true],
    [match("IsInt", [], { gt: 5 }), 5],
    [match("IsUUID"), "0d0b1f3a53a54c2e9d6a2f5f6c7d8e9f"],
    [match("IsUUID", [4]), "0d0b1f3a-53a5-1c2e-9d6a-2f5f6c7d8e9f"],
    [match("IsOneOf", ["a", "b"]), "c"],
    [match("IsOneOf", []), "c"],
    [match("IsList", ["a", "b"]), ["b", "a"]],
    [match("IsList", ["a", "b"]), ["a"]],
    [match("IsList", ["a", "a", "b"], { check_order: false }), ["a", "b", "b"]],
    [match("IsList", ["a"], { check_order: false }), ["a", "b"]],
    [match("IsList", [], { length: 2 }), [1]],
    [match("IsList"), "[]"],
    [match("IsPartialDict", [{ a: 1 }]), { b: 1 }],
    [match("IsPartialDict", [{ a: 1 }]), { a: 2 }],
    [match("IsPartialDict", [{ length: 0 }]), []],
    [match("Set", ["a", "b"]), ["a"]],
    [match("Set", ["a"]), ["a", "b"]],
  ] as const;
  test.each(fails)("%j refuses %j", (expected, actual) => {
    expect(compare(expected, actual, "body", nothing)).toEqual([{ at: "body", expected, actual }]);
  });

  test("a member under a matcher for anything must be there", () => {
    expect(isEqual({ a: match("AnyThing") }, {}, nothing)).toBe(false);
  });

  test.each([
    match("IsNow"),
    match("IsInt", [], { approx: 3 }),
    match("AnyThing", [], { x: 1 }),
    { $match: "IsStr", other: 1 },
  ])("%j is refused as unknown instead of being skipped", (expected) => {
    expect(() => compare(expected, 3, "", nothing)).toThrow(/matcher/);
  });
});

test("a captured value is compared, and its absence is a difference", () => {
  expect(isEqual({ $capture: "id" }, 7, new Map([["id", 7]]))).toBe(true);
  expect(isEqual({ $capture: "id" }, 8, new Map([["id", 7]]))).toBe(false);
  expect(isEqual({ $capture: "id" }, 7, nothing)).toBe(false);
});
