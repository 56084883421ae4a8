// What was odd about a photo. A value that makes no sense becomes null and a warning; the photo itself is never refused.

/** - `empty_file`, `unreadable_file`, `unrecognised_content`: nothing could be read; the type is null.
 *  - `name_mismatch`: the extension claims another format than the content is.
 *  - `truncated`: the file ends before the picture does.
 *  - `metadata_unreadable`, `metadata_incomplete`: the camera's data are damaged, or lie beyond what is read.
 *  - `invalid_value`: one value made no sense. `unset_value`: the camera wrote its placeholder for "unknown".
 *  - `fallback_value`: the value comes from a second choice. */
export const warningCodes = [
  "empty_file",
  "unreadable_file",
  "unrecognised_content",
  "name_mismatch",
  "truncated",
  "metadata_unreadable",
  "metadata_incomplete",
  "invalid_value",
  "unset_value",
  "fallback_value",
] as const;
export type WarningCode = (typeof warningCodes)[number];

export interface PhotoWarning {
  readonly code: WarningCode;
  /** The field of the record that it concerns; null when it concerns the whole file. */
  readonly field: string | null;
  readonly message: string;
}

/** Collects the warnings of one photo. */
export class Warnings {
  readonly list: PhotoWarning[] = [];

  /** Adds one; gives null, so that a reader can `return warnings.add(…)` in place of the value. */
  add(code: WarningCode, field: string | null, message: string): null {
    this.list.push({ code, field, message });
    return null;
  }
}

/** A value of unknown origin as short printable text, for a message. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const printable = text.replace(/[\p{C}\u2028\u2029]/gu, "·");
  return `"${printable.length > 40 ? `${printable.slice(0, 40)}…` : printable}"`;
}
