/** `types.date()`: a day of the calendar. */
import { z } from "zod";
import {
  calendarDateOf,
  compareDates,
  midnight,
  printCalendarDate,
  readLaxDate,
  readStrictDate,
  Refusal,
  type CalendarDate,
  type Constrain,
} from "../wire/index.ts";
import { allOf, either, relativeToNow, within, type Bounds } from "./bounds.ts";
import { invalidDate, now } from "./datetime.ts";
import { scalarWire } from "./scalar-wire.ts";
import { wireCodec } from "./wire-codec.ts";

export interface DateOptions<As extends "text" | "Date" = "text" | "Date"> extends Bounds<string | Date> {
  /** The handler's value: `"text"`, the default, is `2018-12-22`; `"Date"` is the midnight of that day in UTC. */
  readonly as?: As;
  /** Refuse today and later (`date_past`), today being what the server's local calendar says. */
  readonly past?: boolean;
  /** Refuse today and earlier (`date_future`). */
  readonly future?: boolean;
}

const notPast = new Refusal("date_past", "Date should be in the past");
const notFuture = new Refusal("date_future", "Date should be in the future");

/**
 * A day of the calendar, as pydantic's `date`.
 *
 * Read from `YYYY-MM-DD`, and from a date and time or a unix timestamp (number or text) that is exactly at midnight. Strict
 * reading, and plain zod, take `YYYY-MM-DD` only. In an output that text and a `Date` at midnight UTC are fine.
 *
 * `min` and `max` are included; of a `Date` its day in UTC counts.
 *
 * @throws ApusError for a bound that is no date, and for options that contradict each other.
 * @example
 * types.date() // handler: "2018-12-22"
 * types.date({ as: "Date", min: "2000-01-01" }) // handler: a Date, midnight UTC
 */
export function date<const As extends "text" | "Date" = "text">(
  options: DateOptions<As> = {},
): z.ZodCodec<z.ZodString, As extends "Date" ? z.ZodDate : z.ZodString> {
  const { as, past, future } = options;
  either(past, future, "`past` and `future`");
  const constrain = allOf<CalendarDate>([
    within(options, boundOf, compareDates, printCalendarDate),
    relativeToNow(
      past ? "past" : future ? "future" : undefined,
      (): CalendarDate => now(),
      compareDates,
      past === true ? notPast : notFuture,
    ),
  ]);
  const wire = scalarWire<CalendarDate>({
    label: "date",
    format: "date",
    expected: "a date: text such as 2018-12-22 or a Date at midnight UTC from the years 1 to 9999",
    read: (input, mode) => (mode === "lax" ? readLaxDate : readStrictDate)(input, constrain),
    give: as === "Date" ? midnight : printCalendarDate,
    take: (value) => takeDate(value, constrain),
    print: printCalendarDate,
  });
  const given = as === "Date" ? z.date() : z.string();
  return wireCodec<z.ZodString, As extends "Date" ? z.ZodDate : z.ZodString>(
    wire,
    z.string(),
    given as As extends "Date" ? z.ZodDate : z.ZodString,
  );
}

function takeDate(value: unknown, constrain: Constrain<CalendarDate> | undefined): CalendarDate | Refusal | undefined {
  const found = value instanceof Date ? dayOf(value) : readStrictDate(value);
  return found === undefined || found instanceof Refusal ? undefined : (constrain?.(found) ?? found);
}

function dayOf(value: Date): CalendarDate | undefined {
  const found = calendarDateOf(value);
  return value.getTime() % 86_400_000 === 0 && found.year >= 1 && found.year <= 9999 ? found : undefined;
}

function boundOf(declared: string | Date): CalendarDate | Refusal {
  if (typeof declared === "string") return readLaxDate(declared);
  return Number.isNaN(declared.getTime()) ? invalidDate : calendarDateOf(declared);
}
