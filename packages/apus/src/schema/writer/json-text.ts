/** JSON text of values in JSON form. The platform writes it; this one is asked only where integers are too long for that. */
import { EncodeError } from "./json-form.ts";

/**
 * The JSON text of a value in JSON form, bigints in full; `null` for undefined.
 * @throws EncodeError for a value that contains itself.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch (error) {
    // What the platform refuses is a bigint, or a cycle.
    if (!(error instanceof TypeError)) throw error;
    return textAt(value, 0) ?? "null";
  }
}

const deepest = 2000;

/** Undefined for what JSON leaves out. */
function textAt(value: unknown, depth: number): string | undefined {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (depth > deepest) {
    throw new EncodeError(`APUS_NOT_JSON: the value is nested deeper than ${deepest} levels, or contains itself.`);
  }
  if (Array.isArray(value)) return `[${value.map((each) => textAt(each, depth + 1) ?? "null").join(",")}]`;
  if ("toJSON" in value && typeof value.toJSON === "function") return textAt(value.toJSON(), depth + 1);
  const members: string[] = [];
  for (const [key, each] of Object.entries(value)) {
    const text = textAt(each, depth + 1);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${members.join(",")}}`;
}
