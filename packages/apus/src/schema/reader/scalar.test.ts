/** Single values as pydantic 2 reads them; the table of numbers was recorded from it. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reading } from "../../../test/rooms/reading.ts";
import { compileReader } from "../compile.ts";
import type { AnySchema } from "../types.ts";

type Row = readonly [text: string, asInteger: number | "no", asFloat: number | "no" | "nonfinite"];
const numbers = JSON.parse(
  readFileSync(new URL("../../../test/rooms/pydantic-numbers.json", import.meta.url), "utf8"),
) as Row[];

/** The one problem of a value, without its `loc`. */
function refusal(schema: AnySchema, value: unknown): unknown {
  const found = reading(schema, value);
  if ("value" in found) return found;
  expect(found.problems).toHaveLength(1);
  expect(found.problems[0]!.loc).toEqual([]);
  const { type, msg, input, ctx } = found.problems[0]!;
  expect(input).toBe(value);
  return ctx === undefined ? [type, msg] : [type, msg, ctx];
}

const noInteger = ["int_parsing", "Input should be a valid integer, unable to parse string as an integer"];
const tooManyDigits = ["int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size"];
const noNumber = ["float_parsing", "Input should be a valid number, unable to parse string as a number"];
const notFinite = ["finite_number", "Input should be a finite number"];

describe("numbers", () => {
  test("the table is there", () => expect(numbers.length).toBeGreaterThan(150));

  test.each(numbers)("%j", (text, asInteger, asFloat) => {
    expect(refusal(z.int(), text)).toEqual(asInteger === "no" ? noInteger : { value: asInteger + 0 });
    const float = refusal(z.number(), text);
    if (asFloat === "no") expect(float).toEqual(noNumber);
    else if (asFloat === "nonfinite") expect(float).toEqual(notFinite);
    else expect(float).toEqual({ value: asFloat });
  });

  test("an integer is never -0, a float may be", () => {
    for (const read of [compileReader(z.int()), compileReader(z.array(z.int())), compileReader(z.int(), "strict")]) {
      const found = [read(-0, []), read([-0], [])].flat().filter((each) => typeof each === "number");
      expect(found).toEqual([0]);
    }
    expect(refusal(z.number(), -0)).toEqual({ value: -0 });
  });

  test.each([
    ["\u00851\u0085", { value: 1 }],
    ["\x0b1\u2028", { value: 1 }],
    ["\ufeff1", noInteger],
    ["\x1c1", noInteger],
    [5, { value: 5 }],
    [1.0, { value: 1 }],
    [true, { value: 1 }],
    [false, { value: 0 }],
    [1.5, ["int_from_float", "Input should be a valid integer, got a number with a fractional part"]],
    [Number.NaN, notFinite],
    [Number.POSITIVE_INFINITY, notFinite],
    [null, ["int_type", "Input should be a valid integer"]],
    [[], ["int_type", "Input should be a valid integer"]],
    [{}, ["int_type", "Input should be a valid integer"]],
    ["9".repeat(4301), tooManyDigits],
    [`-${"9".repeat(4301)}`, tooManyDigits],
    [`${"9".repeat(4301)}x`, tooManyDigits],
    [`${"9".repeat(4300)}x`, noInteger],
    ["x".repeat(5000), noInteger],
    [`${" ".repeat(5000)}1`, { value: 1 }],
    [`${"0".repeat(5000)}1`, { value: 1 }],
    [`1.${"0".repeat(5000)}`, { value: 1 }],
  ])("integer from %j", (value, expected) => expect(refusal(z.int(), value)).toEqual(expected));

  test.each([
    [1.5, { value: 1.5 }],
    [true, { value: 1 }],
    [Number.NaN, notFinite],
    ["9".repeat(5000), notFinite],
    [`${" ".repeat(5000)}1`, { value: 1 }],
    [null, ["float_type", "Input should be a valid number"]],
    [[1], ["float_type", "Input should be a valid number"]],
  ])("float from %j", (value, expected) => expect(refusal(z.number(), value)).toEqual(expected));

  test("strict takes numbers only", () => {
    for (const value of ["1", true]) {
      expect(reading(z.int(), value, "strict")).toMatchObject({ problems: [{ type: "int_type" }] });
      expect(reading(z.number(), value, "strict")).toMatchObject({ problems: [{ type: "float_type" }] });
      expect(reading(z.bigint(), value, "strict")).toHaveProperty("problems");
    }
  });

  test.each([
    ["123456789012345678901234567890", { value: 123456789012345678901234567890n }],
    [" -1_0.00 ", { value: -10n }],
    ["+7", { value: 7n }],
    [12, { value: 12n }],
    [true, { value: 1n }],
    ["x", noInteger],
    [null, ["int_type", "Input should be a valid integer"]],
  ])("bigint from %j", (value, expected) => expect(refusal(z.bigint(), value)).toEqual(expected));
});

