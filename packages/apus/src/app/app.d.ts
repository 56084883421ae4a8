/** The App: what is included in it is linked into plans at start-up; each request follows one of them. */
import { type Dependency } from "../dependency/index.ts";
import { Exchange, type Answer, type Host } from "../exchange/index.ts";
import type { OpenApiDocument } from "../openapi/index.ts";
import { type Declare } from "../operation/index.ts";
import type { AppOptions } from "./options.ts";
/** A dependency and what stands for it: `[session, fakeSession]`. */
export type Override = readonly [original: Dependency, replacement: Dependency];
/** What a `fetch` runtime gives besides the request. */
export interface FetchContext {
  readonly env?: unknown;
  /** Keeps the runtime alive until work that follows the answer is done. */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}
/**
 * An application.
 *
 * @example
 * const app = new App({ title: "My API", version: "1.0.0" });
 * app.get("/", () => ({ message: "Hello World" }));
 * app.include(api);
 */
export declare class App {
  #private;
  readonly options: AppOptions;
  /** What the adapter gives for what the core cannot reach by itself, such as the files of the documentation page. */
  host: Host | undefined;
  constructor(options?: AppOptions);
  /** Where the documentation page is, or null where there is none. */
  get docsUrl(): string | null;
  /**
   * Adds a router's operations, or one operation. Options belong to `router`, so there are none here.
   * @throws TypeError for what holds no operation.
   */
  include(routes: object): this;
  /** Declares and includes a GET operation: the short form. It is not part of a client's types. */
  readonly get: Declare<"GET">;
  /** Declares and includes a POST operation. */
  readonly post: Declare<"POST">;
  /** Declares and includes a PUT operation. */
  readonly put: Declare<"PUT">;
  /** Declares and includes a PATCH operation. */
  readonly patch: Declare<"PATCH">;
  /** Declares and includes a DELETE operation. */
  readonly del: Declare<"DELETE">;
  /**
   * A copy with dependencies replaced, by identity, wherever they are used. The original and the document stay as they are.
   * @example const testing = app.with({ overrides: [[session, fakeSession]] });
   */
  with({ overrides }: { readonly overrides?: readonly Override[] | undefined }): App;
  /**
   * Checks and links everything, and opens what lives as long as the app. Servers call it before they listen.
   * @returns Warnings about declarations that work but are hardly meant.
   */
  startup(): Promise<readonly string[]>;
  /** Closes what lives as long as the app, last opened first. */
  shutdown(): Promise<void>;
  /** The OpenAPI document; made once. */
  openapi(): OpenApiDocument;
  /** Answers one exchange: the door for adapters. Never throws and never rejects for what a request can cause. */
  handle(exchange: Exchange): Answer | Promise<Answer>;
  /**
   * Answers a web Request, on any runtime that has them. App-scoped dependencies open at first use.
   * @param context What the runtime gives besides; `waitUntil` keeps it alive for work that follows the answer.
   */
  readonly fetch: (request: Request, context?: FetchContext) => Promise<Response>;
}
