/** Errors of inputs and outputs: the 422 a client sees, and the 500 it sees when a handler breaks its own declaration. */
import type { Problem } from "../schema/index.ts";
/** Invalid inputs. Answered with 422 and the problems as `detail`; thrown at the `yield` of open dependencies. */
export declare class RequestValidationError extends Error {
  readonly name = "RequestValidationError";
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]);
}
/** A handler returned what its `output` does not allow. Logged, and answered with 500 without details. */
export declare class ResponseValidationError extends Error {
  readonly name = "ResponseValidationError";
  readonly problems: readonly Problem[];
  constructor(operation: string, problems: readonly Problem[]);
}
