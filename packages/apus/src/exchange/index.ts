/** The exchange room: one request and its answer, each part parsed once. */
export type { Background } from "./background.ts";
export { endedBy } from "./ended-by.ts";
export {
  BodyReadError,
  BodyTimeoutError,
  BodyTooLargeError,
  FileForbiddenError,
  FileMissingError,
  InterruptedError,
} from "./errors.ts";
export { forbidsBody, withoutFraming } from "./framing.ts";
export { Exchange, type Site } from "./exchange.ts";
export { compileTrustedProxies } from "./forwarded.ts";
export { Handshake } from "./handshake.ts";
export { completeHeaders, checkedHeader, HeaderList } from "./header-list.ts";
export type { Compressor, Host, OpenFile, Place, Spool } from "./host.ts";
export type { Answer, Content, Incoming, TrustedProxies } from "./incoming.ts";
export {
  dropPrototypeKeys,
  holdsInexactNumbers,
  JsonLimitError,
  JsonSyntaxError,
  mayHoldPrototypeKeys,
  parseExactJson,
  parseJson,
} from "./json.ts";
export { allOf, isPlainName, isPlainQuery, lastInPlain, lastOf, parseQuery, type Pairs } from "./query.ts";
export { Pace } from "./pace.ts";
export { Outgoing } from "./outgoing.ts";
export type { Connection, HttpRequest, RequestChange, RequestHeaders } from "./request.ts";
export { RequestView } from "./request.ts";
export type { ResponseDraft } from "./response-draft.ts";
export type { CookieOptions, CookiesToSet } from "./set-cookie.ts";
export { setCookieLine } from "./set-cookie.ts";
export { encodedPath } from "./target.ts";
export { knownBytes, useAsciiText } from "../wire/index.ts";
export type { Timers } from "./timers.ts";
export { isToken } from "./token.ts";
export { streamedBody, toResponse, WebIncoming } from "./web.ts";
export type { Acceptance, Arrival, Channel, Upgrade } from "./upgrade.ts";
