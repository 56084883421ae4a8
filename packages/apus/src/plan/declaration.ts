/** What an operation or a dependency cannot be declared as, beyond what its inputs' places ask: found at start-up. */
import { ApusError, checkCopy } from "../diagnostic/index.ts";
import type { Entry } from "../dependency/index.ts";
import { HTTPException, type ErrorClass } from "../error/index.ts";
import { checkFields, compileParameters, isLocated, type Field, type Located } from "../input/index.ts";
import type { Routed } from "../operation/index.ts";
import { holeIn, isSchema, isZod, leaves, slowPatternsIn, type AnySchema, type Survey } from "../schema/index.ts";
import { outputOf } from "./output.ts";
import type { Plan } from "./plan.ts";

/** What most often leaves something undefined. */
const circular =
  "Most likely two modules import each other, and it was not there yet: put what both need into a third. Or the name is spelled differently.";

/** @throws ApusError for inputs that are no record of names: a schema alone, a marker, a list. */
export function checkRecord(input: unknown, label: string): void {
  const found = isSchema(input)
    ? "a schema"
    : isLocated(input)
      ? `a marker, ${input.location}()`
      : Array.isArray(input)
        ? "a list"
        : typeof input === "object" && input !== null
          ? undefined
          : `a ${input === null ? "null" : typeof input}`;
  if (found === undefined) return;
  throw new ApusError(
    `APUS_INPUT: ${label}: \`input\` is ${found}; it takes a record of named inputs: { input: { item: schema } }.`,
  );
}

/** @throws ApusError for an entry of a record that no request can fill, because it is no input. */
export function checkInput(
  name: string,
  entry: Entry,
  label: string,
  survey: Survey,
): asserts entry is AnySchema | Located {
  if (entry === undefined) throw new ApusError(`APUS_INPUT: ${label}: "${name}" is undefined. ${circular}`);
  if (!isSchema(entry) && !isLocated(entry)) {
    throw new ApusError(`APUS_INPUT: ${label}: "${name}" is neither a schema, a marker nor a dependency.`);
  }
  const schema = isLocated(entry) ? entry.schema : entry;
  if (!survey.isPlain(schema)) refuseHole(schema, `"${name}"`, label);
}

/** @throws ApusError for a schema that holds nothing where another was to be. */
export function refuseHole(schema: AnySchema | undefined, what: string, label: string): void {
  if (schema === undefined || !isZod(schema)) return;
  const hole = holeIn(schema);
  if (hole === undefined) return;
  throw new ApusError(`APUS_SCHEMA: ${label}: ${what}: ${hole} holds no schema. ${circular}`);
}

/** @throws ApusError for wire inputs of a record that could never be read. */
export function checkParameters(fields: readonly Field[], label: string, survey: Survey): void {
  if (fields.length === 0) return;
  checkFields(fields, label, survey);
  for (const field of fields) {
    if (survey.isPlain(field.schema)) continue;
    if (!survey.slow && slowPatternsIn(field.schema).length > 0) survey.slow = true;
    // What no one has vouched for is compiled on trial; what comes of it is made anew for the first request.
    compileParameters([field], []);
  }
}

/** @throws ApusError for something among the errors that is no class of errors. */
export function checkErrors(errors: readonly ErrorClass[], label: string): void {
  const wrong: unknown[] = Array.isArray(errors) ? errors.filter((each) => !isErrorClass(each)) : [errors];
  if (wrong.length === 0) return;
  throw new ApusError(
    `APUS_ERRORS: ${label}: \`errors\` is a list of classes that httpError() makes, and ${named(wrong[0])} is none: { errors: [httpError(404, "Not found")] }.`,
  );
}

/** A class by its name: as text it would be its whole source. */
function named(value: unknown): string {
  return typeof value === "function" && value.name !== "" ? value.name : String(value);
}

function isErrorClass(value: unknown): boolean {
  if (typeof value !== "function") return false;
  const prototype: unknown = value.prototype;
  if (prototype instanceof HTTPException) return "title" in value;
  if (typeof prototype === "object" && prototype !== null) checkCopy(prototype, `the error class ${value.name}`);
  return false;
}

/** @throws ApusError for options that contradict each other or say nothing. */
export function checkAnswer(operation: Routed["operation"]["options"], label: string, survey: Survey): void {
  const { output, as, status } = operation;
  if (as !== undefined) checkCopy(as, `${label}: what its \`as\` names`);
  if (output !== undefined && as !== undefined) {
    throw new ApusError(`APUS_OUTPUT: ${label}: \`output\` and \`as\` both say how the answer is written; keep one.`);
  }
  const { schema } = outputOf(operation);
  if (schema === undefined && leaves(operation)) {
    throw new ApusError(
      `APUS_OUTPUT: ${label}: \`excludeUnset\`, \`only\` and their like need \`output\` with a schema: without one nothing is known of the keys.`,
    );
  }
  if (schema !== undefined && !isSchema(schema)) {
    throw new ApusError(`APUS_OUTPUT: ${label}: \`output\` has to be a schema, or events() or jsonLines() of one.`);
  }
  if (schema !== undefined && !survey.isPlain(schema)) refuseHole(schema, "output", label);
  if (status !== undefined && (!Number.isInteger(status) || status < 200 || status > 599)) {
    throw new ApusError(`APUS_STATUS: ${label}: the status ${String(status)} is none an answer can have.`);
  }
  if (output !== undefined && (status === 204 || status === 205 || status === 304)) {
    throw new ApusError(`APUS_OUTPUT: ${label}: status ${status} must not have a response body; drop \`output\`.`);
  }
}

/** @throws ApusError for a generator, which does not say what it streams. */
export function refuseGenerator(handler: unknown, label: string): void {
  if (isGeneratorFunction(handler)) {
    throw new ApusError(
      `APUS_GENERATOR: ${label}: a generator handler has to say what it streams: \`output: events()\`, \`output: jsonLines()\` or \`as: stream({ type })\`.`,
    );
  }
}

export function isGeneratorFunction(value: unknown): boolean {
  return /Generator/.test(Object.prototype.toString.call(value));
}

/**
 * @throws ApusError for a generator among the inputs of a handler that streams which is closed before the stream begins. What
 *   was made of such a one is a value, and stays.
 */
export function refuseClosed(uses: Plan["uses"], steps: Plan["steps"], label: string): void {
  for (const { name, step } of uses) {
    const { declaration } = steps[step]!;
    if (declaration.options.scope !== "function") continue;
    throw new ApusError(
      `APUS_SCOPE: ${label}: "${name}" has scope "function": it is closed before the first byte of a stream is sent. Give it the scope "request".`,
    );
  }
}
