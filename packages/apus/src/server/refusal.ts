/** Requests that are refused before anything else sees them, whichever server reads them. */
import { httpAnswer, HTTPException, reasonPhrase, type ErrorShape } from "../error/index.ts";
import type { Answer } from "../exchange/index.ts";

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
  tunnel: { status: 501, detail: "No tunnels are opened here" },
  unknownCoding: { status: 501, detail: "The only transfer coding understood is chunked" },
} as const satisfies Readonly<Record<string, Refusal>>;

/** What names a host, as a target in absolute form does (RFC 9110, section 7.2): nothing, a name or an address in brackets, and a port. */
const host = /^(?:[\w\-.~!$&'()*+,;=%]*|\[[\da-fA-F:.]+\])(?::\d*)?$/;

export const isHost = (text: string): boolean => host.test(text);

/** The answer to a request that is refused; the connection ends with it. */
export function refusalAnswer({ status, detail, headers: more = [] }: Refusal, shape: ErrorShape): Answer {
  const { headers, ...answer } = httpAnswer(new HTTPException(status, detail), shape);
  return {
    ...answer,
    headers: [...headers, ...more, "connection", more.includes("upgrade") ? "upgrade, close" : "close"],
  };
}

/** The whole answer as it goes on the wire. */
export function rawAnswer(refusal: Refusal, shape: ErrorShape): string {
  const { status, headers, body } = refusalAnswer(refusal, shape);
  const text = String(body);
  const lines = [`HTTP/1.1 ${status} ${reasonPhrase(status)}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  lines.push(`content-length: ${Buffer.byteLength(text)}`, "", text);
  return lines.join("\r\n");
}
