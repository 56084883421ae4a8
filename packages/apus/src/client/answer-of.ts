/** What a call makes of an answer: a value, an error that is a value, or an `UnexpectedAnswer`. */
import { UnexpectedAnswer } from "./errors.ts";
import { readEvents, readJsonLines } from "./streams.ts";
import type { CallOptions } from "./types.ts";
import { isJson, mediaTypeOf } from "./written.ts";

/** How a body is read while it arrives, by its media type or by what the call says. */
const reading = new Map<string, (pieces: AsyncIterable<Uint8Array>) => AsyncIterable<unknown>>([
  ["text/event-stream", readEvents],
  ["application/jsonl", readJsonLines],
  ["stream", (pieces) => pieces],
]);

/**
 * @param piecesOf Reads a body as it arrives.
 * @throws UnexpectedAnswer, and whatever reading the body throws.
 */
export async function answerOf(
  what: string,
  method: string,
  response: Response,
  { as, errors }: CallOptions,
  piecesOf: (body: ReadableStream<Uint8Array>) => AsyncIterable<Uint8Array>,
): Promise<unknown> {
  const { ok, status, body: stream } = response;
  const read = reading.get(as ?? mediaTypeOf(response.headers.get("content-type")));
  if (ok && read !== undefined && stream !== null) return { ok, status, value: read(piecesOf(stream)), response };
  if (ok && as === "bytes") return { ok, status, value: new Uint8Array(await response.arrayBuffer()), response };
  const text = await response.text();
  const json = isJson(response.headers.get("content-type"));
  if (ok && as === "text") return { ok, status, value: text, response };
  // Servers name the type of a body that is not there: that of a 204, and those of all answers to HEAD.
  const head = method === "HEAD";
  const empty = text === "" && (ok || head);
  let body: unknown;
  try {
    if (empty) body = head ? undefined : json || status === 204 || status === 205 ? null : text;
    else body = ok && !json ? text : JSON.parse(text);
  } catch {
    throw new UnexpectedAnswer(what, response, text);
  }
  if (ok) return { ok, status, value: body, response };
  // Which errors are declared is known to the types alone; the call can say it, and else it is told by their looks.
  const expected = errors === undefined ? status >= 400 && status < 500 : errors.includes(status);
  if (expected && json && (empty || isError(body, status))) return { ok, status, body, response };
  throw new UnexpectedAnswer(what, response, text);
}

/** Whether a body is in one of the two shapes of errors: `{"detail": …}`, or problem details (RFC 9457). */
function isError(body: unknown, status: number): boolean {
  if (typeof body !== "object" || body === null) return false;
  return "detail" in body || ("title" in body && "status" in body && body.status === status);
}
