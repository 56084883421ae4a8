/** Settings are shared by all requests: nobody may change them for the others. */
import { isPlain } from "./tree.ts";

/**
 * A frozen copy: objects and lists, at any depth. It is a copy, as an author's transform may hand out something of its own.
 * Values of classes (dates, secrets, sets, maps) are handed on as they are.
 */
export function frozen(value: unknown, made = new Map<unknown, unknown>()): unknown {
  if (!Array.isArray(value) && !isPlain(value)) return value;
  const known = made.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    made.set(value, list);
    for (const each of value) list.push(frozen(each, made));
    return Object.freeze(list);
  }
  const copy: Record<string, unknown> = {};
  made.set(value, copy);
  for (const [key, each] of Object.entries(value)) {
    // Defined, not assigned: `__proto__` is a key like any other.
    Object.defineProperty(copy, key, { value: frozen(each, made), enumerable: true });
  }
  return Object.freeze(copy);
}
