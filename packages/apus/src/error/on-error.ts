/** Error handlers: `onError(Class, handler)` and `onError(404, handler)`, looked up from the innermost router outwards. */
import { ApusError, isOfKind, ofThisCopy } from "../diagnostic/index.ts";
import type { HttpRequest } from "../exchange/index.ts";
import type { Reply } from "../response/index.ts";
import { HTTPException } from "./http-exception.ts";

type ErrorType<X> = abstract new (...args: never) => X;
type Handle = (error: never, request: HttpRequest) => Answers;

/** One error handler; made by `onError`. */
export interface ErrorHandler {
  readonly kind: "errorHandler";
  readonly match: ErrorType<unknown> | number;
  readonly handle: Handle;
}

type Answers = Reply | Response | PromiseLike<Reply | Response>;

/**
 * Answers errors: in the `onError` of an App or a router. A class answers its own errors and those of the classes under it,
 * the nearest first; a status answers HTTPExceptions of that status, and is stronger. Routers are asked before the App, the
 * innermost first.
 *
 * `Error`, or 500, answers what nobody else does: neither HTTPExceptions nor invalid inputs, which have answers of their own.
 * Such an error is reported all the same. What a handler throws is answered as if it had been thrown in its place, once.
 *
 * @throws ApusError for anything but a class of errors or a status, and a function.
 * @example
 * const app = new App({
 *   onError: [onError(OutOfStock, (error) => json({ detail: `No more ${error.product}` }, { status: 409 }))],
 * });
 */
export function onError(match: 500, handle: (error: unknown, request: HttpRequest) => Answers): ErrorHandler;
export function onError(match: number, handle: (error: HTTPException, request: HttpRequest) => Answers): ErrorHandler;
export function onError<X>(match: ErrorType<X>, handle: (error: X, request: HttpRequest) => Answers): ErrorHandler;
export function onError(match: ErrorType<unknown> | number, handle: Handle): ErrorHandler {
  const status = typeof match === "number" && Number.isInteger(match) && match >= 400 && match <= 599;
  if ((!status && typeof match !== "function") || typeof handle !== "function") {
    throw new ApusError(
      "APUS_ON_ERROR: onError(match, handler) takes a class of errors or a status from 400 to 599, and a function.",
    );
  }
  return ofThisCopy({ kind: "errorHandler", match, handle });
}

/** Whether a value is an error handler. */
export function isErrorHandler(value: unknown): value is ErrorHandler {
  return isOfKind(value, "errorHandler");
}

/**
 * Finds the handler for an error, by its status and its class.
 * @param layers The handlers of the App and the routers around an operation, innermost first.
 */
export function handlerFor(error: unknown, layers: readonly (readonly ErrorHandler[])[]): Handle | undefined {
  for (const handlers of layers) {
    const found = inLayer(error, handlers);
    if (found !== undefined) return found.handle;
  }
  return undefined;
}

function inLayer(error: unknown, handlers: readonly ErrorHandler[]): ErrorHandler | undefined {
  // 500 is for errors that nobody expected; one of that status was thrown on purpose.
  if (error instanceof HTTPException && error.status !== 500) {
    const byStatus = handlers.findLast(({ match }) => match === error.status);
    if (byStatus !== undefined) return byStatus;
  }
  if (typeof error !== "object" || error === null) return undefined;
  for (let at: unknown = Object.getPrototypeOf(error); at !== null && at !== Error.prototype; at = above(at)) {
    const byClass = handlers.findLast(({ match }) => typeof match === "function" && match.prototype === at);
    if (byClass !== undefined) return byClass;
  }
  // Classes that say themselves what is theirs, as zod's do: what `parse` throws only says that it is a z.ZodError.
  return handlers.findLast(({ match }) => saysItself(match) && error instanceof match);
}

function saysItself(match: ErrorHandler["match"]): match is ErrorType<unknown> {
  return typeof match === "function" && Object.hasOwn(match, Symbol.hasInstance);
}

function above(prototype: unknown): unknown {
  return Object.getPrototypeOf(prototype);
}

/** Finds what answers errors that nobody expected: `Error` or 500. */
export function lastResort(layers: readonly (readonly ErrorHandler[])[]): Handle | undefined {
  for (const handlers of layers) {
    const found = handlers.findLast(({ match }) => match === Error || match === 500);
    if (found !== undefined) return found.handle;
  }
  return undefined;
}
