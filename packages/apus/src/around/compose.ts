/** Puts middleware around what answers: one inside the other, without a promise where no middleware gives one. */
import { ApusError } from "../diagnostic/index.ts";
import { Outgoing, RequestView, type Answer, type Exchange, type HttpRequest } from "../exchange/index.ts";
import { answerOf, isAnswered } from "../response/index.ts";
import type { Around, Middleware, MiddlewareHooks } from "./middleware.ts";
import { attempt, onward, type May } from "./onward.ts";

/** What answers an exchange. It neither throws nor rejects. */
export type Answering = (exchange: Exchange) => May<Answer>;
/** Makes an answer of an error: of one that a middleware threw, or that belongs to no operation. It neither throws nor rejects. */
export type Failing = (error: unknown, exchange: Exchange) => May<Answer>;
/** What answers within the list: all middleware change the same `Outgoing`. It neither throws nor rejects. */
type Layer = (exchange: Exchange) => May<Outgoing>;

/**
 * @param list Outermost first.
 * @param inner What they stand around.
 * @param fail Answers what a middleware throws; the middleware further out see that answer.
 */
export function compose(list: readonly Middleware[], inner: Answering, fail: Failing): Answering {
  if (list.length === 0) return inner;
  let from = list.length;
  let layer: Layer = (exchange) => onward(inner(exchange), (answer) => outgoing(answer, exchange));
  // From the innermost: those that only have hooks are one layer, up to the next that wraps what is inside.
  while (from > 0) {
    const { wrap } = list[from - 1]!;
    if (wrap !== undefined) {
      layer = wrapped(wrap, layer, fail);
      from--;
      continue;
    }
    const to = from;
    while (from > 0 && list[from - 1]!.wrap === undefined) from--;
    const hooks = new Hooks(list.slice(from, to), fail);
    // What answers is asked directly, so that a promise of its answer is waited for once.
    if (from === 0 && to === list.length && !hooks.enters) return (exchange) => hooks.answer(exchange, inner);
    const next = layer;
    layer = (exchange) => hooks.around(exchange, next);
  }
  const outermost = layer;
  return (exchange) => onward(outermost(exchange), (made) => made.answer());
}

function outgoing(answer: Answer, exchange: Exchange): Outgoing {
  return new Outgoing(answer, exchange.courseSoFar?.failure);
}

/** Another answer for what had been made. One to the plain 500 answers its error. */
function inPlaceOf(made: Outgoing, answer: Answer, exchange: Exchange): Outgoing {
  if (made.unanswered && answer.unanswered !== true) exchange.course.answered = made.error;
  return outgoing(made.replaced(answer), exchange);
}

/** The hooks of middleware that stand next to each other: called in turn, and waited for only where one gives a promise. */
class Hooks {
  readonly #list: readonly MiddlewareHooks[];
  readonly #fail: Failing;
  /** Whether any of them looks at requests. */
  readonly enters: boolean;

  constructor(list: readonly Middleware[], fail: Failing) {
    this.#list = list.map(({ hooks = {} }) => hooks);
    this.#fail = fail;
    this.enters = this.#list.some(({ onRequest }) => onRequest !== undefined);
  }

