/** The exchange room: one request and its answer, each part parsed once. */
export type { Background } from "./background.ts";
export { BodyReadError, BodyTimeoutError, BodyTooLargeError, FileMissingError, InterruptedError } from "./errors.ts";
export { forbidsBody, withoutFraming } from "./framing.ts";
export { Exchange, type Site } from "./exchange.ts";
export { compileTrustedProxies } from "./forwarded.ts";
export { checkedHeader, HeaderList } from "./header-list.ts";
export type { Compressor, Host, OpenFile } from "./host.ts";
export type { Answer, Incoming, TrustedProxies } from "./incoming.ts";
export {
  dropPrototypeKeys,
  holdsInexactNumbers,
  JsonDepthError,
  JsonSyntaxError,
  mayHoldPrototypeKeys,
  parseExactJson,
  parseJson,
} from "./json.ts";
export { allOf, lastOf, parseQuery, type Pairs } from "./query.ts";
export { Outgoing } from "./outgoing.ts";
export type { Connection, HttpRequest, RequestChange, RequestHeaders } from "./request.ts";
export { RequestView } from "./request.ts";
export type { ResponseDraft } from "./response-draft.ts";
export type { CookieOptions, CookiesToSet } from "./set-cookie.ts";
export { setCookieLine } from "./set-cookie.ts";
export { encodedPath } from "./target.ts";
export { isToken } from "./token.ts";
export { toResponse, WebIncoming } from "./web.ts";
export type { Acceptance, Arrival, Channel, Upgrade } from "./upgrade.ts";
