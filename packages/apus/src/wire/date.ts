/**
 * Dates of the calendar: read from `YYYY-MM-DD`, from a date and time at midnight and from unix timestamps, as pydantic
 * reads a `date`; printed as ISO 8601.
 */
import { asBytes, pairAt } from "./bytes.ts";
import { notUnicode, Refusal, unparsable } from "./refusal.ts";

/** A day of the Gregorian calendar. */
export interface CalendarDate {
  /** 1 to 9999; 0 only while it is being read. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Whether what was read is wanted; asked before the year 0 is refused, as in pydantic. */
export type Constrain<T> = (value: T) => Refusal | undefined;

export const dateType = new Refusal("date_type", "Input should be a valid date");
export const dateInexact = new Refusal(
  "date_from_datetime_inexact",
  "Datetimes provided to dates should have zero time - e.g. be exact dates",
);
export const yearZero = "year 0 is out of range";
export const extraCharacters = "unexpected extra characters at the end of the input";
export const tooShort = "input is too short";

const dateParsing = (error: string): Refusal =>
  unparsable("date_parsing", "Input should be a valid date in the format YYYY-MM-DD", error);

/** The ten characters of a date at the start of a text, whatever comes after them; or what is wrong with them. */
export function leadingDate(text: string): CalendarDate | string {
  if (text.length < 10) return tooShort;
  const century = pairAt(text, 0);
  const rest = pairAt(text, 2);
  if (century < 0 || rest < 0) return "invalid character in year";
  if (text[4] !== "-") return "invalid date separator, expected `-`";
  const month = pairAt(text, 5);
  if (month < 0) return "invalid character in month";
  if (text[7] !== "-") return "invalid date separator, expected `-`";
  const day = pairAt(text, 8);
  if (day < 0) return "invalid character in day";
  if (month < 1 || month > 12) return "month value is outside expected range of 1-12";
  const year = century * 100 + rest;
  if (day < 1 || day > daysIn(year, month)) return "day value is outside expected range";
  return { year, month, day };
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** A date that is the whole text; or what is wrong with it. */
export function wholeDate(text: string): CalendarDate | string {
  const found = leadingDate(text);
  return typeof found === "string" || text.length === 10 ? found : extraCharacters;
}

/** Reads `YYYY-MM-DD` and nothing else, as pydantic's strict mode reads JSON. */
export function readStrictDate(input: unknown, constrain?: Constrain<CalendarDate>): CalendarDate | Refusal {
  if (typeof input !== "string") return dateType;
  const text = asBytes(input);
  if (text === undefined) return notUnicode;
  const found = wholeDate(text);
  return typeof found === "string" ? dateParsing(found) : inCalendar(found, constrain);
}

/** The date, unless it is not wanted or in the year 0, which Python's calendar lacks. */
export function inCalendar(date: CalendarDate, constrain: Constrain<CalendarDate> | undefined): CalendarDate | Refusal {
  return constrain?.(date) ?? (date.year === 0 ? dateParsing(yearZero) : date);
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `2020-01-31`: Python's `date.isoformat()`, and pydantic's JSON form. */
export function printCalendarDate({ year, month, day }: CalendarDate): string {
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** Negative if `a` is before `b`, 0 if they are the same day. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

/** Days since 1970-01-01. */
export function daysSinceEpoch({ year, month, day }: CalendarDate): number {
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000;
}

/** The day of an instant in UTC. */
export function calendarDateOf(instant: Date): CalendarDate {
  return { year: instant.getUTCFullYear(), month: instant.getUTCMonth() + 1, day: instant.getUTCDate() };
}

/** Midnight UTC of a day. */
export function midnight(date: CalendarDate): Date {
  return new Date(daysSinceEpoch(date) * 86_400_000);
}
