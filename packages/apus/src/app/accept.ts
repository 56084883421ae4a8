/** A WebSocket handshake that is answered like a request, and what becomes of it. */
import { serverErrorAnswer } from "../error/index.ts";
import { Handshake, type Answer, type Exchange, type Host, type Upgrade } from "../exchange/index.ts";

/**
 * Takes a handshake, as `App.connect` says.
 * @param answering Answers the request that the handshake is.
 */
export async function accept(
  exchange: Exchange,
  upgrade: Upgrade,
  host: Host | undefined,
  answering: (exchange: Exchange) => Answer | Promise<Answer>,
): Promise<Answer | undefined> {
  const { course } = exchange;
  const handshake = new Handshake(upgrade, host?.development);
  course.handshake = handshake;
  const answer = await answering(exchange);
  if ((await handshake.settle(answer)) === "refused") return answer;
  if (handshake.fault !== undefined) {
    exchange.tell(handshake.fault);
    return {
      ...serverErrorAnswer(course.requestId, exchange.errorShape),
      ...(answer.after && { after: answer.after }),
    };
  }
  await answer.after?.();
  return undefined;
}
