// What `apus/server` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { App, Host } from "apus";

export interface ServeOptions {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly rootPath?: string | undefined;
  readonly trustedProxies?: TrustedProxies | undefined;
  readonly allowedHosts?: readonly string[] | undefined;
  readonly headersTimeout?: number | undefined;
  readonly requestTimeout?: number | undefined;
  readonly sendTimeout?: number | undefined;
  readonly keepAliveTimeout?: number | undefined;
  readonly maxHeaderSize?: number | undefined;
  readonly maxHeadersCount?: number | undefined;
  readonly maxTargetLength?: number | undefined;
  readonly maxRequestsPerSocket?: number | undefined;
  readonly maxConnections?: number | undefined;
  readonly drainDelay?: number | undefined;
  readonly drainTimeout?: number | undefined;
  readonly closeTimeout?: number | undefined;
  readonly engine?: "apus" | "node:http" | undefined;
  readonly signals?: boolean | undefined;
}
export interface Serving {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}
export declare const nodeHost: Host;
export declare function serve(app: App, options?: ServeOptions): Promise<Serving>;

// What the above is made of.
type TrustedProxies = readonly string[] | number;

export {};
