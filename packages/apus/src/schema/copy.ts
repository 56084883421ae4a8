/** A default is shared by all requests, so each gets its own copy of anything that could be changed. */

/** A deep copy of lists, plain objects, maps, sets and dates; instances of other classes are the author's to share. */
export function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  if (value instanceof Date) return new Date(value);
  if (value instanceof Set) return new Set([...value].map(copyOf));
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [copyOf(key), copyOf(each)]));
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype !== Object.prototype && prototype !== null) return value;
  // Defined, not assigned: a key `__proto__` would give the copy another prototype.
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each)]));
  return prototype === null ? Object.assign(Object.create(null) as object, copy) : copy;
}
