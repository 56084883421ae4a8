// When a photo was taken, as the clock on the camera showed it. Exif has no zone in the date itself: the wall time is
// kept as text and never goes through a Date in the server's zone, which would move it.
import type { RawTags } from "./tags.ts";
import { shown, type Warnings } from "./warning.ts";

/** A wall time with what is known of its zone. */
export interface WallTime {
  /** `YYYY-MM-DDTHH:MM:SS`, as the clock of the camera showed it. */
  readonly local: string;
  /** `+02:00`, or null: the camera did not say in which zone its clock runs. */
  readonly offset: string | null;
  /** The instant in UTC, `YYYY-MM-DDTHH:MM:SSZ`; null without an offset. */
  readonly utc: string | null;
  /** The tag it was read from. */
  readonly tag: TimeTag;
}

/** In the order of preference: taken, stored, last changed. */
export const timeTags = ["DateTimeOriginal", "DateTimeDigitized", "DateTime"] as const;
export type TimeTag = (typeof timeTags)[number];

const offsetTags: Readonly<Record<TimeTag, string>> = {
  DateTimeOriginal: "OffsetTimeOriginal",
  DateTimeDigitized: "OffsetTimeDigitized",
  DateTime: "OffsetTime",
};

/** The best time there is. An unusable one is reported, and the next tag is tried. */
export function readWallTime(tags: RawTags, warnings: Warnings): WallTime | null {
  for (const tag of timeTags) {
    const text = textIn(tags[tag]);
    if (text === null) continue;
    const local = parseWallTime(text);
    if (local === null) {
      if (/^[0: /.-]*$/.test(text)) warnings.add("unset_value", "taken", `${tag} is blank: the clock was not set.`);
      else warnings.add("invalid_value", "taken", `${tag} ${shown(text)} is no date and time.`);
      continue;
    }
    if (tag === "DateTime")
      warnings.add(
        "fallback_value",
        "taken",
        "Only the time of the last change is known (DateTime), which a program may have set.",
      );
    const offset = readOffset(tags, offsetTags[tag], warnings);
    return { local, offset, utc: offset === null ? null : instant(local, offset), tag };
  }
  return null;
}

/** Absent and empty are the same; a value of the wrong type is shown as it is, to be refused. */
function textIn(value: unknown): string | null {
  if (value === undefined) return null;
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (first === undefined) return null;
  const text = typeof first === "string" ? first : JSON.stringify(value);
  return text.trim() === "" ? null : text;
}

/**
 * Exif's `YYYY:MM:DD HH:MM:SS`, also with the separators that some devices write instead, as `YYYY-MM-DDTHH:MM:SS`.
 * Null when it names no moment of the calendar.
 */
export function parseWallTime(text: string): string | null {
  const match = /^\s*(\d{4})[:/.-](\d{2})[:/.-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?[\s\0]*$/.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const [, y, mo, d, h, mi, s] = match;
  return `${y}-${mo}-${d}T${h}:${mi}:${s}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function readOffset(tags: RawTags, tag: string, warnings: Warnings): string | null {
  const text = textIn(tags[tag])?.trim();
  if (text === undefined || /^[ :]*$/.test(text)) return null;
  if (text === "Z") return "+00:00";
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  const minutes = match === null ? Number.NaN : Number(match[2]) * 60 + Number(match[3]);
  // Zones reach from -12:00 to +14:00.
  const most = match?.[1] === "-" ? 12 * 60 : 14 * 60;
  if (match === null || Number(match[3]) > 59 || minutes > most)
    return warnings.add("invalid_value", "taken", `${tag} ${shown(text)} is no offset from UTC.`);
  return `${match[1]}${match[2]}:${match[3]}`;
}

/** A wall time with its offset names an instant, whatever zone the server is in. */
function instant(local: string, offset: string): string {
  const sign = offset.startsWith("-") ? -1 : 1;
  const minutes = sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  return `${new Date(Date.parse(`${local}Z`) - minutes * 60_000).toISOString().slice(0, 19)}Z`;
}
