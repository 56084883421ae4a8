/** `types.datetime()`: a date and time of day, exact on the wire to the microsecond and with its offset. */
import { z } from "zod";
import {
  compareDatetimes,
  dateOfDatetime,
  datetimeOfDate,
  printDatetime,
  readDatetime,
  Refusal,
  type Constrain,
  type Datetime,
} from "../wire/index.ts";
import { allOf, either, relativeToNow, within, type Bounds } from "./bounds.ts";
import { scalarWire } from "./scalar-wire.ts";
import { wireCodec } from "./wire-codec.ts";

/** What the handler works with. */
export interface DatetimeOptions<As extends "text" | "Date" = "text" | "Date"> extends Bounds<string | Date> {
  /**
   * The handler's value. `"text"`, the default, is ISO 8601 as Python's `isoformat()` prints it, exact to the microsecond,
   * with the offset that was sent, or none: `2018-12-22T14:00:00+00:00`. `"Date"` is a JavaScript `Date`: exact to the
   * millisecond, without the offset; what was sent without an offset is taken for UTC.
   */
  readonly as?: As;
  /** Refuse what has no offset (`timezone_aware`). */
  readonly aware?: boolean;
  /** Refuse what has an offset (`timezone_naive`). A `Date` is then written without one. */
  readonly naive?: boolean;
  /** Refuse what is not in the past (`datetime_past`). Without an offset it is compared with the server's local clock. */
  readonly past?: boolean;
  /** Refuse what is not in the future (`datetime_future`). */
  readonly future?: boolean;
}

const notAware = new Refusal("timezone_aware", "Input should have timezone info");
const notNaive = new Refusal("timezone_naive", "Input should not have timezone info");
const notPast = new Refusal("datetime_past", "Input should be in the past");
const notFuture = new Refusal("datetime_future", "Input should be in the future");

/**
 * A date and time, as pydantic's `datetime`.
 *
 * Read from RFC 3339 text (`2018-12-22T14:00:00Z`; a space or `_` for the `T`, no seconds, no offset are fine; fractions are
 * cut to microseconds), from a date alone, which stands for its midnight, and from unix timestamps, as number or text:
 * seconds, or milliseconds beyond ±20,000,000,000. Strict reading, and plain zod, take the text only. In an output both the
 * text and a `Date` are fine; written is `2018-12-22T14:00:00Z`, with six digits of microseconds if there are any.
 *
 * `min` and `max` are included; bounds with and without an offset are compared by the clock, as pydantic does.
 *
 * @throws ApusError for a bound that is no date and time, and for options that contradict each other.
 * @example
 * types.datetime() // handler: "2018-12-22T14:00:00+00:00"
 * types.datetime({ as: "Date", aware: true, past: true }) // handler: a Date
 */
export function datetime<const As extends "text" | "Date" = "text">(
  options: DatetimeOptions<As> = {},
): z.ZodCodec<z.ZodString, As extends "Date" ? z.ZodDate : z.ZodString> {
  const { as, aware, naive, past, future } = options;
  either(aware, naive, "`aware` and `naive`");
  either(past, future, "`past` and `future`");
  const constrain = allOf<Datetime>([
    within(options, boundOf, compareDatetimes, (value) => printDatetime(value, "json")),
    relativeToNow(
      past ? "past" : future ? "future" : undefined,
      now,
      compareDatetimes,
      past === true ? notPast : notFuture,
    ),
    aware ? ({ offset }) => (offset === null ? notAware : undefined) : undefined,
    naive ? ({ offset }) => (offset === null ? undefined : notNaive) : undefined,
  ]);
  const wire = scalarWire<Datetime>({
    label: "datetime",
    format: "date-time",
    expected: "a date and time: ISO 8601 text or a Date from the years 1 to 9999",
    read: (input, mode) => readDatetime(input, mode, constrain),
    give: as === "Date" ? dateOfDatetime : (value) => printDatetime(value, "iso"),
    take: (value) => takeDatetime(value, naive === true, constrain),
    print: (value) => printDatetime(value, "json"),
  });
  const given = as === "Date" ? z.date() : z.string();
  return wireCodec<z.ZodString, As extends "Date" ? z.ZodDate : z.ZodString>(
    wire,
    z.string(),
    given as As extends "Date" ? z.ZodDate : z.ZodString,
  );
}

function takeDatetime(
  value: unknown,
  naive: boolean,
  constrain: Constrain<Datetime> | undefined,
): Datetime | Refusal | undefined {
  if (value instanceof Date) {
    const found = datetimeOfDate(value, naive ? null : 0);
    if (!(found.year >= 1 && found.year <= 9999)) return undefined;
    return constrain?.(found) ?? found;
  }
  const found = readDatetime(value, "strict");
  return found instanceof Refusal ? undefined : (constrain?.(found) ?? found);
}

function boundOf(declared: string | Date): Datetime | Refusal {
  if (typeof declared === "string") return readDatetime(declared, "lax");
  return Number.isNaN(declared.getTime()) ? invalidDate : datetimeOfDate(declared);
}

/** Why a bound cannot be used. */
export const invalidDate = new Refusal("datetime_type", "it is an invalid Date");

/** Now, with the offset of the server's time zone. */
export function now(): Datetime {
  const instant = new Date();
  return datetimeOfDate(instant, -instant.getTimezoneOffset() * 60);
}
