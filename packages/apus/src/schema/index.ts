/** The schema room: one declaration seen as reader (lax and strict), writer, JSON Schema and FastAPI's errors. */
export { encode, EncodeError } from "./encode.ts";
export { ComponentError, Components, type Direction, type JsonSchema } from "./json-schema.ts";
export { INVALID, missing, prefix, problem, type Problem, type Step } from "./problem.ts";
export { compileReader } from "./reader.ts";
export type { Mode, Read } from "./read.ts";
export type { AnySchema, Gives, In, Jsonify, Out, StandardResult, StandardSchema, Widen, Wire } from "./types.ts";
export { compileWriter, OutputError } from "./writer.ts";
export { isSchema, isZod, mayBeAbsent, metaOf, preprocesses, unwrap, type ZodSchema } from "./zod.ts";