describe("booleans", () => {
  const words = { true: ["1", "true", "t", "yes", "y", "on"], false: ["0", "false", "f", "no", "n", "off"] };
  const noWord = ["bool_parsing", "Input should be a valid boolean, unable to interpret input"];
  const noBoolean = ["bool_type", "Input should be a valid boolean"];

  test("words in any case", () => {
    for (const [value, all] of Object.entries(words)) {
      for (const word of all) {
        expect(reading(z.boolean(), word)).toEqual({ value: value === "true" });
        expect(reading(z.boolean(), word.toUpperCase())).toEqual({ value: value === "true" });
      }
    }
  });

  test.each([
    [1, { value: true }],
    [0, { value: false }],
    [" true", noWord],
    ["", noWord],
    [2, noWord],
    [-1, noWord],
    [2 ** 53, noWord],
    [2 ** 63, noBoolean],
    [1e300, noBoolean],
    [1.5, noBoolean],
    [Number.NaN, noBoolean],
    [null, noBoolean],
    [[], noBoolean],
  ])("from %j", (value, expected) => expect(refusal(z.boolean(), value)).toEqual(expected));

  test("strict takes booleans only", () => {
    for (const value of [1, "true"])
      expect(reading(z.boolean(), value, "strict")).toMatchObject({ problems: [{ type: "bool_type" }] });
  });
});

test.each([5, true, null, [], {}])("no text from %j", (value) =>
  expect(refusal(z.string(), value)).toEqual(["string_type", "Input should be a valid string"]),
);

const uuid = "12345678-1234-4678-9234-56781234567f";

describe("UUIDs", () => {
  test.each([uuid, uuid.toUpperCase(), uuid.replaceAll("-", ""), `{${uuid}}`, `urn:uuid:${uuid}`])(
    "%s is canonical",
    (text) => expect(reading(z.uuid(), text)).toEqual({ value: uuid }),
  );

  test.each([
    ["URN:UUID:12345678-1234-5678-1234-567812345678", "invalid character: found `U` at 1"],
    ["{12345678123456781234567812345678}", "invalid group count: expected 5, found 1"],
    ["urn:uuid:12345678123456781234567812345678", "invalid group count: expected 5, found 1"],
    ["12345678-1234-5678-1234-567812345678 ", "invalid character: found ` ` at 37"],
    ["z", "invalid character: found `z` at 1"],
    ["", "invalid length: expected length 32 for simple format, found 0"],
    ["1234", "invalid length: expected length 32 for simple format, found 4"],
    ["12345678-1234", "invalid group count: expected 5, found 2"],
    ["12345678-1234-5678-1234-5678123456789", "invalid group length in group 4: expected 12, found 13"],
    ["1234567-1234-5678-1234-5678123456789", "invalid group length in group 0: expected 8, found 7"],
    ["{12345678-1234-5678-1234-56781234567z}", "invalid character: found `z` at 36"],
    ["urn:uuid:z", "invalid character: found `z` at 10"],
    ["{z", "invalid character: found `{` at 1"],
    ["{}", "invalid group count: expected 5, found 1"],
    ["{z}", "invalid character: found `z` at 2"],
    ["{é}", "invalid character: found `é` at 2"],
    ["urn:uuid:12345678-1234-5678-1234-56781234567z", "invalid character: found `z` at 36"],
    [`{${"1".repeat(36)}}`, "invalid length: expected length 32 for simple format, found 36"],
    ["{12345678-1234-5678-1234-5678123456789}", "invalid group length in group 4: expected 12, found 15"],
    ["urn:uuid:12345678-1234-5678-1234-5678123456789", "invalid group length in group 4: expected 12, found 22"],
    ["😀2345678-1234-5678-1234-567812345678", "invalid character: found `😀` at 1"],
  ])("%j: %s", (text, error) =>
    expect(refusal(z.uuid(), text)).toEqual(["uuid_parsing", `Input should be a valid UUID, ${error}`, { error }]),
  );

  test("strictly only the hyphenated form is one, and it stays as it is", () => {
    expect(reading(z.guid(), uuid.toUpperCase(), "strict")).toEqual({ value: uuid.toUpperCase() });
    for (const text of [`{${uuid}}`, `urn:uuid:${uuid}`, uuid.replaceAll("-", "")]) {
      expect(reading(z.guid(), text, "strict")).toMatchObject({ problems: [{ type: "uuid_parsing", input: text }] });
    }
  });

  test("other types, and the wrong version", () => {
    expect(refusal(z.uuid(), 5)).toEqual(["uuid_type", "UUID input should be a string, bytes or UUID object"]);
    const wrong = ["uuid_version", "UUID version 7 expected", { expected_version: 7 }];
    expect(refusal(z.uuidv7(), uuid)).toEqual(wrong);
    expect(reading(z.uuidv4(), `{${uuid}}`)).toEqual({ value: uuid });
    expect(reading(z.guid(), "ABCDEFAB-1234-0000-0000-567812345678")).toEqual({
      value: "abcdefab-1234-0000-0000-567812345678",
    });
  });
});

