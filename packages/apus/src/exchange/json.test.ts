/** JSON as Python reads it; the malformed texts were recorded from CPython 3.11's json module. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IntegralFloat } from "../wire/index.ts";
import {
  dropPrototypeKeys,
  holdsInexactNumbers,
  JsonLimitError,
  JsonSyntaxError,
  mayHoldPrototypeKeys,
  parseExactJson,
  parseJson,
} from "./json.ts";

const malformed = JSON.parse(
  readFileSync(new URL("../../test/rooms/python-json-errors.json", import.meta.url), "utf8"),
) as [text: string, position: number, message: string][];

/** Where and what; the value where there is nothing wrong. */
function failure(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return [error.position, error.message];
  }
}

describe("malformed", () => {
  test("the table is there", () => expect(malformed.length).toBeGreaterThan(100));
  test.each(malformed)("%j", (text, position, message) => expect(failure(text)).toEqual([position, message]));

  test.each([
    ["{", 1],
    ['{"name":}', 8],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['{"a":1 "b":2}', 7],
    ['{"a":01}', 6],
    ["nul", 0],
    ['{"a":"x', 5],
    ['{"a":"\\q"}', 6],
    ['{"a":"\\u12"}', 7],
    ["   ", 3],
  ])("the contract's %j at %d", (text, position) => expect(failure(text)).toEqual([position, expect.any(String)]));
});

describe("what Python takes and JSON.parse does not", () => {
  test.each([
    ["NaN", Number.NaN],
    ["[Infinity, -Infinity]", [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['{"a": NaN, "b": [1, "\\ud800", "\\u00e9\\n\\/"]}', { a: Number.NaN, b: [1, "\ud800", "é\n/"] }],
    ['{"a": NaN, "a": 1}', { a: 1 }],
  ])("%s", (text, value) => expect(parseJson(text)).toEqual(value));

  test("our own parser agrees with the platform's on every document", () => {
    // A NaN in front makes the platform refuse, so that everything after it is ours to read.
    const ours = (text: string): unknown => (parseJson(`[NaN,${text}]`) as unknown[])[1];
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: "medium" }), fc.constantFrom(0, 1, "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(ours(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 1500, seed: 3 },
    );
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: "binary" }),
        (number, text) => {
          expect(ours(String(number))).toBe(JSON.parse(String(number)));
          expect(ours(JSON.stringify({ [text]: text }))).toEqual(JSON.parse(JSON.stringify({ [text]: text })));
        },
      ),
      { numRuns: 1500, seed: 4 },
    );
  });

  test("never pollutes", () => {
    const found = parseJson('{"__proto__": {"a": NaN}, "constructor": 1}') as object;
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    expect(Object.keys(found)).toEqual(["__proto__", "constructor"]);
  });

  test.each([
    ['{"a":1}', false, '{"a":1}'],
    ['{"__proto__":{"a":1},"b":2}', true, '{"b":2}'],
    ['[{"a":[{"__proto__":null}]}]', true, '[{"a":[{}]}]'],
    ['{"\\u005f_proto__":1}', true, "{}"],
    ['{"__pr\\u006fto__":1}', true, "{}"],
    ['{"a":"__proto__","proto":1}', false, '{"a":"__proto__","proto":1}'],
    ['"\\u0061"', false, '"a"'],
  ])("the keys called __proto__ in %s are found: %s, and dropped", (text, found, left) => {
    const value = parseJson(text);
    expect(dropPrototypeKeys(value)).toBe(found);
    expect(JSON.stringify(value)).toBe(left);
    // Where a look is not worth it there are none.
    expect(mayHoldPrototypeKeys(text) || !found).toBe(true);
  });

  test("fails with nothing else than its own errors", () => {
    const unit = fc.constantFrom(...'{}[]",:\\u0d8 1-.eEnNtI😀\n'.split(""));
    const counts = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        try {
          expect(parseJson(text)).toEqual(JSON.parse(text.replaceAll("NaN", "null")));
          counts.accepted++;
        } catch (error) {
          expect(error).toBeInstanceOf(JsonSyntaxError);
          expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
          counts.refused++;
        }
      }),
      { numRuns: 4000, seed: 5 },
    );
    expect(counts.accepted).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(2000);
  });
});

