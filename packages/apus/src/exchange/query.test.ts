/** Query strings as FastAPI reads them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allOf, lastOf, parseQuery } from "./query.ts";

describe("pairs", () => {
  test.each([
    ["", []],
    ["a=1", ["a", "1"]],
    ["a=1&b=2&a=3", ["a", "1", "b", "2", "a", "3"]],
    ["a", ["a", ""]],
    ["a=", ["a", ""]],
    ["=a", ["", "a"]],
    ["=", ["", ""]],
    ["&&a=1&&", ["a", "1"]],
    ["&", []],
    ["a=1;b=2", ["a", "1;b=2"]],
    ["a=b=c", ["a", "b=c"]],
    ["a+b=c+d", ["a b", "c d"]],
    ["a%2Bb=%2B", ["a+b", "+"]],
    ["a%26=%3D%26", ["a&", "=&"]],
    ["%F0%9F%98%80=%C3%A9", ["😀", "é"]],
    ["a=%", ["a", "%"]],
    ["a=%4", ["a", "%4"]],
    ["a=%zz%41", ["a", "%zzA"]],
    ["a=%FF", ["a", "\ufffd"]],
    ["a=%C3", ["a", "\ufffd"]],
    ["a=%E2%82+x", ["a", "\ufffd x"]],
    ["a=%ED%A0%80", ["a", "\ufffd\ufffd\ufffd"]],
    ["a=%EF%BB%BFx", ["a", "\ufeffx"]],
    ["a=%EF%BB%BFx%FF", ["a", "\ufeffx\ufffd"]],
    ["a=é%FF", ["a", "é\ufffd"]],
    ["a=😀%zz", ["a", "😀%zz"]],
    ["__proto__=1&constructor=2", ["__proto__", "1", "constructor", "2"]],
    ["a[0]=1&a.b=2", ["a[0]", "1", "a.b", "2"]],
    ["?a=1", ["?a", "1"]],
  ])("%j", (raw, pairs) => expect(parseQuery(raw)).toEqual(pairs));

  test("the last of equal names, and all of them in order", () => {
    const pairs = parseQuery("a=1&b=a&a=3&A=4");
    expect([lastOf(pairs, "a"), lastOf(pairs, "b"), lastOf(pairs, "c"), lastOf(pairs, "1")]).toEqual([
      "3",
      "a",
      undefined,
      undefined,
    ]);
    expect([allOf(pairs, "a"), allOf(pairs, "c")]).toEqual([["1", "3"], []]);
  });
});

test("what is ASCII we read as URLSearchParams does", () => {
  const piece = fc.constantFrom("a", "=", "&", "+", "%", "%4", "%41", "%C3%A9", "%FF", ";", "%2B", " ");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const raw = pieces.join("");
      expect(parseQuery(raw)).toEqual([...new URLSearchParams(`?${raw}`)].flat());
    }),
    { numRuns: 5000, seed: 1 },
  );
});

test("many pairs without a value take one look each", () => {
  let looked = 0;
  const watched = "a&".repeat(50_000);
  // Counts the characters that searches may visit: what is sliced off is all that is searched for "=".
  const original = String.prototype.indexOf;
  String.prototype.indexOf = function (this: string, search: string, from = 0) {
    const found = original.call(this, search, from);
    looked += (found < 0 ? this.length : found) - from + 1;
    return found;
  };
  try {
    expect(parseQuery(watched)).toHaveLength(100_000);
  } finally {
    String.prototype.indexOf = original;
  }
  expect(looked).toBeLessThan(10 * watched.length);
});

test("1 MiB of broken escapes", () => {
  const found = parseQuery(`a=${"%FF".repeat(2 ** 18)}`);
  expect(found[1]).toBe("\ufffd".repeat(2 ** 18));
});
