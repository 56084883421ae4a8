/** `z.date()` on the wire: read like pydantic's `datetime`, with the constraints in pydantic's words. */
import { dateOfDatetime, printJsonDate, readDatetime, Refusal } from "../../wire/index.ts";
import { converted } from "../conversion.ts";
import { fail, problem } from "../problem.ts";
import type { Read } from "../read.ts";
import type { ZodCheck } from "../zod.ts";

/**
 * Lax reading: a `Date` from RFC 3339 text, a date or a unix timestamp, to the millisecond. What has no offset is taken for
 * UTC. A `Date` itself, which is there as a default, is handed on.
 */
export const date: Read = (value, problems) => {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  const found = readDatetime(value, "lax");
  return found instanceof Refusal
    ? fail(problems, problem(found.type, found.msg, value, found.ctx))
    : converted(dateOfDatetime(found));
};

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
