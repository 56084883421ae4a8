/**
 * Dates with a time of the day: read from RFC 3339 text, dates and unix timestamps as pydantic reads a `datetime`, printed as
 * Python and pydantic print it. What a date on its own takes from here (midnights and timestamps) is read here as well.
 */
import { asBytes } from "./bytes.ts";
import {
  calendarDateOf,
  compareDates,
  dateInexact,
  dateType,
  daysSinceEpoch,
  inCalendar,
  leadingDate,
  printCalendarDate,
  wholeDate,
  yearZero,
  type CalendarDate,
  type Constrain,
} from "./date.ts";
import { notUnicode, Refusal, unparsable } from "./refusal.ts";
import { compareTimes, printTime, secondsOfDay, timeAt, timeOfSeconds, type Form, type Time } from "./time.ts";
import { instantOfNumber, instantOfText, type Instant } from "./unix-number.ts";

/** A day and a time on it; without an offset it is what clocks show, wherever they are. */
export interface Datetime extends CalendarDate, Time {}

const datetimeType = new Refusal("datetime_type", "Input should be a valid datetime");
const datetimeParsing = (error: string): Refusal =>
  unparsable("datetime_parsing", "Input should be a valid datetime", error);

const separators = new Set(["T", "t", "_", " "]);
const midnightClock: Time = { hour: 0, minute: 0, second: 0, microsecond: 0, offset: null };

/** Date, separator, time and perhaps an offset; or what is wrong with them. */
function wholeDatetime(text: string): Datetime | string {
  const date = leadingDate(text);
  if (typeof date === "string") return date;
  if (!separators.has(text[10] ?? "")) return "invalid datetime separator, expected `T`, `t`, `_` or space";
  const time = timeAt(text, 11);
  return typeof time === "string" ? time : { ...date, ...time };
}

function datetimeOfInstant({ seconds, microseconds }: Instant): Datetime {
  const days = Math.floor(seconds / 86_400);
  return { ...calendarDateOf(new Date(days * 86_400_000)), ...timeOfSeconds(seconds - days * 86_400, microseconds) };
}

const orError = (found: Instant | string): Datetime | string =>
  typeof found === "string" ? found : datetimeOfInstant(found);

/** Text by the rules of a datetime alone, a date being none: RFC 3339, or else a unix timestamp. */
function textAsDatetime(text: string): Datetime | string {
  const found = wholeDatetime(text);
  if (typeof found !== "string") return found;
  const timestamp = instantOfText(text);
  return timestamp === undefined ? found : orError(timestamp.found);
}

/** What is left for a text that is no datetime: to be a date. The error that is reported is this attempt's. */
function textAsMidnight(text: string): Datetime | string {
  const date = wholeDate(text);
  if (typeof date !== "string") return { ...date, ...midnightClock };
  const timestamp = instantOfText(text);
  return timestamp?.whole === true && typeof timestamp.found === "string" ? timestamp.found : date;
}

const refuseYearZero = (found: Datetime, constrain: Constrain<Datetime> | undefined): Datetime | Refusal =>
  constrain?.(found) ?? (found.year === 0 ? datetimeParsing(yearZero) : found);

/**
 * Reads a date and time.
 * @param mode Strict takes RFC 3339 text only. Lax also takes a date, which stands for its midnight, and unix timestamps in
 * UTC as numbers and as text: seconds, or milliseconds beyond ±20,000,000,000.
 */
export function readDatetime(
  input: unknown,
  mode: "lax" | "strict",
  constrain?: Constrain<Datetime>,
): Datetime | Refusal {
  if (typeof input === "string") {
    const text = asBytes(input);
    if (text === undefined) return notUnicode;
    if (mode === "strict") {
      const found = wholeDatetime(text);
      return typeof found === "string" ? datetimeParsing(found) : refuseYearZero(found, constrain);
    }
    let found = textAsDatetime(text);
    if (typeof found === "string") found = textAsMidnight(text);
    return typeof found === "string"
      ? unparsable("datetime_from_date_parsing", "Input should be a valid datetime or date", found)
      : refuseYearZero(found, constrain);
  }
  if (typeof input !== "number" || mode === "strict") return datetimeType;
  const found = orError(instantOfNumber(input));
  return typeof found === "string" ? datetimeParsing(found) : refuseYearZero(found, constrain);
}

/**
 * Reads a day: `YYYY-MM-DD`, or a date and time or a unix timestamp that is exactly at midnight. An offset is passed over.
 */
export function readLaxDate(input: unknown, constrain?: Constrain<CalendarDate>): CalendarDate | Refusal {
  let found: Datetime | string;
  if (typeof input === "string") {
    const text = asBytes(input);
    if (text === undefined) return notUnicode;
    const date = wholeDate(text);
    if (typeof date !== "string") return inCalendar(date, constrain);
    found = textAsDatetime(text);
  } else if (typeof input === "number") found = orError(instantOfNumber(input));
  else return dateType;
  if (typeof found === "string") {
    return unparsable("date_from_datetime_parsing", "Input should be a valid date or datetime", found);
  }
  if (secondsOfDay(found) !== 0 || found.microsecond !== 0) return dateInexact;
  return inCalendar({ year: found.year, month: found.month, day: found.day }, constrain);
}

/** `2020-01-01T14:00:00.123000+00:00`; pydantic's JSON form has `Z` for an offset of zero. */
export function printDatetime(value: Datetime, form: Form): string {
  return `${printCalendarDate(value)}T${printTime(value, form)}`;
}

/** Negative if `a` is before `b`. Offsets count only where both have one; else it is the clocks that are compared. */
export function compareDatetimes(a: Datetime, b: Datetime): number {
  if (a.offset === null || b.offset === null) return compareDates(a, b) || compareTimes(a, b);
  const seconds = (value: Datetime): number => daysSinceEpoch(value) * 86_400 + secondsOfDay(value);
  return seconds(a) - a.offset - (seconds(b) - b.offset) || a.microsecond - b.microsecond;
}

/** The instant as a `Date`, to the millisecond. A value without an offset is taken for UTC. */
export function dateOfDatetime(value: Datetime): Date {
  const seconds = daysSinceEpoch(value) * 86_400 + secondsOfDay(value) - (value.offset ?? 0);
  return new Date(seconds * 1000 + Math.floor(value.microsecond / 1000));
}

/**
 * A valid `Date` as a date and time.
 * @param offset Seconds east of UTC at which the clock is read; null for a clock in UTC that does not say so.
 */
export function datetimeOfDate(value: Date, offset: number | null = 0): Datetime {
  const shifted = new Date(value.getTime() + (offset ?? 0) * 1000);
  return {
    ...calendarDateOf(shifted),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    microsecond: shifted.getUTCMilliseconds() * 1000,
    offset,
  };
}

/**
 * A `Date` as Python's encoder for values without a schema writes a datetime: `2020-01-01T00:00:00.123000+00:00`.
 * @throws RangeError for an invalid Date.
 */
export function printDate(value: Date): string {
  return print(value, "+00:00");
}

/**
 * A `Date` as pydantic's serializer writes a datetime: `2020-01-01T00:00:00.123000Z`.
 * @throws RangeError for an invalid Date.
 */
export function printJsonDate(value: Date): string {
  return print(value, "Z");
}

/** The platform prints milliseconds always; Python prints microseconds, where there are any. */
function print(value: Date, offset: string): string {
  const text = value.toISOString();
  const fraction = text.slice(-5, -1);
  return `${text.slice(0, -5)}${fraction === ".000" ? "" : `${fraction}000`}${offset}`;
}
