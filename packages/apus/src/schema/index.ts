/** The schema room: one declaration seen as reader (lax and strict), writer, JSON Schema and FastAPI's errors. */
export { encode } from "./encode.ts";
export { Components, type JsonSchema } from "./json-schema.ts";
export { INVALID, missing, problem, type Problem } from "./problem.ts";
export { compileReader } from "./reader.ts";
export type { Mode, Read } from "./read.ts";
export type { AnySchema, Gives, In, Jsonify, Out, StandardSchema, Widen, Wire } from "./types.ts";
export { compileWriter } from "./writer.ts";
export { isSchema, isZod, mayBeAbsent, preprocesses, unwrap, type ZodSchema } from "./zod.ts";
