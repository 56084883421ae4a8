/** `types.duration()`: a length of time. */
import { z } from "zod";
import {
  compareDurations,
  durationOfSeconds,
  printDuration,
  readDuration,
  Refusal,
  secondsOfDuration,
  type Duration,
} from "../wire/index.ts";
import { within, type Bounds } from "./bounds.ts";
import { scalarWire } from "./scalar-wire.ts";
import { wireCodec } from "./wire-codec.ts";

/** Bounds are seconds or text. */
export interface DurationOptions<As extends "seconds" | "text" = "seconds" | "text"> extends Bounds<number | string> {
  /**
   * The handler's value: `"seconds"`, the default, is a number with microseconds as its fraction (exact up to 285 years);
   * `"text"` is ISO 8601 as pydantic prints it, exact always.
   */
  readonly as?: As;
}

/**
 * A length of time, as pydantic's `timedelta`: up to 999,999,999 days, to the microsecond, negative ones too.
 *
 * Read from ISO 8601 (`PT1H30M`, `-P1DT0.5S`; a year is 365 days, a month 30), from `[D days, ]HH:MM[:SS[.f…]]` as Python
 * prints it, from `3d`, and from seconds as a number. Strict reading, and plain zod, take ISO 8601 text only. In an output
 * seconds and ISO 8601 text are both fine. Written is ISO 8601, with years, days, hours, minutes and seconds.
 *
 * `min` and `max` are included.
 *
 * @throws ApusError for a bound that is no duration.
 * @example
 * types.duration() // "PT1H" → 3600
 * types.duration({ as: "text", max: "P1D" }) // "1:30:00" → "PT1H30M"
 */
export function duration<const As extends "seconds" | "text" = "seconds">(
  options: DurationOptions<As> = {},
): z.ZodCodec<z.ZodString, As extends "text" ? z.ZodString : z.ZodNumber> {
  const { as } = options;
  const wire = scalarWire<Duration>({
    label: "timedelta",
    format: "duration",
    expected: "a duration: a finite number of seconds, or ISO 8601 text such as PT1H",
    read: readDuration,
    constrain: within(options, (bound) => readDuration(bound, "lax"), compareDurations, inWords),
    // What pydantic echoes here is the duration, not the text it was read from; FastAPI writes its seconds.
    echo: secondsOfDuration,
    give: as === "text" ? printDuration : secondsOfDuration,
    take: (value) => {
      if (typeof value === "number") return durationOfSeconds(value);
      const found = readDuration(value, "strict");
      return found instanceof Refusal ? undefined : found;
    },
    print: printDuration,
  });
  const given = as === "text" ? z.string() : z.number();
  return wireCodec<z.ZodString, As extends "text" ? z.ZodString : z.ZodNumber>(
    wire,
    z.string(),
    given as As extends "text" ? z.ZodString : z.ZodNumber,
  );
}

/** `2 days and 1 hour`: a bound as pydantic tells it, counting from the day before where it is negative, as Python does. */
function inWords(bound: Duration): string {
  const { days, seconds, microseconds } = bound.negative ? floored(bound) : bound;
  const parts = [
    [days, "day"],
    [Math.floor(seconds / 3600), "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
    [microseconds, "microsecond"],
  ] as const;
  const told = parts
    .filter(([count]) => count !== 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`);
  return told.length === 0 ? "0 seconds" : told.join(" and ");
}

/** The same with days alone below zero. */
function floored({ days, seconds, microseconds }: Duration): Omit<Duration, "negative"> {
  const lent = microseconds > 0 ? 1 : 0;
  const rest = -seconds - lent;
  return {
    days: rest < 0 ? -days - 1 : -days,
    seconds: rest < 0 ? rest + 86_400 : 0,
    microseconds: lent * 1_000_000 - microseconds,
  };
}
