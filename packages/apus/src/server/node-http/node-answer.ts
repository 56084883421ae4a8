/** Writes an answer through `node:http`, and runs what is to follow once it has gone out or cannot. */
import type { ServerResponse } from "node:http";
import { forbidsBody, withoutFraming, type Answer, type Exchange } from "../../exchange/index.ts";
import { isAscii } from "../ascii.ts";
import { sendAtOnce } from "./at-once.ts";
import { builtin } from "../builtin.ts";
import { whenConnectionEnds } from "./connection-end.ts";
import { endLingering, leavesMuch, leavesSome } from "./linger.ts";
import type { UnderWay } from "./under-way.ts";
import { WebSource } from "./web-source.ts";

/** Sends an answer; while the server closes, the connection ends with it. */
export function send(exchange: Exchange, response: ServerResponse, answer: Answer, underWay: UnderWay): void {
  const { status, body } = answer;
  if (
    typeof body === "string" &&
    underWay.keepAlive !== undefined &&
    answer.after === undefined &&
    response.req.method !== "HEAD" &&
    !leavesMuch(response.req) &&
    !underWay.finishes(response) &&
    sendAtOnce(response, status, answer.headers, body, underWay.keepAlive.lines)
  ) {
    return;
  }
  const { req: request } = response;
  if (answer.after !== undefined) afterwards(exchange, response, answer.after, underWay);
  if (response.destroyed || request.socket.destroyed) {
    if (body instanceof ReadableStream) void body.cancel().catch(() => {});
    return;
  }
  const last = leavesMuch(request) || underWay.finishes(response) || (status >= 400 && closes(answer.headers));
  if (last) underWay.finish(response);
  const headers = kept(withoutFraming(answer.headers), response, underWay);
  const head = request.method === "HEAD";
  if (typeof body === "string" || body === null || body instanceof Uint8Array) {
    response.writeHead(status, withLength(headers, status, body));
    if (last && leavesSome(request)) {
      linger(exchange, response, head ? "" : (body ?? ""), underWay);
    } else if (head || body === null) response.end();
    // Beside text Node writes the headers as UTF-8 too, where they are Latin-1.
    else response.end(typeof body === "string" && !headers.every(isAscii) ? Buffer.from(body) : body);
    return;
  }
  const { length } = answer;
  response.writeHead(status, length === undefined ? [...headers] : [...headers, "content-length", String(length)]);
  if (head) {
    void body.cancel().catch(() => {});
    if (last && leavesSome(request)) linger(exchange, response, "", underWay);
    else response.end();
    return;
  }
  // The first piece may be long in coming, and the client is to know that its request was taken.
  response.flushHeaders();
  sendStream(exchange, response, body, underWay, last && leavesSome(request));
}

function linger(exchange: Exchange, response: ServerResponse, body: string | Uint8Array, underWay: UnderWay): void {
  const work = underWay.begin(exchange, response);
  endLingering(response.req, response, body, () => underWay.end(work));
}

/**
 * A stream that fails or whose reader left ends the connection; the status has been sent, so nothing else can be said.
 * @param lingers Whether the connection ends with it although a request body is on its way. What makes the stream may still
 *   read that body, so what it left is thrown away only once it has ended.
 */
function sendStream(
  exchange: Exchange,
  response: ServerResponse,
  body: ReadableStream,
  underWay: UnderWay,
  lingers: boolean,
): void {
  const { socket } = response.req;
  const work = underWay.begin(exchange, response);
  const source = new WebSource(body);
  // Before the pipeline closes the answer: one that is closed already is why the source fails, and no news.
  source.once("error", (error) => {
    if (response.destroyed || socket.destroyed) return;
    const { course } = exchange;
    // What makes its items while it is sent has told of its errors itself.
    if (course.broken === undefined && course.interrupted === undefined) exchange.tell(error);
    course.broken ??= { error };
  });
  let open = true;
  const end = (): void => {
    if (!open) return;
    open = false;
    forget();
    underWay.end(work);
  };
  // A pipelined answer that waits for its turn is not told when the connection ends, and would wait for ever.
  const forget = whenConnectionEnds(socket, () => {
    source.destroy();
    end();
  });
  if (!lingers) {
    builtin("node:stream/promises")
      .pipeline(source, response)
      .catch(() => response.destroy())
      .finally(end);
    return;
  }
  builtin("node:stream/promises")
    .pipeline(source, response, { end: false })
    .then(
      () => {
        if (leavesSome(response.req)) endLingering(response.req, response, "", end);
        else response.end(end);
      },
      () => {
        response.destroy();
        end();
      },
    );
}

/** With the header that tells how long an idle connection is kept, which Node leaves out where that is not its own affair. */
function kept(headers: readonly string[], response: ServerResponse, { keepAlive }: UnderWay): readonly string[] {
  return keepAlive !== undefined && response.shouldKeepAlive ? [...headers, "Keep-Alive", keepAlive.header] : headers;
}

function closes(headers: readonly string[]): boolean {
  return headers.some((each, i) => i % 2 === 0 && each.toLowerCase() === "connection" && headers[i + 1] === "close");
}

function withLength(headers: readonly string[], status: number, body: string | Uint8Array | null): string[] {
  if (body !== null) return headers.concat("content-length", String(Buffer.byteLength(body)));
  return forbidsBody(status) ? headers.slice() : headers.concat("content-length", "0");
}

function afterwards(
  exchange: Exchange,
  response: ServerResponse,
  after: () => Promise<void>,
  underWay: UnderWay,
): void {
  let begun = false;
  let forget: (() => void) | undefined;
  const { socket } = response.req;
  const work = underWay.begin(exchange, response);
  const run = (): void => {
    if (begun) return;
    begun = true;
    forget?.();
    after()
      .catch((error: unknown) => console.error("apus: work after an answer failed\n", error))
      .finally(() => underWay.end(work));
  };
  if (response.destroyed || response.closed || socket.destroyed) run();
  // A pipelined answer that waits for its turn is not told when the connection ends, so the connection is asked as well.
  else {
    response.once("close", run);
    forget = whenConnectionEnds(socket, run);
  }
}