describe("keys", () => {
  const many = (count: number, tail = ""): string =>
    `{${Array.from({ length: count }, (_, i) => `"k${i}":1`).join(",")}${tail}}`;

  test("an object may have 10,000, whichever parser reads it, and any number of objects may", () => {
    expect(Object.keys(parseJson(many(10_000)) as object)).toHaveLength(10_000);
    expect(Object.keys(parseJson(many(9_999, ',"n":NaN')) as object)).toHaveLength(10_000);
    expect(Object.keys(parseExactJson(many(10_000)) as object)).toHaveLength(10_000);
    expect(parseJson(`[${many(9_000)},${many(9_000)}]`)).toHaveLength(2);
  });

  test("and no more", () => {
    expect(() => parseJson(many(10_001))).toThrow(JsonLimitError);
    expect(() => parseJson(`[[{"a":${many(10_001)}}]]`)).toThrow(JsonLimitError);
    expect(() => parseJson(many(10_000, ',"n":NaN'))).toThrow(JsonLimitError);
    expect(() => parseExactJson(many(10_001))).toThrow(JsonLimitError);
    expect(() => parseJson(`{${'"":1,'.repeat(10_001)}"":1}`)).toThrow(JsonLimitError);
  });

  test("items of lists and commas in strings are none", () => {
    expect(parseJson(`[${"1,".repeat(50_000)}1]`)).toHaveLength(50_001);
    expect(parseJson(JSON.stringify({ a: ",".repeat(100_000), b: [",".repeat(9), '"'] }))).toHaveProperty("b");
  });

  test("of broken text it is still said where it breaks", () => {
    expect(failure(`{"a":"${",".repeat(100_000)}`)).toEqual([5, "Unterminated string starting at"]);
    expect(failure(`]${" ".repeat(100_000)}`)).toEqual([0, "Expecting value"]);
  });
});

describe("depth", () => {
  const nested = (depth: number, open = "[", close = "]", leaf = ""): string =>
    open.repeat(depth) + leaf + close.repeat(depth);

  test("1000 levels are read, whichever parser does it", () => {
    for (const leaf of ["1", "NaN", '"]]]]"', '"\\"[[[["']) {
      expect(() => parseJson(nested(1000, "[", "]", leaf))).not.toThrow();
      expect(() => parseJson(nested(1001, "[", "]", leaf))).toThrow(JsonLimitError);
    }
    expect(() => parseJson(nested(1001, '{"a":', "}", "1"))).toThrow(JsonLimitError);
  });

  test("brackets beside each other, and those in strings, are no depth", () => {
    expect(() => parseJson(`[${Array.from({ length: 5000 }, () => "[{}]").join(",")}]`)).not.toThrow();
    const strings = JSON.stringify(["[".repeat(5000), "\\".repeat(5000), '"['.repeat(3000), '\\"'.repeat(3000) + "[["]);
    expect(parseJson(strings)).toEqual(JSON.parse(strings));
  });

  test.each([
    ["1 MiB of [", "[".repeat(2 ** 20)],
    ["1 MiB of [ and ]", nested(2 ** 19)],
    ['1 MiB of {"a":', '{"a":'.repeat(2 ** 18)],
  ])("%s is refused", (_, text) => expect(() => parseJson(text)).toThrow(JsonLimitError));

  test("1 MiB of broken text is refused where it breaks", () => {
    expect(failure(`"${"x".repeat(2 ** 20)}`)).toEqual([0, "Unterminated string starting at"]);
    expect(failure(`[${"1,".repeat(2 ** 19)}`)).toEqual([2 ** 20 + 1, "Expecting value"]);
    expect(failure(" ".repeat(2 ** 20))).toEqual([2 ** 20, "Expecting value"]);
    expect(failure(`"${"😀".repeat(2 ** 18)}" x`)).toEqual([2 ** 18 + 3, "Extra data"]);
  });
});

describe("numbers without loss", () => {
  test.each([
    ["9007199254740993", 9007199254740993n],
    ["-9007199254740993", -9007199254740993n],
    ["9007199254740991", 9007199254740991],
    ["[1.5, 0.1, 1e400]", [1.5, 0.1, Number.POSITIVE_INFINITY]],
    ["[1.0, 1e2, -0.0]", [new IntegralFloat(1), new IntegralFloat(100), new IntegralFloat(-0)]],
    ['{"a": {"b": [12345678901234567890]}}', { a: { b: [12345678901234567890n] } }],
  ])("%s", (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
    expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
  });

  test("a text that may hold such numbers is told from one that cannot", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        if (!holdsInexactNumbers(text)) expect(parseExactJson(text)).toEqual(JSON.parse(text));
      }),
    );
    expect(["1234567890123456", "1.0", "1.50", "1E2", "12345.678"].map(holdsInexactNumbers)).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  test("an integer of more than 4300 digits is none, and errors are the same", () => {
    expect(parseExactJson("1".repeat(4300))).toBe(BigInt("1".repeat(4300)));
    expect(() => parseExactJson("1".repeat(4301))).toThrow(RangeError);
    expect(() => parseExactJson('{"a":}')).toThrow(JsonSyntaxError);
    expect(() => parseExactJson("[".repeat(1001))).toThrow(JsonLimitError);
  });
});
