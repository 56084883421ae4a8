/** What Node's server does with bytes that are no request. */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { ErrorShape } from "../../error/index.ts";
import { rawAnswer, refusals, type Refusal } from "../refusal.ts";
import type { UnderWay } from "./under-way.ts";

/** What is said to a connection whose bytes are no request. */
const broken: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: refusals.tooLarge,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: refusals.extensions,
  ERR_HTTP_REQUEST_TIMEOUT: refusals.late,
};

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
