/**
 * JSON text to values, with the errors of Python's `json` module, which FastAPI's clients see: position and wording
 * (contract of FastAPI, section 3.4). The platform's parser does the work; this one is asked only when that one refuses.
 */
/** Malformed JSON: where (0-based character index) and what, in the words of CPython 3.11. */
export declare class JsonSyntaxError extends SyntaxError {
  readonly name = "JsonSyntaxError";
  readonly position: number;
  constructor(message: string, position: number);
}
/** JSON that is nested too deeply to be read safely. */
export declare class JsonDepthError extends RangeError {
  readonly name = "JsonDepthError";
}
/** Parses JSON text. Like Python it accepts NaN and Infinity; the last of duplicate keys wins. */
export declare function parseJson(text: string): unknown;
