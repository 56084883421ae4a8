/**
 * Dates, times and durations as text: their grammars (RFC 3339, ISO 8601 and what pydantic is described to take besides) as
 * patterns, the calendar of the platform, and that everything that was read is read back from what is printed of it.
 */
import { readDatetime, readLaxDate, printDatetime, type Datetime } from "../../../src/wire/datetime.ts";
import { readStrictDate, printCalendarDate, type CalendarDate } from "../../../src/wire/date.ts";
import { printDuration, readDuration, type Duration } from "../../../src/wire/duration.ts";
import { Refusal } from "../../../src/wire/refusal.ts";
import { printTime, readTime, type Time } from "../../../src/wire/time.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";

interface Told {
  readonly strict: Datetime | undefined;
  readonly lax: Datetime | undefined;
  readonly day: CalendarDate | undefined;
  readonly strictDay: CalendarDate | undefined;
  readonly time: Time | undefined;
  readonly duration: Duration | undefined;
  readonly strictDuration: Duration | undefined;
}

const examples = [
  "2020-02-29T12:30:45.123456+02:00",
  "2020-01-01",
  "2021-02-29",
  "1900-02-29 00:00",
  "0000-01-01T00:00Z",
  "9999-12-31t23:59:59z",
  "2020-01-01_00:00:00,5-0530",
  "2020-01-01T24:00",
  "2020-01-01T23:59:60Z",
  "1577836800",
  "-1.5",
  "1577836800000",
  "253402300800",
  "12:30",
  "12:60",
  "2020-01-01T12:30:60",
  "2020-13-01",
  "2020-01-01T12:30+24:00",
  "00:60:00",
  "12:30:15.5\u221202:00",
  "P1Y2M3W4DT5H6M7.8S",
  "-PT0.000001S",
  "P",
  "PT",
  "1 day, 02:03:04.5",
  "-3d",
  "999999999 days 23:59",
  "26:00",
  "P1.5D",
  "P1DT1.5H1M",
  "+00:00:01",
  "P4294967296Y",
  "1e3",
  "0x10",
];
const tokens = ["-", ":", "T", "t", " ", "_", "Z", "z", "+", "+02:00", "\u2212", ".", ",", "0", "1", "2", "12", "29", "59", "60", "2020-01-01", "00:00", "P", "D", "H", "M", "S", "Y", "W", "day", "days", "d", "e5"]; // prettier-ignore

const unless = <T>(found: T | Refusal): T | undefined => (found instanceof Refusal ? undefined : found);

function reading(text: string): Told {
  return {
    strict: unless(readDatetime(text, "strict")),
    lax: unless(readDatetime(text, "lax")),
    day: unless(readLaxDate(text)),
    strictDay: unless(readStrictDate(text)),
    time: unless(readTime(text, "lax")),
    duration: unless(readDuration(text, "lax")),
    strictDuration: unless(readDuration(text, "strict")),
  };
}

const dayPattern = "(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})";
const clockPattern =
  "(?<hour>[01][0-9]|2[0-3]):(?<minute>[0-5][0-9])(?::(?<second>[0-5][0-9])(?:[.,](?<fraction>[0-9]+))?)?";
const offsetPattern = "(?:[Zz]|(?<sign>[-+\u2212])(?<hours>[01][0-9]|2[0-3]):?(?<minutes>[0-5][0-9]))";
const dayText = new RegExp(`^${dayPattern}$`);
const timeText = new RegExp(`^${clockPattern}(?<zone>${offsetPattern})?$`);
const datetimeText = new RegExp(`^${dayPattern}[Tt_ ]${clockPattern}(?<zone>${offsetPattern})?$`);

type Groups = Record<string, string | undefined>;

function dayOf(groups: Groups | undefined): CalendarDate | undefined {
  if (groups === undefined) return undefined;
  const [year, month, day] = [Number(groups["year"]), Number(groups["month"]), Number(groups["day"])];
  // The calendar repeats itself every 400 years; the platform would take the years before 100 for others.
  const date = new Date(Date.UTC(year + 400, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 0 ? { year, month, day } : undefined;
}

function timeOf(groups: Groups | undefined): Time | undefined {
  if (groups === undefined) return undefined;
  const { hour, minute, second = "0", fraction = "", zone, sign, hours = "0", minutes = "0" } = groups;
  const size = Number(hours) * 3600 + Number(minutes) * 60;
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    microsecond: Number(fraction.slice(0, 6).padEnd(6, "0")),
    offset: zone === undefined ? null : sign === "+" || size === 0 ? size : -size,
  };
}

function datetimeOf(text: string): Datetime | undefined {
  const groups = datetimeText.exec(text)?.groups;
  const [day, time] = [dayOf(groups), timeOf(groups)];
  return day && time && { ...day, ...time };
}

/** A unix timestamp that is whole and has few digits; others are judged by what must hold of them. */
function wholeInstant(text: string): Datetime | undefined | "unknown" {
  if (!/^[+-]?[0-9]+$/.test(text))
    return /^[+-]?[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?$/.test(text) ? "unknown" : undefined;
  const number = Number(text);
  if (Math.abs(number) > 1e14) return "unknown";
  const date = new Date(Math.abs(number) > 2e10 ? number : number * 1000);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999) return undefined;
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: date.getUTCMilliseconds() * 1000,
    offset: 0,
  };
}

