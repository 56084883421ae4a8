/** Dates, times and durations against what pydantic 2.13 said to the same inputs, recorded in a table. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readStrictDate } from "./date.ts";
import {
  compareDatetimes,
  dateOfDatetime,
  datetimeOfDate,
  printDate,
  printDatetime,
  printJsonDate,
  readDatetime,
  readLaxDate,
  type Datetime,
} from "./datetime.ts";
import { compareDurations, durationOfSeconds, printDuration, readDuration, secondsOfDuration } from "./duration.ts";
import { printCalendarDate } from "./date.ts";
import { Refusal } from "./refusal.ts";
import { compareTimes, printTime, readTime } from "./time.ts";

/** An input, and its `isoformat()` (seconds for a duration) with the JSON form if that differs; or which refusal it met. */
type Row = readonly [input: unknown, iso: string | number, json?: string];
type Kind = "datetime" | "date" | "time" | "duration";
type Table = Readonly<Record<Kind, readonly Row[]>> & {
  readonly refusals: readonly (readonly [type: string, msg: string, ctx?: Record<string, unknown>])[];
};
const table = JSON.parse(
  readFileSync(new URL("../../test/rooms/pydantic-temporal.json", import.meta.url), "utf8"),
) as Table;

function written<T>(found: T | Refusal, ...print: readonly ((value: T) => unknown)[]): unknown[] {
  if (found instanceof Refusal) return [found.type, found.msg, ...(found.ctx === undefined ? [] : [found.ctx])];
  return [...new Set(print.map((each) => each(found)))];
}

const answer: Record<Kind, (input: unknown) => unknown[]> = {
  datetime: (input) =>
    written(
      readDatetime(input, "lax"),
      (value) => printDatetime(value, "iso"),
      (value) => printDatetime(value, "json"),
    ),
  date: (input) => written(readLaxDate(input), printCalendarDate),
  time: (input) =>
    written(
      readTime(input, "lax"),
      (value) => printTime(value, "iso"),
      (value) => printTime(value, "json"),
    ),
  duration: (input) => written(readDuration(input, "lax"), secondsOfDuration, printDuration),
};

/** JSON has no NaN and no infinities; the table says `{"number":"NaN"}`. */
function inputOf(recorded: unknown): unknown {
  const named = (recorded as { number?: unknown } | null)?.number;
  return named === undefined ? recorded : Number(named);
}

test.each(["datetime", "date", "time", "duration"] as const)("every recorded %s", (kind) => {
  const rows = table[kind];
  expect(rows.length).toBeGreaterThan(1000);
  const refused = (row: Row): boolean => row.length === 2 && typeof row[1] === "number";
  expect(rows.filter(refused).length).toBeGreaterThan(200);
  for (const row of rows) {
    const [recorded, ...expected] = row;
    const found = answer[kind](inputOf(recorded));
    expect({ recorded, found }).toEqual({
      recorded,
      found: refused(row) ? table.refusals[row[1] as number] : expected,
    });
  }
});

describe("strict reading", () => {
  const refusal = (found: unknown): unknown => (found instanceof Refusal ? found.msg : found);
  test.each([
    [readDatetime("2020-01-01", "strict"), "datetime, invalid datetime separator, expected `T`, `t`, `_` or space"],
    [readDatetime("1577836800", "strict"), "datetime, invalid date separator, expected `-`"],
    [readDatetime(1577836800, "strict"), "datetime"],
    [readDatetime("0000-01-01T00:00Z", "strict"), "datetime, year 0 is out of range"],
    [
      readStrictDate("2020-01-01T00:00"),
      "date in the format YYYY-MM-DD, unexpected extra characters at the end of the input",
    ],
    [readStrictDate("86400"), "date in the format YYYY-MM-DD, input is too short"],
    [readStrictDate(86400), "date"],
    [readTime(3600, "strict"), "time"],
    [readDuration(3600, "strict"), "timedelta"],
    [readDuration("1:30:00", "strict"), "timedelta"],
    [readDuration("1 day", "strict"), "timedelta"],
  ])("%j", (found, expected) => expect(refusal(found)).toBe(`Input should be a valid ${expected}`));

  test("takes ISO text", () => {
    expect(readDatetime("2020-01-01t12:00", "strict")).toMatchObject({ hour: 12, offset: null });
    expect(readStrictDate("2020-02-29")).toEqual({ year: 2020, month: 2, day: 29 });
    expect(readTime("12:00Z", "strict")).toMatchObject({ hour: 12, offset: 0 });
    expect(readDuration("+PT1M", "strict")).toMatchObject({ seconds: 60 });
  });
});

