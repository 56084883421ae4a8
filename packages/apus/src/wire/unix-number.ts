/**
 * Unix timestamps, as numbers and as text, by pydantic's rules: beyond ±20,000,000,000 they are milliseconds. Its parsers
 * compute in 64-bit integers, and where those overflow without being noticed, the result is part of the behaviour.
 */

/** A point in time in UTC: whole seconds since 1970-01-01 and microseconds of the second. */
export interface Instant {
  readonly seconds: number;
  /** 0 to 999,999. */
  readonly microseconds: number;
}

const watershed = 20_000_000_000;
/** 0000-01-01T00:00:00 and 9999-12-31T23:59:59. */
const first = -62_167_219_200;
const last = 253_402_300_799;
/** What does not fit a 64-bit integer is cut to it. */
const largest = 2 ** 63;

const tooEarly = "dates before 0000 are not supported as unix timestamps";
const tooLate = "dates after 9999 are not supported as unix timestamps";
export const timeTooLarge = "numeric times may not exceed 86,399 seconds";

const floatText = /^[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A decimal integer as a 64-bit one, or undefined if it is none. */
function integerText(text: string): number | undefined {
  const end = endOfInteger(text);
  return end.at === text.length ? end.value : undefined;
}

/** How far a text can be read as an integer; nowhere (-1) if that overflows. */
function endOfInteger(text: string): { readonly at: number; readonly value: number } {
  const sign = text.startsWith("-") ? -1 : 1;
  const start = text.length > 1 && (text.startsWith("-") || text.startsWith("+")) ? 1 : 0;
  // Two halves of 32 bits. What overflows is noticed by its sign, so every other time; then the rest is kept, as there.
  let high = 0;
  let low = 0;
  let at = start;
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    const carried = low * 10 + digit;
    low = carried >>> 0;
    high = (high * 10 + Math.floor(carried / 0x1_0000_0000)) >>> 0;
    if (high >= 0x8000_0000) return { at: -1, value: 0 };
  }
  const value = sign * (high * 0x1_0000_0000 + low);
  return { at: at === start ? -1 : at, value };
}

/**
 * A timestamp written as text: the instant, or what is wrong with it; undefined for what is not a number at all.
 * A float's error says so by `whole: false`.
 */
export function instantOfText(text: string): { readonly whole: boolean; readonly found: Instant | string } | undefined {
  const whole = integerText(text);
  if (whole !== undefined) return { whole: true, found: instant(whole, 0) };
  if (!floatText.test(text)) return undefined;
  // The digits before the point have to fit an integer.
  const point = text.indexOf(".");
  const digits = text.slice(0, point);
  if (/\d/.test(digits) && integerText(digits) === undefined) return undefined;
  const given = Number(text);
  const normal = Math.abs(given) > watershed ? given / 1000 : given;
  const seconds = Math.floor(normal);
  const microseconds =
    normal > largest ? Number.POSITIVE_INFINITY : normal < -largest ? 0 : Math.round((normal - seconds) * 1_000_000);
  return { whole: false, found: instant(seconds, microseconds) };
}

/** A timestamp given as a number: the instant, or what is wrong with it. */
export function instantOfNumber(given: number): Instant | string {
  if (Number.isNaN(given)) return "NaN values not permitted";
  const unit = Math.abs(given) > watershed ? 1000 : 1_000_000;
  // Below zero the fraction is added to the next smaller second, not taken from it: pydantic's own arithmetic.
  const fraction = Number.isFinite(given) ? Math.abs(given % 1) : 0;
  return instant(Math.floor(given), Math.round(fraction * unit));
}

/** Seconds or milliseconds, and microseconds beside them, as an instant within the years 0 to 9999. */
function instant(given: number, beside: number): Instant | string {
  const inMilliseconds = Math.abs(given) > watershed;
  let seconds = inMilliseconds ? Math.floor(given / 1000) : given;
  let microseconds = beside;
  if (inMilliseconds && Number.isFinite(given)) microseconds += (given - seconds * 1000) * 1000;
  if (microseconds > 4_294_967_295) return timeTooLarge;
  seconds += Math.floor(microseconds / 1_000_000);
  microseconds %= 1_000_000;
  if (seconds < first) return tooEarly;
  if (seconds > last) return tooLate;
  return { seconds: seconds + 0, microseconds };
}
