/** How connections end: close codes and reasons (RFC 6455, section 7.4), and the errors that stand for them. */
import { ApusError, ofThisCopy } from "../diagnostic/index.ts";

const utf8 = new TextEncoder();
const text = new TextDecoder("utf-8");
/** What a close frame has room for, in bytes. */
const longestReason = 123;

/** A reason as it fits into a close frame: its first 123 bytes of UTF-8, no character cut in two. */
export function fittingReason(reason: string): string {
  const bytes = utf8.encode(reason);
  if (bytes.length <= longestReason) return reason;
  let end = longestReason;
  // Bytes that go on with a character begin with the bits 10.
  while ((bytes[end]! & 0b1100_0000) === 0b1000_0000) end--;
  return text.decode(bytes.subarray(0, end));
}

/** The codes that a close frame may carry: those of the registry, and 3000 to 4999 for libraries and applications. */
function maySend(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  return (code >= 3000 && code <= 4999) || (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code));
}

/** @throws ApusError for what no close frame can say. */
export function checkedClose(code: number, reason: string): { readonly code: number; readonly reason: string } {
  if (!maySend(code)) {
    throw new ApusError(
      `APUS_CLOSE_CODE: ${String(code)} is no code that a close frame may carry; use 1000, 1001 to 1014 as RFC 6455 says (1004 to 1006 are reserved), or 3000 to 4999 for codes of your own.`,
    );
  }
  if (typeof reason !== "string") {
    throw new ApusError(`APUS_CLOSE_CODE: the reason of a close is a ${typeof reason}; give text.`);
  }
  return { code, reason: fittingReason(reason) };
}

/**
 * Thrown in a socket's handler or dependencies, it closes the connection with the code and the reason. Before the socket has
 * accepted, the handshake is refused with 403.
 *
 * @param code 1000 to 1014 (RFC 6455, section 7.4.1), or 3000 to 4999 for codes of your own.
 * @param reason What the client is told; cut to 123 bytes of UTF-8.
 * @throws ApusError for a code that no close frame may carry.
 * @example if (token === undefined) throw new WebSocketException(1008, "a token is needed");
 */
export class WebSocketException extends Error {
  override readonly name: string = "WebSocketException";
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason = "") {
    const said = checkedClose(code, reason);
    super(said.reason === "" ? `Closed with ${code}` : said.reason);
    this.code = code;
    this.reason = said.reason;
  }
}
ofThisCopy(WebSocketException.prototype);

/**
 * The connection is over. What receives a message throws it when there is none to come, and what sends one when nobody is there
 * to take it. A handler that lets it pass has ended, not failed.
 */
export class WebSocketDisconnect extends Error {
  override readonly name: string = "WebSocketDisconnect";
  /** What the client said: 1005 where it gave no code, 1006 where it just left. */
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason = "") {
    super(
      reason === "" ? `The connection was closed with ${code}` : `The connection was closed with ${code}: ${reason}`,
    );
    this.code = code;
    this.reason = reason;
  }
}
ofThisCopy(WebSocketDisconnect.prototype);
