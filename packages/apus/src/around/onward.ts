/** Going on with what may be there already or may still be on its way: a promise costs time only where there is one. */

/** A value, or a promise of it. */
export type May<T> = T | Promise<T>;

/** Whether a value is a promise, or what queries of databases often are: an object that only looks like one. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Goes on with a value: at once where it is there, else when it has come. */
export function onward<T, U>(value: T | PromiseLike<T>, go: (value: T) => May<U>): May<U> {
  return isThenable(value) ? Promise.resolve(value).then(go) : go(value);
}

/** Calls what may throw or reject. */
export function attempt<T>(call: () => May<T>, rescue: (error: unknown) => May<T>): May<T> {
  try {
    const value = call();
    return value instanceof Promise ? value.catch(rescue) : value;
  } catch (error) {
    return rescue(error);
  }
}
