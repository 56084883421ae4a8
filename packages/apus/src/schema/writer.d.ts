import type { Read } from "./read.ts";
import type { AnySchema } from "./types.ts";
/** Thrown while linking an operation whose output cannot be written. */
export declare class OutputError extends TypeError {
  readonly name = "OutputError";
}
/** The function that turns a handler's value into its JSON-compatible wire form, or adds problems and says INVALID. */
export declare function compileWriter(schema: AnySchema): Read;
