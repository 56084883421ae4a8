/** Errors of inputs and outputs: the 422 a client sees, and the 500 it sees when a handler breaks its own declaration. */
import { ApusError } from "../diagnostic/index.ts";
import type { Problem } from "../schema/index.ts";
import { told } from "./told.ts";
import type { ValidationError } from "./types.ts";

/** Invalid inputs. Answered with 422 and the problems as `detail`; thrown at the `yield` of open dependencies. */
export class RequestValidationError extends Error {
  override readonly name = "RequestValidationError";
  readonly problems: readonly Problem[];
  /** The body as it was parsed; its text where it is no JSON; null where there was none, or it was not read. */
  readonly body: unknown;

  constructor(problems: readonly Problem[], body: unknown = null) {
    super(problems.map((each) => `${each.loc.join(".")}: ${each.msg}`).join("; "));
    this.problems = problems;
    this.body = body;
  }

  /** The problems as the built-in answer lists them: the first of them, as JSON. */
  errors(): ValidationError[] {
    return wireErrors(told(this.problems));
  }
}

/** Problems as JSON: copies, without what has nothing to say. */
export function wireErrors(problems: readonly Problem[]): ValidationError[] {
  return problems.map(({ type, loc, msg, input, ctx }) => ({
    type,
    loc,
    msg,
    input,
    ...(ctx === undefined ? {} : { ctx: { ...ctx } }),
  }));
}

/** A handler returned what its `output` does not allow. Logged, and answered with 500 without details. */
export class ResponseValidationError extends ApusError {
  override readonly name = "ResponseValidationError";
  readonly problems: readonly Problem[];

  constructor(operation: string, problems: readonly Problem[]) {
    const all = problems.map((each) => `${["response", ...each.loc].join(".")}: ${each.msg}`);
    super(`APUS_OUTPUT_MISMATCH: ${operation} returned a value that does not fit its output schema: ${all.join("; ")}`);
    this.problems = problems;
  }
}
