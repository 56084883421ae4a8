/** Puts middleware around what answers: neighbouring hooks share one loop, and only `around` nests. */
import { ApusError } from "../diagnostic/index.ts";
import { Outgoing, RequestView, type Answer, type Exchange } from "../exchange/index.ts";
import { answerOf, isAnswered } from "../response/index.ts";
import type { Around, Middleware, MiddlewareHooks } from "./middleware.ts";

/** What answers an exchange. It neither throws nor rejects. */
export type Answering = (exchange: Exchange) => Answer | Promise<Answer>;
/** Makes an answer of an error that a middleware threw. */
export type Failing = (error: unknown, exchange: Exchange) => Answer | Promise<Answer>;

/**
 * @param list Outermost first.
 * @param inner What they stand around.
 * @param fail Answers what a middleware throws; the middleware further out see that answer.
 */
export function compose(list: readonly Middleware[], inner: Answering, fail: Failing): Answering {
  let composed = inner;
  let hooks: MiddlewareHooks[] = [];
  const flush = (): void => {
    if (hooks.length > 0) composed = hooked(hooks, composed, fail);
    hooks = [];
  };
  for (const { hooks: own, wrap } of list.toReversed()) {
    if (own !== undefined) hooks.unshift(own);
    else if (wrap !== undefined) {
      flush();
      composed = wrapped(wrap, composed, fail);
    }
  }
  flush();
  return composed;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function hooked(hooks: readonly MiddlewareHooks[], inner: Answering, fail: Failing): Answering {
  const leaving = hooks.map((each) => each.onAnswer !== undefined || each.onError !== undefined);
  const someLeave = leaving.includes(true);
  return (exchange) => {
    for (let i = 0; i < hooks.length; i++) {
      let early: unknown;
      try {
        early = hooks[i]!.onRequest?.(exchange.request);
      } catch (error) {
        return outward(hooks, i, exchange, fail(error, exchange), fail);
      }
      if (early === undefined) continue;
      if (isThenable(early)) return enterAsync(hooks, i, early, exchange, inner, fail);
      return outward(hooks, i, exchange, asAnswer(early, exchange, fail), fail);
    }
    const answer = inner(exchange);
    return someLeave ? outward(hooks, hooks.length, exchange, answer, fail) : answer;
  };
}

/** Goes on where a hook gave a promise. */
async function enterAsync(
  hooks: readonly MiddlewareHooks[],
  at: number,
  first: PromiseLike<unknown>,
  exchange: Exchange,
  inner: Answering,
  fail: Failing,
): Promise<Answer> {
  let waiting: PromiseLike<unknown> | undefined = first;
  for (let i = at; i < hooks.length; i++) {
    let early: unknown;
    try {
      early = await (waiting ?? hooks[i]!.onRequest?.(exchange.request));
    } catch (error) {
      return outward(hooks, i, exchange, fail(error, exchange), fail);
    }
    waiting = undefined;
    if (early !== undefined) return outward(hooks, i, exchange, asAnswer(early, exchange, fail), fail);
  }
  return outward(hooks, hooks.length, exchange, inner(exchange), fail);
}

/** The way out: the hooks before `from`, last first. */
function outward(
  hooks: readonly MiddlewareHooks[],
  from: number,
  exchange: Exchange,
  answer: Answer | Promise<Answer>,
  fail: Failing,
): Answer | Promise<Answer> {
  if (answer instanceof Promise) return answer.then((made) => outward(hooks, from, exchange, made, fail));
  let current = answer;
  for (let i = from - 1; i >= 0; i--) {
    const { onAnswer, onError } = hooks[i]!;
    if (onError !== undefined && exchange.failure !== undefined) {
      const replaced = guarded(() => onError(exchange.failure, exchange.request), current, exchange, fail);
      if (replaced instanceof Promise) return outwardAsync(hooks, i, exchange, replaced, fail);
      current = replaced;
    }
    if (onAnswer !== undefined) {
      const changed = leave(onAnswer, current, exchange, fail);
      if (changed instanceof Promise) return changed.then((made) => outward(hooks, i, exchange, made, fail));
      current = changed;
    }
  }
  return current;
}

async function outwardAsync(
  hooks: readonly MiddlewareHooks[],
  at: number,
  exchange: Exchange,
  replaced: Promise<Answer>,
  fail: Failing,
): Promise<Answer> {
  const current = await replaced;
  const { onAnswer } = hooks[at]!;
  return outward(hooks, at, exchange, onAnswer ? await leave(onAnswer, current, exchange, fail) : current, fail);
}

function leave(
  onAnswer: NonNullable<MiddlewareHooks["onAnswer"]>,
  current: Answer,
  exchange: Exchange,
  fail: Failing,
): Answer | Promise<Answer> {
  const outgoing = new Outgoing(current, exchange.failure);
  try {
    const waiting: unknown = onAnswer(outgoing, exchange.request);
    if (!isThenable(waiting)) return outgoing.answer();
    return Promise.resolve(waiting).then(
      () => outgoing.answer(),
      (error: unknown) => replacing(current, error, exchange, fail),
    );
  } catch (error) {
    return replacing(current, error, exchange, fail);
  }
}

/** What follows the answer that was given up still has to be done. */
async function replacing(current: Answer, error: unknown, exchange: Exchange, fail: Failing): Promise<Answer> {
  if (current.body instanceof ReadableStream) await current.body.cancel().catch(() => {});
  const made = await fail(error, exchange);
  return current.after === undefined ? made : { ...made, after: current.after };
}

/** Calls what may give an answer in place of the current one. */
function guarded(
  ask: () => unknown,
  current: Answer,
  exchange: Exchange,
  fail: Failing,
): Answer | Promise<Answer> {
  const settle = (early: unknown): Answer | Promise<Answer> => {
    if (early === undefined) return current;
    const made = asAnswer(early, exchange, fail);
    return made instanceof Promise
      ? made.then((answer) => ({ ...answer, after: current.after }))
      : { ...made, after: current.after };
  };
  try {
    const early = ask();
    if (!isThenable(early)) return settle(early);
    return Promise.resolve(early).then(settle, (error: unknown) => replacing(current, error, exchange, fail));
  } catch (error) {
    return replacing(current, error, exchange, fail);
  }
}

function asAnswer(early: unknown, exchange: Exchange, fail: Failing): Answer | Promise<Answer> {
  try {
    if (isAnswered(early)) return answerOf(early);
    throw new ApusError(
      `APUS_MIDDLEWARE: a hook returned ${typeof early === "object" ? "an object" : `a ${typeof early}`}; return nothing, a reply such as json(…), or a Response.`,
    );
  } catch (error) {
    return fail(error, exchange);
  }
}

function wrapped(wrap: Around, inner: Answering, fail: Failing): Answering {
  return async (exchange) => {
    let given: Answer | undefined;
    let asked: Promise<Outgoing> | undefined;
    try {
      const returned = await wrap(exchange.request, (request) => {
        if (asked !== undefined) throw new ApusError("APUS_MIDDLEWARE: next() was called twice in one around().");
        const changed = request instanceof RequestView ? request.exchange : exchange;
        asked = (async () => {
          given = await inner(changed);
          return new Outgoing(given, exchange.failure);
        })();
        return asked;
      });
      // One that answers without waiting for what it asked still has it done before anything is closed.
      await asked;
      if (returned instanceof Outgoing) return returned.answer();
      if (!isAnswered(returned)) {
        throw new ApusError("APUS_MIDDLEWARE: around() returned no answer; return what next() gives, or a reply.");
      }
      return { ...answerOf(returned), after: given?.after };
    } catch (error) {
      await asked?.catch(() => {});
      return given === undefined ? fail(error, exchange) : replacing(given, error, exchange, fail);
    }
  };
}
