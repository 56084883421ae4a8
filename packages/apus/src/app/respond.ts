/** An answer as a web Response, with what is to follow once it has been sent or cannot be. */
import { toResponse, type Answer, type Exchange } from "../exchange/index.ts";

type WaitUntil = ((work: Promise<unknown>) => void) | undefined;

/**
 * What follows an answer begins when its stream has ended or was given up, or at once where its body is there already.
 * To HEAD go the headers without the body, whose stream is then cancelled.
 * @param waitUntil Keeps the runtime alive for what follows; without it the Response, or the stream's end, waits for it.
 */
export async function respond(answer: Answer, exchange: Exchange, waitUntil?: WaitUntil): Promise<Response> {
  const { after, body } = answer;
  const head = exchange.method === "HEAD";
  const stream = body instanceof ReadableStream ? body : undefined;
  if (head) void stream?.cancel().catch(() => {});
  if (after === undefined) return toResponse(answer, head);
  if (stream !== undefined && !head) {
    return toResponse({ ...answer, body: followed(stream, after, exchange, waitUntil) }, head);
  }
  const work = after();
  if (waitUntil === undefined) await work;
  else waitUntil(work);
  return toResponse(answer, head);
}

/** The same stream, which runs `after` once when it ends, breaks or is cancelled. */
function followed(
  body: ReadableStream<Uint8Array>,
  after: () => Promise<void>,
  exchange: Exchange,
  waitUntil: WaitUntil,
): typeof body {
  const reader = body.getReader();
  let settle!: (work: Promise<void>) => void;
  const done = new Promise<void>((resolve) => (settle = resolve));
  waitUntil?.(done);
  let ended: Promise<void> | undefined;
  // A stream that is cancelled while it is read ends twice: for the reader, and for who cancelled it.
  const end = (): Promise<void> => {
    if (ended === undefined) settle((ended = after()));
    return done;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done: last, value } = await reader.read();
          if (!last) return controller.enqueue(value);
        } catch (error) {
          const { course } = exchange;
          // A client that left has broken nothing: what was to follow follows, as it does where the stream is cancelled.
          if (course.ended === undefined || course.interrupted !== undefined) course.broken ??= { error };
          await end();
          throw error;
        }
        await end();
        controller.close();
      },
      async cancel(reason) {
        try {
          await reader.cancel(reason);
        } finally {
          await end();
        }
      },
    },
    { highWaterMark: 0 },
  );
}
