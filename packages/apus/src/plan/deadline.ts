/**
 * The deadline of a request that is waited for. When it comes the client is answered, while what is still running is left
 * to settle: only then is anything that it uses closed.
 */
import { HTTPException, RequestValidationError } from "../error/index.ts";
import { endedBy, InterruptedError, type Answer, type Exchange } from "../exchange/index.ts";
import { askable, ClientGoneError, failure, tell } from "./failure.ts";
import type { Plan } from "./plan.ts";

export function underDeadline(plan: Plan, exchange: Exchange, work: Promise<Answer>): Promise<Answer> {
  const { timeout } = plan.settings;
  // Guards that had nothing to wait for are through by now.
  if (plan.limitsGuards && exchange.guardsPassed) return work;
  const { timers } = exchange.course;
  return new Promise((resolve) => {
    const timer =
      timeout === null
        ? undefined
        : timers.set(timeout, () => {
            const reason = new InterruptedError(`${plan.settings.label} was still running after ${timeout} ms`);
            tell(plan.report, reason, exchange);
            exchange.course.interrupt(reason);
          });
    if (plan.limitsGuards) exchange.course.stopClock = () => timers.clear(timer);
    const outer = exchange.course.whenInterrupted((reason) => {
      timers.clear(timer);
      const after = async (): Promise<void> => {
        const late = await work;
        giveUp(late);
        await late.after?.();
      };
      const refused = failure(reason, exchange, plan);
      resolve(refused instanceof Promise ? refused.then((answer) => ({ ...answer, after })) : { ...refused, after });
    });
    void work.then((answer) => {
      timers.clear(timer);
      exchange.course.settled(outer);
      resolve(answer);
    });
  });
}

/** Ends the stream of an answer that nobody will read. */
export function giveUp({ body }: Answer): void {
  if (body instanceof ReadableStream) void body.cancel().catch(() => {});
}

/**
 * From an error that came while the request was waited for to its answer. Work that stops because its signal told it to
 * has not failed: whoever ended the request has answered and reported that already.
 */
export function failureOf(thrown: unknown, exchange: Exchange, plan: Plan): Answer | Promise<Answer> {
  const error = askable(thrown);
  const expected = error instanceof HTTPException || error instanceof RequestValidationError;
  return failure(
    !expected && isStopped(error, exchange)
      ? new ClientGoneError("Nobody waits for the answer", { cause: error })
      : error,
    exchange,
    plan,
  );
}

/** Whether an error came of the end of the request, or of the socket, rather than of anything that failed. */
export function isStopped(error: unknown, { course }: Exchange): boolean {
  return course.ended !== undefined && endedBy(course.ended, error);
}