describe("choices", () => {
  test("an enum is exact", () => {
    const Color = z.enum(["red", "it's", `a'b"c`]);
    const expected = `'red', "it's" or 'a\\'b"c'`;
    expect(reading(Color, "it's")).toEqual({ value: "it's" });
    for (const value of ["Red", "", 1, null])
      expect(refusal(Color, value)).toEqual(["enum", `Input should be ${expected}`, { expected }]);
  });

  test("a numeric enum takes what an integer takes", () => {
    const Level = z.enum({ low: 1, high: 2 });
    for (const value of [1, "1", "1.0", " 1", true]) expect(reading(Level, value)).toEqual({ value: 1 });
    for (const value of ["x", 3, "3", false, null])
      expect(refusal(Level, value)).toEqual(["enum", "Input should be 1 or 2", { expected: "1 or 2" }]);
    expect(reading(Level, "1", "strict")).toHaveProperty("problems");
  });

  test("a literal is exact in its type", () => {
    const Mixed = z.literal(["a", "b", 3, null, true]);
    const expected = "'a', 'b', 3, None or True";
    for (const value of ["a", 3, null, true]) expect(reading(Mixed, value)).toEqual({ value });
    for (const value of ["3", "c", false])
      expect(refusal(Mixed, value)).toEqual(["literal_error", `Input should be ${expected}`, { expected }]);
    expect(refusal(z.literal("one"), "two")).toEqual(["literal_error", "Input should be 'one'", { expected: "'one'" }]);
  });

  test("a literal takes what equals it in Python, unless it is strict", () => {
    for (const [values, value, found] of [
      [[1, 2], true, 1],
      [["a", 0], false, 0],
      [[true], 1, true],
      [[0, "a", true], false, 0],
      [[1, true], true, true],
      [[1, true], 1, 1],
    ] as const) {
      expect(reading(z.literal([...values]), value)).toEqual({ value: found });
      expect("value" in reading(z.literal([...values]), value, "strict")).toBe(value === found);
    }
    expect(reading(z.literal(2), true)).toHaveProperty("problems");
    expect(reading(z.union([z.literal(1), z.boolean()]), true)).toEqual({ value: true });
  });

  test("null", () => {
    expect(reading(z.null(), null)).toEqual({ value: null });
    for (const value of ["null", 0, ""])
      expect(refusal(z.null(), value)).toEqual(["none_required", "Input should be None"]);
  });
});
