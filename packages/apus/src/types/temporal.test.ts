/** `types.datetime`, `date`, `time` and `duration`: read, written and documented; the expected problems are pydantic's. */
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { reading, writing } from "../../test/rooms/reading.ts";
import { Components, type AnySchema, type Mode, type Problem } from "../schema/index.ts";
import { date } from "./date.ts";
import { datetime } from "./datetime.ts";
import { duration } from "./duration.ts";
import { time } from "./time.ts";

/** The value that was read; or the problem, as FastAPI sends it but for `loc`. */
function read(schema: AnySchema, value: unknown, mode?: Mode): unknown {
  const found = reading(schema, value, mode);
  if ("value" in found) return found.value;
  expect(found.problems).toHaveLength(1);
  const { type, msg, input, ctx } = found.problems[0]!;
  return { type, msg, input, ...(ctx === undefined ? {} : { ctx }) };
}

function written(schema: AnySchema, value: unknown): unknown {
  const found = writing(schema, value);
  return "value" in found ? found.value : found.problems.map((each: Problem) => [each.type, each.msg]);
}

const mismatch = (expected: string): unknown => [["output_mismatch", `The handler's value should be ${expected}`]];
const noDatetime = mismatch("a date and time: ISO 8601 text or a Date from the years 1 to 9999");
const noDate = mismatch("a date: text such as 2018-12-22 or a Date at midnight UTC from the years 1 to 9999");
const noTime = mismatch("a time of the day: text such as 14:00:00");
const noDuration = mismatch("a duration: a finite number of seconds, or ISO 8601 text such as PT1H");

describe("read", () => {
  test.each<[AnySchema, unknown, unknown]>([
    [datetime(), "2018-12-22T14:00Z", "2018-12-22T14:00:00+00:00"],
    [datetime(), "2018-12-22 14:00:00.1234567-0130", "2018-12-22T14:00:00.123456-01:30"],
    [datetime(), "2018-12-22", "2018-12-22T00:00:00"],
    [datetime(), 1_545_487_200, "2018-12-22T14:00:00+00:00"],
    [datetime(), "1545487200500", "2018-12-22T14:00:00.500000+00:00"],
    [datetime({ as: "Date" }), "2018-12-22T15:00:00.0019+01:00", new Date("2018-12-22T14:00:00.001Z")],
    [datetime({ as: "Date" }), "2018-12-22", new Date("2018-12-22T00:00:00Z")],
    [date(), "2018-12-22T00:00:00+05:00", "2018-12-22"],
    [date(), 86_400, "1970-01-02"],
    [date({ as: "Date" }), "0001-12-22", new Date("0001-12-22T00:00:00Z")],
    [time(), "14:00,5z", { type: "time_parsing" }],
    [time(), "14:00:00,5z", "14:00:00.500000+00:00"],
    [time(), 3601.25, "01:00:01.250000+00:00"],
    [duration(), "-P1DT0.5S", -86_400.5],
    [duration(), "1 day, 0:00:01", 86_401],
    [duration(), true, 1],
    [duration(), 90, 90],
    [duration({ as: "text" }), "90:00", "P3DT18H"],
    [duration({ as: "text" }), "P2739726Y9DT23H59M59.999999S", "P2739726Y9DT23H59M59.999999S"],
  ])("%# %j", (schema, value, expected) => {
    const found = read(schema, value);
    if (typeof expected === "object" && !(expected instanceof Date)) expect(found).toMatchObject(expected as object);
    else expect(found).toEqual(expected);
  });

  test.each<[AnySchema, unknown, string, string]>([
    [
      datetime(),
      "2018-12-22",
      "datetime_parsing",
      "datetime, invalid datetime separator, expected `T`, `t`, `_` or space",
    ],
    [datetime(), 5, "datetime_type", "datetime"],
    [datetime({ as: "Date" }), new Date(0), "datetime_type", "datetime"],
    [date(), "86400", "date_parsing", "date in the format YYYY-MM-DD, input is too short"],
    [date(), 86_400, "date_type", "date"],
    [time(), 5, "time_type", "time"],
    [duration(), 5, "time_delta_type", "timedelta"],
    [duration(), "90:00", "time_delta_type", "timedelta"],
  ])("strictly %#: %j is refused", (schema, value, type, msg) =>
    expect(read(schema, value, "strict")).toMatchObject({ type, msg: `Input should be a valid ${msg}`, input: value }),
  );

  test("strictly: ISO text", () => {
    expect(read(datetime(), "2018-12-22T14:00:00+01:00", "strict")).toBe("2018-12-22T14:00:00+01:00");
    expect(read(date(), "2018-12-22", "strict")).toBe("2018-12-22");
    expect(read(time(), "14:00", "strict")).toBe("14:00:00");
    expect(read(duration(), "PT90S", "strict")).toBe(90);
  });
});

