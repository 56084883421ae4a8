/** `types.time()`: a time of the day. */
import { z } from "zod";
import { compareTimes, printTime, readTime, Refusal, type Time } from "../wire/index.ts";
import { within, type Bounds } from "./bounds.ts";
import { scalarWire } from "./scalar-wire.ts";
import { wireCodec } from "./wire-codec.ts";

/** Bounds as text: `"09:00"`. */
export type TimeOptions = Bounds<string>;

/**
 * A time of the day, with or without an offset, as pydantic's `time`. The handler gets ISO 8601 text as Python's
 * `isoformat()` prints it: `14:00:00`, `14:00:00.123000+02:00`.
 *
 * Read from `HH:MM[:SS[.f…]]` with an optional `Z` or offset, and from seconds since midnight as a number, which are UTC.
 * Strict reading, and plain zod, take the text only; so does an output. Written is the same with `Z` for an offset of zero.
 *
 * `min` and `max` are included; times with and without an offset are compared by the clock.
 *
 * @throws ApusError for a bound that is no time.
 * @example types.time({ min: "09:00", max: "17:30" }) // handler: "09:30:00"
 */
export function time(options: TimeOptions = {}): z.ZodCodec<z.ZodString, z.ZodString> {
  const wire = scalarWire<Time>({
    label: "time",
    format: "time",
    expected: "a time of the day: text such as 14:00:00",
    read: readTime,
    constrain: within(
      options,
      (bound) => readTime(bound, "lax"),
      compareTimes,
      (value) => printTime(value, "json"),
    ),
    give: (value) => printTime(value, "iso"),
    take: (value) => {
      const found = readTime(value, "strict");
      return found instanceof Refusal ? undefined : found;
    },
    print: (value) => printTime(value, "json"),
  });
  return wireCodec(wire, z.string(), z.string());
}
