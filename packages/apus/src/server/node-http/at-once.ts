/**
 * Short answers in one write. `ServerResponse` is made for answers that come in pieces: for one that is complete it builds the
 * head anew, corks the socket, and learns by a call-back that the write it has just made is made. This takes the answers of
 * which everything is known beforehand, and leaves all others to it.
 */
import type { ServerResponse } from "node:http";
import { isToken, knownBytes } from "../../exchange/index.ts";
import { builtin } from "../builtin.ts";
import { date } from "../date.ts";

/** Longer bodies may wait for their client: `ServerResponse` tells when they have gone out. In characters. */
const longest = 64 * 1024;

/** Headers that say something of the connection or the framing: `ServerResponse` has to know of them. */
const framing = new Set([
  "connection",
  "content-length",
  "date",
  "expect",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What no value holds, or none that can stand beside a body beyond ASCII: headers are sent as Latin-1, bodies as UTF-8. */
const unfit = /[^\t\u0020-\u007e]/;

/** What `ServerResponse` keeps for itself and is told here: that its head is written. The same since Node 0.10. */
interface Inside {
  _header: string | null;
  _headerSent: boolean;
  finished: boolean;
  readonly maxRequestsOnConnectionReached?: boolean;
}

/** Heads without what differs from answer to answer: status line, headers, and the name of the length. */
const heads = new WeakMap<readonly string[], { readonly status: number; readonly head: string }>();

/**
 * @param headers Where they are frozen, what is made of them is kept.
 * @param keepAlive The lines that say that the connection is kept, and how long.
 * @returns Whether the answer has gone out; where it has not, nothing was done.
 */
export function sendAtOnce(
  response: ServerResponse,
  status: number,
  headers: readonly string[],
  body: string,
  keepAlive: string,
): boolean {
  const { socket } = response;
  const inside = response as unknown as Inside;
  // Behind an answer that is still to be sent, where the connection ends, and where a client reads slowly, it takes more.
  if (
    socket === null ||
    !response.shouldKeepAlive ||
    body.length > longest ||
    inside._header !== null ||
    inside.maxRequestsOnConnectionReached === true ||
    !socket.writable ||
    socket.writableLength > 0 ||
    response.req.httpVersionMinor !== 1
  ) {
    return false;
  }
  const head = headOf(status, headers);
  if (head === undefined) return false;
  const length = knownBytes(body) ?? Buffer.byteLength(body);
  const text = `${head}${length}\r\nDate: ${date()}\r\n${keepAlive}\r\n${body}`;
  if (status !== 200) response.statusCode = status;
  inside._header = head;
  inside._headerSent = true;
  inside.finished = true;
  socket.write(text, length === body.length ? "latin1" : "utf8");
  response.emit("finish");
  return true;
}

function headOf(status: number, headers: readonly string[]): string | undefined {
  const known = heads.get(headers);
  if (known !== undefined && known.status === status) return known.head;
  const head = compose(status, headers);
  if (head !== undefined && Object.isFrozen(headers)) heads.set(headers, { status, head });
  return head;
}

/** @returns undefined where `ServerResponse` has something to decide or to refuse. */
function compose(status: number, headers: readonly string[]): string | undefined {
  const reason = builtin("node:http").STATUS_CODES[status];
  if (reason === undefined || status < 200 || status === 204 || status === 205 || status === 304) return undefined;
  let head = `HTTP/1.1 ${status} ${reason}\r\n`;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i]!;
    const value = headers[i + 1]!;
    if (framing.has(name.toLowerCase()) || !isToken(name) || unfit.test(value)) return undefined;
    head += `${name}: ${value}\r\n`;
  }
  return `${head}content-length: `;
}
