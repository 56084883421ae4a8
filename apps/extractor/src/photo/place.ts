// Where a photo was taken, from the GPS tags: personal data, read only when somebody asks for it.
import { numberFrom } from "./number.ts";
import type { RawTags } from "./tags.ts";
import { shown, type Warnings } from "./warning.ts";

/** A position in WGS 84. */
export interface Place {
  /** Degrees north, -90 to 90. */
  readonly latitude: number;
  /** Degrees east, -180 to 180. */
  readonly longitude: number;
  /** Metres above sea level, or null. */
  readonly altitude: number | null;
}

/** The place, or null when there is none or it makes no sense. */
export function readPlace(tags: RawTags, warnings: Warnings): Place | null {
  const { GPSLatitude, GPSLongitude, GPSLatitudeRef, GPSLongitudeRef } = tags;
  if (GPSLatitude === undefined && GPSLongitude === undefined) return null;
  const latitude = degrees(GPSLatitude, GPSLatitudeRef, "N", "S");
  const longitude = degrees(GPSLongitude, GPSLongitudeRef, "E", "W");
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180))
    return warnings.add(
      "invalid_value",
      "gps",
      `GPSLatitude ${shown(GPSLatitude)} and GPSLongitude ${shown(GPSLongitude)} are no place.`,
    );
  // A receiver without a fix writes zeros; the real place is open sea.
  if (latitude === 0 && longitude === 0)
    return warnings.add("unset_value", "gps", "The position is 0, 0: the receiver had no fix.");
  return { latitude, longitude, altitude: readAltitude(tags, warnings) };
}

/** Degrees, minutes and seconds as rationals, with the hemisphere in a tag of its own. NaN when they are none. */
function degrees(value: unknown, hemisphere: unknown, positive: string, negative: string): number {
  if (!Array.isArray(value) || value.length < 1 || value.length > 3) return Number.NaN;
  const parts = value.map(numberFrom);
  // 0/0 for the seconds, or for minutes and seconds, means that they are not stated.
  const [whole = Number.NaN, minutes = 0, seconds = 0] = parts.map((part, index) =>
    index > 0 && isZeroOverZero(value[index]) ? 0 : part,
  );
  if (!(whole >= 0 && minutes >= 0 && minutes < 60.1 && seconds >= 0 && seconds < 60.1)) return Number.NaN;
  const letter = String(Array.isArray(hemisphere) ? hemisphere[0] : hemisphere)
    .trim()
    .toUpperCase();
  if (letter !== positive && letter !== negative) return Number.NaN;
  const size = whole + minutes / 60 + seconds / 3600;
  // Seven decimals are a centimetre.
  return Number((letter === negative ? -size : size).toFixed(7)) + 0;
}

function isZeroOverZero(value: unknown): boolean {
  return Array.isArray(value) && value[0] === 0 && value[1] === 0;
}

function readAltitude(tags: RawTags, warnings: Warnings): number | null {
  const value = tags["GPSAltitude"];
  if (value === undefined || isZeroOverZero(value)) return null;
  const metres = numberFrom(value);
  // The deepest ditch and an airliner with room to spare; balloons go higher.
  if (!(Math.abs(metres) <= 100_000))
    return warnings.add("invalid_value", "gps", `GPSAltitude ${shown(value)} is no height in metres.`);
  const below = tags["GPSAltitudeRef"] === 1;
  return Number((below ? -metres : metres).toFixed(2)) + 0;
}
