/** Query strings as FastAPI reads them. */
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { allOf, isPlainName, isPlainQuery, lastInPlain, lastOf, parseQuery } from "./query.ts";

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

describe("single names in a plain query", () => {
  test.each([
    ["", true],
    ["a=1&b+c=d", true],
    ["a".repeat(256), true],
    ["a".repeat(257), false],
    ["%61=1", false],
    ["a=%", false],
  ])("%j is plain: %s", (raw, plain) => expect(isPlainQuery(raw)).toBe(plain));

  test.each([
    ["item-id", true],
    ["", true],
    ["é", true],
    ["a b", false],
    ["a+b", false],
    ["a=b", false],
    ["a&b", false],
    ["%61", false],
  ])("%j is a plain name: %s", (name, plain) => expect(isPlainName(name)).toBe(plain));

  test("are what the list of all pairs says", () => {
    const piece = fc.constantFrom("a", "a=", "&a", "&", "b", "=", "+", "é", "😀", ";", "__proto__", "?", "#", " ");
    const names = ["a", "b", "ab", "aa", "", "é", "__proto__", "a;"];
    let found = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const raw = pieces.join("");
        for (const name of names.filter(isPlainName)) {
          const value = lastInPlain(raw, name);
          expect(value).toBe(lastOf(parseQuery(raw), name));
          if (value !== undefined) found++;
        }
      }),
      { numRuns: 5000, seed: 2 },
    );
    expect(found).toBeGreaterThan(1000);
  });
});

test("many pairs without a value take one look each", () => {
  const raw = "a&".repeat(50_000);
  const search = vi.spyOn(String.prototype, "indexOf");
  expect(parseQuery(raw)).toHaveLength(100_000);
  const { contexts, calls, results } = search.mock;
  search.mockRestore();
  // How many characters all searches went over: each over the whole rest would be a thousand million.
  const visited = calls.map(([, from = 0], i) => {
    const found = results[i]!.value as number;
    return (found < 0 ? String(contexts[i]).length : found) - from + 1;
  });
  expect(visited.reduce((sum, each) => sum + each, 0)).toBeLessThan(10 * raw.length);
});

test("1 MiB of broken escapes", () => {
  const found = parseQuery(`a=${"%FF".repeat(2 ** 18)}`);
  expect(found[1]).toBe("\ufffd".repeat(2 ** 18));
});
