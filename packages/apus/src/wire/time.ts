/** Times of the day, with or without an offset: read and printed as pydantic and Python do with a `time`. */
import { asBytes, digitAt, minus, pairAt } from "./bytes.ts";
import { extraCharacters, tooShort } from "./date.ts";
import { notUnicode, Refusal, unparsable } from "./refusal.ts";
import { timeTooLarge } from "./unix-number.ts";

/** What a clock shows. */
interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** A time of the day. */
export interface Time extends Clock {
  /** Seconds east of UTC, or null where none was said. */
  readonly offset: number | null;
}

const timeType = new Refusal("time_type", "Input should be a valid time");
const timeParsing = (error: string): Refusal =>
  unparsable("time_parsing", "Input should be in a valid time format", error);

/** A clock's time from a position on, and where it ends; or what is wrong with it. Durations are written so as well. */
export function clockAt(text: string, at: number): (Clock & { readonly end: number }) | string {
  if (text.length - at < 5) return tooShort;
  const hour = pairAt(text, at);
  if (hour < 0) return "invalid character in hour";
  if (text[at + 2] !== ":") return "invalid time separator, expected `:`";
  const minute = pairAt(text, at + 3);
  if (minute < 0) return "invalid character in minute";
  if (hour > 23) return "hour value is outside expected range of 0-23";
  if (minute > 59) return "minute value is outside expected range of 0-59";
  if (text[at + 5] !== ":") return { hour, minute, second: 0, microsecond: 0, end: at + 5 };
  const second = pairAt(text, at + 6);
  if (second < 0) return "invalid character in second";
  if (second > 59) return "second value is outside expected range of 0-59";
  if (text[at + 8] !== "." && text[at + 8] !== ",") return { hour, minute, second, microsecond: 0, end: at + 8 };
  let microsecond = 0;
  let end = at + 9;
  for (let unit = 100_000, digit = digitAt(text, end); digit >= 0; digit = digitAt(text, ++end)) {
    microsecond += Math.floor(unit) * digit; // digits after the sixth count for nothing
    unit /= 10;
  }
  return end === at + 9 ? "second fraction digits missing after `.`" : { hour, minute, second, microsecond, end };
}

/** The offset that takes up the rest of a text, null if there is no rest; or what is wrong with it. */
function offsetAt(text: string, at: number): number | null | string {
  if (at >= text.length) return null;
  const char = text[at]!;
  if (char === "Z" || char === "z") return text.length > at + 1 ? extraCharacters : 0;
  const long = text.startsWith(minus, at);
  if (char !== "+" && char !== "-" && !long) return "invalid timezone sign";
  const start = at + (long ? minus.length : 1);
  const hours = pairAt(text, start);
  if (hours < 0) return "invalid timezone hour";
  const end = start + (text[start + 2] === ":" ? 5 : 4);
  const minutes = pairAt(text, end - 2);
  if (minutes < 0) return "invalid timezone minute";
  if (minutes > 59) return "timezone minute value is outside expected range of 0-59";
  if (hours > 23) return "timezone offset must be less than 24 hours";
  if (text.length > end) return extraCharacters;
  const seconds = hours * 3600 + minutes * 60;
  return char === "+" || seconds === 0 ? seconds : -seconds;
}

/** The time that takes up the rest of a text; or what is wrong with it. */
export function timeAt(text: string, at: number): Time | string {
  const clock = clockAt(text, at);
  if (typeof clock === "string") return clock;
  const offset = offsetAt(text, clock.end);
  if (typeof offset === "string") return offset;
  const { hour, minute, second, microsecond } = clock;
  return { hour, minute, second, microsecond, offset };
}

/** A second of the day as a time in UTC. */
export function timeOfSeconds(seconds: number, microsecond: number): Time {
  return {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond,
    offset: 0,
  };
}

/** Seconds since midnight as a time in UTC. */
function timeOfNumber(given: number): Time | string {
  if (Number.isNaN(given)) return "NaN values not permitted";
  if (given < 0) return "time in seconds should be positive";
  if (given >= 86_400) return timeTooLarge;
  const microseconds = Math.round((given % 1) * 1_000_000);
  const seconds = Math.floor(given) + Math.floor(microseconds / 1_000_000);
  return seconds >= 86_400 ? timeTooLarge : timeOfSeconds(seconds, microseconds % 1_000_000);
}

/**
 * Reads a time. Text is `HH:MM[:SS[.f…]]` with an optional offset; digits after the sixth are dropped.
 * @param mode Lax takes numbers too: seconds since midnight, UTC.
 */
export function readTime(input: unknown, mode: "lax" | "strict"): Time | Refusal {
  let found: Time | string;
  if (typeof input === "string") {
    const text = asBytes(input);
    if (text === undefined) return notUnicode;
    found = timeAt(text, 0);
  } else if (typeof input === "number" && mode === "lax") found = timeOfNumber(input);
  else return timeType;
  return typeof found === "string" ? timeParsing(found) : found;
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** How a value is printed: `iso` as Python's `isoformat()`, `json` as pydantic's serializer, which writes UTC as `Z`. */
export type Form = "iso" | "json";

/** `14:00:00`, `14:00:00.123000+02:00`: microseconds only when there are some, and then six digits. */
export function printTime({ hour, minute, second, microsecond, offset }: Time, form: Form): string {
  const fraction = microsecond === 0 ? "" : `.${String(microsecond).padStart(6, "0")}`;
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}${fraction}${printOffset(offset, form)}`;
}

function printOffset(offset: number | null, form: Form): string {
  if (offset === null) return "";
  if (offset === 0 && form === "json") return "Z";
  const minutes = Math.abs(offset) / 60;
  return `${offset < 0 ? "-" : "+"}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** Seconds since midnight, without the microseconds. */
export const secondsOfDay = ({ hour, minute, second }: Clock): number => hour * 3600 + minute * 60 + second;

/** Negative if `a` is before `b`. Offsets count only where both have one. */
export function compareTimes(a: Time, b: Time): number {
  const shift = a.offset === null || b.offset === null ? 0 : a.offset - b.offset;
  return secondsOfDay(a) - secondsOfDay(b) - shift || a.microsecond - b.microsecond;
}