const atLeast = (input: unknown, ge: string): unknown => ({
  type: "greater_than_equal",
  msg: `Input should be greater than or equal to ${ge}`,
  input,
  ctx: { ge },
});
const atMost = (input: unknown, le: string): unknown => ({
  type: "less_than_equal",
  msg: `Input should be less than or equal to ${le}`,
  input,
  ctx: { le },
});
const plain = (input: unknown, type: string, msg: string): unknown => ({ type, msg, input });
const zero = (input: unknown): unknown => ({
  type: "datetime_parsing",
  msg: "Input should be a valid datetime, year 0 is out of range",
  input,
  ctx: { error: "year 0 is out of range" },
});

describe("options", () => {
  test.each<[AnySchema, unknown, unknown]>([
    [datetime({ min: "2020-01-01" }), "2019-01-01", atLeast("2019-01-01", "2020-01-01T00:00:00")],
    [datetime({ min: "2020-01-01T00:00+02:00" }), "2019-01-01", atLeast("2019-01-01", "2020-01-01T00:00:00+02:00")],
    [datetime({ max: "2020-01-01T00:00:00.000005" }), 2e9, atMost(2e9, "2020-01-01T00:00:00.000005")],
    [datetime({ max: new Date(0) }), 0, "1970-01-01T00:00:00+00:00"],
    [datetime({ max: new Date(0) }), "0.000001", atMost("0.000001", "1970-01-01T00:00:00Z")],
    [datetime({ min: "2020-01-01" }), "0000-01-01", atLeast("0000-01-01", "2020-01-01T00:00:00")],
    [datetime({ max: "2020-01-01" }), "0000-01-01", zero("0000-01-01")],
    [datetime({ past: true }), "2999-01-01", plain("2999-01-01", "datetime_past", "Input should be in the past")],
    [datetime({ past: true }), "1999-01-01", "1999-01-01T00:00:00"],
    [datetime({ future: true }), 5, plain(5, "datetime_future", "Input should be in the future")],
    [datetime({ future: true, as: "Date" }), "2999-01-01", new Date("2999-01-01T00:00:00Z")],
    [datetime({ aware: true }), "2020-01-01", plain("2020-01-01", "timezone_aware", "Input should have timezone info")],
    [datetime({ aware: true }), "2020-01-01T00:00Z", "2020-01-01T00:00:00+00:00"],
    [datetime({ naive: true }), 5, plain(5, "timezone_naive", "Input should not have timezone info")],
    [datetime({ naive: true }), "2020-01-01T00:00", "2020-01-01T00:00:00"],
    [date({ min: "2020-01-01", max: new Date("2020-12-31T12:00:00Z") }), "2020-12-31", "2020-12-31"],
    [date({ min: "2020-01-01" }), "2019-12-31", atLeast("2019-12-31", "2020-01-01")],
    [date({ max: new Date("2020-12-31T12:00:00Z") }), "2021-01-01", atMost("2021-01-01", "2020-12-31")],
    [date({ past: true }), "2999-01-01", plain("2999-01-01", "date_past", "Date should be in the past")],
    [date({ future: true }), "1999-01-01", plain("1999-01-01", "date_future", "Date should be in the future")],
    [time({ min: "09:00Z" }), "08:00", atLeast("08:00", "09:00:00Z")],
    [time({ max: "17:30:00.000005" }), "17:31", atMost("17:31", "17:30:00.000005")],
    [time({ min: "09:00", max: "17:30" }), "12:00+05:00", "12:00:00+05:00"],
    [duration({ min: "PT1H" }), "PT1S", atLeast(1, "1 hour")],
    [duration({ min: -3600 }), "-P99D", atLeast(-8_553_600, "-1 days and 23 hours")],
    [
      duration({ min: "-PT0.000001S" }),
      -1,
      atLeast(-1, "-1 days and 23 hours and 59 minutes and 59 seconds and 999999 microseconds"),
    ],
    [duration({ min: 0 }), -1, atLeast(-1, "0 seconds")],
    [
      duration({ max: "P1DT2H3M1.000001S" }),
      "P2D",
      atMost(172_800, "1 day and 2 hours and 3 minutes and 1 second and 1 microsecond"),
    ],
    [duration({ max: -259_200 }), 0, atMost(0, "-3 days")],
  ])("%# %j", (schema, value, expected) => expect(read(schema, value)).toEqual(expected));

  test("today is neither past nor future", () => {
    const now = new Date();
    const today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10);
    expect([read(date({ past: true }), today), read(date({ future: true }), today)]).not.toContain(today);
  });

  test.each([
    () => datetime({ aware: true, naive: true }),
    () => datetime({ past: true, future: true }),
    () => date({ past: true, future: true }),
    () => datetime({ min: "yesterday" }),
    () => datetime({ max: new Date(Number.NaN) }),
    () => date({ min: new Date(Number.NaN) }),
    () => date({ max: "2020-02-30" }),
    () => time({ min: "25:00" }),
    () => duration({ max: "1" }),
  ])("what makes no sense does not start: %#", (declare) =>
    expect(declare).toThrow(expect.objectContaining({ code: "APUS_SCHEMA" })),
  );
});

