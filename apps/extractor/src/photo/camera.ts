// The camera's own account of a picture, from Exif tags: what took it and how it was exposed. Tags after CIPA DC-008
// (Exif 2.32). Ranges are wide on purpose: ISO 32, f/0.95 and 1,200 mm are real.
import { faultyValue, integerFrom, isUndefinedRational, numberFrom, significant } from "./number.ts";
import type { RawTags } from "./tags.ts";
import { shown, type Warnings } from "./warning.ts";

const longestName = 200;

/** A name such as Make, Model or LensModel: trimmed, without control characters; null when empty or absent. */
export function readName(tags: RawTags, tag: string, field: string, warnings: Warnings): string | null {
  const value = tags[tag];
  if (value === undefined) return null;
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  if (value === faultyValue || parts.some((part) => typeof part !== "string"))
    return warnings.add("invalid_value", field, `${tag} is no text: ${shown(value)}.`);
  const text = (parts[0] as string | undefined) ?? "";
  const clean = text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (clean === "") return null;
  if (clean.length > longestName)
    return warnings.add("invalid_value", field, `${tag} is longer than any name: ${text.length} characters.`);
  return clean;
}

/** How long the shutter was open. */
export interface Exposure {
  readonly seconds: number;
  /** As photographers write it: "1/989" below a quarter of a second, otherwise "0.5" or "6". */
  readonly text: string;
}

/** From ExposureTime, or from ShutterSpeedValue where a camera writes only that. */
export function readExposure(tags: RawTags, warnings: Warnings): Exposure | null {
  const direct = tags["ExposureTime"];
  if (direct === undefined && tags["ShutterSpeedValue"] === undefined) return null;
  const seconds = direct === undefined ? 2 ** -numberFrom(tags["ShutterSpeedValue"]) : numberFrom(direct);
  if (isUnset(direct))
    return warnings.add("unset_value", "exposure", "The camera did not state the exposure time (it wrote 0).");
  // A day is beyond what any camera exposes for; 1/1,000,000 s is beyond any shutter.
  if (!(seconds >= 1e-6 && seconds <= 86_400))
    return warnings.add("invalid_value", "exposure", `ExposureTime ${shown(direct)} is no exposure time in seconds.`);
  return { seconds: significant(seconds), text: exposureText(seconds) };
}

/** @param seconds greater than 0 */
export function exposureText(seconds: number): string {
  return seconds < 0.25 ? `1/${Math.round(1 / seconds)}` : String(Number(seconds.toFixed(seconds < 1 ? 2 : 1)));
}

/** From FNumber, or from ApertureValue where a camera writes only that. A lens without contacts leaves it unset. */
export function readAperture(tags: RawTags, warnings: Warnings): number | null {
  const direct = tags["FNumber"];
  if (direct === undefined && tags["ApertureValue"] === undefined) return null;
  const value = direct === undefined ? Math.SQRT2 ** numberFrom(tags["ApertureValue"]) : numberFrom(direct);
  if (isUnset(direct))
    return warnings.add("unset_value", "f_number", "The camera did not state the aperture (it wrote 0).");
  if (!(value >= 0.1 && value <= 1000))
    return warnings.add("invalid_value", "f_number", `FNumber ${shown(direct)} is no f-number.`);
  return significant(direct === undefined ? Number(value.toFixed(1)) : value);
}

/** From FocalLength, in millimetres: a fraction on phones. */
export function readFocalLength(tags: RawTags, warnings: Warnings): number | null {
  const direct = tags["FocalLength"];
  if (direct === undefined) return null;
  const value = numberFrom(direct);
  if (isUnset(direct))
    return warnings.add("unset_value", "focal_length", "The camera did not state the focal length (it wrote 0).");
  if (!(value >= 0.1 && value <= 100_000))
    return warnings.add("invalid_value", "focal_length", `FocalLength ${shown(direct)} is no length in millimetres.`);
  return significant(value);
}

/** The largest value of a SHORT: Exif 2.3 lets it stand for "see the longer tags". */
const seeOtherTags = 65_535;
const highestIso = 10_000_000;

/** From PhotographicSensitivity (once called ISOSpeedRatings), or the longer tags where it says to look there. */
export function readIso(tags: RawTags, warnings: Warnings): number | null {
  const direct = tags["ISOSpeedRatings"];
  const others = ["RecommendedExposureIndex", "ISOSpeed", "StandardOutputSensitivity"].map((tag) => tags[tag]);
  const elsewhere = others.map(integerFrom).find((value) => value > 0 && value <= highestIso);
  if (direct === undefined) return elsewhere ?? null;
  const value = integerFrom(direct);
  if (value === seeOtherTags) {
    if (elsewhere !== undefined) return elsewhere;
    return warnings.add("unset_value", "iso", "The ISO is beyond 65,535 and the tag that would tell it is missing.");
  }
  if (value === 0) return warnings.add("unset_value", "iso", "The camera did not state the ISO (it wrote 0).");
  if (!(value > 0 && value <= highestIso))
    return warnings.add("invalid_value", "iso", `ISO ${shown(direct)} is no sensitivity.`);
  return value;
}

/** The Orientation tag, 1 to 8: how the stored picture must be turned to stand upright. */
export function readOrientation(tags: RawTags, warnings: Warnings): number | null {
  const direct = tags["Orientation"];
  if (direct === undefined) return null;
  const value = integerFrom(direct);
  if (value === 0) return null; // written by some programs for "unknown"
  if (!(value >= 1 && value <= 8))
    return warnings.add("invalid_value", "orientation", `Orientation ${shown(direct)} is not between 1 and 8.`);
  return value;
}

function isUnset(value: unknown): boolean {
  return isUndefinedRational(value) || (value !== undefined && numberFrom(value) === 0);
}
