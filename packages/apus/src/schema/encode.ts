/**
 * The JSON form of values that no schema describes: dates as ISO text, sets as lists, maps as objects. What is plain
 * already is handed through without a copy.
 */
import { ApusError } from "../diagnostic/index.ts";

/** Thrown for a value that JSON cannot say (a cycle, a bigint beyond 2^53, a function); answered as a 500. */
export class EncodeError extends ApusError {
  override readonly name = "EncodeError";
}

const deepest = 200;

/**
 * The JSON-compatible form of a value: `Date` → ISO 8601 text, `Set` → list, `Map` → object, `bigint` → number, bytes →
 * UTF-8 text, an object with `toJSON` → what that returns. Own enumerable properties only.
 *
 * @throws EncodeError for what JSON cannot express, naming the way to it.
 * @example encode({ at: new Date(0), tags: new Set(["a"]) }) // { at: "1970-01-01T00:00:00.000Z", tags: ["a"] }
 */
export function encode(value: unknown): unknown {
  return encodeAt(value, 0);
}

function encodeAt(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "undefined":
      return value;
    case "bigint":
      return number(value);
    case "object":
      return value === null ? null : encodeObject(value, depth);
    default:
      throw new EncodeError(
        `APUS_NOT_JSON: a ${typeof value} cannot be written as JSON; return plain data or declare \`output\`.`,
      );
  }
}

function number(value: bigint): number {
  const found = Number(value);
  if (!Number.isSafeInteger(found)) {
    throw new EncodeError(
      `APUS_NOT_JSON: the bigint ${value} does not fit a JSON number exactly; return it as text (String(value)).`,
    );
  }
  return found;
}

function date(value: Date): string {
  if (Number.isNaN(value.getTime())) {
    throw new EncodeError(
      "APUS_NOT_JSON: an invalid Date has no JSON form; check what it was made from, or return null.",
    );
  }
  return value.toISOString();
}

function encodeObject(value: object, depth: number): unknown {
  if (depth > deepest) {
    throw new EncodeError(`APUS_NOT_JSON: the value is nested deeper than ${deepest} levels, or contains itself.`);
  }
  if (Array.isArray(value)) return encodeList(value, depth);
  if (value instanceof Date) return date(value);
  if (value instanceof Set) return encodeList([...value], depth);
  if (value instanceof Map) return encodeRecord(Object.fromEntries(value) as Record<string, unknown>, depth);
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if ("toJSON" in value && typeof value.toJSON === "function") return encodeAt(value.toJSON(), depth + 1);
  return encodeRecord(value as Record<string, unknown>, depth);
}

function encodeList(list: readonly unknown[], depth: number): unknown {
  let copy: unknown[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const found = encodeAt(list[i], depth + 1);
    if (found !== list[i]) (copy ??= [...list])[i] = found;
  }
  return copy ?? list;
}

function encodeRecord(record: Record<string, unknown>, depth: number): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(record)) {
    const value = record[key];
    if (typeof value === "function") continue; // methods are no data; JSON.stringify leaves them out as well
    const found = encodeAt(value, depth + 1);
    if (found !== value) (copy ??= { ...record })[key] = found;
  }
  return copy ?? record;
}
