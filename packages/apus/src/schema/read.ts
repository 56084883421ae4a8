/** What a reader is: the common language of the files that compile schemas. */
import type { Problem } from "./problem.ts";
import type { ZodSchema } from "./zod.ts";

/** Lax converts what the wire cannot say (`"5"` for an integer); strict takes values as they are. */
export type Mode = "lax" | "strict";

/** Reads one value: the result, or INVALID after adding at least one problem. */
export type Read = (value: unknown, problems: Problem[]) => unknown;

/** Compiles the readers of a schema's parts; containers call it for what they hold. */
export type Compile = (schema: ZodSchema) => Read;
