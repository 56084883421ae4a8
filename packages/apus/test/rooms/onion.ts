/** What the tests of the around room ask and how they see it: each request leaves a trace of words. */
import { compose, middleware, type Answering, type Middleware } from "../../src/around/index.ts";
import { HTTPException } from "../../src/error/index.ts";
import { Exchange, WebIncoming, type Answer } from "../../src/exchange/index.ts";

/** What happened in one request, as words in their order. */
export type Trace = string[];

/** A request that nobody answers yet. */
export const exchangeFor = (): Exchange => new Exchange(new WebIncoming(new Request("http://testserver/items")));

/** Answers errors as a plan does: those that say a status with it, all others by a reported 500. */
export const failing =
  (trace: Trace) =>
  (error: unknown, exchange: Exchange): Answer => {
    if (error instanceof HTTPException) return { status: error.status, headers: [], body: String(error.detail) };
    exchange.course.failure = error;
    trace.push(`report ${String((error as Error).message)}`);
    return { status: 500, headers: [], body: "plain", unanswered: true };
  };

/** How what is furthest inside behaves. */
export const inners = {
  answers: (): Answer => ({ status: 200, headers: [], body: "inner" }),
  "answers later": async (): Promise<Answer> => ({ status: 200, headers: [], body: "inner" }),
  "fails later": async (exchange: Exchange): Promise<Answer> => {
    exchange.course.failure = new Error("inner");
    return { status: 500, headers: [], body: "plain", unanswered: true };
  },
} as const;

/** What came of a request. */
interface Outcome {
  readonly trace: Trace;
  readonly answer: Answer;
  readonly later: boolean;
}

/** Asks through a list of middleware, and does what follows the answer. */
export async function ask(
  list: (trace: Trace) => readonly Middleware[],
  inner: keyof typeof inners = "answers",
): Promise<Outcome> {
  const trace: Trace = [];
  const innermost: Answering = (exchange) => {
    trace.push("inner");
    const made = inners[inner](exchange);
    const follow = (answer: Answer): Answer => ({ ...answer, after: async () => void trace.push("after") });
    return made instanceof Promise ? made.then(follow) : follow(made);
  };
  const made = compose(list(trace), innermost, failing(trace))(exchangeFor());
  const answer = await made;
  await answer.after?.();
  return { trace, answer, later: made instanceof Promise };
}

/** Hooks that say that they were asked. */
export const traced = (trace: Trace, name: string): Middleware =>
  middleware({
    onRequest: () => void trace.push(`> ${name}`),
    onAnswer: (answer) => void trace.push(`< ${name} ${answer.status}`),
    onError: (error) => void trace.push(`! ${name} ${(error as Error).message}`),
  });

/** Throws. */
export const boom = (message: string): never => {
  throw new Error(message);
};
/** For what is to go on later. */
export const later = Promise.resolve();
