/**
 * Durations: read from ISO 8601 text, from the `D days, HH:MM:SS` that Python prints and from seconds, as pydantic reads a
 * `timedelta`; printed as ISO 8601. A year counts 365 days and a month 30.
 */
import { asBytes, digitAt } from "./bytes.ts";
import { extraCharacters, tooShort } from "./date.ts";
import { notUnicode, Refusal, unparsable } from "./refusal.ts";
import { clockAt, secondsOfDay } from "./time.ts";

/** A length of time as sign and magnitude. */
export interface Duration {
  readonly negative: boolean;
  /** 0 to 999,999,999. */
  readonly days: number;
  /** 0 to 86,399. */
  readonly seconds: number;
  /** 0 to 999,999. */
  readonly microseconds: number;
}

type Magnitude = Omit<Duration, "negative">;

const durationType = new Refusal("time_delta_type", "Input should be a valid timedelta");
const durationParsing = (error: string): Refusal =>
  unparsable("time_delta_parsing", "Input should be a valid timedelta", error);

const tooLarge = "a numeric value in the duration is too large";
const tooManyDays = "durations may not exceed 999,999,999 days";
const tooManyHours = "durations may not exceed 999,999,999 hours";
const badDays = '"day" identifier in duration not correctly formatted';
/** Quantities are unsigned 32-bit integers. */
const largest = 4_294_967_295;

const dateUnits: Readonly<Record<string, number>> = { Y: 365, M: 30, W: 7, D: 1 };
const timeUnits: Readonly<Record<string, number>> = { H: 3600, M: 60, S: 1 };
const dayWord = /^ ?[dD](?:ays?|AYS?|(?![aA]))(?:, ?| )?/;

interface Quantity {
  readonly value: number;
  readonly end: number;
}

function integerAt(text: string, at: number): Quantity | string {
  let value = digitAt(text, at);
  if (value < 0) return "invalid digit in duration";
  let end = at + 1;
  for (let digit = digitAt(text, end); digit >= 0; digit = digitAt(text, ++end)) {
    value = value * 10 + digit;
    if (value > largest) return tooLarge;
  }
  return { value, end };
}

/** The digits after a decimal sign as a fraction of one, summed up the way pydantic does: too many of them count as none. */
function fractionAt(text: string, at: number): Quantity {
  let value = 0;
  let denominator = 1;
  let end = at;
  for (let digit = digitAt(text, end); digit >= 0; digit = digitAt(text, ++end)) {
    value = value * 10 + digit;
    denominator *= 10;
  }
  const fraction = value / denominator;
  return { value: Number.isNaN(fraction) ? 0 : fraction, end };
}

/** What follows the `P`. */
function isoMagnitude(text: string): Magnitude | string {
  let inTime = false;
  let hadFraction = false;
  let days = 0;
  let seconds = 0;
  let microseconds = 0;
  let at = 0;
  for (; at < text.length; at++) {
    if (text[at] === "T") {
      if (inTime) return "`t` character repeated in duration";
      inTime = true;
      continue;
    }
    const whole = integerAt(text, at);
    if (typeof whole === "string") return whole;
    const sign = text[whole.end];
    const fraction = sign === "." || sign === "," ? fractionAt(text, whole.end + 1) : undefined;
    if (hadFraction) return "quantity fraction invalid in duration";
    hadFraction = fraction !== undefined;
    at = fraction?.end ?? whole.end;
    const unit = (inTime ? timeUnits : dateUnits)[text[at] ?? ""];
    if (unit === undefined) return `quantity invalid in ${inTime ? "time" : "date"} part of duration`;
    const part = (fraction?.value ?? 0) * unit;
    const full = Math.floor(part);
    let rest = part - full;
    if (inTime) seconds += whole.value * unit + full;
    else {
      days += whole.value * unit + full;
      seconds += Math.floor(rest * 86_400);
      rest = rest * 86_400 - Math.floor(rest * 86_400);
    }
    microseconds += Math.round(rest * 1_000_000);
    if (days > largest || seconds > largest || whole.value * unit > largest) return tooLarge;
  }
  return at < 2 ? tooShort : { days, seconds, microseconds };
}

/** `HH:MM[:SS[.f…]]`, with as many hours as you like. */
function clockMagnitude(text: string): Magnitude | string {
  if (text.length < 5) return tooShort;
  const colon = text.indexOf(":");
  if (colon < 0) return "invalid character in hour";
  if (colon > 10) return tooManyHours;
  const hours = text.slice(0, colon);
  if (!/^\d*$/.test(hours)) return "invalid character in hour";
  if (Number(hours) > 2_400_000_000) return tooManyHours;
  // Twelve characters hold minutes, seconds and six digits of a fraction; what comes after them is not looked at.
  const rest = `00:${text.slice(colon + 1, colon + 13)}`;
  const clock = clockAt(rest, 0);
  if (typeof clock === "string") return clock;
  if (rest.length > clock.end) return extraCharacters;
  const days = Math.floor(Number(hours) / 24);
  return { days, seconds: secondsOfDay(clock) + (Number(hours) % 24) * 3600, microseconds: clock.microsecond };
}

/** `D day[s]`, perhaps followed by a clock's time of less than 24 hours. */
function daysMagnitude(text: string): Magnitude | string {
  const days = integerAt(text, 0);
  if (typeof days === "string") return days;
  const after = text.slice(days.end);
  const word = dayWord.exec(after);
  if (word === null) return badDays;
  const rest = after.slice(word[0].length);
  if (rest === "") return { days: days.value, seconds: 0, microseconds: 0 };
  const clock = clockMagnitude(rest);
  if (typeof clock === "string") return clock;
  return clock.days > 0 ? tooManyHours : { ...clock, days: days.value };
}

