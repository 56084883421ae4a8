/**
 * Requests that are refused before anything else sees them: too many headers, too long a target, and framing that another
 * server on the way might read differently (request smuggling). Node's parser has refused the worst by then.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { httpAnswer, HTTPException, type ErrorShape } from "../error/index.ts";
import type { Answer } from "../exchange/index.ts";
import { builtin } from "./builtin.ts";
import type { Settings } from "./options.ts";
import type { UnderWay } from "./under-way.ts";

/** Why a request is refused. */
export interface Refusal {
  readonly status: number;
  readonly detail: string;
  /** Further headers, name and value in turn. */
  readonly headers?: readonly string[];
}

/** All there are, whichever server refuses. */
export const refusals = {
  malformed: { status: 400, detail: "The request is malformed" },
  ambiguous: { status: 400, detail: "The length of the request is ambiguous" },
  notOneHost: { status: 400, detail: "A request has exactly one Host header" },
  otherHost: {
    status: 400,
    detail: "This server does not answer to that name; `allowedHosts` says to which it does",
  },
  late: { status: 408, detail: "The request did not arrive in time" },
  extensions: { status: 413, detail: "The chunk extensions of the request are too large" },
  tooLong: { status: 414, detail: "The address of the request is too long" },
  unexpected: { status: 417, detail: "The only expectation understood is 100-continue" },
  tooMany: { status: 431, detail: "The request has too many header lines" },
  tooLarge: { status: 431, detail: "The headers of the request are too large" },
  unknownCoding: { status: 501, detail: "The only transfer coding understood is chunked" },
} as const satisfies Readonly<Record<string, Refusal>>;

/** @returns undefined for a request that may go on. */
export function refusalOf(
  request: IncomingMessage,
  {
    maxHeadersCount,
    maxTargetLength,
    allowsHost,
  }: Pick<Settings, "maxHeadersCount" | "maxTargetLength" | "allowsHost">,
): Refusal | undefined {
  const { rawHeaders: raw, url, httpVersionMajor: major, httpVersionMinor: minor } = request;
  // Node's parser lets 0.9 and 2.0 through, written as if they were a version of HTTP/1.
  if (major !== 1) return refusals.malformed;
  if (raw.length > 2 * maxHeadersCount) return refusals.tooMany;
  if (url!.length > maxTargetLength) return refusals.tooLong;
  let hosts = 0;
  let codings = 0;
  let lengths = 0;
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!;
    if (name.length === 4 && name.toLowerCase() === "host") hosts++;
    else if (name.length === 14 && name.toLowerCase() === "content-length") lengths++;
    else if (name.length === 17 && name.toLowerCase() === "transfer-encoding") {
      codings++;
      if (raw[i + 1]!.toLowerCase() !== "chunked") {
        return refusals.unknownCoding;
      }
    }
  }
  // Several lengths get as far as here on Bun, if they are equal.
  if (codings > 1 || lengths > 1 || (codings === 1 && minor === 0)) {
    return refusals.ambiguous;
  }
  if (hosts > 1 || (hosts === 0 && minor > 0)) return refusals.notOneHost;
  if (allowsHost !== undefined && hosts === 1 && !allowsHost(request.headers.host!)) {
    return refusals.otherHost;
  }
  return undefined;
}

/** What is said to a connection whose bytes are no request. */
const broken: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: refusals.tooLarge,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: refusals.extensions,
  ERR_HTTP_REQUEST_TIMEOUT: refusals.late,
};

/** The answer to a request that is refused; the connection ends with it. */
export function refusalAnswer({ status, detail, headers: more = [] }: Refusal, shape: ErrorShape): Answer {
  const { headers, ...answer } = httpAnswer(new HTTPException(status, detail), shape);
  return {
    ...answer,
    headers: [...headers, ...more, "connection", more.includes("upgrade") ? "upgrade, close" : "close"],
  };
}

/**
 * What Node's server does with bytes that are no request, a request that took too long, and a connection that broke.
 * @param shape How errors look on the wire.
 */
export function onClientError(shape: ErrorShape, underWay: UnderWay): (error: Error, socket: Socket) => void {
  return (error, socket) => {
    const code = "code" in error ? String(error.code) : "";
    if (!socket.writable || code === "ECONNRESET") return void socket.destroy();
    underWay.refuse(socket);
    const pending = underWay.works
      .map((work) => work.response)
      .filter(({ req, writableFinished }) => req.socket === socket && !writableFinished);
    // What is broken follows requests that were fine: they get their answers, and the last of them ends the connection.
    if (pending.length > 0 && pending.every(({ req }) => req.complete)) return;
    // Nothing can be said behind an answer that has begun, in front of one that others wait for, or after the last one.
    const silent = code === "HPE_CLOSED_CONNECTION" || (pending.length > 0 && !isOnly(pending));
    if (!silent) socket.write(rawAnswer(broken[code] ?? refusals.malformed, shape));
    socket.destroySoon();
  };
}

/** Whether all of this belongs to one answer, which has not begun. */
function isOnly(pending: readonly ServerResponse[]): boolean {
  return pending.every((each) => each === pending[0] && !each.headersSent && each.socket !== null);
}

/** The whole answer as it goes on the wire. */
export function rawAnswer(refusal: Refusal, shape: ErrorShape): string {
  const { status, headers, body } = refusalAnswer(refusal, shape);
  const text = String(body);
  const lines = [`HTTP/1.1 ${status} ${builtin("node:http").STATUS_CODES[status]}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  lines.push(`content-length: ${Buffer.byteLength(text)}`, "", text);
  return lines.join("\r\n");
}