describe("written", () => {
  test.each<[AnySchema, unknown, unknown]>([
    [datetime(), "2018-12-22T14:00:00+00:00", "2018-12-22T14:00:00Z"],
    [datetime(), "2018-12-22T14:00:00.120000-01:30", "2018-12-22T14:00:00.120000-01:30"],
    [datetime(), new Date(120), "1970-01-01T00:00:00.120000Z"],
    [datetime({ as: "Date" }), "2018-12-22T14:00", "2018-12-22T14:00:00"],
    [datetime({ as: "Date", naive: true }), new Date(0), "1970-01-01T00:00:00"],
    [datetime(), new Date(Number.NaN), noDatetime],
    [datetime(), new Date("+010000-01-01T00:00:00Z"), noDatetime],
    [datetime(), "2018-12-22", noDatetime],
    [datetime(), 0, noDatetime],
    [datetime({ aware: true }), "2018-12-22T14:00:00", [["timezone_aware", "Input should have timezone info"]]],
    [datetime({ past: true }), new Date(4e13), [["datetime_past", "Input should be in the past"]]],
    [date(), "2018-12-22", "2018-12-22"],
    [date(), new Date("2018-12-22T00:00:00Z"), "2018-12-22"],
    [date(), new Date("2018-12-22T00:00:01Z"), noDate],
    [date(), new Date(Number.NaN), noDate],
    [date(), "2018-12-22T00:00:00", noDate],
    [date({ past: true }), "2999-01-01", [["date_past", "Date should be in the past"]]],
    [time(), "14:00:00+00:00", "14:00:00Z"],
    [time(), 14, noTime],
    [time({ max: "12:00" }), "14:00", [["less_than_equal", "Input should be less than or equal to 12:00:00"]]],
    [duration(), 3600, "PT1H"],
    [duration(), -1e-6, "-PT0.000001S"],
    [duration(), "P1Y", "P1Y"],
    [duration({ as: "text" }), "P365D", "P1Y"],
    [duration(), Number.NaN, noDuration],
    [duration(), 1e15, noDuration],
    [duration(), "1:00:00", noDuration],
    [duration(), undefined, noDuration],
    [duration({ min: 1 }), 0, [["greater_than_equal", "Input should be greater than or equal to 1 second"]]],
  ])("%# %j", (schema, value, expected) => expect(written(schema, value)).toEqual(expected));
});

