/**
 * A type of the wire that zod lacks (`types.datetime()` …): how it is read, written and documented. It stands in the `wire`
 * member of a zod definition, where it survives `.optional()`, `.meta()` and `.refine()`; the room `types` makes them.
 */
import type { Direction, JsonSchema } from "./json-schema/json-schema-types.ts";
import type { Compile, Mode, Read } from "./read.ts";
import type { ZodSchema } from "./zod.ts";

export interface WireType {
  /** What a member of a union is called in `loc`: `"datetime"`. */
  label(of: (part: ZodSchema) => string): string;
  /** Whether it is one value (a parameter unless marked), holds several (a body), is a file of a form, or a whole body unread. */
  readonly holds: "one" | "many" | "file" | "stream";
  /** Whether its reader knows bigints and `IntegralFloat`s, which stand for JSON numbers that a plain number cannot tell. */
  readonly exact?: true;
  /** Whether the value is a secret, which is never echoed. */
  readonly secret?: true;
  /** From the wire to the handler. Lax takes what pydantic takes; strict takes text that says the value exactly. */
  reader(compile: Compile, mode: Mode): Read;
  /** From the handler's value to JSON, in the form of pydantic's own serializer. */
  writer(compile: Compile): Read;
  shape(describe: (part: ZodSchema) => JsonSchema, direction: Direction): JsonSchema;
}
