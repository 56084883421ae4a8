/** `z.date()` and zod's formats of dates, times and durations: what they take, and pydantic's words for what they refuse. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reading, refusals, writing } from "../../../test/rooms/reading.ts";
import { Components } from "../index.ts";
import { types } from "../../types/index.ts";
import type { AnySchema } from "../types.ts";

function told(schema: AnySchema, value: unknown): unknown {
  const found = reading(schema, value);
  if ("value" in found) return found.value;
  expect(found.problems).toHaveLength(1);
  const { type, msg, input, ctx } = found.problems[0]!;
  expect(input).toBe(value);
  if (typeof ctx?.error === "string") expect(msg.endsWith(`, ${ctx.error}`)).toBe(true);
  return `${type}: ${msg}`;
}

const separator = "invalid datetime separator, expected `T`, `t`, `_` or space";
const extra = "unexpected extra characters at the end of the input";
const noDatetime = (error: string): string => `datetime_parsing: Input should be a valid datetime, ${error}`;
const noDate = (error: string): string =>
  `date_parsing: Input should be a valid date in the format YYYY-MM-DD, ${error}`;
const noTime = (error: string): string => `time_parsing: Input should be in a valid time format, ${error}`;
const noDuration = (error: string): string => `time_delta_parsing: Input should be a valid timedelta, ${error}`;

describe("zod's formats keep the text", () => {
  test.each<[AnySchema, string]>([
    [z.iso.datetime(), "2020-01-01T00:00:00.5Z"],
    [z.iso.datetime({ offset: true }), "2020-01-01T00:00:00+05:00"],
    [z.iso.datetime({ local: true }), "2020-01-01T00:00"],
    [z.iso.date(), "0000-01-01"],
    [z.iso.time({ precision: 0 }), "23:59:59"],
    [z.iso.duration(), "P9999999999D"],
    [z.string().datetime(), "2020-01-01T00:00:00Z"],
  ])("%# $1", (schema, text) => {
    expect(told(schema, text)).toBe(text);
    expect(writing(schema, text)).toEqual({ value: text });
  });

  test.each<[AnySchema, string, string]>([
    [z.iso.datetime(), "x", "datetime_from_date_parsing: Input should be a valid datetime or date, input is too short"],
    [
      z.iso.datetime(),
      "2020-13-01T00:00:00Z",
      "datetime_from_date_parsing: Input should be a valid datetime or date, month value is outside expected range of 1-12",
    ],
    [z.iso.datetime(), "2020-01-01", noDatetime(separator)],
    [z.iso.datetime(), "1577836800", noDatetime("invalid date separator, expected `-`")],
    [z.iso.datetime(), "2020-01-01 00:00:00Z", noDatetime(separator)],
    [z.iso.datetime(), "2020-01-01T00:00:00", "timezone_aware: Input should have timezone info"],
    [z.iso.datetime(), "2020-01-01T00:00:00+05:00", noDatetime("invalid timezone sign")],
    [z.iso.datetime(), "2020-01-01T00:00:00z", noDatetime("invalid timezone sign")],
    [z.iso.datetime(), "2020-01-01T00:00Z", noDatetime("input is too short")],
    [z.iso.datetime({ precision: 3 }), "2020-01-01T00:00:00.1234Z", noDatetime(extra)],
    [z.iso.date(), "x", "date_from_datetime_parsing: Input should be a valid date or datetime, input is too short"],
    [z.iso.date(), "2020-01-01T00:00", noDate(extra)],
    [z.iso.date(), "86400", noDate("input is too short")],
    [
      z.iso.date(),
      "2020-01-01T12:00",
      "date_from_datetime_inexact: Datetimes provided to dates should have zero time - e.g. be exact dates",
    ],
    [z.iso.time(), "25:00", noTime("hour value is outside expected range of 0-23")],
    [z.iso.time(), "12:00Z", "timezone_naive: Input should not have timezone info"],
    [z.iso.time(), "12:00:00,5", noTime(extra)],
    [z.iso.time({ precision: 0 }), "12:00", noTime("input is too short")],
    [z.iso.duration(), "x", noDuration("invalid digit in duration")],
    [z.iso.duration(), "1 day", noDuration("invalid digit in duration")],
    [z.iso.duration(), "P1.5D", noDuration("quantity fraction invalid in duration")],
    [z.iso.duration(), "P1W1D", noDuration("quantity invalid in date part of duration")],
    [
      z.string().date(),
      "1 Jan",
      "date_from_datetime_parsing: Input should be a valid date or datetime, input is too short",
    ],
    [z.iso.datetime("no date"), "x", "value_error: Value error, no date"],
  ])("%# $1 is refused", (schema, text, expected) => expect(told(schema, text)).toBe(expected));
});

describe("z.date()", () => {
  test.each([
    ["2020-01-01T00:00:00.123456Z", "2020-01-01T00:00:00.123Z"],
    ["2020-01-01T00:00:00+02:00", "2019-12-31T22:00:00.000Z"],
    ["2020-01-01T12:00", "2020-01-01T12:00:00.000Z"],
    ["2020-01-01", "2020-01-01T00:00:00.000Z"],
    [5, "1970-01-01T00:00:05.000Z"],
    ["-0.5", "1969-12-31T23:59:59.500Z"],
    [new Date(5), "1970-01-01T00:00:00.005Z"],
  ])("from %j", (value, iso) => {
    expect(told(z.date(), value)).toEqual(new Date(iso));
    expect(told(z.date().optional(), value)).toEqual(new Date(iso));
  });

  test.each<[unknown, string]>([
    ["x", "datetime_from_date_parsing: Input should be a valid datetime or date, input is too short"],
    ["0000-01-01", noDatetime("year 0 is out of range")],
    [1e15, noDatetime("dates after 9999 are not supported as unix timestamps")],
    [null, "datetime_type: Input should be a valid datetime"],
    [true, "datetime_type: Input should be a valid datetime"],
    [new Date(Number.NaN), "datetime_type: Input should be a valid datetime"],
  ])("%j is refused", (value, expected) => expect(told(z.date(), value)).toBe(expected));

  test("strictly it takes what says a date and time in full, and a Date", () => {
    for (const value of ["1970-01-01T00:00:00Z", "1970-01-01T01:00:00+01:00", new Date(0)]) {
      expect(reading(z.date(), value, "strict")).toEqual({ value: new Date(0) });
      expect(reading(z.object({ at: z.date().nullable() }), { at: value }, "strict")).toEqual({
        value: { at: new Date(0) },
      });
    }
    for (const value of [0, "0", "1970-01-01", true]) {
      expect(refusals(z.date(), value, "strict")).toEqual(refusals(types.datetime({ as: "Date" }), value, "strict"));
      expect(refusals(z.date(), value, "strict")).toHaveLength(1);
    }
    expect(refusals(z.date().min(new Date(1)), "1970-01-01T00:00:00Z", "strict")).toEqual(["greater_than_equal"]);
  });

  test("behind a codec there is a Date, never text", () => {
    const at = z.codec(z.string(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    });
    const orNull = z.codec(z.string(), z.date().nullable(), {
      decode: (text) => new Date(text),
      encode: (date) => date!.toISOString(),
    });
    for (const schema of [at, orNull]) {
      expect(reading(schema, "1970-01-01T00:00:00Z", "strict")).toEqual({ value: new Date(0) });
      expect(writing(schema, new Date(0))).toEqual({ value: "1970-01-01T00:00:00.000Z" });
      expect(writing(schema, "1970-01-01T00:00:00Z")).toMatchObject({ problems: [{ type: "output_mismatch" }] });
    }
  });

  const second = new Date(1000);
  test.each<[AnySchema, number, string | Date]>([
    [z.date().min(second), 0, "greater_than_equal: Input should be greater than or equal to 1970-01-01T00:00:01Z"],
    [z.date().max(second), 1.5, "less_than_equal: Input should be less than or equal to 1970-01-01T00:00:01Z"],
    [z.date().check(z.gt(second)), 1, "greater_than: Input should be greater than 1970-01-01T00:00:01Z"],
    [z.date().check(z.lt(second)), 1, "less_than: Input should be less than 1970-01-01T00:00:01Z"],
    [z.date().min(second).max(second), 1, second],
  ])("bounds %#", (schema, value, expected) => expect(told(schema, value)).toEqual(expected));

  test("a bound in ctx", () =>
    expect(reading(z.date().min(new Date(1)), -1)).toMatchObject({
      problems: [{ input: -1, ctx: { ge: "1970-01-01T00:00:00.001000Z" } }],
    }));

  test("is written, documented and named as a datetime", () => {
    expect(writing(z.date(), new Date(0))).toEqual({ value: "1970-01-01T00:00:00Z" });
    expect(writing(z.date(), new Date(123))).toEqual({ value: "1970-01-01T00:00:00.123000Z" });
    const shapes = [z.date(), z.iso.datetime(), z.iso.date(), z.iso.time(), z.iso.duration()].map((schema) =>
      new Components().describe(schema, "output"),
    );
    expect(shapes.map(({ type, format }) => [type, format])).toEqual(
      ["date-time", "date-time", "date", "time", "duration"].map((format) => ["string", format]),
    );
    expect(refusals(z.union([z.date(), z.iso.duration(), z.int()]), "x")).toEqual([
      "datetime datetime_from_date_parsing",
      "timedelta time_delta_parsing",
      "int int_parsing",
    ]);
  });
});
