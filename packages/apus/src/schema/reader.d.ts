import type { Mode, Read } from "./read.ts";
import type { AnySchema } from "./types.ts";
/**
 * The reader of a schema.
 * @param schema A zod schema, or another Standard Schema (which then reads strictly, with its own messages).
 * @param mode Lax by default.
 */
export declare function compileReader(schema: AnySchema, mode?: Mode): Read;
/** A default is shared by all requests, so each gets its own copy of anything that could be changed. */
export declare function copyOf(value: unknown): unknown;
