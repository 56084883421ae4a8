/** Error handlers: `onError(Class, handler)` and `onError(404, handler)`, looked up from the innermost router outwards. */
import { ApusError } from "../diagnostic/index.ts";
import type { HttpRequest } from "../exchange/index.ts";
import type { Reply } from "../response/index.ts";
import { HTTPException } from "./http-exception.ts";
import { RequestValidationError } from "./validation.ts";

type ErrorType<X> = abstract new (...args: never) => X;
type Handle = (error: never, request: HttpRequest) => Reply | Response | PromiseLike<Reply | Response>;

/** One error handler; made by `onError`. */
export interface ErrorHandler {
  readonly kind: "errorHandler";
  readonly match: ErrorType<unknown> | number;
  readonly handle: Handle;
}

/**
 * Answers errors: in the `onError` of an App or a router. A status answers HTTPExceptions of that status; a class answers
 * its own errors and those of the classes under it, the nearest handler first. `Error` and 500 answer what nobody else
 * does; such an error is reported all the same.
 *
 * @throws ApusError for anything but a class of errors or a status, and a function.
 * @example
 * const app = new App({
 *   onError: [onError(OutOfStock, (error) => json({ detail: `No more ${error.product}` }, { status: 409 }))],
 * });
 */
export function onError<X>(
  match: ErrorType<X>,
  handle: (error: X, request: HttpRequest) => Reply | Response | PromiseLike<Reply | Response>,
): ErrorHandler;
export function onError(
  match: number,
  handle: (error: HTTPException, request: HttpRequest) => Reply | Response | PromiseLike<Reply | Response>,
): ErrorHandler;
export function onError(match: ErrorType<unknown> | number, handle: Handle): ErrorHandler {
  const status = typeof match === "number" && Number.isInteger(match) && match >= 400 && match <= 599;
  if ((!status && typeof match !== "function") || typeof handle !== "function") {
    throw new ApusError(
      "APUS_ON_ERROR: onError(match, handler) takes a class of errors or a status from 400 to 599, and a function.",
    );
  }
  return { kind: "errorHandler", match, handle };
}

/** Whether a value is an error handler. */
export function isErrorHandler(value: unknown): value is ErrorHandler {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "errorHandler";
}

/** Whether an error has an answer of its own, where no handler says another. */
export function answersItself(error: unknown): error is HTTPException | RequestValidationError {
  return error instanceof HTTPException || error instanceof RequestValidationError;
}

/** A handler that was found. */
export interface Found {
  readonly handle: Handle;
  /** Whether it answers whatever nobody else does: such an error is reported all the same. */
  readonly unexpected: boolean;
}

/**
 * Finds the handler for an error.
 * @param layers The handlers of the App and the routers around an operation, innermost first.
 */
export function handlerFor(error: unknown, layers: readonly (readonly ErrorHandler[])[]): Found | undefined {
  for (const handlers of layers) {
    const found = inLayer(error, handlers);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inLayer(error: unknown, handlers: readonly ErrorHandler[]): Found | undefined {
  const last = (match: unknown, unexpected = false): Found | undefined => {
    const found = handlers.findLast((each) => each.match === match);
    return found && { handle: found.handle, unexpected };
  };
  if (error instanceof HTTPException) {
    const byStatus = last(error.status);
    if (byStatus !== undefined) return byStatus;
  }
  const own = answersItself(error);
  let prototype: unknown = typeof error === "object" && error !== null ? Object.getPrototypeOf(error) : null;
  for (; prototype !== null && prototype !== undefined; prototype = Object.getPrototypeOf(prototype)) {
    const { constructor } = prototype as { constructor: unknown };
    // What has an answer of its own is not an unexpected error.
    if (constructor === Error) break;
    const byClass = last(constructor);
    if (byClass !== undefined) return byClass;
  }
  return own ? undefined : (last(Error, true) ?? last(500, true));
}
