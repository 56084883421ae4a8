/**
 * Ends an answer whose request still has a body on its way. Closing at once would reset the connection, and many clients,
 * browsers among them, would then report the reset instead of the answer; so the rest is read and thrown away for a
 * moment first (RFC 9112, section 9.6).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { rawHeader } from "../raw-header.ts";

/** More unread body than this, in bytes, is not read to keep a connection: the connection ends instead. */
const worthReading = 64 * 1024;
/** How long to go on while nothing arrives, and while something does, in ms. */
const quiet = 500;
const longest = 5_000;

/** Whether a body, or the rest of one, is still on its way. */
export function leavesSome(request: IncomingMessage): boolean {
  if (request.complete) return false;
  return rawHeader(request, "transfer-encoding") !== undefined || Number(rawHeader(request, "content-length") ?? 0) > 0;
}

/** Whether so much of a body is left, or may be, that the connection is better closed than kept. */
export function leavesMuch(request: IncomingMessage): boolean {
  if (request.complete) return false;
  const announced = rawHeader(request, "content-length");
  if (announced !== undefined) return Number(announced) > worthReading;
  return rawHeader(request, "transfer-encoding") !== undefined;
}

/**
 * Sends the body at once, and ends the answer when the client has sent everything, has stopped, or took too long.
 * @param ended Called then, once.
 */
export function endLingering(
  request: IncomingMessage,
  response: ServerResponse,
  body: string | Uint8Array,
  ended: () => void,
): void {
  if (body.length === 0) response.flushHeaders();
  else response.write(body);
  let open = true;
  const end = (): void => {
    if (!open) return;
    open = false;
    clearTimeout(pause);
    clearTimeout(deadline);
    response.end();
    ended();
  };
  const pause = setTimeout(end, quiet);
  const deadline = setTimeout(end, longest);
  request.on("data", () => void pause.refresh());
  request.once("end", end).once("error", end);
  response.once("close", end);
  request.resume();
}
