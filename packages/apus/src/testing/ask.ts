/** Asks an app once, in process: its answer as a web Response, its error as it was thrown. */
import { respond, type App } from "../app/index.ts";
import { Exchange } from "../exchange/index.ts";
import type { Outbound } from "./outbound.ts";
import { TestIncoming } from "./test-incoming.ts";

/**
 * @param raise Whether an error of the app is thrown, the same that its code threw: one behind a 500 that no middleware answered,
 *   and one of what follows the answer, background work and clean-up. The error of a stream breaks the Response's body either way.
 * @throws The reason of the signal where the client has left.
 */
export async function ask(app: App, outbound: Outbound, raise: boolean): Promise<Response> {
  outbound.signal?.throwIfAborted();
  const exchange = new Exchange(new TestIncoming(outbound));
  const { course } = exchange;
  const answer = await app.handle(exchange);
  // What middleware answered is as good as caught; what fails from here on, behind the answer, is not.
  if (course.failure === course.answered) course.failure = undefined;
  // What a time-out left behind may go on for ever: it must not keep the answer.
  const response = await respond(answer, exchange, course.interrupted && (() => {}));
  if (outbound.signal?.aborted === true || (raise && course.failure !== undefined)) {
    // What follows a stream waits for its end.
    await response.body?.cancel().catch(() => {});
    outbound.signal?.throwIfAborted();
    throw course.failure;
  }
  if (response.body === null || !(answer.body instanceof ReadableStream)) return response;
  const { status, headers } = response;
  return new Response(watched(response.body, exchange, raise), { status, headers });
}

/** The same stream, which also ends when the client leaves, and with the error of what followed it. */
function watched(
  body: ReadableStream<Uint8Array>,
  { course, incoming: { signal } }: Exchange,
  raise: boolean,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let leave: () => void = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        leave = () => {
          const gone = (): void => controller.error(signal.reason);
          void reader.cancel(signal.reason).then(gone, gone);
        };
        signal.addEventListener("abort", leave, { once: true });
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (signal.aborted) return;
        if (!done) return controller.enqueue(value);
        signal.removeEventListener("abort", leave);
        if (raise && course.failure !== undefined) throw course.failure;
        controller.close();
      },
      cancel(reason) {
        signal.removeEventListener("abort", leave);
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
