/**
 * Reads one parameter or form field: a problem where it is missing, its default judged like a sent value where it is left
 * out (contract section 1.2).
 */
import {
  compileReader,
  compileText,
  defaultOf,
  INVALID,
  isZod,
  mayBeAbsent,
  missing,
  type AnySchema,
  type Problem,
  type Read,
  type Step,
} from "../schema/index.ts";
import type { Field } from "./locate.ts";

/** Reads a raw value into the record of values under the input's name. */
export type ReadField = (value: unknown, into: Record<string, unknown>, problems: Problem[]) => void;

/** Whether a value may be left out: then the reader is asked what stands for it. */
export function acceptsAbsence(schema: AnySchema, read: Read): boolean {
  return isZod(schema) ? mayBeAbsent(schema) : read(undefined, []) !== INVALID;
}

/** @param loc Where the field stands: `["query", "limit"]`. */
export function compileSingle({ name, schema }: Field, loc: readonly Step[]): ReadField {
  const read = isZod(schema) ? compileReader(schema) : (compileText(schema) ?? compileReader(schema));
  const optional = acceptsAbsence(schema, read);
  const standIn = isZod(schema) ? defaultOf(schema) : undefined;
  return (value, into, problems) => {
    if (value === undefined && !optional) {
      problems.push({ ...missing(null), loc: [...loc] });
      return;
    }
    const before = problems.length;
    // A null default is not judged: there is nothing that could be wrong with it.
    const found = read(value === undefined && standIn !== undefined ? (standIn() ?? undefined) : value, problems);
    if (found !== INVALID) into[name] = found;
    else for (let i = before; i < problems.length; i++) problems[i]!.loc.unshift(...loc);
  };
}
