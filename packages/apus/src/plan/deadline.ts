/**
 * The deadline of a request that is waited for. When it comes the client is answered, while what is still running is left
 * to settle: only then is anything that it uses closed.
 */
import { httpAnswer, HTTPException } from "../error/index.ts";
import { InterruptedError, type Answer, type Exchange } from "../exchange/index.ts";
import { tell } from "./failure.ts";
import type { Plan } from "./plan.ts";

export function underDeadline(plan: Plan, exchange: Exchange, work: Promise<Answer>): Promise<Answer> {
  const { timeout, errorShape } = plan.settings;
  return new Promise((resolve) => {
    const timer =
      timeout === null
        ? undefined
        : setTimeout(() => {
            const reason = new InterruptedError(`${plan.settings.label} was still running after ${timeout} ms`);
            tell(plan.report, reason, exchange, exchange.requestId);
            exchange.interrupt(reason);
          }, timeout);
    exchange.whenInterrupted(() => {
      clearTimeout(timer);
      const after = async (): Promise<void> => (await work).after?.();
      resolve({ ...httpAnswer(new HTTPException(503), errorShape), after });
    });
    void work.then((answer) => {
      clearTimeout(timer);
      exchange.whenInterrupted(undefined);
      resolve(answer);
    });
  });
}
