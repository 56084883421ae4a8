/** What stands around operations: hooks that are called in passing, and the onion for what has to wrap the rest. */
import { ApusError, isOfKind, ofThisCopy } from "../diagnostic/index.ts";
import type { HttpRequest, Outgoing } from "../exchange/index.ts";
import type { Reply } from "../response/index.ts";

type May<T> = T | PromiseLike<T>;
/** What ends a request early, or nothing. */
type Early = Reply | Response | undefined | void;

/** Hooks, synchronous wherever they can be: what needs no promise costs none. */
export interface MiddlewareHooks {
  /** Before everything further in. What it returns is the answer, and nothing further in is asked. */
  readonly onRequest?: ((request: HttpRequest) => May<Early>) | undefined;
  /**
   * After everything further in, errors included: it may change the status, the headers and the body. It returns nothing;
   * another answer is what `around` can return.
   */
  readonly onAnswer?: ((answer: Outgoing, request: HttpRequest) => May<void>) | undefined;
  /**
   * When something further in failed that nobody listed, and no hook further in has answered; it has been reported. What it
   * returns replaces the plain 500.
   */
  readonly onError?: ((error: unknown, request: HttpRequest) => May<Early>) | undefined;
}

/**
 * Asks everything further in, once. It does not reject: a failure further in is an answer too.
 * @param request What `request.with()` made, where something is to be changed.
 * @throws ApusError when it is called again, or after `around` has answered.
 */
export type Next = (request?: HttpRequest) => Promise<Outgoing>;
/** Wraps everything further in. */
export type Around = (request: HttpRequest, next: Next) => May<Outgoing | Reply | Response>;

/** One middleware; made by `middleware` or `around`. */
export interface Middleware {
  readonly kind: "middleware";
  /** What messages call it. */
  readonly name: string;
  readonly hooks?: MiddlewareHooks | undefined;
  readonly wrap?: Around | undefined;
}

/**
 * A middleware of hooks. In a list the first is outermost: its `onRequest` runs first and its `onAnswer` last.
 *
 * @throws ApusError for anything but functions under these names.
 * @example
 * const poweredBy = middleware({ onAnswer: (answer) => answer.headers.set("x-powered-by", "swifts") });
 * const app = new App({ middleware: [poweredBy] });
 */
export function middleware(hooks: MiddlewareHooks, name = "middleware"): Middleware {
  const known = ["onRequest", "onAnswer", "onError"];
  const wrong =
    typeof hooks !== "object" || hooks === null
      ? String(hooks)
      : Object.entries(hooks).find(
          ([key, hook]) => !known.includes(key) || !["function", "undefined"].includes(typeof hook),
        )?.[0];
  if (wrong !== undefined) {
    throw new ApusError(
      `APUS_MIDDLEWARE: middleware() takes functions named onRequest, onAnswer and onError; \`${wrong}\` is none of them.`,
    );
  }
  return ofThisCopy({ kind: "middleware", name, hooks });
}

/**
 * A middleware that wraps: what comes before `next()` runs on the way in, what follows on the way out. `next()` does not
 * reject: a failure further in is an answer too, with `answer.error` saying why.
 *
 * @example
 * const timed = around(async (request, next) => {
 *   const start = performance.now();
 *   const answer = await next();
 *   answer.headers.set("x-process-time", String(performance.now() - start));
 *   return answer;
 * });
 */
export function around(wrap: Around, name = "around"): Middleware {
  if (typeof wrap !== "function") {
    throw new ApusError("APUS_MIDDLEWARE: around() takes a function: around(async (request, next) => next()).");
  }
  return ofThisCopy({ kind: "middleware", name, wrap });
}

/** Whether a value is a middleware. */
export function isMiddleware(value: unknown): value is Middleware {
  return isOfKind(value, "middleware");
}
