/** What an App can say. */
import type { OptionNames } from "../diagnostic/index.ts";
import type { Dependency } from "../dependency/index.ts";
import type { ErrorHandler, ErrorShape } from "../error/index.ts";
import type { TrustedProxies } from "../exchange/index.ts";
import type { DocumentInfo, OpenApiDocument } from "../openapi/index.ts";
import {
  sharedOptions,
  type NameOperation,
  type Outbounds,
  type SharedOptions,
  type SocketDefaults,
} from "../operation/index.ts";
import type { Reporter } from "../plan/index.ts";

export interface AppOptions extends DocumentInfo, SharedOptions, SocketDefaults {
  /** Where the document is served; null serves neither it nor the page. Default: `/openapi.json`. */
  readonly openapiUrl?: string | null | undefined;
  /**
   * Where the AsyncAPI document is served, which describes the app's sockets; null serves none. An app without sockets has none,
   * and neither has one that does not serve its OpenAPI document. Default: `/asyncapi.json`.
   */
  readonly asyncapiUrl?: string | null | undefined;
  /** Where the documentation page is served; null serves none. Default: `/docs`. */
  readonly docsUrl?: string | null | undefined;
  /** Where ReDoc, the page for reading, is served; null serves none. Default: `/redoc`. */
  readonly redocUrl?: string | null | undefined;
  /** Guards of the document and of its pages, run in order. The App's `dependencies` are those of its operations alone. */
  readonly docsDependencies?: readonly Dependency[] | undefined;
  /** Settings of Swagger UI, added to and stronger than the framework's. They must be JSON. */
  readonly swaggerUiParameters?: Readonly<Record<string, unknown>> | undefined;
  /** What Swagger UI's `initOAuth` gets, such as a client id. */
  readonly swaggerUiInitOauth?: Readonly<Record<string, unknown>> | undefined;
  /** Where authorization servers send the browser back; null serves no such page. Default: `/docs/oauth2-redirect`. */
  readonly swaggerUiOauth2RedirectUrl?: string | null | undefined;
  /** What the API calls at those who subscribed, by name; each declared without a handler. */
  readonly webhooks?: Outbounds | undefined;
  /** Settings of ReDoc, added to and stronger than the framework's. They must be JSON. */
  readonly redocParameters?: Readonly<Record<string, unknown>> | undefined;
  /** Makes operation ids. Default: `operationIds.keys`. */
  readonly operationId?: NameOperation | undefined;
  /** How errors look on the wire where no router says: `{"detail": …}`, or problem details (RFC 9457). */
  readonly errorShape?: ErrorShape | undefined;
  /** Error handlers, asked after those of routers; they also answer 404 and 405 outside any operation. */
  readonly onError?: readonly ErrorHandler[] | undefined;
  /**
   * What opens before the app answers and closes when it stops, although nobody injects it: a dependency of scope `app`.
   * It opens first and closes last.
   */
  readonly lifespan?: Dependency<unknown, unknown, "app"> | undefined;
  /** The prefix that a proxy takes off the path, such as `/api/v1`. Default: none. */
  readonly rootPath?: string | undefined;
  /** Whether the document's servers begin with `rootPath`. Default: true. */
  readonly rootPathInServers?: boolean | undefined;
  /**
   * Whose `X-Forwarded-For` and `X-Forwarded-Proto` count: addresses, networks (`10.0.0.0/8`), or how many proxies there
   * are. Default: nobody's.
   */
  readonly trustedProxies?: TrustedProxies | undefined;
  /** Where load balancers ask whether to send requests: 200, and 503 while the server drains. Default: null, nowhere. */
  readonly healthUrl?: string | null | undefined;
  /** Whether a path that only differs by a trailing slash is redirected (307). Default: true. */
  readonly redirectSlashes?: boolean | undefined;
  /** The last word on the document: gets it, returns it. */
  readonly openapi?: ((document: OpenApiDocument) => OpenApiDocument) | undefined;
  /** Told of every failure that no client caused. Default: `console.error`. */
  readonly report?: Reporter | undefined;
}

/** The names of all of them. */
export const appOptions: OptionNames<AppOptions> = {
  ...sharedOptions,
  title: true,
  version: true,
  summary: true,
  description: true,
  termsOfService: true,
  contact: true,
  license: true,
  servers: true,
  openapiTags: true,
  externalDocs: true,
  openapiVersion: true,
  separateInputOutputSchemas: true,
  webhooks: true,
  openapiUrl: true,
  asyncapiUrl: true,
  docsUrl: true,
  redocUrl: true,
  redocParameters: true,
  docsDependencies: true,
  swaggerUiParameters: true,
  swaggerUiInitOauth: true,
  swaggerUiOauth2RedirectUrl: true,
  operationId: true,
  errorShape: true,
  onError: true,
  lifespan: true,
  rootPath: true,
  rootPathInServers: true,
  trustedProxies: true,
  healthUrl: true,
  redirectSlashes: true,
  openapi: true,
  report: true,
  sockets: true,
};