test("in the document and in a union", () => {
  const shape = (schema: AnySchema): unknown => new Components().describe(schema, "input");
  expect([datetime({ as: "Date", min: "2020-01-01" }), date(), time(), duration({ max: 5 })].map(shape)).toEqual(
    ["date-time", "date", "time", "duration"].map((format) => ({ type: "string", format })),
  );
  const found = reading(z.union([datetime(), duration(), z.int()]), "x") as { problems: Problem[] };
  expect(found.problems.map(({ loc, type }) => [...loc, type])).toEqual([
    ["datetime", "datetime_from_date_parsing"],
    ["timedelta", "time_delta_parsing"],
    ["int", "int_parsing"],
  ]);
  // As in pydantic: a string is a string first.
  expect(read(z.union([datetime(), z.string()]), "2020-01-01T00:00Z")).toBe("2020-01-01T00:00Z");
  expect(read(z.union([datetime(), z.int()]), 5)).toBe(5);
  expect(read(z.union([datetime(), z.int()]), "5")).toBe("1970-01-01T00:00:05+00:00");
});

describe("plain zod", () => {
  test("parses strictly and encodes", () => {
    expect(datetime().parse("2018-12-22T14:00Z")).toBe("2018-12-22T14:00:00+00:00");
    expect(datetime({ as: "Date" }).parse("1970-01-01T00:00:01Z")).toEqual(new Date(1000));
    expect(date({ as: "Date" }).parse("1970-01-02")).toEqual(new Date(86_400_000));
    expect(duration().parse("PT1M")).toBe(60);
    expect(z.encode(datetime({ as: "Date" }), new Date(0))).toBe("1970-01-01T00:00:00Z");
    expect(z.encode(time(), "14:00:00+00:00")).toBe("14:00:00Z");
    expect(z.encode(duration(), 3600)).toBe("PT1H");
    expect(z.encode(date(), "2020-01-01")).toBe("2020-01-01");
  });

  test("tells what is wrong", () => {
    const found = z.object({ at: datetime() }).safeParse({ at: "2018-12-22" });
    expect(found.error?.issues).toMatchObject([
      {
        code: "custom",
        path: ["at"],
        message: "Input should be a valid datetime, invalid datetime separator, expected `T`, `t`, `_` or space",
        params: { type: "datetime_parsing" },
      },
    ]);
    expect(duration().safeParse(5).success).toBe(false);
    expect(z.safeEncode(datetime(), "now").success).toBe(false);
  });

  test("the wire type outlives what is put around it", () => {
    const schema = datetime({ as: "Date" })
      .refine((value) => value.getTime() > 0, "too early")
      .meta({ description: "When." })
      .optional();
    expect(read(schema, 5)).toEqual(new Date(5000));
    expect(read(schema, 0)).toMatchObject({ type: "value_error", msg: "Value error, too early", input: 0 });
    expect(written(schema, new Date(1))).toBe("1970-01-01T00:00:00.001000Z");
  });
});

test("types", () => {
  expectTypeOf(datetime()).toEqualTypeOf<z.ZodCodec<z.ZodString, z.ZodString>>();
  expectTypeOf<z.input<ReturnType<typeof datetime<"Date">>>>().toEqualTypeOf<string>();
  const schema = z.object({
    at: datetime({ as: "Date", past: true }),
    said: datetime({ aware: true }),
    day: date({ as: "Date" }),
    born: date(),
    opens: time(),
    lasts: duration({ max: "P1D" }),
    wait: duration({ as: "text" }),
  });
  expectTypeOf<z.output<typeof schema>>().toEqualTypeOf<{
    at: Date;
    said: string;
    day: Date;
    born: string;
    opens: string;
    lasts: number;
    wait: string;
  }>();
  expectTypeOf<z.input<typeof schema>["lasts"]>().toEqualTypeOf<string>();
  // @ts-expect-error a duration is seconds or text
  expect(() => duration({ as: "Date" })).not.toThrow();
});
