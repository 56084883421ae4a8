/** The exchange room: one request and its answer, each part parsed once. */
export { BodyReadError, BodyTooLargeError, Exchange, type Answer, type Incoming } from "./exchange.ts";
export type { Host } from "./host.ts";
export { holdsInexactNumbers, JsonDepthError, JsonSyntaxError, parseExactJson, parseJson } from "./json.ts";
export { allOf, lastOf, parseQuery, type Pairs } from "./query.ts";
export { toResponse, WebIncoming } from "./web.ts";
