/** The `default` of the document: what stands for an absent value, in its form on the wire. */
import { EncodeError, jsonForm } from "../writer/json-form.ts";
import { INVALID } from "../problem.ts";
import type { AnySchema } from "../types.ts";
import { interpretWriter } from "../writer/writer.ts";
import type { ZodSchema } from "../zod.ts";

/**
 * `{ default: … }` of a default or prefault schema. Nothing for null, which FastAPI drops from the document; for what JSON
 * cannot say; and for a function that makes a new value each time, as FastAPI leaves a `default_factory` out.
 */
export function documentedDefault(schema: ZodSchema): { default?: unknown } {
  const def = schema._zod.def;
  const value = def.defaultValue;
  if (value === null || value === undefined || !isSame(value, def.defaultValue)) return {};
  try {
    const found = def.type === "prefault" ? value : written(def.innerType!, value);
    return found === undefined || found === null ? {} : { default: jsonForm(found, "document") };
  } catch (error) {
    if (error instanceof EncodeError) return {};
    throw error;
  }
}

/**
 * Whether two readings of a default are one value. zod hands out a fresh outer copy of a list, plain object, map or set
 * each time, so those are compared by what they hold; whatever else was made anew came out of a function.
 */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const parts = partsOf(one);
  const others = partsOf(other);
  return (
    parts !== undefined &&
    others !== undefined &&
    parts.length === others.length &&
    parts.every((each, i) => Object.is(each, others[i]))
  );
}

function partsOf(value: object): unknown[] | undefined {
  if (Array.isArray(value) || value instanceof Set) return [...(value as Iterable<unknown>)];
  if (value instanceof Map) return [...value].flat();
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype ? Object.entries(value).flat() : undefined;
}

/** A default is a value of the handler's side. It need not fit its own schema, and is then shown as it is. */
function written(schema: ZodSchema, value: unknown): unknown {
  let found: unknown;
  try {
    found = interpretWriter(schema as unknown as AnySchema).whole(value, []);
  } catch (error) {
    // A schema that cannot be written may still be read, and its default may be plain data.
    if (error instanceof EncodeError) throw error;
    found = INVALID;
  }
  return found === INVALID ? jsonForm(value, "document") : asGiven(found, value);
}

/** Writing fills in the defaults of keys; a default is shown as it was declared. */
function asGiven(found: unknown, given: unknown): unknown {
  if (Array.isArray(found) && Array.isArray(given)) return found.map((each, i) => asGiven(each, given[i]));
  if (!isPlain(found) || !isPlain(given)) return found;
  const entries = Object.entries(found).filter(([key]) => Object.hasOwn(given, key));
  return Object.fromEntries(entries.map(([key, each]) => [key, asGiven(each, given[key])]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
