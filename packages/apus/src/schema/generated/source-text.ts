/**
 * Text for generated source. Every literal, and every name that a schema's author chose, gets into generated code through
 * `quote` and nowhere else, so that no schema can say anything but a value.
 */

/** A value that has a literal of its own. */
export type Quotable = string | number | bigint | boolean | null | undefined;

export function isQuotable(value: unknown): value is Quotable {
  return value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol");
}

/** JavaScript source that stands for exactly this value: -0, NaN, lone surrogates and line separators included. */
export function quote(value: Quotable): string {
  switch (typeof value) {
    case "string":
      // JSON escapes quotes, control characters and lone surrogates; the separators end a line in older JavaScript.
      return JSON.stringify(value).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
    case "number":
      if (Number.isNaN(value)) return "(0 / 0)";
      if (!Number.isFinite(value)) return value > 0 ? "(1 / 0)" : "(-1 / 0)";
      return Object.is(value, -0) || value < 0 ? `(-${-value})` : String(value);
    case "bigint":
      return `(${value}n)`;
    default:
      return String(value);
  }
}

/** A member of an object literal. In brackets, because `__proto__: x` would set the prototype instead of a key. */
export function entry(key: string, value: string): string {
  return key === "__proto__" ? `[${quote(key)}]: ${value}` : `${quote(key)}: ${value}`;
}

/** The comment that names generated source in stack traces and debuggers. It cannot hold white space or quotes. */
export function sourceUrl(name: string): string {
  const encoded = name.replace(/[^\w\-./{}:~]/gu, (char) =>
    encodeURIComponent(/\p{Cs}/u.test(char) ? "\ufffd" : char).replace("'", "%27"),
  );
  return `//# sourceURL=apus:///${encoded}`;
}
