// What `apus/middleware` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { Connection, Dependency, Middleware } from "apus";

export interface CompressionOptions {
  readonly minimumSize?: number | undefined;
  readonly level?: number | undefined;
  readonly encodings?: readonly ContentCoding[] | undefined;
  readonly excludeContentTypes?: readonly string[] | undefined;
}
export interface CorsOptions {
  readonly allowOrigins?: readonly string[] | undefined;
  readonly allowOriginRegex?: RegExp | string | undefined;
  readonly allowMethods?: readonly string[] | undefined;
  readonly allowHeaders?: readonly string[] | undefined;
  readonly allowCredentials?: boolean | undefined;
  readonly allowPrivateNetwork?: boolean | undefined;
  readonly exposeHeaders?: readonly string[] | undefined;
  readonly maxAge?: number | undefined;
}
export interface CsrfOptions {
  readonly trustedOrigins?: readonly string[] | undefined;
}
export interface EtagOptions {
  readonly weak?: boolean | undefined;
}
export interface RequestIdOptions {
  readonly header?: string | undefined;
  readonly trust?: boolean | ((connection: Connection) => boolean) | undefined;
}
export interface SecurityHeadersOptions {
  readonly contentSecurityPolicy?: string | false | undefined;
  readonly crossOriginOpenerPolicy?: string | false | undefined;
  readonly crossOriginResourcePolicy?: string | false | undefined;
  readonly permissionsPolicy?: string | false | undefined;
  readonly referrerPolicy?: string | false | undefined;
  readonly strictTransportSecurity?: string | false | undefined;
  readonly xContentTypeOptions?: string | false | undefined;
  readonly xFrameOptions?: string | false | undefined;
}
export interface Session<Shape extends object = Record<string, unknown>> extends Iterable<[string, unknown]> {
  readonly size: number;
  get<K extends keyof Shape & string>(key: K): Shape[K] | undefined;
  has(key: keyof Shape & string): boolean;
  set<K extends keyof Shape & string>(key: K, value: Exclude<Shape[K], undefined>): unknown;
  delete(key: keyof Shape & string): boolean;
  clear(): void;
  entries(): IterableIterator<[string, unknown]>;
}
export interface SessionsOptions {
  readonly secretKey: string | readonly string[];
  readonly sessionCookie?: string | undefined;
  readonly maxAge?: number | null | undefined;
  readonly path?: string | undefined;
  readonly sameSite?: "lax" | "strict" | "none" | undefined;
  readonly httpsOnly?: boolean | undefined;
  readonly domain?: string | undefined;
  readonly partitioned?: boolean | undefined;
}
export interface TimingOptions {
  readonly header?: string | undefined;
}
export interface TrustedHostsOptions {
  readonly allowedHosts: readonly string[];
  readonly wwwRedirect?: boolean | undefined;
}
export declare function compression(options?: CompressionOptions): Middleware;
export declare function cors(options?: CorsOptions): Middleware;
export declare function csrf(options?: CsrfOptions): Middleware;
export declare function etag(options?: EtagOptions): Middleware;
export declare function httpsRedirect(): Middleware;
export declare function requestId(options?: RequestIdOptions): Middleware;
export declare function securityHeaders(options?: SecurityHeadersOptions): Middleware;
export declare const session: Dependency<Session, never, "request", object>;
export declare function sessionOf<Shape extends object>(): Dependency<Session<Shape>, never, "request", object>;
export declare function sessions(options: SessionsOptions): Middleware;
export declare function timing(options?: TimingOptions): Middleware;
export declare function trustedHosts(options: TrustedHostsOptions): Middleware;

// What the above is made of.
type ContentCoding = "gzip" | "br";

export {};
