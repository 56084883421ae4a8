/** JSON inside a text: pydantic's errors, the platform's values, and numbers without loss. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { differing, table } from "../../test/rooms/pydantic-wire.ts";
import { IntegralFloat } from "./exact-number.ts";
import { readJsonText } from "./json-text.ts";

test("pydantic's errors", () => {
  expect(
    differing(table.json, (text: string) => {
      const found = readJsonText(text, "plain");
      return "error" in found ? found.error : null;
    }),
  ).toEqual([]);
});

test("what the platform writes is read as the platform reads it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(readJsonText(text, "plain")).toEqual({ value: JSON.parse(text) });
    }),
  );
});

test.each([
  ["[NaN, -Infinity]", [Number.NaN, Number.NEGATIVE_INFINITY]],
  ['{"a": 1, "a": 2}', { a: 2 }],
  ['{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
])("%s", (text, value) => expect(readJsonText(text, "plain")).toEqual({ value }));

test("exact numbers", () => {
  expect(readJsonText("[9007199254740993, 9007199254740991, 1.5, 1.0, 1e2, -0]", "exact")).toEqual({
    value: [9007199254740993n, 9007199254740991, 1.5, new IntegralFloat(1), new IntegralFloat(100), -0],
  });
});

test("depth and length are bounded", () => {
  expect(readJsonText("[".repeat(100_000), "plain")).toEqual({
    error: "recursion limit exceeded at line 1 column 202",
  });
  expect(readJsonText("1".repeat(100_000), "exact")).toEqual({ error: "number out of range at line 1 column 4302" });
});
