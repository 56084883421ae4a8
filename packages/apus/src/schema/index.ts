/** The schema room: one declaration seen as reader (lax and strict), writer, JSON Schema and FastAPI's errors. */
export { isAsynchronous } from "./reader/async-schema.ts";
export {
  compileReader,
  compileTextWriter,
  compileWriter,
  readerText,
  textWriterText,
  writerText,
  type CodeText,
  type WriteText,
} from "./compile.ts";
export { generateParameters, type GeneratedParameter } from "./generated/generated-parameters.ts";
export { mayGenerate } from "./generated/generated-program.ts";
export { converted } from "./conversion.ts";
export { defaultOf } from "./default.ts";
export { isSlow, slowPatternsIn } from "./reader/backtracking.ts";
export { holeIn } from "./hole.ts";
export { labelOf as typeLabel } from "./reader/union-label.ts";
export { formatMessage } from "./reader/text-format.ts";
export { wantsExactNumbers } from "./reader/exact-numbers.ts";
export { Survey } from "./survey.ts";
export { encode } from "./writer/encode.ts";
export { jsonForm } from "./writer/json-form.ts";
export { jsonText } from "./writer/json-text.ts";
export { Components } from "./json-schema/json-schema.ts";
export type { JsonSchema } from "./json-schema/json-schema-types.ts";
export {
  fail,
  INVALID,
  missing,
  outputMismatch,
  problem,
  tooFewItems,
  tooManyItems,
  type Problem,
  type Step,
} from "./problem.ts";
export type { Compile, Mode, Read } from "./read.ts";
export type { WireType } from "./wire-type.ts";
export type { AnySchema, Gives, In, Out, StandardSchema, Widen } from "./types.ts";
export type { Jsonify, Sparse, Wire, Writes } from "./wire-form.ts";
export { leaves, type Leaving, type Selection } from "./writer/leaving.ts";
export { excludeUnset, fieldsSet, rememberUnset, unsetOf, type WithoutUnset } from "./unset.ts";
export {
  answersLater,
  compileText,
  offersJsonSchema,
  standardKind,
  standardModel,
  takesAbsence,
} from "./reader/standard.ts";
export { isSchema, isZod, mayBeAbsent, partsOf, preprocesses, resolveLazy, unwrap, type ZodSchema } from "./zod.ts";