/** Microseconds of an ISO 8601 duration with few digits. */
function isoMicroseconds(text: string): number | undefined | "unknown" {
  const found = /^([+-]?)P(.*)$/s.exec(text);
  if (found === null) return undefined;
  const [, sign, rest = ""] = found;
  const parts = rest.split("T");
  if (parts.length > 2) return undefined;
  const quantity = /([0-9]+)(?:[.,]([0-9]*))?([A-Z])/y;
  const quantities: [text: string, unit: number][] = [];
  for (const [i, part] of parts.entries()) {
    for (quantity.lastIndex = 0; quantity.lastIndex < part.length;) {
      const each = quantity.exec(part);
      if (each === null) return undefined;
      const units: Record<string, number> = i === 0 ? { Y: 365 * 86_400, M: 30 * 86_400, W: 7 * 86_400, D: 86_400 } : { H: 3600, M: 60, S: 1 }; // prettier-ignore
      const unit = units[each[3]!];
      if (unit === undefined) return undefined;
      if (each[0].length > 7) return "unknown";
      quantities.push([each[0].slice(0, -1).replace(",", "."), unit]);
    }
  }
  if (quantities.length === 0) return rest === "" ? undefined : "unknown";
  if (quantities.slice(0, -1).some(([each]) => each.includes("."))) return undefined;
  const total = quantities.reduce((sum, [each, unit]) => sum + Number(each) * unit * 1_000_000, 0);
  return sign === "-" ? -total : total;
}

const microseconds = ({ negative, days, seconds, microseconds: rest }: Duration): number =>
  (negative ? -1 : 1) * ((days * 86_400 + seconds) * 1_000_000 + rest);

export const temporal: Target<string, Told> = {
  name: "temporal",
  make: (random: Random) =>
    random.oneIn(5) ? random.text(12, "0123456789+-.:TPDHMS") : random.written(examples, tokens, true),
  read: reading,
  judge(text, told) {
    const datetime = datetimeOf(text);
    const day = dayOf(dayText.exec(text)?.groups);
    same("a datetime, strictly", sorted(told.strict), sorted(datetime));
    same("a day, strictly", told.strictDay, day);
    same("a time", told.time, timeOf(timeText.exec(text)?.groups));
    const midnight = day && { ...day, hour: 0, minute: 0, second: 0, microsecond: 0, offset: null };
    const instant = wholeInstant(text);
    const any = datetime ?? midnight ?? instant;
    if (any !== "unknown") {
      same("a datetime", sorted(told.lax), sorted(any));
      const exact = any && any.hour + any.minute + any.second + any.microsecond === 0;
      same("the day of one", told.day, exact ? { year: any.year, month: any.month, day: any.day } : undefined);
    }
    judgeDuration(text, told);
    readBack(told);
  },
  series: [
    (size) => "1".repeat(size),
    (size) => `12:30:00.${"1".repeat(size)}`,
    (size) => `P${"1D".repeat(size / 2)}`,
    (size) => `P${"1".repeat(size)}D`,
    (size) => `P0.${"1".repeat(size)}D`,
    (size) => `1.${"0".repeat(size)}x`,
    (size) => `${"1".repeat(size)}:00`,
    (size) => " ".repeat(size),
    (size) => "\u2212".repeat(size / 2),
  ],
};

function judgeDuration(text: string, { duration, strictDuration }: Told): void {
  const iso = isoMicroseconds(text);
  if (iso !== "unknown") {
    holds("an ISO duration is taken, another is not", (strictDuration !== undefined) === (iso !== undefined));
    // Each quantity's fraction is rounded on its own, and here all of it is one number of no more than 53 bits.
    if (iso !== undefined)
      holds("its length", Math.abs(microseconds(strictDuration!) - iso) <= 1 + Math.abs(iso) * 1e-15);
  }
  if (strictDuration !== undefined) same("the same without strictness", duration, strictDuration);
  const clock =
    /^([+-]?)(?:([0-9]{1,6}) ?(?:d|D|days?|DAYS?)(?:, | |,)?)?(?=[^]{5})([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?$/.exec(
      text,
    );
  if (clock === null) return;
  const [, sign, days = "0", hours = "", minutes, seconds = "0", fraction = ""] = clock;
  // Behind days it is the time of a day.
  if (clock[2] !== undefined && Number(hours) > 23) return same("days and more", duration, undefined);
  const total = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const expected = (sign === "-" ? -1 : 1) * (total * 1_000_000 + Number(fraction.padEnd(6, "0")));
  same("days and a clock", duration && microseconds(duration), expected + 0);
}

function readBack({ lax, day, time, duration }: Told): void {
  if (lax !== undefined) {
    for (const form of ["iso", "json"] as const) same("the datetime, read back", sorted(unless(readDatetime(printDatetime(lax, form), "strict"))), sorted(lax)); // prettier-ignore
  }
  if (day !== undefined) same("the day, read back", readStrictDate(printCalendarDate(day)), day);
  if (time !== undefined) same("the time, read back", readTime(printTime(time, "json"), "strict"), time);
  if (duration !== undefined) {
    const { days, seconds, microseconds: rest } = duration;
    holds(
      "its parts are in order",
      days < 1e9 && seconds < 86_400 && rest < 1_000_000 && Math.min(days, seconds, rest) >= 0,
    );
    same("the duration, read back", readDuration(printDuration(duration), "strict"), duration);
  }
}

/** With its parts in one order. */
function sorted(value: Datetime | undefined): unknown {
  return value && Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
