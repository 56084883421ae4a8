/** The types of the wire that are no dates: read, written, documented, and the same under plain zod. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reading, refusals, writing } from "../../test/rooms/reading.ts";
import { Components } from "../schema/index.ts";
import { Secret, types } from "./index.ts";

const { base64, bigint, bytes, decimal, httpUrl, ip, json, path, secret, set, url } = types;
const hello = new TextEncoder().encode("h\u00e9");
const pattern = String.raw`^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$`;

describe("read, and written again", () => {
  test.each<[z.ZodType, unknown, unknown, unknown]>([
    [decimal(), "1.50", "1.50", "1.50"],
    [decimal(), " 1_000e2 ", "1.000E+5", "1.000E+5"],
    [decimal(), 1.5, "1.5", "1.5"],
    [decimal(), 3, "3", "3"],
    [bigint(), "12345678901234567890", 12345678901234567890n, 12345678901234567890n],
    [bigint(), 5, 5n, 5],
    [set(z.int()), ["1", 1, 2], new Set([1, 2]), [1, 2]],
    [set(types.date()), ["2020-01-01"], new Set(["2020-01-01"]), ["2020-01-01"]],
    [bytes(), "h\u00e9", hello, "h\u00e9"],
    [bytes(), hello, hello, "h\u00e9"],
    [base64(), "aMOp", hello, "aMOp"],
    [base64(), "-_8", new Uint8Array([251, 255]), "-_8="],
    [base64(), "+/8=", new Uint8Array([251, 255]), "-_8="],
    [base64({ alphabet: "standard" }), "+/8=", new Uint8Array([251, 255]), "+/8="],
    [base64({ alphabet: "url" }), "-_8=", new Uint8Array([251, 255]), "-_8="],
    [httpUrl(), "HTTP://A.example:80", "http://a.example/", "http://a.example/"],
    [url(), "FOO:a b", "foo:a b", "foo:a b"],
    [json(z.array(z.int())), "[1, 2]", [1, 2], [1, 2]],
    [
      json(z.array(decimal())),
      "[1.0, 12345678901234567890]",
      ["1.0", "12345678901234567890"],
      ["1.0", "12345678901234567890"],
    ],
    [
      json(z.object({ at: types.datetime() })),
      '{"at": "2020-01-01T00:00Z"}',
      { at: "2020-01-01T00:00:00+00:00" },
      { at: "2020-01-01T00:00:00Z" },
    ],
    [ip(), "2001:DB8::0:1", "2001:db8::1", "2001:db8::1"],
    [ip({ version: 4 }), 16909060, "1.2.3.4", "1.2.3.4"],
    [ip({ kind: "network" }), "10.0.0.0/255.0.0.0", "10.0.0.0/8", "10.0.0.0/8"],
    [path(), "a/b", "a/b", "a/b"],
  ])("%#", (schema, sent, given, written) => {
    expect(reading(schema, sent)).toEqual({ value: given });
    expect(writing(schema, given)).toEqual({ value: written });
  });
});

describe("refused", () => {
  test.each<[z.ZodType, unknown, string]>([
    [decimal(), true, "decimal_type"],
    [decimal(), "x", "decimal_parsing"],
    [decimal(), "nan", "finite_number"],
    [decimal(), Number.POSITIVE_INFINITY, "finite_number"],
    [decimal({ maxDigits: 2 }), "1.23", "decimal_max_digits"],
    [decimal({ decimalPlaces: 1 }), "1.23", "decimal_max_places"],
    [decimal({ maxDigits: 3, decimalPlaces: 1 }), "123", "decimal_whole_digits"],
    [decimal({ gt: 0 }), 0, "greater_than"],
    [decimal({ multipleOf: "0.1" }), 0.25, "multiple_of"],
    [bigint({ le: 2n ** 64n }), "18446744073709551617", "less_than_equal"],
    [bigint(), 1.5, "int_from_float"],
    [set(z.int(), { min: 2 }), [1, 1], "too_short"],
    [set(z.int(), { max: 1 }), [1, 2], "too_long"],
    [set(z.int()), "x", "set_type"],
    [set(z.int()), ["x"], "0 int_parsing"],
    [bytes({ min: 3 }), "\u00e9", "bytes_too_short"],
    [bytes({ max: 1 }), "\u00e9", "bytes_too_long"],
    [bytes(), 5, "bytes_type"],
    [bytes(), "\ud800", "string_unicode"],
    [base64(), "a", "bytes_invalid_encoding"],
    [base64({ alphabet: "url" }), "a", "base64_decode"],
    [httpUrl(), "ftp://a", "url_scheme"],
    [httpUrl(), "", "url_parsing"],
    [httpUrl(), `http://a/${"b".repeat(2083)}`, "url_too_long"],
    [url(), 5, "url_type"],
    [json(z.int()), "[", "json_invalid"],
    [json(z.int()), 5, "json_type"],
    [json(z.array(z.int())), '["x"]', "0 int_parsing"],
    [ip({ version: 6 }), "1.2.3.4", "ip_v6_address"],
    [ip({ kind: "network" }), "10.0.0.1/8", "ip_any_network"],
    [ip({ version: 4 }), null, "ip_v4_address"],
    [path(), 5, "path_type"],
    [secret(), 5, "string_type"],
    [secret({ min: 2 }), "\u{1f600}", "too_short"],
    [secret({ max: 1 }), "ab", "too_long"],
  ])("%# %s", (schema, sent, type) => expect(refusals(schema, sent)).toEqual([type]));
});

test("a secret does not show itself", () => {
  const found = reading(secret(), "hunter2") as { value: Secret };
  expect(found.value).toBeInstanceOf(Secret);
  expect(found.value.value).toBe("hunter2");
  expect([String(found.value), JSON.stringify([found.value]), Object.keys(found.value)]).toEqual([
    "**********",
    '["**********"]',
    [],
  ]);
  expect(writing(secret(), found.value)).toEqual({ value: "**********" });
  expect(writing(z.unknown(), { s: found.value })).toEqual({ value: { s: "**********" } });
});

test("what an answer may not be", () => {
  for (const [schema, value] of [
    [decimal(), "x"],
    [decimal({ le: 1 }), "2"],
    [bigint(), 5],
    [set(z.int()), "x"],
    [bytes(), new Uint8Array([255])],
    [bytes({ min: 2 }), new Uint8Array([65])],
    [base64(), "aMOp"],
    [httpUrl(), "x"],
    [ip(), "x"],
    [path(), 5],
    [secret(), 5],
  ] as const) {
    expect(writing(schema, value)).toHaveProperty("problems");
  }
  expect(writing(httpUrl(), new URL("http://a.example"))).toEqual({ value: "http://a.example/" });
});

describe("in the document", () => {
  const text = { type: "string", pattern };
  test.each<[z.ZodType, unknown, unknown?]>([
    [decimal(), { anyOf: [{ type: "number" }, text] }, text],
    [
      decimal({ maxDigits: 5, decimalPlaces: 2, gt: 0, le: "1e3" }),
      {
        anyOf: [
          { type: "number", exclusiveMinimum: 0, maximum: 1000 },
          {
            type: "string",
            pattern: String.raw`^(?!^[-+.]*$)[+-]?0*(?:\d{0,3}|(?=[\d.]{1,6}0*$)\d{0,3}\.\d{0,2}0*$)`,
          },
        ],
      },
      { type: "string", pattern: String.raw`^(?!^[-+.]*$)[+-]?0*(?:\d{0,3}|(?=[\d.]{1,6}0*$)\d{0,3}\.\d{0,2}0*$)` },
    ],
    [bigint({ ge: 0 }), { type: "integer", minimum: 0 }],
    [
      set(z.int(), { min: 1, max: 3 }),
      { type: "array", items: { type: "integer" }, uniqueItems: true, minItems: 1, maxItems: 3 },
    ],
    [bytes({ max: 9 }), { type: "string", contentMediaType: "application/octet-stream", maxLength: 9 }],
    [base64(), { type: "string", contentEncoding: "base64", contentMediaType: "application/octet-stream" }],
    [
      base64({ alphabet: "url" }),
      { type: "string", format: "base64url", contentMediaType: "application/octet-stream" },
    ],
    [
      base64({ alphabet: "standard" }),
      { type: "string", format: "base64", contentMediaType: "application/octet-stream" },
    ],
    [httpUrl(), { type: "string", format: "uri", minLength: 1, maxLength: 2083 }],
    [url(), { type: "string", format: "uri", minLength: 1 }],
    [
      json(z.array(z.int())),
      {
        type: "string",
        contentMediaType: "application/json",
        contentSchema: { type: "array", items: { type: "integer" } },
      },
      { type: "array", items: { type: "integer" } },
    ],
    [ip({ version: 6 }), { type: "string", format: "ipv6" }],
    [ip({ kind: "interface" }), { type: "string", format: "ipvanyinterface" }],
    [path(), { type: "string", format: "path" }],
    [secret({ min: 8 }), { type: "string", format: "password", writeOnly: true, minLength: 8 }],
  ])("%#", (schema, input, output = input) => {
    expect(new Components().describe(schema, "input")).toEqual(input);
    expect(new Components().describe(schema, "output")).toEqual(output);
  });
});

describe("under plain zod", () => {
  test.each<[z.ZodType, unknown, unknown, unknown]>([
    [decimal(), "1.5", "1.5", "1.5"],
    [decimal(), 1.5, "1.5", "1.5"],
    [bigint(), 5, 5n, 5],
    [set(types.date({ as: "Date" })), ["2020-01-01"], new Set([new Date("2020-01-01")]), ["2020-01-01"]],
    [bytes(), "h\u00e9", hello, "h\u00e9"],
    [base64(), "aMOp", hello, "aMOp"],
    [httpUrl(), "http://a", "http://a/", "http://a/"],
    [json(set(z.int())), "[1]", new Set([1]), "[1]"],
    [ip(), "::0", "::", "::"],
    [path(), "a", "a", "a"],
  ])("%#", (schema, sent, given, back) => {
    expect(schema.parse(sent)).toEqual(given);
    expect(z.encode(schema, given)).toEqual(back);
  });

  test.each<[z.ZodType, unknown, string]>([
    [decimal(), "x", "Input should be a valid decimal"],
    [bigint({ ge: 0 }), -1, "Input should be greater than or equal to 0"],
    [bytes({ max: 1 }), "ab", "Data should have at most 1 byte"],
    [httpUrl(), "x", "Input should be a valid URL, relative URL without a base"],
    [json(z.int()), "[", "Invalid JSON: EOF while parsing a list at line 1 column 1"],
    [set(z.int(), { max: 1 }), [1, 2], "Set should have at most 1 item after validation, not 2"],
  ])("%# is refused with the same words", (schema, sent, message) => {
    expect(schema.safeParse(sent).error?.issues[0]?.message).toBe(message);
  });
});

test("constraints that are no decimals are programming errors", () => {
  expect(() => decimal({ gt: "x" })).toThrow(/^APUS_SCHEMA: `gt`/);
  expect(() => decimal({ multipleOf: 0 })).toThrow(/^APUS_SCHEMA: `multipleOf`/);
  expect(() => decimal({ maxDigits: -1 })).toThrow(
    /^APUS_SCHEMA: `maxDigits` of types\.decimal\(\) is -1; give a whole/,
  );
  expect(() => decimal({ decimalPlaces: 0.5 })).toThrow(/^APUS_SCHEMA: `decimalPlaces`/);
  expect(() => bigint({ ge: 1.5 })).toThrow(/^APUS_SCHEMA: `ge` of types\.bigint\(\) is 1\.5; give an integer\.$/);
  expect(() => bigint({ lt: "5" as never })).toThrow(/^APUS_SCHEMA: `lt`/);
  expect(() => bigint({ multipleOf: 0n })).toThrow(/^APUS_SCHEMA: `multipleOf` .*other than 0/);
  expect(() => set(z.int(), { min: -1 })).toThrow(/^APUS_SCHEMA: `min` of types\.set\(\)/);
  expect(() => bytes({ max: Number.NaN })).toThrow(/^APUS_SCHEMA: `max` of types\.bytes\(\)/);
  expect(() => secret({ min: 1.5 })).toThrow(/^APUS_SCHEMA: `min` of types\.secret\(\)/);
});

test("members of unions are named, and the first that takes the value as it is wins", () => {
  expect(refusals(z.union([decimal(), bytes(), json(z.int())]), null)).toEqual([
    "decimal decimal_type",
    "bytes bytes_type",
    "json[int] json_type",
  ]);
  expect(reading(z.union([decimal(), z.string()]), "1.50")).toEqual({ value: "1.50" });
  expect(reading(z.union([decimal(), z.number()]), 1.5)).toEqual({ value: 1.5 });
});
