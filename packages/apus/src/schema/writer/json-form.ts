/**
 * The JSON form of values that no schema describes: dates as ISO text, sets as lists, maps as objects. What is plain already
 * is handed through without a copy. pydantic and FastAPI's own encoder differ in a few of them, so there are two forms.
 */
import { ApusError } from "../../diagnostic/index.ts";
import { printDate, printJsonDate, utf8Text } from "../../wire/index.ts";

/** Thrown for a value that JSON cannot say (a cycle, a function, NaN); answered as a 500. */
export class EncodeError extends ApusError {
  override readonly name = "EncodeError";
}

/**
 * `"encoder"`: an answer without `output`, as FastAPI's encoder writes it. `"model"`: something unknown inside an output, as
 * pydantic writes it. `"echo"`: what a client sent, shown to it again; numbers stay what they are. `"document"`: part of the
 * OpenAPI document, which is an object that anybody may print, so it holds no bigints.
 */
type Form = "encoder" | "model" | "echo" | "document";

/** Whatever the JSON parser lets through, with as much around it as a program may put there. */
const deepest = 1200;

/**
 * The JSON form of a value. Integers beyond 2^53 stay bigints, which `jsonText` writes.
 * @throws EncodeError for what JSON cannot express, naming the way to it.
 */
export function jsonForm(value: unknown, form: Form): unknown {
  return formAt(value, form, 0);
}

/** The form of what no schema describes inside an output: `jsonForm(value, "model")`. */
export function outputForm(value: unknown): unknown {
  return formAt(value, "model", 0);
}

function formAt(value: unknown, form: Form, depth: number): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return value;
    case "number":
      return Number.isFinite(value) ? value : notFinite(value, form);
    case "bigint":
      return integer(value, form);
    case "object":
      return value === null ? null : ofObject(value, form, depth);
    default:
      throw new EncodeError(
        `APUS_NOT_JSON: a ${typeof value} cannot be written as JSON; return plain data or declare \`output\`.`,
      );
  }
}

function integer(value: bigint, form: Form): number | bigint {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  if (form !== "document") return value;
  throw new EncodeError(`APUS_NOT_JSON: the bigint ${value} does not fit a JavaScript number exactly.`);
}

function notFinite(value: number, form: Form): number | null {
  if (form === "model") return null;
  if (form === "echo") return value;
  throw new EncodeError(
    `APUS_NOT_JSON: the number ${value} has no JSON form; return null in its place, or declare \`output\`.`,
  );
}

function date(value: Date, form: Form): string {
  if (Number.isNaN(value.getTime())) {
    throw new EncodeError(
      "APUS_NOT_JSON: an invalid Date has no JSON form; check what it was made from, or return null.",
    );
  }
  return form === "model" || form === "document" ? printJsonDate(value) : printDate(value);
}

function bytes(value: Uint8Array, form: Form): string {
  const text = utf8Text(value);
  if (text !== undefined) return text;
  if (form === "echo") return new TextDecoder().decode(value);
  throw new EncodeError(
    "APUS_NOT_JSON: bytes that are no UTF-8 have no JSON form; declare them as types.base64(), or return them as a Response.",
  );
}

function ofObject(value: object, form: Form, depth: number): unknown {
  if (depth > deepest) {
    throw new EncodeError(`APUS_NOT_JSON: the value is nested deeper than ${deepest} levels, or contains itself.`);
  }
  if (Array.isArray(value)) return ofList(value, form, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    ? ofPlain(value as Record<string, unknown>, form, depth)
    : ofInstance(value, form, depth);
}

/** Own methods are no data, unless there is one that says what the data is. */
function ofPlain(value: Record<string, unknown>, form: Form, depth: number): unknown {
  return typeof value.toJSON === "function" ? formAt(value.toJSON(), form, depth + 1) : ofRecord(value, form, depth);
}

/** What `new Number(1)` and its like are. */
const wrapper = /^\[object (?:Number|String|Boolean)\]$/;

function ofInstance(value: object, form: Form, depth: number): unknown {
  if (value instanceof Date) return date(value, form);
  if (value instanceof Map) return ofRecord(ofMap(value, form, depth), form, depth);
  if (value instanceof Uint8Array) return bytes(value, form);
  if (wrapper.test(Object.prototype.toString.call(value))) return formAt(value.valueOf(), form, depth);
  if ("toJSON" in value && typeof value.toJSON === "function") return formAt(value.toJSON(), form, depth + 1);
  if (value instanceof Promise && form !== "echo") {
    throw new EncodeError("APUS_NOT_JSON: a promise cannot be written as JSON; await it first.");
  }
  // Sets, typed arrays, generators.
  if (Symbol.iterator in value) return ofList([...(value as Iterable<unknown>)], form, depth);
  return ofRecord({ ...(value as Record<string, unknown>) }, form, depth);
}

function ofMap(map: ReadonlyMap<unknown, unknown>, form: Form, depth: number): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of map) {
    const key = formAt(name, form, depth + 1);
    if (typeof key === "object" && key !== null) {
      throw new EncodeError("APUS_NOT_JSON: a list or object as the key of a Map has no JSON form; use text.");
    }
    own(found, String(key), value);
  }
  return found;
}

function ofList(list: readonly unknown[], form: Form, depth: number): unknown {
  let copy: unknown[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const found = formAt(list[i], form, depth + 1);
    if (!Object.is(found, list[i])) (copy ??= [...list])[i] = found;
  }
  return copy ?? list;
}

function ofRecord(record: Record<string, unknown>, form: Form, depth: number): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(record)) {
    // What SQLAlchemy keeps in its rows is no data to FastAPI's encoder.
    if (form === "encoder" && key.startsWith("_sa")) delete (copy ??= { ...record })[key];
    else {
      const value = record[key];
      if (typeof value === "function") continue; // methods are no data; JSON.stringify leaves them out as well
      const found = formAt(value, form, depth + 1);
      if (!Object.is(found, value)) own((copy ??= { ...record }), key, found);
    }
  }
  return copy ?? record;
}

/** Sets a key that is only ever a key, `__proto__` included. */
function own(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  } else record[key] = value;
}
