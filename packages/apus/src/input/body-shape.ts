/** What can be said of a body before anything reads one: its kind, and whether its inputs are keys of it. */
import type { BodyPlan } from "./body-plan.ts";
import { carriesFiles, inForm, isModel, isStream, type Field } from "./locate.ts";

/**
 * As `compileBody` makes it of the same inputs.
 * @param fields All body inputs of an operation and its dependencies.
 */
export function bodyShapeOf(fields: readonly Field[]): Pick<BodyPlan, "kind" | "embedded"> {
  if (fields.some(({ schema }) => isStream(schema))) return { kind: "stream", embedded: false };
  if (fields.some(inForm)) {
    return { kind: fields.some(carriesFiles) ? "multipart" : "form", embedded: !fields.some(isModel) };
  }
  const names = new Set(fields.map(({ name }) => name));
  return { kind: "json", embedded: names.size > 1 || fields.some(({ options }) => options.embed === true) };
}
