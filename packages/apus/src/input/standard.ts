/** Where schemas of other libraries can stand: what is sent as text has to say what it becomes. */
import { ApusError } from "../diagnostic/index.ts";
import { answersLater, offersJsonSchema, standardKind } from "../schema/index.ts";
import { isModel, type Field } from "./locate.ts";

/** @throws ApusError for an asynchronous schema of another library, and for a parameter or form field that text cannot be read by. */
export function checkStandard(field: Field, operation: string): void {
  const { name, location, schema } = field;
  const library = schema["~standard"].vendor;
  if (answersLater(schema)) {
    throw new ApusError(
      `APUS_ASYNC_SCHEMA: ${operation}: "${name}" is an asynchronous ${library} schema; make it synchronous, and do the look-up in a dependency or in the handler.`,
    );
  }
  if (location === "body" || location === "file") return;
  if (isModel(field)) {
    if (offersJsonSchema(schema) || !refusesObjects(field)) return;
    throw new ApusError(
      `APUS_STANDARD_SCHEMA: ${operation}: "${name}" is a ${library} schema without JSON Schema, so it is taken for the model of the whole ${location}, and it refuses every object. A single value needs a schema with JSON Schema (of valibot: toStandardJsonSchema(schema)), or a zod schema.`,
    );
  }
  const kind = standardKind(schema);
  if (kind !== undefined && kind !== "array" && kind !== "object") return;
  const reason = offersJsonSchema(schema)
    ? kind === undefined
      ? "names no single type"
      : `says "${kind}"`
    : "is missing";
  throw new ApusError(
    `APUS_STANDARD_SCHEMA: ${operation}: ${location} values are text, and what "${name}" is to become cannot be told: the JSON Schema of its ${library} schema ${reason}. Make it a string, number, integer or boolean alone, or declare it in zod.`,
  );
}

/** An object's schema complains of keys, or not at all; any other schema complains of the value itself. */
function refusesObjects({ schema }: Field): boolean {
  try {
    const result = schema["~standard"].validate({});
    if (!("issues" in result) || result.issues === undefined) return false;
    return result.issues.every(({ path = [] }) => path.length === 0);
  } catch {
    return false;
  }
}
