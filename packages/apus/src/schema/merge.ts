/** Joins the two values that the halves of an intersection made of one input, as zod does: objects key by key, lists item by item. */
import { INVALID } from "./problem.ts";

/** The joined value, or INVALID where the halves disagree. */
export function merge(one: unknown, other: unknown): unknown {
  if (Object.is(one, other)) return one;
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime() ? one : INVALID;
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return INVALID;
    const joined = one.map((each, i) => merge(each, other[i]));
    return joined.includes(INVALID) ? INVALID : joined;
  }
  return isRecord(one) && isRecord(other) ? mergeRecords(one, other) : INVALID;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function mergeRecords(one: Record<string, unknown>, other: Record<string, unknown>): unknown {
  // Without a prototype no key, not even `__proto__`, is anything but a key.
  const joined = Object.assign(Object.create(null) as Record<string, unknown>, one, other);
  for (const key of Object.keys(one)) {
    if (!Object.hasOwn(other, key)) continue;
    const both = merge(one[key], other[key]);
    if (both === INVALID) return INVALID;
    joined[key] = both;
  }
  return joined;
}
