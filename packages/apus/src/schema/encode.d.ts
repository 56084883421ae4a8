/**
 * The JSON form of values that no schema describes: dates as ISO text, sets as lists, maps as objects. What is plain
 * already is handed through without a copy.
 */
/** Thrown for a value that JSON cannot say (a cycle, a bigint beyond 2^53, a function); answered as a 500. */
export declare class EncodeError extends TypeError {
  readonly name = "EncodeError";
}
/**
 * The JSON-compatible form of a value: `Date` → ISO 8601 text, `Set` → list, `Map` → object, `bigint` → number, bytes →
 * UTF-8 text, an object with `toJSON` → what that returns. Own enumerable properties only.
 *
 * @throws EncodeError for what JSON cannot express, naming the way to it.
 * @example encode({ at: new Date(0), tags: new Set(["a"]) }) // { at: "1970-01-01T00:00:00.000Z", tags: ["a"] }
 */
export declare function encode(value: unknown): unknown;
