/** Reads answers while they arrive: bytes, lines, JSON Lines and Server-Sent Events. */
import type { ReceivedEvent } from "../operation/index.ts";

/** Where bytes come from: the body of a `Response`. */
type Bytes = ReadableStream<Uint8Array>;

/**
 * The pieces of a body as they arrive. Leaving the loop cancels it.
 * @param signal Ends it: the loop then throws its reason.
 */
export async function* readPieces(body: Bytes, signal?: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  // A `fetch` of one's own may not heed the signal.
  const stop = (): void => void reader.cancel(signal!.reason).catch(() => {});
  signal?.addEventListener("abort", stop);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    // Whoever leaves the loop does not wait for the server to notice.
    void reader.cancel().catch(() => {});
  }
}

/**
 * The lines of a text, without what ends them. What follows the last end is a line as well, unless it is empty.
 * @param ends What ends a line. Default: LF, CRLF or CR.
 */
export async function* readLines(
  body: Bytes | AsyncIterable<Uint8Array>,
  ends = /\r\n|\r|\n/,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  let afterReturn = false;
  for await (const piece of body instanceof ReadableStream ? readPieces(body) : body) {
    let text = decoder.decode(piece, { stream: true });
    if (text === "") continue;
    // One end of a line may come in two pieces.
    if (afterReturn && text.startsWith("\n") && ends.test("\r")) text = text.slice(1);
    afterReturn = text.endsWith("\r");
    const lines = text.split(ends);
    lines[0] = rest + lines[0]!;
    rest = lines.pop()!;
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}

/**
 * The values of JSON Lines. Empty lines are passed over.
 * @throws SyntaxError for a line that is no JSON, such as the last one of a stream that broke off.
 * @example for await (const item of readJsonLines<Item>(response.body)) console.log(item);
 */
export async function* readJsonLines<T = unknown>(
  body: Bytes | AsyncIterable<Uint8Array>,
): AsyncGenerator<T, void, undefined> {
  for await (const line of readLines(body, /\n/)) if (line.trim() !== "") yield JSON.parse(line) as T;
}

/**
 * Server-Sent Events (WHATWG HTML, section 9.2.6) of any server. Comments are passed over, and so is what says no data, except
 * for its `id` and `retry`, which the next event tells. An event that is not complete when the stream ends is dropped.
 * @example for await (const { data } of readEvents<Price>(response.body)) console.log(data);
 */
export async function* readEvents<T = unknown>(
  body: Bytes | AsyncIterable<Uint8Array>,
): AsyncGenerator<ReceivedEvent<T>, void, undefined> {
  let id = "";
  let retry: number | undefined;
  let event = "";
  let data: string[] = [];
  for await (const line of readLines(body)) {
    if (line === "") {
      const rawData = data.join("\n");
      if (data.length > 0) yield { data: valueOf(rawData) as T, rawData, event: event || "message", id, retry };
      event = "";
      data = [];
      continue;
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "data") data.push(value);
    else if (name === "event") event = value;
    else if (name === "id" && !value.includes("\0")) id = value;
    else if (name === "retry" && /^\d+$/.test(value)) retry = Number(value);
  }
}

/** What a text says as JSON, or the text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
