/** `z.date()` on the wire: read like pydantic's `datetime`, with the constraints in pydantic's words. */
import { dateOfDatetime, printJsonDate, readDatetime, Refusal } from "../../wire/index.ts";
import { converted } from "../conversion.ts";
import { fail, problem } from "../problem.ts";
import type { Mode, Read } from "../read.ts";
import type { ZodCheck } from "../zod.ts";

/**
 * A `Date` from RFC 3339 text, and in lax mode from a date or a unix timestamp, to the millisecond. What has no offset is taken
 * for UTC. A `Date` itself, which is there as a default or made by a codec, is handed on.
 */
export function date(mode: Mode): Read {
  return (value, problems) => {
    if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
    const read = readDatetime(value, mode);
    if (read instanceof Refusal) return fail(problems, problem(read.type, read.msg, value, read.ctx));
    const found = dateOfDatetime(read);
    return mode === "lax" ? converted(found) : found;
  };
}

/** `z.date().min()` and `.max()`, or undefined for a bound that is no valid date. */
export function dateBound(check: ZodCheck): Read | undefined {
  const { check: kind, value, inclusive = false } = check._zod.def;
  const bound: unknown = value;
  if (!(bound instanceof Date) || Number.isNaN(bound.getTime())) return undefined;
  const most = kind === "less_than";
  const text = printJsonDate(bound);
  const words = `${most ? "less" : "greater"} than${inclusive ? " or equal to" : ""}`;
  const type = words.replaceAll(" ", "_").replace("_or_equal_to", "_equal");
  const ctx = { [(most ? "l" : "g") + (inclusive ? "e" : "t")]: text };
  const limit = bound.getTime();
  return (given, problems) => {
    const over = most ? (given as Date).getTime() - limit : limit - (given as Date).getTime();
    if (over < 0 || (over === 0 && inclusive)) return given;
    return fail(problems, problem(type, `Input should be ${words} ${text}`, given, ctx));
  };
}