  around(exchange: Exchange, inner: Layer): May<Outgoing> {
    if (this.enters) return this.#enter(exchange, inner, 0);
    return onward(inner(exchange), (made) => this.#leave(made, exchange, this.#list.length - 1));
  }

  /** The same where none of them looks at requests, and what is inside answers. */
  answer(exchange: Exchange, inner: Answering): May<Answer> {
    return onward(inner(exchange), (answer) => {
      const made = this.#leave(outgoing(answer, exchange), exchange, this.#list.length - 1);
      return made instanceof Outgoing ? made.answer() : made.then((last) => last.answer());
    });
  }

  /** From one hook inwards. One that answers early is left by those further out. */
  #enter(exchange: Exchange, inner: Layer, from: number): May<Outgoing> {
    const list = this.#list;
    for (let i = from; i < list.length; i++) {
      const early = enter(list[i]!, exchange, this.#fail);
      if (early === undefined) continue;
      return onward(early, (made) =>
        made === undefined ? this.#enter(exchange, inner, i + 1) : this.#leave(made, exchange, i - 1),
      );
    }
    return onward(inner(exchange), (made) => this.#leave(made, exchange, list.length - 1));
  }

  /** From one hook outwards. */
  #leave(made: Outgoing, exchange: Exchange, from: number): May<Outgoing> {
    let last = made;
    for (let i = from; i >= 0; i--) {
      const next = outward(this.#list[i]!, last, exchange, this.#fail);
      if (!(next instanceof Outgoing)) return next.then((other) => this.#leave(other, exchange, i - 1));
      last = next;
    }
    return last;
  }
}

/** @returns The answer that ends the request early, where there is one. */
function enter({ onRequest }: MiddlewareHooks, exchange: Exchange, fail: Failing): May<Outgoing | undefined> {
  if (onRequest === undefined) return undefined;
  return attempt(
    () => onward(onRequest(exchange.request), (early) => replyOf("onRequest", early, exchange)),
    (error) => onward(fail(error, exchange), (answer) => outgoing(answer, exchange)),
  );
}

function outward(hooks: MiddlewareHooks, made: Outgoing, exchange: Exchange, fail: Failing): May<Outgoing> {
  if (hooks.onError === undefined || !made.unanswered) return leave(hooks, made, exchange, fail);
  const answered = answerFailure(hooks.onError, made, exchange, fail);
  return onward(answered, (other) => leave(hooks, other, exchange, fail));
}

function answerFailure(
  onError: NonNullable<MiddlewareHooks["onError"]>,
  made: Outgoing,
  exchange: Exchange,
  fail: Failing,
): May<Outgoing> {
  return attempt(
    () =>
      onward(onError(exchange.course.failure, exchange.request), (said) =>
        onward(replyOf("onError", said, exchange), (reply) =>
          reply === undefined ? made : inPlaceOf(made, reply.answer(), exchange),
        ),
      ),
    (error) => failed(error, made, exchange, fail),
  );
}

function leave({ onAnswer }: MiddlewareHooks, made: Outgoing, exchange: Exchange, fail: Failing): May<Outgoing> {
  if (onAnswer === undefined) return made;
  return attempt(
    () => onward<unknown, Outgoing>(onAnswer(made, exchange.request), (returned) => changed(made, returned)),
    (error) => failed(error, made, exchange, fail),
  );
}

/** What a hook answers with, or undefined where it returned nothing. @throws ApusError for anything else. */
function replyOf(hook: string, returned: unknown, exchange: Exchange): May<Outgoing | undefined> {
  if (returned === undefined) return undefined;
  if (isAnswered(returned)) return onward(answerOf(returned, exchange), (answer) => outgoing(answer, exchange));
  throw new ApusError(
    `APUS_MIDDLEWARE: ${hook} returned ${nameOf(returned)}; return nothing, a reply such as json(…), or a Response.`,
  );
}

/** @throws ApusError where the change is none that can be sent, or was made in a way that nobody would see. */
function changed(made: Outgoing, returned: unknown): Outgoing {
  if (isAnswered(returned)) {
    throw new ApusError(
      "APUS_MIDDLEWARE: onAnswer returned a reply; change the answer that it is given, or use around() to return another.",
    );
  }
  made.check();
  return made;
}

/** The answer to an error that a middleware threw on the way out, in place of what had been made. */
function failed(error: unknown, made: Outgoing, exchange: Exchange, fail: Failing): May<Outgoing> {
  return onward(fail(error, exchange), (answer) => inPlaceOf(made, answer, exchange));
}

function wrapped(wrap: Around, inner: Layer, fail: Failing): Layer {
  return (exchange) => {
    const call = new Call(exchange, inner);
    return attempt(
      () => onward(wrap(exchange.request, call.next), (returned) => call.end(returned)),
      (error) => onward(fail(error, exchange), (answer) => call.instead(answer)),
    );
  };
}

/** One call of an `around`: what it asked for, and what becomes of it. */
class Call {
  readonly #exchange: Exchange;
  readonly #inner: Layer;
  #asked: Promise<Outgoing> | undefined;
  #given: Outgoing | undefined;
  #ended = false;

  constructor(exchange: Exchange, inner: Layer) {
    this.#exchange = exchange;
    this.#inner = inner;
  }

  readonly next = (request?: HttpRequest): Promise<Outgoing> => {
    const exchange = request === undefined ? this.#exchange : exchangeOf(request, this.#exchange);
    if (this.#asked !== undefined) throw new ApusError("APUS_MIDDLEWARE: next() was called twice in one around().");
    if (this.#ended) throw new ApusError("APUS_MIDDLEWARE: next() was called after around() had answered.");
    const asked = Promise.resolve(this.#inner(exchange));
    return (this.#asked = asked.then((made) => (this.#given = made)));
  };

  /** @throws ApusError for what is no answer. */
  end(returned: unknown): May<Outgoing> {
    this.#ended = true;
    if (returned instanceof Outgoing) {
      returned.check();
      // Kept from another request, it must not bring along what follows there.
      return returned === this.#given ? returned : this.instead({ ...returned.answer(), after: undefined });
    }
    if (isAnswered(returned)) {
      return onward(answerOf(returned, this.#exchange), (answer) => this.instead(answer));
    }
    throw new ApusError(
      `APUS_MIDDLEWARE: around() returned ${nameOf(returned)}; return what next() gives, a reply such as json(…), or a Response.`,
    );
  }

  /** Another answer in place of what was asked for; that is waited for where it is not there yet, once this one is sent. */
  instead(answer: Answer): Outgoing {
    this.#ended = true;
    const [asked, given] = [this.#asked, this.#given];
    // One that wraps whatever comes, and knows of no error, leaves it a 500.
    if (given !== undefined && answer.status !== 500) return inPlaceOf(given, answer, this.#exchange);
    if (given !== undefined) return outgoing(given.replaced(answer), this.#exchange);
    const after = asked && (async () => (await asked).replaced(answer).after?.());
    return outgoing({ ...answer, after }, this.#exchange);
  }
}

/** @throws ApusError for a request that is not this one, changed or not: what was changed would silently be left out. */
function exchangeOf(request: HttpRequest, exchange: Exchange): Exchange {
  if (request instanceof RequestView) {
    for (let each: Exchange | undefined = request.exchange; each !== undefined; each = each.origin) {
      if (each === exchange) return request.exchange;
    }
  }
  throw new ApusError("APUS_MIDDLEWARE: next() takes the request that around() was given, or what its with() made.");
}

function nameOf(value: unknown): string {
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