/** Carries what is too much over to the next larger unit. */
function normal(negative: boolean, { days, seconds, microseconds }: Magnitude): Duration | string {
  const allSeconds = seconds + Math.floor(microseconds / 1_000_000);
  const allDays = days + Math.floor(allSeconds / 86_400);
  if (allSeconds > largest || allDays > largest) return tooLarge;
  const found = {
    negative,
    days: allDays,
    seconds: allSeconds % 86_400,
    microseconds: microseconds % 1_000_000,
  };
  if (found.days + found.seconds + found.microseconds === 0) return { ...found, negative: false };
  // Python counts days downwards: the last negative day has no earlier second. (FastAPI answers 500 for one.)
  const beyond = negative && found.days === 999_999_999 && found.seconds + found.microseconds > 0;
  return found.days > 999_999_999 || beyond ? tooManyDays : found;
}

function parse(text: string): Duration | string {
  const negative = text.startsWith("-");
  const bare = negative || text.startsWith("+") ? text.slice(1) : text;
  if (bare === "") return tooShort;
  const found = bare.startsWith("P")
    ? isoMagnitude(bare.slice(1))
    : bare.length < 5 || /[dD]/.test(bare)
      ? daysMagnitude(bare)
      : clockMagnitude(bare);
  return typeof found === "string" ? found : normal(negative, found);
}

function durationOfNumber(given: number): Duration | string {
  if (Number.isNaN(given)) return "NaN values not permitted";
  const total = Math.abs(given);
  const days = Math.floor(total / 86_400);
  if (!Number.isFinite(total)) return tooManyDays;
  return normal(given < 0, {
    // pydantic counts the days of an integer in 32 bits and does not look whether they fit.
    days: Number.isSafeInteger(given) ? days % (largest + 1) : Math.min(days, largest),
    seconds: Math.floor(total) % 86_400,
    microseconds: Math.round((total % 1) * 1_000_000),
  });
}

/**
 * Reads a duration.
 * @param mode Strict takes ISO 8601 text only (`PT1H`, `-P1DT0.5S`). Lax also takes `1 day, 02:03:04.5`, `26:00` and `3d`, and
 * seconds as a number or a boolean; but not seconds as text.
 */
export function readDuration(input: unknown, mode: "lax" | "strict"): Duration | Refusal {
  let found: Duration | string;
  if (typeof input === "string") {
    const text = asBytes(input);
    if (text === undefined) return notUnicode;
    found = parse(text);
    if (mode === "strict" && typeof found !== "string" && !/^[+-]?P/.test(text)) return durationType;
  } else if (mode === "strict") return durationType;
  else if (typeof input === "number" || typeof input === "boolean") found = durationOfNumber(Number(input));
  else return durationType;
  return typeof found === "string" ? durationParsing(found) : found;
}

/**
 * A number of seconds as a duration, or undefined where that is not finite or more than 999,999,999 days. The fraction is
 * rounded to microseconds, halves to the even one, as Python's `timedelta(seconds=…)` does.
 */
export function durationOfSeconds(given: number): Duration | undefined {
  if (!Number.isFinite(given)) return undefined;
  const total = Math.abs(given);
  const seconds = Math.floor(total);
  if (seconds > 86_399_999_999_999) return undefined;
  const exact = (total % 1) * 1_000_000;
  const lower = Math.floor(exact);
  const up = exact - lower > 0.5 || (exact - lower === 0.5 && lower % 2 === 1);
  const found = normal(given < 0, {
    days: Math.floor(seconds / 86_400),
    seconds: seconds % 86_400,
    microseconds: up ? lower + 1 : lower,
  });
  return typeof found === "string" ? undefined : found;
}

/** Seconds, as precisely as a number can say them: Python's `total_seconds()`. */
export function secondsOfDuration({ negative, days, seconds, microseconds }: Duration): number {
  // Read from its decimal digits, the number is rounded once.
  const total = Number(`${days * 86_400 + seconds}.${sixDigits(microseconds)}`);
  return negative ? -total : total;
}

const sixDigits = (value: number): string => String(value).padStart(6, "0");

/** ISO 8601 as pydantic writes it: `P1Y2DT3H4M5.006S`, `-PT1S`, `PT0S`. Whole years of 365 days are told as years. */
export function printDuration({ negative, days, seconds, microseconds }: Duration): string {
  const part = (value: number, unit: string): string => (value === 0 ? "" : `${value}${unit}`);
  const date = part(Math.floor(days / 365), "Y") + part(days % 365, "D");
  const fraction = microseconds === 0 ? "" : `.${sixDigits(microseconds).replace(/0+$/, "")}`;
  const second = seconds % 60 === 0 && fraction === "" ? "" : `${seconds % 60}${fraction}S`;
  const time = part(Math.floor(seconds / 3600), "H") + part(Math.floor(seconds / 60) % 60, "M") + second;
  const text = time === "" ? (date === "" ? "T0S" : date) : `${date}T${time}`;
  return `${negative ? "-" : ""}P${text}`;
}

/** Negative if `a` is shorter than `b`. */
export function compareDurations(a: Duration, b: Duration): number {
  const sign = (value: Duration): number => (value.negative ? -1 : 1);
  const magnitude = a.days - b.days || a.seconds - b.seconds || a.microseconds - b.microseconds;
  return sign(a) - sign(b) || sign(a) * magnitude;
}
