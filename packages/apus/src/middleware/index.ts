/** The middleware room: the ready-made ones, behind `apus/middleware`. */
export { compression, type CompressionOptions } from "./compression.ts";
export { cors, type CorsOptions } from "./cors.ts";
export { csrf, type CsrfOptions } from "./csrf.ts";
export { etag, type EtagOptions } from "./etag.ts";
export { httpsRedirect } from "./https-redirect.ts";
export { requestId, type RequestIdOptions } from "./request-id.ts";
export { securityHeaders, type SecurityHeadersOptions } from "./security-headers.ts";
export { session, sessionOf } from "./session.ts";
export type { Session } from "./session-values.ts";
export { sessions, type SessionsOptions } from "./sessions.ts";
export { timing, type TimingOptions } from "./timing.ts";
export { trustedHosts, type TrustedHostsOptions } from "./trusted-hosts.ts";
