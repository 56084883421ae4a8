/** Remembers which keys of a value that was read were not sent but filled in by a default (pydantic's "fields set"). */

const filledKey = Symbol.for("apus.filledByDefaults");

/** Only values with such keys have an entry: a value that was sent whole costs nothing. */
const filled: WeakMap<object, readonly string[]> = known();

/** One for all copies of the package in a program: a library may ask for what another copy has read. */
function known(): WeakMap<object, readonly string[]> {
  const all = globalThis as { [filledKey]?: WeakMap<object, readonly string[]> };
  return (all[filledKey] ??= new WeakMap());
}

/** Called by readers when a default was filled in. */
export function rememberUnset(value: object, keys: readonly string[]): void {
  filled.set(value, keys);
}

/** The keys that a default filled in. */
export function unsetOf(value: object): readonly string[] {
  return filled.get(value) ?? [];
}

/**
 * The keys of a model that the client sent. A copy made by the handler (`{ ...item }`) counts as sent whole.
 *
 * @example
 * const Item = z.object({ name: z.string(), tax: z.number().default(10.5) });
 * put("/items/{id}", { input: { id: z.string(), item: Item } }, ({ item }) => [...fieldsSet(item)]); // {"name":"Foo"} → ["name"]
 */
export function fieldsSet(value: object): Set<string> {
  const unset = unsetOf(value);
  return new Set(Object.keys(value).filter((key) => !unset.includes(key)));
}

/** A value without the keys that defaults filled in, at any depth. */
export type WithoutUnset<T> = T extends readonly (infer E)[]
  ? WithoutUnset<E>[]
  : T extends Date | Uint8Array | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown> | ((...args: never) => unknown)
    ? T
    : T extends object
      ? { [K in keyof T]?: WithoutUnset<T[K]> }
      : T;

/**
 * What the client sent of a model, without what defaults filled in: for updates that change nothing else. Goes into plain
 * objects and lists; everything else stays as it is.
 *
 * @example patch("/items/{id}", { input: { id: z.string(), item: Item } }, ({ id, item }) => ({ ...stored(id), ...excludeUnset(item) }));
 */
export function excludeUnset<T extends object>(value: T): WithoutUnset<T> {
  return withoutUnset(value) as WithoutUnset<T>;
}

function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnset);
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return value;
  const unset = unsetOf(value);
  const entries = Object.entries(value).filter(([key]) => !unset.includes(key));
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutUnset(each)]));
}
