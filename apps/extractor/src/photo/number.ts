// Numbers as Exif holds them: whole numbers, rationals as pairs, sometimes lists, sometimes the wrong type.

/** The placeholder that ExifReader gives for a value that lies outside of the file. */
export const faultyValue = "<faulty value>";

/** A number, or a rational as numerator over denominator; a list gives its first. NaN when it is neither. */
export function numberFrom(value: unknown): number {
  if (typeof value === "number") return value;
  if (!Array.isArray(value)) return Number.NaN;
  const [first, second] = value as unknown[];
  if (Array.isArray(first)) return numberFrom(first);
  if (typeof first !== "number") return Number.NaN;
  return value.length === 2 && typeof second === "number" ? first / second : first;
}

/** A whole number; a list gives its first. NaN when it is none. */
export function integerFrom(value: unknown): number {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return Number.isInteger(first) ? (first as number) : Number.NaN;
}

/** A rational with 0 below: some cameras write 0/0 or 1/0 for "unknown". */
export function isUndefinedRational(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value[1] === 0;
}

/** Rounded to six significant digits, which is more than cameras measure: 4.15 stays 4.15, 1/3 becomes 0.333333. */
export function significant(value: number): number {
  return Number(value.toPrecision(6));
}
