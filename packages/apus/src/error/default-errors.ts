/** The built-in answers to errors, for handlers that log, count or add a header and then answer as usual. */
import { RequestView, type Answer, type HttpRequest } from "../exchange/index.ts";
import { Reply } from "../response/index.ts";
import { httpAnswer, validationAnswer } from "./answer.ts";
import type { HTTPException } from "./http-exception.ts";
import type { ErrorShape } from "./types.ts";
import type { RequestValidationError } from "./validation.ts";

/** What answers where no `onError` does, in the `errorShape` of the router that the request is in. */
export interface DefaultErrors {
  /** The answer to an HTTPException: its status, its headers and its detail. */
  http(error: HTTPException, request: HttpRequest): Reply;
  /** The answer to invalid inputs: 422 and the problems. */
  validation(error: RequestValidationError, request: HttpRequest): Reply;
}

/**
 * The built-in error handlers, to be called by one's own.
 *
 * @example
 * onError(HTTPException, (error, request) => {
 *   log.info({ path: request.path, status: error.status });
 *   return defaultErrors.http(error, request);
 * });
 */
export const defaultErrors: DefaultErrors = {
  http: (error, request) => replyOf(httpAnswer(error, shapeOf(request))),
  validation: (error, request) => replyOf(validationAnswer(error, shapeOf(request))),
};

function shapeOf(request: HttpRequest): ErrorShape {
  if (request instanceof RequestView) return request.exchange.errorShape;
  throw new TypeError("defaultErrors take the request that the error handler is given.");
}

function replyOf({ status, headers, body }: Answer): Reply {
  return new Reply(status, headers, body as string | null);
}
