/** What the tests of the rooms share: reading and writing one value by one schema. */
import {
  compileReader,
  compileWriter,
  INVALID,
  type AnySchema,
  type Mode,
  type Problem,
} from "../../src/schema/index.ts";

/** The value that was read, or the problems; never both. */
export function reading(schema: AnySchema, value: unknown, mode?: Mode): { value: unknown } | { problems: Problem[] } {
  return outcome(compileReader(schema, mode), value);
}

/** The value as it is written, or the problems. */
export function writing(schema: AnySchema, value: unknown): { value: unknown } | { problems: Problem[] } {
  return outcome(compileWriter(schema), value);
}

/** The problems of a reading as `loc type`, which is what most tests are about. */
export function refusals(schema: AnySchema, value: unknown, mode?: Mode): string[] {
  const found = reading(schema, value, mode);
  return "value" in found ? [] : found.problems.map((each) => [...each.loc, each.type].join(" "));
}

function outcome(
  run: (value: unknown, problems: Problem[]) => unknown,
  value: unknown,
): { value: unknown } | { problems: Problem[] } {
  const problems: Problem[] = [];
  const found = run(value, problems);
  if (found !== INVALID && problems.length > 0) throw new Error("a value came with problems");
  if (found === INVALID && problems.length === 0) throw new Error("INVALID came without a problem");
  return found === INVALID ? { problems } : { value: found };
}