describe("a Date", () => {
  test.each([
    ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00"],
    ["2018-12-22T14:00:00.007Z", "2018-12-22T14:00:00.007000"],
    ["0001-01-01T00:00:00.000Z", "0001-01-01T00:00:00"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999000"],
    ["+010000-01-01T00:00:00.000Z", "+010000-01-01T00:00:00"],
  ])("%s", (text, printed) => {
    expect(printDate(new Date(text))).toBe(`${printed}+00:00`);
    expect(printJsonDate(new Date(text))).toBe(`${printed}Z`);
  });

  test.each([
    ["0001-01-01T00:00:00.000Z", "0001-01-01T00:00:00+00:00"],
    ["1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999999Z"],
    ["1999-12-31T22:30:00.000Z", "2000-01-01T00:00:00+01:30"],
    ["2000-01-01T00:00:00.000Z", "2000-01-01T00:00:00"],
  ])("%s is %s", (iso, text) => expect(dateOfDatetime(datetimeOf(text)).toISOString()).toBe(iso));

  test("at an offset, and with a clock that has none", () => {
    const instant = new Date("2020-01-01T00:15:00.250Z");
    expect(printDatetime(datetimeOfDate(instant), "json")).toBe("2020-01-01T00:15:00.250000Z");
    expect(printDatetime(datetimeOfDate(instant, -1800), "json")).toBe("2019-12-31T23:45:00.250000-00:30");
    expect(printDatetime(datetimeOfDate(instant, null), "json")).toBe("2020-01-01T00:15:00.250000");
  });
});

function datetimeOf(text: string): Datetime {
  const found = readDatetime(text, "lax");
  if (found instanceof Refusal) throw new Error(found.msg);
  return found;
}

test("order: offsets count where both sides have one", () => {
  const order = (a: string, b: string): number => Math.sign(compareDatetimes(datetimeOf(a), datetimeOf(b)));
  expect(order("2020-01-01T12:00:00+02:00", "2020-01-01T10:00:00Z")).toBe(0);
  expect(order("2020-01-01T12:00:00+02:00", "2020-01-01T10:00:00.000001Z")).toBe(-1);
  expect(order("2020-01-01T12:00:00+02:00", "2020-01-01T11:00:00")).toBe(1);
  expect(order("2020-01-01", "2020-01-02T00:00:00Z")).toBe(-1);
  const times = (a: string, b: string): number => {
    const [one, two] = [readTime(a, "lax"), readTime(b, "lax")];
    if (one instanceof Refusal || two instanceof Refusal) throw new Error("no time");
    return Math.sign(compareTimes(one, two));
  };
  expect(times("12:00+02:00", "10:00Z")).toBe(0);
  expect(times("12:00+02:00", "11:59:59.999999")).toBe(1);
});

test("seconds and durations", () => {
  const iso = (seconds: number): string | undefined => {
    const found = durationOfSeconds(seconds);
    return found === undefined ? undefined : printDuration(found);
  };
  expect(
    [0, -0, 0.0000004, 0.0000005, 0.0000015, -1.5, 86399.9999996, 86_399_999_999_999].map((each) => iso(each)),
  ).toEqual(["PT0S", "PT0S", "PT0S", "PT0S", "PT0.000002S", "-PT1.5S", "P1D", "P2739726Y9DT23H59M59S"]);
  expect(
    [Number.NaN, Number.POSITIVE_INFINITY, 86_400_000_000_000, -86_399_999_999_999].map((each) => iso(each)),
  ).toEqual([undefined, undefined, undefined, undefined]);
  const [one, two] = [durationOfSeconds(-1)!, durationOfSeconds(-1.5)!];
  expect(compareDurations(one, two)).toBeGreaterThan(0);
  expect(compareDurations(two, durationOfSeconds(0)!)).toBeLessThan(0);
});

test("a duration is its seconds again for 285 years, to the microsecond", () => {
  for (let micro = 1; micro < 9e15; micro = micro * 3 + 1) {
    const found = durationOfSeconds(micro / 1_000_000)!;
    expect((found.days * 86_400 + found.seconds) * 1_000_000 + found.microseconds).toBe(micro);
    expect(secondsOfDuration(found)).toBe(micro / 1_000_000);
  }
});

test("long texts are read in time that grows with their length only", () => {
  const long = 400_000;
  const texts = [
    "0".repeat(long),
    `1.${"9".repeat(long)}`,
    `2020-01-01T00:00:00.${"1".repeat(long)}x`,
    `P${"1".repeat(long)}D`,
    `P0.${"1".repeat(long)}D`,
    `PT${"0S".repeat(long / 2)}x`,
    "1d".repeat(long / 2),
    "-".repeat(long),
    "é".repeat(long),
    `${" ".repeat(long)}:`,
  ];
  const started = performance.now();
  for (const text of texts) {
    expect(readDatetime(text, "lax")).toBeDefined();
    expect(readLaxDate(text)).toBeDefined();
    expect(readTime(text, "lax")).toBeInstanceOf(Refusal);
    expect(readDuration(text, "lax")).toBeDefined();
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});
