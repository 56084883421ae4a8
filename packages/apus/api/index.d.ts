// What `apus` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { z } from "zod";

export interface AcceptOptions {
  readonly subprotocol?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
export type AnySchema = z.core.$ZodType | StandardSchema<any, any>;
export declare class App {
  #private;
  readonly options: AppOptions;
  constructor(options?: AppOptions);
  get docsUrl(): string | null;
  include(routes: object, ...more: never[]): this;
  readonly get: Declare<"GET">;
  readonly post: Declare<"POST">;
  readonly put: Declare<"PUT">;
  readonly patch: Declare<"PATCH">;
  readonly del: Declare<"DELETE">;
  readonly delete: Declare<"DELETE">;
  readonly socket: DeclareSocket;
  mount(prefix: string, application: App | FetchHandler | StaticFiles, options?: MountOptions): this;
  frontend(path: string, options: FrontendOptions): this;
  get takesSockets(): boolean;
  get host(): Host | undefined;
  set host(host: Host | undefined);
  get draining(): boolean;
  set draining(draining: boolean);
  with({ overrides }: { readonly overrides?: readonly Override[] | undefined }): App;
  deploy({ rootPath, trustedProxies }: Deployment): this;
  startup(): Promise<readonly string[]>;
  shutdown(): Promise<void>;
  openapi(): OpenApiDocument;
  asyncapi(): AsyncApiDocument;
  pathFor(name: string, params?: Readonly<Record<string, string | number>>): string;
  describe({ code }?: { readonly code?: boolean | undefined }): AppDescription;
  handle(exchange: Exchange): Answer | Promise<Answer>;
  connect(exchange: Exchange, upgrade: Upgrade): Promise<Answer | undefined>;
  readonly fetch: (request: Request, context?: FetchContext) => Promise<Response>;
}
export interface AppDescription {
  readonly operations: readonly OperationDescription[];
  readonly sockets: readonly SocketDescription[];
  readonly mounts: readonly MountDescription[];
  readonly webhooks: readonly OutboundDescription[];
}
export interface AppOptions extends DocumentInfo, SharedOptions, SocketDefaults {
  readonly openapiUrl?: string | null | undefined;
  readonly asyncapiUrl?: string | null | undefined;
  readonly docsUrl?: string | null | undefined;
  readonly redocUrl?: string | null | undefined;
  readonly docsDependencies?: readonly Dependency[] | undefined;
  readonly swaggerUiParameters?: Readonly<Record<string, unknown>> | undefined;
  readonly swaggerUiInitOauth?: Readonly<Record<string, unknown>> | undefined;
  readonly swaggerUiOauth2RedirectUrl?: string | null | undefined;
  readonly webhooks?: Outbounds | undefined;
  readonly redocParameters?: Readonly<Record<string, unknown>> | undefined;
  readonly operationId?: NameOperation | undefined;
  readonly errorShape?: ErrorShape | undefined;
  readonly onError?: readonly ErrorHandler[] | undefined;
  readonly lifespan?: Dependency<unknown, unknown, "app"> | undefined;
  readonly rootPath?: string | undefined;
  readonly rootPathInServers?: boolean | undefined;
  readonly trustedProxies?: TrustedProxies | undefined;
  readonly healthUrl?: string | null | undefined;
  readonly redirectSlashes?: boolean | undefined;
  readonly openapi?: ((document: OpenApiDocument) => OpenApiDocument) | undefined;
  readonly report?: Reporter | undefined;
}
export declare class ApusError extends TypeError {
  readonly name: string;
  readonly code: string;
  constructor(message: string, options?: ErrorOptions);
}
export type Around = (request: HttpRequest, next: Next) => May<Outgoing | Reply | Response>;
export interface AsyncApiDocument {
  asyncapi: string;
  info: Record<string, unknown>;
  channels: Record<string, Record<string, unknown>>;
  operations: Record<string, Record<string, unknown>>;
  components?: {
    schemas?: Record<string, JsonSchema>;
    securitySchemes?: Record<string, unknown>;
  };
  [key: string]: unknown;
}
export interface Background {
  add<A extends readonly unknown[]>(work: (...args: A) => unknown, ...args: A): void;
}
export interface Connection {
  readonly id: string;
  readonly url: URL;
  readonly path: string;
  readonly rawTarget: string;
  readonly rootPath: string;
  readonly scheme: "http" | "https";
  readonly headers: RequestHeaders;
  readonly cookies: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly pathParams: Readonly<Record<string, string>>;
  readonly client: {
    readonly host: string;
    readonly port: number;
  } | null;
  readonly state: Record<string, unknown>;
  readonly signal: AbortSignal;
  readonly env: unknown;
  beforeBody(listener: () => unknown): void;
  urlFor(name: string, params?: Readonly<Record<string, string | number>>): URL;
}
export interface CookieOptions {
  readonly path?: string | undefined;
  readonly domain?: string | undefined;
  readonly maxAge?: number | undefined;
  readonly expires?: Date | undefined;
  readonly secure?: boolean | undefined;
  readonly httpOnly?: boolean | undefined;
  readonly sameSite?: "lax" | "strict" | "none" | undefined;
  readonly partitioned?: boolean | undefined;
}
export declare class CookiesToSet {
  #private;
  constructor(headers: HeaderList);
  set(name: string, value: string, options?: CookieOptions): void;
  delete(name: string, options?: CookieOptions): void;
}
export interface Declare<M extends string> {
  <const P extends string>(
    path: P extends `/${string}` ? `the operation at ${P} needs a handler, as its last argument` : P,
    options: OutboundOptions,
  ): Outbound;
  <const P extends string, const R>(
    path: [PathNames<P>] extends [never] ? P : `path parameter "${PathNames<P>}" is not declared: give { input }`,
    handler: () => R,
  ): Operation<
    M,
    P,
    {
      readonly sends: object;
      readonly answer: Answered<undefined, undefined, R>;
      readonly errors: never;
    }
  >;
  <
    const P extends string,
    I extends InputRecord = Record<never, never>,
    O extends Output = undefined,
    K extends As = undefined,
    const E extends readonly ErrorClass[] = [],
    const D extends readonly Dependency[] = [],
    const R extends Returned<O, K> = Returned<O, K>,
    X extends boolean = false,
    Z extends boolean = false,
    const N extends Selection | undefined = undefined,
    const W extends Selection | undefined = undefined,
    const Y = never,
  >(
    path: P,
    options: DeclaredOptions<P, I, O, K, E, D, X, Z, N, W> & TakesYields<O, K, Y>,
    handler: (values: Values<I>) => R | Yielding<Y>,
  ): Operation<
    M,
    P,
    {
      readonly sends: Sent<P, Flat<I> & NeedsOfAll<D>>;
      readonly answer: Answered<O, K, R, X, Z, N, W, Y>;
      readonly errors:
        | Listed<E>
        | ErrorsOf<I>
        | ErrorsOfAll<D>
        | ([keyof (Flat<I> & NeedsOfAll<D>)] extends [never] ? never : InvalidInput);
    }
  >;
}
export interface DeclareSocket {
  <const P extends string>(
    path: [PathNames<P>] extends [never] ? P : `path parameter "${PathNames<P>}" is not declared: give { input }`,
    handler: (socket: Socket) => unknown,
  ): SocketRoute<
    P,
    {
      readonly sends: object;
      readonly receive: Message;
      readonly send: Message;
    }
  >;
  <
    const P extends string,
    I extends InputRecord = Record<never, never>,
    R extends Schema = undefined,
    S extends Schema = undefined,
    const D extends readonly Dependency[] = [],
  >(
    path: P,
    options: SocketOptions & {
      readonly input?: (I & DeclaresPath<P, I, D>) | undefined;
      readonly receive?: R | undefined;
      readonly send?: S | undefined;
      readonly dependencies?: D | undefined;
      readonly errors?: readonly ErrorClass[] | undefined;
    } & RequiresInput<P, D>,
    handler: (values: Values<I>, socket: Socket<Received<R>, Given<S>>) => unknown,
  ): SocketRoute<
    P,
    {
      readonly sends: Sent<P, Flat<I> & NeedsOfAll<D>>;
      readonly receive: OnWire<R, In<R>>;
      readonly send: OnWire<S, Wire<S>>;
    }
  >;
}
export declare class DecodeError extends Error {
  #private;
  readonly name = "DecodeError";
  constructor(problems: readonly Problem[]);
  errors(): ValidationError[];
}
export interface DefaultErrors {
  http(error: HTTPException, request: HttpRequest): Reply;
  validation(error: RequestValidationError, request: HttpRequest): Reply;
}
export interface Dependency<T = unknown, E = unknown, S extends Scope = Scope, N = unknown> {
  readonly kind: "dependency";
  readonly "~types"?: {
    readonly provides: T;
    readonly raises: E;
    readonly scope: S;
    readonly needs: N;
  };
}
export interface DependencyDescription {
  readonly name: string;
  readonly kind: "dependency" | "scheme" | "framework";
  readonly phase: 1 | 3;
  readonly scope: Scope;
  readonly securityScopes: readonly string[];
  readonly needs: readonly string[];
}
export interface DependsOptions<S extends Scope | undefined = Scope | undefined, E = readonly ErrorClass[]> {
  readonly scope?: S | undefined;
  readonly errors?: E | undefined;
  readonly cache?: boolean | undefined;
  readonly name?: string | undefined;
  readonly dependencies?: readonly Dependency[] | undefined;
}
export interface Deployment {
  readonly rootPath?: string | undefined;
  readonly trustedProxies?: TrustedProxies | undefined;
}
export interface DetailedErrorClass<S extends number, D> extends ErrorClass<S, D> {
  new (
    detail: D,
    options?:
      | {
          readonly headers?: ErrorHeaders | undefined;
        }
      | undefined,
  ): HTTPException;
}
export type Entry = AnySchema | Located | Dependency;
export interface ErrorClass<S extends number = number, D = unknown> {
  readonly status: S;
  readonly title: string;
  readonly schema: AnySchema | undefined;
  readonly "~types"?: {
    readonly detail: D;
  };
  new (...args: never): HTTPException;
}
export interface ErrorHandler {
  readonly kind: "errorHandler";
  readonly match: ErrorType<unknown> | number;
  readonly handle: Handle;
}
export type ErrorShape = "fastapi" | "problem";
export interface EventFields<T = unknown> {
  readonly data?: T;
  readonly rawData?: string | undefined;
  readonly event?: string | undefined;
  readonly id?: string | undefined;
  readonly retry?: number | undefined;
  readonly comment?: string | undefined;
}
export type Events<S extends AnySchema | undefined = AnySchema | undefined> = ItemStream<"events", S>;
export interface EventsOptions {
  readonly keepAlive?: number | null | undefined;
}
export interface Facts {
  readonly sends: unknown;
  readonly answer: unknown;
  readonly errors: unknown;
}
export interface FetchContext {
  readonly env?: unknown;
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}
export interface FetchHandler {
  fetch(request: Request, env?: unknown): Response | Promise<Response>;
}
export type Flat<I> = {
  [K in keyof I as I[K] extends AnyDependency ? never : K]: I[K];
} & ([NeedsIn<I>] extends [never] ? object : ToIntersection<NeedsIn<I>>);
export interface FormLimitOptions {
  readonly maxFiles?: number | undefined;
  readonly maxFields?: number | undefined;
  readonly maxPartSize?: number | undefined;
  readonly maxFieldsSize?: number | undefined;
  readonly maxFileSize?: number | undefined;
  readonly maxPartHeaderSize?: number | undefined;
  readonly spoolSize?: number | undefined;
}
export interface Frontend extends Placed {
  readonly kind: "frontend";
}
export interface FrontendOptions extends DirectoryOptions {
  readonly directory: string | URL;
  readonly fallback?: Fallback | undefined;
  readonly checkDir?: boolean | "auto" | undefined;
  readonly dependencies?: readonly Dependency[] | undefined;
}
export declare class HTTPException extends Error {
  readonly name: string;
  readonly status: number;
  readonly detail: unknown;
  readonly headers: ErrorHeaders;
  constructor(
    status: number,
    detail?: unknown,
    options?:
      | {
          readonly headers?: ErrorHeaders | undefined;
        }
      | undefined,
  );
}
export declare class HeaderList {
  #private;
  constructor(pairs?: Pairs);
  get pairs(): Pairs;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  delete(name: string): void;
  vary(name: string): void;
  [Symbol.iterator](): IterableIterator<[name: string, value: string]>;
}
export interface Host {
  asset(name: string): Promise<Uint8Array>;
  compressor?(encoding: "gzip" | "br", level: number | undefined): Compressor;
  file?(path: string | URL, root: string | URL | undefined, followSymlink?: boolean): Promise<OpenFile>;
  spool?(): Promise<Spool>;
  save?(path: string | URL, content: AsyncIterable<Uint8Array>, overwrite: boolean): Promise<void>;
  directory?(path: string | URL): Promise<Place>;
  readonly development?: boolean;
}
export interface HttpRequest extends Connection {
  readonly method: string;
  bytes(): Promise<Uint8Array>;
  stream(): AsyncIterable<Uint8Array>;
  text(): Promise<string>;
  json(): Promise<unknown>;
  with(change: RequestChange): HttpRequest;
}
export interface InputDescription {
  readonly name: string;
  readonly alias: string;
  readonly location: Location;
  readonly type: string;
  readonly required: boolean;
  readonly phase: 1 | 2;
  readonly dependency: string | null;
  readonly code?: CodeText | undefined;
}
export type InputRecord = {
  readonly [name: string]: Entry;
};
export type InvalidInput = WireError<422, ValidationError[], "default">;
export type JsonLines<S extends AnySchema | undefined = AnySchema | undefined> = ItemStream<"jsonLines", S>;
export interface Kind<in V = never> {
  (value: V, init?: ReplyInit | undefined): Reply;
  readonly mediaType: string | null;
  readonly status: number;
  readonly json: boolean;
}
export interface KindOptions<V> {
  readonly mediaType: string | null;
  readonly status?: number | undefined;
  readonly write: (value: V) => string | Uint8Array | null;
  readonly headers?: ((value: V) => Readonly<Record<string, string>>) | undefined;
}
export interface Located<
  L extends Location = Location,
  S = AnySchema,
  A extends string | undefined = string | undefined,
  M extends boolean = boolean,
> {
  readonly kind: "located";
  readonly location: L;
  readonly schema: S;
  readonly options: MarkerOptions<A, M>;
}
export type Location = "path" | "query" | "header" | "cookie" | "body" | "form" | "file";
export interface MarkerOptions<A extends string | undefined = string | undefined, M extends boolean = boolean> {
  readonly alias?: A | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly deprecated?: boolean | undefined;
  readonly examples?: readonly unknown[] | undefined;
  readonly openapiExamples?: Readonly<Record<string, OpenapiExample>> | undefined;
  readonly includeInSchema?: boolean | undefined;
  readonly embed?: M | undefined;
  readonly convertUnderscores?: boolean | undefined;
  readonly mediaType?: string | undefined;
}
export type Message = string | Uint8Array;
export declare class MessageValidationError extends WebSocketException {
  readonly name: string;
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]);
  errors(): ValidationError[];
}
export interface Middleware {
  readonly kind: "middleware";
  readonly name: string;
  readonly hooks?: MiddlewareHooks | undefined;
  readonly wrap?: Around | undefined;
}
export interface MiddlewareHooks {
  readonly onRequest?: ((request: HttpRequest) => May<Early>) | undefined;
  readonly onAnswer?: ((answer: Outgoing, request: HttpRequest) => May<void>) | undefined;
  readonly onError?: ((error: unknown, request: HttpRequest) => May<Early>) | undefined;
}
export interface MountDescription {
  readonly prefix: string;
  readonly kind: "app" | "handler" | "files" | "frontend";
  readonly guards: OperationDescription["guards"];
  readonly security: OperationDescription["security"];
  readonly operations: readonly OperationDescription[];
  readonly sockets: readonly SocketDescription[];
  readonly mounts: readonly MountDescription[];
}
export interface MountOptions {
  readonly name?: string | undefined;
  readonly dependencies?: readonly Dependency[] | undefined;
  readonly bodyLimit?: number | undefined;
  readonly timeout?: number | null | undefined;
}
export type NameOperation = (operation: {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly tags: readonly string[];
  readonly keys: readonly string[];
}) => string;
export type Next = (request?: HttpRequest) => Promise<Outgoing>;
export interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, unknown>>;
  webhooks?: Record<string, Record<string, unknown>>;
  components?: {
    schemas?: Record<string, JsonSchema>;
    securitySchemes?: Record<string, unknown>;
  };
  [key: string]: unknown;
}
export interface Operation<M extends string = string, P extends string = string, F extends Facts = Facts> {
  readonly kind: "operation";
  readonly method: M;
  readonly path: P;
  readonly "~types"?: F;
}
export interface OperationDescription {
  readonly id: string;
  readonly name: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly includeInSchema: boolean;
  readonly guards: readonly string[];
  readonly security: readonly {
    readonly anyOf: readonly string[];
    readonly optional: boolean;
    readonly scopes: readonly string[];
  }[];
  readonly inputs: readonly InputDescription[];
  readonly dependencies: readonly DependencyDescription[];
  readonly middleware: readonly {
    readonly name: string;
    readonly of: "app" | "operation";
  }[];
  readonly errors: readonly {
    readonly status: number;
    readonly title: string;
  }[];
  readonly errorShape: ErrorShape;
  readonly body: "json" | "form" | "multipart" | "stream" | null;
  readonly strictTypes: boolean;
  readonly strictContentType: boolean;
  readonly limits: {
    readonly bodyLimit: number;
    readonly bodyTimeout: number | null;
    readonly timeout: number | null;
  };
  readonly output: {
    readonly status: number;
    readonly type: string | null;
    readonly mediaType: string | null;
    readonly code?: CodeText | undefined;
  };
  readonly callbacks: readonly OutboundDescription[];
}
export interface OperationOptions extends SharedOptions {
  readonly name?: string | undefined;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly responseDescription?: string | undefined;
  readonly operationId?: string | undefined;
  readonly status?: number | undefined;
  readonly openapi?: Readonly<Record<string, unknown>> | undefined;
}
export interface Outbound {
  readonly kind: "outbound";
  readonly method: string;
  readonly path: string;
}
export interface OutboundDescription {
  readonly id: string;
  readonly name: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly summary: string;
}
export interface OutboundOptions extends OperationOptions {
  readonly input?: InputRecord | undefined;
  readonly output?: AnySchema | ItemStream | undefined;
  readonly as?: Kind | undefined;
  readonly errors?: readonly ErrorClass[] | undefined;
}
export declare class Outgoing {
  #private;
  status: number;
  body: Answer["body"];
  readonly error: unknown;
  constructor(answer: Answer, error?: unknown);
  get headers(): HeaderList;
  get cookies(): CookiesToSet;
  get unanswered(): boolean;
  check(): void;
  answer(): Answer;
  replaced(answer: Answer): Answer;
}
export type Override = readonly [original: Dependency, replacement: Dependency];
export interface PlainErrorClass<S extends number, D> extends ErrorClass<S, D> {
  new (
    detail?: D | undefined,
    options?:
      | {
          readonly headers?: ErrorHeaders | undefined;
        }
      | undefined,
  ): HTTPException;
}
export interface Provide<T> {
  readonly kind: "provide";
  readonly value: T;
}
export declare class Reply {
  readonly status: number | undefined;
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | null;
  constructor(status: number | undefined, headers: readonly string[], body: string | Uint8Array | null);
}
export type ReplyCookie =
  | string
  | (CookieOptions & {
      readonly value: string;
    });
export interface ReplyInit {
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly cookies?: Readonly<Record<string, ReplyCookie>> | undefined;
}
export interface Reporter {
  (
    error: unknown,
    context: {
      readonly requestId: string;
      readonly method: string;
      readonly path: string;
    },
  ): void;
}
export interface RequestChange {
  readonly body?: Uint8Array | undefined;
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
}
export declare class RequestHeaders {
  #private;
  constructor(incoming: Incoming);
  get(name: string): string | null;
  getAll(name: string): readonly string[];
  has(name: string): boolean;
  [Symbol.iterator](): IterableIterator<[name: string, value: string]>;
}
export declare class RequestValidationError extends Error {
  readonly name = "RequestValidationError";
  readonly problems: readonly Problem[];
  readonly body: unknown;
  constructor(problems: readonly Problem[], body?: unknown);
  errors(): ValidationError[];
}
export interface RequiredScopes {
  readonly list: readonly string[];
  readonly text: string;
}
export declare class ResponseDraft {
  status: number | undefined;
  readonly headers: HeaderList;
  readonly cookies: CookiesToSet;
}
export declare class ResponseValidationError extends ApusError {
  readonly name = "ResponseValidationError";
  readonly problems: readonly Problem[];
  constructor(operation: string, problems: readonly Problem[]);
}
export interface Rooms<S = Message> {
  join(room: string, socket: Socket<unknown, S>): void;
  leave(room: string, socket: Socket<unknown, S>): void;
  leaveAll(socket: Socket<unknown, S>): void;
  broadcast(
    room: string,
    message: S,
    options?:
      | {
          readonly except?: Socket<unknown, S> | undefined;
        }
      | undefined,
  ): number;
  size(room: string): number;
  readonly names: readonly string[];
}
export interface RouterOptions<
  X extends string = string,
  Shape extends ErrorShape | undefined = ErrorShape | undefined,
  E extends readonly ErrorClass[] = readonly ErrorClass[],
  D extends readonly Dependency[] = readonly Dependency[],
>
  extends SharedOptions, SocketDefaults {
  readonly prefix?: X | undefined;
  readonly operationId?: NameOperation | undefined;
  readonly errorShape?: Shape | undefined;
  readonly dependencies?: D | undefined;
  readonly errors?: E | undefined;
  readonly onError?: readonly ErrorHandler[] | undefined;
}
export type Scope = "app" | "request" | "function";
export type Selection =
  | readonly string[]
  | {
      readonly [key: string]: true | Selection;
    };
export interface SendFile {
  (path: string | URL, options?: SendFileOptions | undefined): Reply;
  readonly mediaType: null;
  readonly status: 200;
  readonly json: false;
}
export interface SendFileOptions extends ReplyInit {
  readonly mediaType?: string | undefined;
  readonly filename?: string | undefined;
  readonly contentDispositionType?: "attachment" | "inline" | undefined;
  readonly root?: string | URL;
  readonly conditional?: boolean | undefined;
}
export declare class ServerSentEvent<out T = unknown> {
  readonly fields: EventFields<T>;
  constructor(fields: EventFields<T>);
}
export interface Socket<out R = Message, in S = Message> extends AsyncIterable<R> {
  readonly offered: readonly string[];
  readonly subprotocol: string | undefined;
  accept(options?: AcceptOptions | undefined): Promise<void>;
  receive(): Promise<R>;
  send(message: S): Promise<void>;
  receiveText(): Promise<string>;
  receiveBytes(): Promise<Uint8Array>;
  receiveJson(): Promise<unknown>;
  sendText(text: string): Promise<void>;
  sendBytes(bytes: Uint8Array): Promise<void>;
  sendJson(value: unknown): Promise<void>;
  close(code?: number | undefined, reason?: string | undefined): void;
}
export interface SocketDescription extends Omit<
  OperationDescription,
  "methods" | "body" | "strictContentType" | "limits" | "output" | "callbacks"
> {
  readonly receive: string | null;
  readonly send: string | null;
  readonly subprotocols: readonly string[];
  readonly limits: SocketSide["limits"] & {
    readonly timeout: number | null;
  };
}
export interface SocketFacts {
  readonly sends: unknown;
  readonly receive: unknown;
  readonly send: unknown;
}
export interface SocketLimits {
  readonly maxMessageSize?: number | undefined;
  readonly messageRate?: number | null | undefined;
  readonly maxQueued?: number | undefined;
  readonly maxBuffered?: number | undefined;
  readonly pingInterval?: number | null | undefined;
  readonly idleTimeout?: number | null | undefined;
  readonly origins?: readonly (string | RegExp)[] | undefined;
}
export interface SocketOptions
  extends
    SocketLimits,
    Pick<SharedOptions, "dependencies" | "deprecated" | "includeInSchema" | "middleware" | "strictTypes" | "tags"> {
  readonly name?: string | undefined;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly subprotocols?: readonly string[] | undefined;
  readonly timeout?: number | null | undefined;
}
export interface SocketRoute<P extends string = string, F extends SocketFacts = SocketFacts> {
  readonly kind: "socket";
  readonly path: P;
  readonly "~types"?: F;
}
export interface StandardSchema<I = unknown, O = I> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<O> | Promise<StandardResult<O>>;
    readonly types?:
      | {
          readonly input: I;
          readonly output: O;
        }
      | undefined;
  };
}
export interface StaticFiles {
  readonly kind: "staticFiles";
  readonly directory: string | URL;
}
export interface StaticFilesOptions extends DirectoryOptions {
  readonly html?: boolean | undefined;
  readonly checkDir?: boolean | undefined;
  readonly followSymlink?: boolean | undefined;
}
export interface Stream {
  (options: StreamOptions): StreamKind;
  (pieces: Pieces, init?: ReplyInit | undefined): DeferredReply;
  readonly mediaType: null;
  readonly status: 200;
  readonly json: false;
  readonly streams: true;
}
export interface StreamKind extends Kind<Pieces> {
  readonly streams: true;
}
export interface StreamOptions {
  readonly type: string;
}
export declare class Upload extends File {
  #private;
  readonly headers: Readonly<Record<string, string>>;
  constructor({ content, name, headers, save }: UploadParts);
  get type(): string;
  save(
    path: string | URL,
    options?: {
      readonly overwrite?: boolean | undefined;
    },
  ): Promise<void>;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  toJSON(): {
    filename: string;
    size: number;
    headers: Readonly<Record<string, string>>;
  };
}
export interface ValidationError {
  type: string;
  loc: (string | number)[];
  msg: string;
  input?: unknown;
  ctx?: Record<string, unknown>;
}
export type Values<I> = {
  [K in keyof I]: ValueOf<I[K]>;
};
export declare class WebSocketDisconnect extends Error {
  readonly name: string;
  readonly code: number;
  readonly reason: string;
  constructor(code: number, reason?: string);
}
export declare class WebSocketException extends Error {
  readonly name: string;
  readonly code: number;
  readonly reason: string;
  constructor(code: number, reason?: string);
}
export interface WireError<
  S extends number = number,
  D = unknown,
  Shape extends ErrorShape | "default" = ErrorShape | "default",
> {
  readonly status: S;
  readonly detail: D;
  readonly shape: Shape;
}
export type WithoutUnset<T> = T extends readonly (infer E)[]
  ? WithoutUnset<E>[]
  : T extends Date | Uint8Array | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown> | ((...args: never) => unknown)
    ? T
    : T extends object
      ? {
          [K in keyof T]?: WithoutUnset<T[K]>;
        }
      : T;
export declare function around(wrap: Around, name?: string): Middleware;
export declare const background: Dependency<Background, never, "request", object>;
export declare const body: Marker<"body">;
export declare const connection: Dependency<Connection, never, "request", object>;
export declare const cookie: Marker<"cookie">;
export declare function decode<S extends AnySchema>(value: unknown, schema: S): Out<S>;
export declare const defaultErrors: DefaultErrors;
export declare const del: Declare<"DELETE">;
export declare function depends<
  R,
  const S extends Scope | undefined = undefined,
  const E extends readonly ErrorClass[] = [],
>(
  run: () => R,
  options?: DependsOptions<S, E> | undefined,
): Dependency<Provided<R>, Listed<E>, NoInfer<ScopeFor<object, R, S>>, object>;
export declare function depends<I extends InputRecord>(
  input: I,
): Dependency<Values<I>, ErrorsOf<I>, NoInfer<ScopeFor<I, unknown, undefined>>, Flat<I>>;
export declare function depends<
  I extends InputRecord,
  R,
  const S extends Scope | undefined = undefined,
  const E extends readonly ErrorClass[] = [],
>(
  input: I & FitsScope<I, R, S>,
  run: (values: Values<I>) => R,
  options?: DependsOptions<S, E> | undefined,
): Dependency<Provided<R>, Listed<E> | ErrorsOf<I>, NoInfer<ScopeFor<I, R, S>>, Flat<I>>;
export declare function encode(value: unknown, schema?: AnySchema): unknown;
export declare function event<const T = never>(fields: EventFields<T>): ServerSentEvent<T>;
export declare function events<S extends AnySchema | undefined = undefined>(
  item?: S,
  options?: EventsOptions,
): Events<S>;
export declare function excludeUnset<T extends object>(value: T): WithoutUnset<T>;
export declare function fieldsSet(value: object): Set<string>;
export declare const file: Marker<"file">;
export declare const form: Marker<"form">;
export declare function frontend(path: string, options: FrontendOptions): Frontend;
export declare const get: Declare<"GET">;
export declare const header: Marker<"header">;
export declare const html: Kind<string>;
export declare function httpError<const S extends number, const T extends string>(
  status: S,
  title: T,
): PlainErrorClass<S, T>;
export declare function httpError<const S extends number, D extends AnySchema>(
  status: S,
  title: string,
  schema: D,
): DetailedErrorClass<S, In<D>>;
export declare const json: Kind<unknown>;
export declare function jsonLines<S extends AnySchema | undefined = undefined>(item?: S): JsonLines<S>;
export declare function kind<V>(options: KindOptions<V>): Kind<V>;
export declare function middleware(hooks: MiddlewareHooks, name?: string): Middleware;
export declare function onError(match: 500, handle: (error: unknown, request: HttpRequest) => Answers): ErrorHandler;
export declare function onError(
  match: number,
  handle: (error: HTTPException, request: HttpRequest) => Answers,
): ErrorHandler;
export declare function onError<X>(
  match: ErrorType<X>,
  handle: (error: X, request: HttpRequest) => Answers,
): ErrorHandler;
export declare const operation: DeclareSeveral;
export declare const operationIds: {
  keys: ({
    keys,
  }: {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly tags: readonly string[];
    readonly keys: readonly string[];
  }) => string;
  fastapi: ({
    name,
    path,
    method,
  }: {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly tags: readonly string[];
    readonly keys: readonly string[];
  }) => string;
  byTag: ({
    name,
    tags,
  }: {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly tags: readonly string[];
    readonly keys: readonly string[];
  }) => string;
};
export declare const patch: Declare<"PATCH">;
export declare const path: Marker<"path">;
export declare const post: Declare<"POST">;
export declare function provide<T>(value: T): Provide<T>;
export declare const put: Declare<"PUT">;
export declare const query: Marker<"query">;
export declare const redirect: Kind<string | URL>;
export declare const request: Dependency<HttpRequest, never, "request", object>;
export declare const requiredScopes: Dependency<RequiredScopes, never, "request", object>;
export declare const response: Dependency<ResponseDraft, never, "request", object>;
export declare function rooms<S extends AnySchema | undefined = undefined>(
  send?: S,
): Dependency<Rooms<Sent2<S>>, never, "app", object>;
export declare function router<
  T extends object,
  const X extends string = "",
  const Shape extends ErrorShape | undefined = undefined,
  const E extends readonly ErrorClass[] = [],
  const D extends readonly Dependency[] = [],
>(
  routes: T,
  options?: RouterOptions<X, Shape, E, D> | undefined,
): Routes<
  T,
  X,
  Shape,
  Listed<E> | ErrorsOfAll<D> | ([keyof NeedsOfAll<D>] extends [never] ? never : InvalidInput),
  NeedsOfAll<D>
>;
export declare function security<D extends Dependency>(dependency: D, scopes: readonly string[]): D;
export declare const sendFile: SendFile;
export declare const signal: Dependency<AbortSignal, never, "request", object>;
export declare const socket: DeclareSocket;
export declare function staticFiles(directory: string | URL, options?: StaticFilesOptions): StaticFiles;
export declare const stream: Stream;
export declare const text: Kind<string>;

// What the above is made of.
interface Acceptance {
  readonly subprotocol: string | undefined;
  readonly headers: Pairs;
  readonly maxMessageSize: number;
  readonly maxQueued: number;
  readonly pingInterval: number | null;
}
interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null;
  readonly length?: number | undefined;
  readonly after?: (() => Promise<void>) | undefined;
  readonly unanswered?: boolean | undefined;
}
type Answered<O, K, R, X = false, Z = false, N = undefined, W = undefined, Y = never> = [O] extends [undefined]
  ? [K] extends [undefined]
    ? Undescribed<Exclude<Awaited<R>, Reply | Response>>
    : K extends {
          readonly json: true;
        }
      ? unknown
      : string
  : O extends {
        readonly streams: infer F;
        readonly item: infer S;
      }
    ? AsyncIterable<
        ItemRead<
          F,
          [S] extends [undefined]
            ? Undescribed<DataOf<Exclude<Awaited<R>, Reply | Response>, Y>>
            : AnsweredBy<S, X, Z, N, W>
        >
      >
    : AnsweredBy<O, X, Z, N, W>;
type AnsweredBy<O, X, Z, N, W> = [X, Z, N, W] extends [false, false, undefined, undefined]
  ? Wire<O>
  : Selected<Wire<O, Thin<X, Z>>, N, W>;
type Answers = Reply | Response | PromiseLike<Reply | Response>;
type AnyDependency = {
  readonly kind: "dependency";
};
type Arrival =
  | {
      readonly kind: "message";
      readonly data: string | Uint8Array;
      readonly at: number;
    }
  | {
      readonly kind: "closed";
      readonly code: number;
      readonly reason: string;
    };
type As = Kind | undefined;
type At<T, K> = T extends readonly (infer E)[] ? At<E, K> : K extends keyof T ? T[K] : never;
declare class BackgroundTasks implements Background {
  #private;
  add<A extends readonly unknown[]>(work: (...args: A) => unknown, ...args: A): void;
  run(): Promise<void>;
}
type Body<I, K extends keyof I> = [K] extends [never]
  ? unknown
  : [IsSingle<K>, IsEmbedded<I[K]>] extends [true, false]
    ? undefined extends In<SchemaOf<I[K]>>
      ? {
          body?: Whole<In<SchemaOf<I[K]>>>;
        }
      : {
          body: Whole<In<SchemaOf<I[K]>>>;
        }
    : Picked<I, K> extends infer T
      ? object extends T
        ? {
            body?: T;
          }
        : {
            body: T;
          }
      : never;
interface Channel {
  receive(): Promise<Arrival>;
  send(data: string | Uint8Array): Promise<void>;
  readonly buffered: number;
  close(code: number, reason: string): void;
  cut(): void;
  readonly closed: Promise<{
    readonly code: number;
    readonly reason: string;
  }>;
}
type CheckKeys<T, S> = [Selectable<T>] extends [never]
  ? unknown
  : S extends readonly string[]
    ? readonly (Selectable<T> & string)[]
    : {
        readonly [K in keyof S]: K extends Selectable<T>
          ? S[K] extends true
            ? true
            : CheckKeys<At<T, K>, S[K]>
          : `the output has no key "${K & string}"`;
      };
type CodeText =
  | {
      readonly kind: "generated";
      readonly source: string;
    }
  | {
      readonly kind: "interpreted";
      readonly reason: string;
    };
interface Compressor {
  write(piece: Uint8Array): Promise<Uint8Array>;
  end(piece: Uint8Array): Promise<Uint8Array>;
  close(): void;
}
interface Contact extends Extensions {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly email?: string | undefined;
}
interface Content {
  readonly length: number;
  bytes(): Uint8Array;
  utf8(): string;
}
type Cookies<I, K extends keyof I> = [K] extends [never]
  ? unknown
  : {
      cookies?: ParametersAt<I, K>;
    };
declare class Course {
  env: unknown;
  failure: unknown;
  answered: unknown;
  stopClock: () => void;
  broken:
    | {
        readonly error: unknown;
      }
    | undefined;
  handshake: Handshake | undefined;
  interrupted: InterruptedError | undefined;
  private readonly incoming;
  private id;
  private shared;
  private left;
  private listeners;
  private controller;
  private stopReading;
  private answerInstead;
  private over;
  constructor(incoming: Incoming);
  get timers(): Timers;
  get requestId(): string;
  set requestId(id: string);
  get state(): Record<string, unknown>;
  beforeBody(listener: () => unknown): void;
  atEnd(tidy: () => Promise<void>): void;
  get leaves(): boolean;
  tidy(): Promise<void>;
  get awaitsBody(): boolean;
  announceBody(): Promise<void>;
  get signal(): AbortSignal;
  get ended(): unknown;
  interrupt(reason: InterruptedError): void;
  end(reason: unknown): void;
  stopsReading(stop: Interrupted): void;
  whenInterrupted(listener: Interrupted): Interrupted | undefined;
  settled(outer: Interrupted | undefined): void;
}
type Dashed<N extends string> = N extends `${infer C}${infer R}` ? `${Lowercase<C>}${DashedTail<R>}` : N;
type DashedTail<N extends string> = N extends `${infer C}${infer R}`
  ? `${C extends "_" ? "-" : C extends Lowercase<C> ? C : `-${Lowercase<C>}`}${DashedTail<R>}`
  : "";
type DataIn<T> = T extends ServerSentEvent<infer D> ? D : T;
type DataOf<R, Y> = [Y] extends [never] ? (R extends Source<infer T> ? DataIn<T> : never) : DataIn<Y>;
interface DeclareSeveral {
  <const M extends Method, const P extends string, const R>(
    methods: readonly [M, ...M[]],
    path: [PathNames<P>] extends [never] ? P : `path parameter "${PathNames<P>}" is not declared: give { input }`,
    handler: () => R,
  ): Operation<
    M,
    P,
    {
      readonly sends: object;
      readonly answer: Answered<undefined, undefined, R>;
      readonly errors: never;
    }
  >;
  <
    const M extends Method,
    const P extends string,
    I extends InputRecord = Record<never, never>,
    O extends Output = undefined,
    K extends As = undefined,
    const E extends readonly ErrorClass[] = [],
    const D extends readonly Dependency[] = [],
    const R extends Returned<O, K> = Returned<O, K>,
    X extends boolean = false,
    Z extends boolean = false,
    const N extends Selection | undefined = undefined,
    const W extends Selection | undefined = undefined,
    const Y = never,
  >(
    methods: readonly [M, ...M[]],
    path: P,
    options: DeclaredOptions<P, I, O, K, E, D, X, Z, N, W> & TakesYields<O, K, Y>,
    handler: (values: Values<I>) => R | Yielding<Y>,
  ): Operation<
    M,
    P,
    {
      readonly sends: Sent<P, Flat<I> & NeedsOfAll<D>>;
      readonly answer: Answered<O, K, R, X, Z, N, W, Y>;
      readonly errors:
        | Listed<E>
        | ErrorsOf<I>
        | ErrorsOfAll<D>
        | ([keyof (Flat<I> & NeedsOfAll<D>)] extends [never] ? never : InvalidInput);
    }
  >;
}
type DeclaredOptions<
  P extends string,
  I extends InputRecord,
  O extends Output,
  K extends As,
  E extends readonly ErrorClass[],
  D extends readonly Dependency[],
  X extends boolean,
  Z extends boolean,
  N extends Selection | undefined,
  W extends Selection | undefined,
> = OperationOptions & {
  readonly input?: (I & DeclaresPath<P, I, D>) | undefined;
  readonly dependencies?: D | undefined;
  readonly output?: O | undefined;
  readonly as?: K | undefined;
  readonly errors?: E | undefined;
  readonly excludeUnset?: X | undefined;
  readonly excludeDefaults?: X | undefined;
  readonly excludeNull?: Z | undefined;
  readonly only?: (N & SelectsFrom<O, N>) | undefined;
  readonly without?: (W & SelectsFrom<O, W>) | undefined;
} & RequiresInput<P, D>;
type DeclaresPath<P extends string, I, D extends readonly Dependency[]> = [PathNames<P>] extends [keyof I]
  ? unknown
  : [PathNames<P>] extends [keyof (Flat<I> & NeedsOfAll<D>)]
    ? unknown
    : {
        [
          K in Exclude<PathNames<P>, keyof (Flat<I> & NeedsOfAll<D>)>
        ]: `path parameter "${K & string}" is not declared in input`;
      };
declare abstract class DeferredReply extends Reply {
  abstract answer(exchange: Exchange, status: number): Promise<Answer>;
  abstract with(status: number | undefined, headers: readonly string[]): DeferredReply;
}
interface DirectoryOptions {
  readonly dotfiles?: "ignore" | "allow" | undefined;
  readonly headers?: Headers | ((path: string) => Headers | undefined) | undefined;
}
interface DocumentInfo {
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly termsOfService?: string | undefined;
  readonly contact?: Contact | undefined;
  readonly license?: License | undefined;
  readonly servers?: readonly Server[] | undefined;
  readonly externalDocs?: ExternalDocs | undefined;
  readonly openapiVersion?: OpenApiVersion | undefined;
  readonly openapiTags?: readonly Tag[] | undefined;
  readonly separateInputOutputSchemas?: boolean | undefined;
}
type Earlier<S> = S extends "app" ? "request" | "function" : S extends "request" ? "function" : never;
type Early = Reply | Response | undefined | void;
type ErrorHeaders = Readonly<Record<string, string>>;
type ErrorType<X> = abstract new (...args: never) => X;
type ErrorsOf<I> = RaisedBy<I[keyof I]>;
type ErrorsOfAll<D extends readonly Dependency[]> = RaisedBy<D[number]>;
declare class Exchange {
  readonly incoming: Incoming;
  readonly method: string;
  site: Site | undefined;
  pathNames: readonly string[];
  pathValues: readonly string[];
  bodyLimit: number;
  bodyTimeout: number | null;
  errorShape: "fastapi" | "problem";
  guardsPassed: boolean;
  readonly origin: Exchange | undefined;
  private readTarget;
  private readQuery;
  private readCookies;
  private readMediaType;
  private received;
  private sharesBody;
  private ownCourse;
  private via;
  private view;
  private draftOfAnswer;
  private mountPath;
  private tasks;
  constructor(incoming: Incoming, origin?: Exchange);
  get course(): Course;
  get courseSoFar(): Course | undefined;
  changed(incoming: Incoming, body: boolean): Exchange;
  mounted(prefix: string): Exchange;
  get whole(): Exchange;
  private mountAt;
  get target(): Target | null;
  get query(): Pairs;
  get cookies(): Pairs;
  get mediaType(): MediaType | null;
  body(limit: number): Promise<Uint8Array>;
  take(limit: number, done: (bytes: Uint8Array) => void, fail: (error: unknown) => void): void;
  present(limit: number): Content | undefined;
  stream(limit: number): AsyncIterable<Uint8Array>;
  private get content();
  get rootPath(): string;
  get scheme(): "http" | "https";
  get client(): Incoming["client"];
  private connection;
  get request(): RequestView;
  get draft(): ResponseDraft;
  get drafted(): ResponseDraft | undefined;
  get background(): BackgroundTasks;
  get backgroundAsked(): BackgroundTasks | undefined;
  pathFor(name: string, params: Readonly<Record<string, string | number>>): string;
  tell(error: unknown): void;
}
interface Extensions {
  readonly [extension: `x-${string}`]: unknown;
}
interface ExternalDocs extends Extensions {
  readonly url: string;
  readonly description?: string | undefined;
}
type Fallback = "auto" | "index.html" | "404.html" | null;
type FileOf<T> = T extends string ? T | Blob : T extends readonly (infer U)[] ? FileOf<U>[] : T;
type Fits<I, S extends Scope> = {
  [K in keyof I]: ScopeOf<I[K]> extends Earlier<S>
    ? {
        error: `a dependency of scope "${S}" cannot use "${K & string}", which exits earlier`;
      }
    : unknown;
};
type FitsScope<I, R, S extends Scope | undefined> = S extends Scope
  ? Fits<I, S>
  : true extends IsGenerator<R>
    ? Fits<I, "request">
    : unknown;
type Format = "events" | "jsonLines";
type Given<S> = [S] extends [undefined] ? Message : Gives<S>;
type Gives<S> = S extends {
  _zod: {
    def: {
      type: infer T;
    };
  };
}
  ? GivesAs<S, T>
  : Unchanged<In<S>>;
type GivesAs<S, T> = T extends "object"
  ? S extends {
      _zod: {
        def: {
          shape: infer Shape;
        };
      };
    }
    ? {
        [K in keyof In<S>]: K extends keyof Shape ? Gives<Shape[K]> : In<S>[K];
      }
    : never
  : T extends "array"
    ? S extends {
        _zod: {
          def: {
            element: infer E;
          };
        };
      }
      ? readonly Gives<E>[]
      : never
    : T extends "default" | "optional" | "prefault"
      ? S extends {
          _zod: {
            def: {
              innerType: infer E;
            };
          };
        }
        ? Gives<E> | undefined
        : never
      : T extends "nullable"
        ? S extends {
            _zod: {
              def: {
                innerType: infer E;
              };
            };
          }
          ? Gives<E> | null
          : never
        : T extends "union"
          ? S extends {
              _zod: {
                def: {
                  options: readonly (infer M)[];
                };
              };
            }
            ? Gives<M>
            : never
          : T extends "tuple"
            ? S extends {
                _zod: {
                  def: {
                    items: infer I;
                  };
                };
              }
              ? {
                  readonly [K in keyof I]: Gives<I[K]>;
                }
              : never
            : T extends "record"
              ? S extends {
                  _zod: {
                    def: {
                      valueType: infer V;
                    };
                  };
                }
                ? {
                    readonly [k: string]: Gives<V>;
                  }
                : never
              : Out<S>;
type Group<N extends string, I, K extends keyof I> = [K] extends [never]
  ? unknown
  : ParametersAt<I, K> extends infer T
    ? object extends T
      ? {
          [X in N]?: T;
        }
      : {
          [X in N]: T;
        }
    : never;
type Handle = (error: never, request: HttpRequest) => Answers;
declare class Handshake {
  #private;
  readonly protocols: readonly string[];
  closed:
    | {
        readonly code: number;
        readonly reason: string;
      }
    | undefined;
  readonly development: boolean;
  fault: unknown;
  constructor(upgrade: Upgrade, development?: boolean);
  ask(terms: Terms): Promise<Channel | undefined>;
  whenRefused(listener: () => void): void;
  settle({ status, headers }: Answer): Promise<"open" | "gone" | "refused">;
}
type Headers = Readonly<Record<string, string>>;
type In<S> = S extends {
  _zod: {
    input: infer I;
  };
}
  ? I
  : S extends StandardSchema<infer I, unknown>
    ? I
    : never;
type InShape<E, Shape extends ErrorShape> =
  E extends WireError<infer S, infer D, infer Own> ? WireError<S, D, Own extends "default" ? Shape : Own> : never;
interface Incoming {
  readonly method: string;
  readonly target: string;
  readonly scheme: "http" | "https";
  readonly client: {
    readonly host: string;
    readonly port: number;
  } | null;
  readonly signal: AbortSignal;
  readonly timers?: Timers | undefined;
  header(name: string): string | undefined;
  headerLines(name: string): readonly string[];
  headers(): Pairs;
  read(limit: number): Promise<Uint8Array>;
  collect?(limit: number, done: (bytes: Uint8Array) => void, fail: (error: unknown) => void): void;
  arrived?(limit: number): Content | undefined;
  utf8?(bytes: Uint8Array): string;
  chunks(limit: number): AsyncIterable<Uint8Array>;
}
type Inside<S, K> = S extends readonly string[] ? never : K extends keyof S ? Exclude<S[K], true> : never;
type Interrupted = (reason: InterruptedError) => void;
declare class InterruptedError extends Error {
  readonly name = "InterruptedError";
}
type IsEmbedded<E> =
  E extends Located<Location, unknown, string | undefined, infer M> ? (M extends true ? true : false) : false;
type IsGenerator<R> = R extends AsyncGenerator | Generator ? true : false;
type IsModel<E> =
  E extends Located<"path" | "query" | "header" | "cookie" | "form", infer S>
    ? NonNullable<In<S>> extends
        Scalar | readonly unknown[] | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown> | Blob | Uint8Array
      ? false
      : unknown extends In<S>
        ? false
        : true
    : false;
type IsSingle<T, U = T> = T extends U ? ([U] extends [T] ? true : false) : never;
type IsSingle2<T, U = T> = T extends U ? ([U] extends [T] ? true : false) : never;
type ItemOf<S> = [S] extends [undefined] ? unknown : Gives<S>;
type ItemRead<F, T> = F extends "events" ? ReceivedEvent<T> : T;
declare class ItemStream<out F extends Format = Format, out S extends AnySchema | undefined = AnySchema | undefined> {
  readonly streams: F;
  readonly item: S;
  readonly mediaType: string;
  readonly headers: readonly string[];
  readonly keepAlive:
    | {
        readonly text: string;
        readonly every: number;
      }
    | undefined;
  constructor(streams: F, item: S, keepAlive?: number | null);
  textOf(item: unknown, write: ((value: unknown) => unknown) | undefined): string;
}
type Items<F, S> = ItemOf<S> | (F extends "events" ? ServerSentEvent<ItemOf<S>> : never);
type JsonObject<T> =
  T extends ReadonlyMap<unknown, infer V>
    ? {
        [k: string]: Jsonify<V>;
      }
    : T extends Iterable<infer E>
      ? Jsonify<E, null>[]
      : {
          [K in keyof T as T[K] extends (...args: never) => unknown ? never : K]: Jsonify<T[K]>;
        };
type JsonSchema = {
  [key: string]: unknown;
};
type Jsonify<T, U = undefined> = 0 extends 1 & T
  ? T
  : unknown extends T
    ? unknown
    : T extends string | number | boolean | null
      ? T
      : T extends void
        ? U
        : T extends bigint
          ? number
          : T extends (...args: never) => unknown
            ? never
            : T extends readonly unknown[]
              ? {
                  [K in keyof T]: Jsonify<T[K], null>;
                }
              : T extends Uint8Array
                ? string
                : T extends {
                      toJSON(): infer J;
                    }
                  ? Jsonify<J, U>
                  : T extends object
                    ? JsonObject<T>
                    : never;
type KeysAt<W, L extends Location> = {
  [K in keyof W]: W[K] extends L ? K : never;
}[keyof W];
type Leaf =
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | Date
  | Uint8Array
  | Blob
  | ReadonlySet<unknown>
  | ReadonlyMap<unknown, unknown>
  | ((...args: never) => unknown);
interface Leaves {
  string: string;
  number: number;
  boolean: boolean;
  bigint: number;
  date: string;
  null: null;
  unknown: unknown;
  never: never;
}
interface License extends Extensions {
  readonly name: string;
  readonly identifier?: string | undefined;
  readonly url?: string | undefined;
}
type Lifetime<I> = [keyof I] extends [never]
  ? "app"
  : "function" extends ScopesIn<I>
    ? "function"
    : "request" extends ScopesIn<I>
      ? "request"
      : "app";
type Listed<E extends readonly ErrorClass[]> = E[number] extends infer C
  ? C extends ErrorClass<infer S, infer D>
    ? WireError<S, D, "default">
    : never
  : never;
type LocationByType<I> = unknown extends I
  ? "query"
  : [Exclude<I, Scalar>] extends [never]
    ? "query"
    : Exclude<I, Scalar> extends Blob | readonly Blob[]
      ? "file"
      : "body";
type LocationOf<P extends string, K, E> =
  E extends Located<infer L> ? L : K extends PathNames<P> ? "path" : LocationByType<In<E>>;
type Marker<L extends Location> = <
  S extends AnySchema,
  const A extends string | undefined = undefined,
  const M extends boolean = false,
>(
  schema: S,
  options?: MarkerOptions<A, M> | undefined,
) => Located<L, S, NoInfer<A>, NoInfer<M>>;
type May<T> = T | PromiseLike<T>;
type May2<T> = T | Reply | Response | PromiseLike<T | Reply | Response>;
interface MediaType {
  readonly essence: string;
  readonly json: boolean;
}
interface MediaTypeDoc {
  readonly schema?: unknown;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, unknown>> | undefined;
}
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "HEAD" | "TRACE";
interface Misfit<Y, T> {
  readonly "the handler yields": Y;
  readonly "but it may yield": T;
}
type ModelIn<I, K extends keyof I> = {
  [N in K]: IsModel<I[N]> extends true ? N : never;
}[K];
type Named<S> = S extends readonly string[] ? S[number] : keyof S;
type NamedWhole<S> = S extends readonly string[]
  ? S[number]
  : {
      [K in keyof S]: S[K] extends true ? K : never;
    }[keyof S];
type NeedsIn<I> = {
  [K in keyof I]: NeedsOf<I[K]>;
}[keyof I];
type NeedsOf<D> = D extends Dependency<infer _T, infer _E, infer _S, infer N> ? N : never;
type NeedsOfAll<D extends readonly Dependency[]> = [D[number]] extends [never]
  ? object
  : ToIntersection<NeedsOf<D[number]>>;
type NotRoutes =
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | ((...args: never) => unknown)
  | (abstract new (...args: never) => unknown)
  | readonly unknown[]
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | Date
  | PromiseLike<unknown>
  | {
      readonly "~standard": unknown;
    }
  | {
      readonly kind:
        "dependency" | "located" | "provide" | "middleware" | "errorHandler" | "outbound" | "socket" | "frontend";
    }
  | {
      readonly include: unknown;
    };
type OnWire<S, T> = [S] extends [undefined] ? Message : T;
type Only<T, S> = T extends readonly unknown[]
  ? {
      [K in keyof T]: Only<T[K], S>;
    }
  : T extends object
    ? {
        [K in keyof T as string extends K ? K : K extends Named<S> ? K : never]: [Inside<S, K>] extends [never]
          ? T[K]
          : Only<T[K], Inside<S, K>>;
      }
    : T;
type Opaque<I, O> = [O] extends [I] ? Jsonify<O> : Paired<I, O>;
type OpenApiVersion = (typeof versions)[number];
interface OpenFile {
  readonly size: number;
  readonly modified: number;
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
interface OpenapiExample {
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly value: unknown;
}
type OriginRule = (exchange: Exchange) => boolean;
type Out<S> = S extends {
  _zod: {
    output: infer O;
  };
}
  ? O
  : S extends StandardSchema<infer _I, infer O>
    ? O
    : never;
type Outbounds = Readonly<Record<string, Outbound>>;
type Output = AnySchema | ItemStream | undefined;
type Paired<I, O> = O extends undefined
  ? undefined
  : I extends Leaf
    ? Jsonify<Exclude<I, undefined>>
    : O extends Leaf
      ? Jsonify<Exclude<I, undefined>>
      : {
          [K in keyof O]: K extends keyof I ? Opaque<I[K], O[K]> : Jsonify<O[K]>;
        };
type Pairs = readonly string[];
type ParametersAt<I, K extends keyof I> = [ModelIn<I, K>] extends [never]
  ? Picked<I, K>
  : In<SchemaOf<I[ModelIn<I, K>]>> extends infer M
    ? {
        [N in keyof M]: M[N];
      }
    : never;
type PathNames<P extends string> = P extends `${string}{${infer N}}${infer R}`
  ? (N extends `$${string}` ? never : N extends `${infer B}:${string}` ? B : N) | PathNames<R>
  : never;
type Picked<I, K extends keyof I> = {
  [N in K as undefined extends In<SchemaOf<I[N]>> ? never : WireName<N, I[N]> & PropertyKey]: SentFor<I[N]>;
} & {
  [N in K as undefined extends In<SchemaOf<I[N]>> ? WireName<N, I[N]> & PropertyKey : never]?:
    SentFor<I[N]> | undefined;
} extends infer O
  ? {
      [N in keyof O]: O[N];
    }
  : never;
type Piece = string | Uint8Array;
type Pieces = Piece | Source2<Piece>;
interface Place {
  readonly path: string;
  readonly exists: boolean;
  readonly file?: boolean | undefined;
}
interface Placed {
  readonly kind: string;
  readonly path: string;
  readonly order: number;
  readonly layers: readonly RouterOptions[];
}
type Places<P extends string, I> = {
  [K in keyof I]: LocationOf<P, K, I[K]>;
};
type Prefixed<T, X extends string, Shape, More, Needs> =
  T extends Operation<infer M, infer P, infer F>
    ? Operation<M, `${X}${P}`, Within<F, `${X}${P}`, Shape, More, Needs>>
    : never;
interface Problem {
  readonly type: string;
  readonly loc: Step[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}
type Provided<R> =
  R extends Provide<infer T>
    ? T
    : R extends AsyncGenerator<infer Y, unknown, unknown>
      ? Y
      : R extends Generator<infer Y, unknown, unknown>
        ? Y
        : R extends PromiseLike<infer P>
          ? P extends Provide<infer T>
            ? T
            : P
          : R;
type RaisedBy<D> = D extends Dependency<infer _T, infer E> ? E : never;
type Received<R> = [R] extends [undefined] ? Message : Out<R>;
interface ReceivedEvent<T = unknown> {
  readonly data: T;
  readonly rawData: string;
  readonly event: string;
  readonly id: string;
  readonly retry: number | undefined;
}
declare class RequestView implements HttpRequest {
  #private;
  readonly exchange: Exchange;
  constructor(exchange: Exchange);
  get id(): string;
  get method(): string;
  get path(): string;
  get rawTarget(): string;
  get rootPath(): string;
  get scheme(): "http" | "https";
  get client(): Incoming["client"];
  get signal(): AbortSignal;
  get env(): unknown;
  get state(): Record<string, unknown>;
  get headers(): RequestHeaders;
  get cookies(): Readonly<Record<string, string>>;
  get query(): URLSearchParams;
  get pathParams(): Readonly<Record<string, string>>;
  get url(): URL;
  beforeBody(listener: () => unknown): void;
  urlFor(name: string, params?: Readonly<Record<string, string | number>>): URL;
  bytes(): Promise<Uint8Array>;
  stream(): AsyncIterable<Uint8Array>;
  text(): Promise<string>;
  json(): Promise<unknown>;
  with({ body, headers }: RequestChange): HttpRequest;
}
type RequiresInput<P extends string, D extends readonly Dependency[]> = [
  Exclude<PathNames<P>, keyof NeedsOfAll<D>>,
] extends [never]
  ? unknown
  : {
      readonly input: unknown;
    };
interface ResponseDoc {
  readonly description?: string | undefined;
  readonly schema?: AnySchema | undefined;
  readonly content?: Readonly<Record<string, MediaTypeDoc>> | undefined;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  readonly links?: Readonly<Record<string, unknown>> | undefined;
}
type ResponseDocs = Readonly<Record<string | number, ResponseDoc>>;
type Returned<O, K> = [O] extends [undefined]
  ? [K] extends [undefined]
    ? unknown
    : K extends {
          readonly streams: true;
        }
      ? May2<Pieces>
      : K extends (value: infer V, ...rest: never) => Reply
        ? May2<V>
        : unknown
  : O extends {
        readonly streams: infer F;
        readonly item: infer S;
      }
    ? May2<Source<Items<F, S>>>
    : May2<Gives<O>>;
type Routes<T, X extends string, Shape, More = never, Needs = object> = {
  [
    K in keyof T as T[K] extends {
      readonly kind: "operation";
    }
      ? K
      : T[K] extends NotRoutes
        ? never
        : K
  ]: T[K] extends {
    readonly kind: "operation";
  }
    ? Prefixed<T[K], X, Shape, More, Needs>
    : Routes<T[K], X, Shape, More, Needs>;
} extends infer O
  ? {
      [K in keyof O]: O[K];
    }
  : never;
type Save = (path: string | URL, content: AsyncIterable<Uint8Array>, overwrite: boolean) => Promise<void>;
type Scalar = string | number | boolean | bigint | symbol | null | undefined | Date;
type Schema = AnySchema | undefined;
type SchemaOf<E> = E extends Located<Location, infer S> ? S : E;
type ScopeFor<I, R, S extends Scope | undefined> = S extends Scope
  ? S
  : true extends IsGenerator<R>
    ? "request"
    : Lifetime<I>;
type ScopeOf<E> = E extends Dependency<unknown, unknown, infer S> ? S : "request";
type ScopesIn<I> = {
  [K in keyof I]: ScopeOf<I[K]>;
}[keyof I];
type Selectable<T> = T extends readonly (infer E)[] ? Selectable<E> : T extends object ? keyof T : never;
type Selected<T, N, W> = ([N] extends [undefined] ? T : Only<T, N>) extends infer T
  ? [W] extends [undefined]
    ? T
    : Without<T, W>
  : never;
type SelectsFrom<O, S> = [S] extends [undefined]
  ? unknown
  : [O] extends [undefined]
    ? "a selection needs an `output` to select from"
    : O extends {
          _zod: unknown;
        }
      ? CheckKeys<Wire<O>, S>
      : O extends {
            readonly item: infer I;
          }
        ? SelectsFrom<I, S>
        : unknown;
type Sends<F extends Facts, P extends string, Needs> = [keyof Needs] extends [never]
  ? F["sends"]
  : F["sends"] & Sent<P, Needs>;
type Sent<P extends string, I> =
  Places<P, I> extends infer W
    ? Group<"path", I, KeysAt<W, "path"> & keyof I> &
        Group<"query", I, KeysAt<W, "query"> & keyof I> &
        Group<"headers", I, KeysAt<W, "header"> & keyof I> &
        Cookies<I, KeysAt<W, "cookie"> & keyof I> &
        Body<I, KeysAt<W, "body"> & keyof I> &
        Group<"form", I, KeysAt<W, "form" | "file"> & keyof I> extends infer O
      ? {
          [K in keyof O]: O[K];
        }
      : never
    : never;
type Sent2<S> = [S] extends [undefined] ? Message : Gives<S>;
type SentFor<E> = E extends Located<"file", infer S> ? FileOf<In<S>> : In<SchemaOf<E>>;
interface Server extends Extensions {
  readonly url: string;
  readonly description?: string | undefined;
  readonly variables?: Readonly<Record<string, ServerVariable>> | undefined;
}
interface ServerVariable extends Extensions {
  readonly default: string;
  readonly enum?: readonly string[] | undefined;
  readonly description?: string | undefined;
}
interface SettledLimits {
  readonly maxMessageSize: number;
  readonly messageRate: number | null;
  readonly maxQueued: number;
  readonly maxBuffered: number;
  readonly pingInterval: number | null;
  readonly idleTimeout: number | null;
}
type Shaped<F extends Facts, Shape, More> = Shape extends ErrorShape
  ? InShape<F["errors"] | More, Shape>
  : F["errors"] | More;
interface SharedOptions {
  readonly tags?: readonly string[] | undefined;
  readonly dependencies?: readonly Dependency[] | undefined;
  readonly responses?: ResponseDocs | undefined;
  readonly callbacks?: Outbounds | undefined;
  readonly deprecated?: boolean | undefined;
  readonly includeInSchema?: boolean | undefined;
  readonly strictTypes?: boolean | undefined;
  readonly strictContentType?: boolean | undefined;
  readonly bodyLimit?: number | undefined;
  readonly formLimits?: FormLimitOptions | undefined;
  readonly bodyTimeout?: number | null | undefined;
  readonly timeout?: number | null | undefined;
  readonly middleware?: readonly Middleware[] | undefined;
}
interface Site {
  readonly rootPath: string;
  forwarded(incoming: Incoming): Pick<Incoming, "scheme" | "client"> | undefined;
  host?(): Host | undefined;
  tell?(error: unknown, exchange: Exchange): void;
  pathFor(name: string, params: Readonly<Record<string, string | number>>): string;
}
interface SocketDefaults {
  readonly sockets?: SocketLimits | undefined;
}
interface SocketSide {
  readonly receive: AnySchema | undefined;
  readonly send: AnySchema | undefined;
  readonly read: ((data: Message) => unknown) | undefined;
  readonly write: ((value: unknown) => string) | undefined;
  readonly subprotocols: readonly string[];
  readonly limits: SettledLimits;
  readonly allows: OriginRule;
}
type Source<T> = Iterable<T> | AsyncIterable<T> | ReadableStream<T>;
type Source2<T> = Iterable<T> | AsyncIterable<T> | ReadableStream<T>;
type Sparse = "null" | "unset";
interface Spool {
  write(piece: Uint8Array): Promise<void>;
  blob(): Promise<Blob>;
  remove(): Promise<void>;
}
interface StandardResult<O> {
  readonly value?: O;
  readonly issues?:
    | readonly {
        readonly message: string;
        readonly path?: readonly unknown[] | undefined;
      }[]
    | undefined;
}
type Step = string | number;
interface Tag extends Extensions {
  readonly name: string;
  readonly description?: string | undefined;
  readonly externalDocs?: ExternalDocs | undefined;
  readonly summary?: string | undefined;
  readonly parent?: string | undefined;
  readonly kind?: string | undefined;
}
type TakesYields<O, K, Y> = [Y] extends [never]
  ? unknown
  : [Y] extends [Yielded<O, K>]
    ? unknown
    : [O] extends [undefined]
      ? {
          readonly as: Misfit<Y, Yielded<O, K>>;
        }
      : {
          readonly output: Misfit<Y, Yielded<O, K>>;
        };
interface Target {
  readonly path: string;
  readonly query: string;
}
type Terms = Omit<Acceptance, "headers">;
type Thin<X, Z> = Extract<Sparse, (true extends X ? "unset" : never) | (true extends Z ? "null" : never)>;
type Thinned<P, X> = [X] extends [never]
  ? P
  : "unset" extends X
    ? {
        [K in keyof P]?: "null" extends X ? Exclude<P[K], null> : P[K];
      }
    : {
          [K in keyof P as null extends P[K] ? never : K]: P[K];
        } & {
          [K in keyof P as null extends P[K] ? K : never]?: Exclude<P[K], null>;
        } extends infer J
      ? {
          [K in keyof J]: J[K];
        }
      : never;
type ThinnedAll<T, X> = [X] extends [never]
  ? T
  : T extends readonly unknown[]
    ? {
        [K in keyof T]: ThinnedAll<T[K], X>;
      }
    : T extends object
      ? Thinned<
          {
            [K in keyof T]: ThinnedAll<T[K], X>;
          },
          X
        >
      : T;
interface Timers {
  set(ms: number, expire: () => void): unknown;
  clear(timer: unknown): void;
}
type ToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (u: infer X) => void ? X : never;
type TrustedProxies = readonly string[] | number;
type Unchanged<T> = unknown extends T
  ? T
  : T extends Leaf
    ? T
    : {
        readonly [K in keyof T]: Unchanged<T[K]>;
      };
type Undescribed<V> = [V] extends [never] ? unknown : Jsonify<Widen<V>, null>;
interface Upgrade {
  readonly protocols: readonly string[];
  accept(acceptance: Acceptance): Promise<Channel>;
}
interface UploadParts {
  readonly content: readonly (Blob | Uint8Array)[];
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly save: Save | undefined;
}
type ValueOf<E> =
  E extends Dependency<infer T>
    ? T
    : E extends {
          readonly kind: "located";
          readonly schema: infer S;
        }
      ? Out<S>
      : Out<E>;
type Whole<T> = [T] extends [string | null | undefined] ? (string extends T ? T | Uint8Array : T) : T;
type Widen<T> = 0 extends 1 & T
  ? T
  : [T] extends [string | number | boolean | null | undefined]
    ? WidenLeaf<T>
    : T extends Leaf
      ? T
      : T extends unknown[]
        ? {
            [K in keyof T]: Widen<T[K]>;
          }
        : T extends readonly (infer E)[]
          ? Widen<E>[]
          : T extends object
            ? {
                -readonly [K in keyof T]: Widen<T[K]>;
              }
            : T;
type WidenLeaf<T> = [IsSingle2<T>] extends [true]
  ? T extends string
    ? string
    : T extends number
      ? number
      : T extends boolean
        ? boolean
        : T
  : T;
type Wire<S, X = never, U = null> = S extends {
  _zod: {
    def: {
      type: infer T;
    };
  };
}
  ? "symbol" extends T
    ? ThinnedAll<Opaque<In<S>, Out<S>>, X>
    : T extends keyof Leaves
      ? Leaves[T]
      : WireAs<S, T, X, U>
  : Jsonify<Out<S>>;
type WireAs<S, T, X, U> = T extends "object"
  ? S extends {
      _zod: {
        output: infer O;
        def: {
          shape: infer Shape;
        };
      };
    }
    ? Thinned<
        {
          [K in keyof O]: K extends keyof Shape ? Wire<Shape[K], X, undefined> : Jsonify<O[K]>;
        },
        X
      >
    : never
  : T extends "optional"
    ? S extends {
        _zod: {
          output: infer O;
          def: {
            innerType: infer E;
          };
        };
      }
      ? Wire<E, X, U> | (undefined extends O ? U : never)
      : never
    : T extends "array"
      ? S extends {
          _zod: {
            def: {
              element: infer E;
            };
          };
        }
        ? Wire<E, X>[]
        : never
      : T extends "default" | "nonoptional"
        ? S extends {
            _zod: {
              def: {
                innerType: infer E;
              };
            };
          }
          ? Wire<E, X, never>
          : never
        : T extends "nullable"
          ? S extends {
              _zod: {
                def: {
                  innerType: infer E;
                };
              };
            }
            ? Wire<E, X, U> | null
            : never
          : T extends "readonly" | "prefault" | "catch"
            ? S extends {
                _zod: {
                  def: {
                    innerType: infer E;
                  };
                };
              }
              ? Wire<E, X, U>
              : never
            : T extends "enum"
              ? In<S>
              : T extends "union"
                ? S extends {
                    _zod: {
                      def: {
                        options: readonly (infer M)[];
                      };
                    };
                  }
                  ? Wire<M, X, U>
                  : never
                : T extends "pipe"
                  ? S extends {
                      _zod: {
                        def: {
                          in: infer A;
                          out: infer B;
                        };
                      };
                    }
                    ? WirePipe<A, B, X, U>
                    : never
                  : WireRarely<S, T, X, U>;
type WireName<K, E> =
  E extends Located<infer L, unknown, infer A>
    ? A extends string
      ? A
      : L extends "header"
        ? K extends string
          ? Dashed<K>
          : K
        : K
    : K;
type WirePipe<A, B, X, U> =
  A extends Writes<infer W>
    ? Wire<W, X, U>
    : A extends {
          _zod: {
            def: {
              type: "transform";
            };
          };
        }
      ? Wire<B, X, U>
      : Wire<A, X, U>;
type WireRarely<S, T, X, U> = T extends "tuple"
  ? S extends {
      _zod: {
        output: infer O;
        def: {
          items: infer I;
          rest: infer R;
        };
      };
    }
    ? [R] extends [null]
      ? {
          [K in keyof O]: K extends keyof I ? Wire<I[K], X> : Jsonify<O[K]>;
        }
      : I extends readonly unknown[]
        ? [
            ...{
              -readonly [K in keyof I]: Wire<I[K], X>;
            },
            ...Wire<R, X>[],
          ]
        : never
    : never
  : T extends "record"
    ? S extends {
        _zod: {
          output: infer O;
          def: {
            valueType: infer V;
          };
        };
      }
      ? {
          [K in keyof O]: Wire<V, X, undefined>;
        }
      : never
    : T extends "map"
      ? S extends {
          _zod: {
            def: {
              valueType: infer V;
            };
          };
        }
        ? {
            [key: string]: Wire<V, X, undefined>;
          }
        : never
      : T extends "set"
        ? S extends {
            _zod: {
              def: {
                valueType: infer V;
              };
            };
          }
          ? Wire<V, X>[]
          : never
        : T extends "intersection"
          ? S extends {
              _zod: {
                def: {
                  left: infer A;
                  right: infer B;
                };
              };
            }
            ? Wire<A, X, U> & Wire<B, X, U> extends infer J
              ? {
                  [K in keyof J]: J[K];
                }
              : never
            : never
          : T extends "lazy"
            ? S extends {
                _zod: {
                  innerType: infer E;
                };
              }
              ? Wire<E, X, U>
              : never
            : T extends "undefined" | "void"
              ? U
              : T extends "literal" | "template_literal"
                ? Jsonify<In<S>>
                : Jsonify<Out<S>>;
type Within<F extends Facts, P extends string, Shape, More, Needs> = [Shape, More, keyof Needs] extends [
  undefined,
  never,
  never,
]
  ? F
  : {
      readonly sends: Sends<F, P, Needs>;
      readonly answer: F["answer"];
      readonly errors: Shaped<F, Shape, More>;
    };
type Without<T, S> = T extends readonly unknown[]
  ? {
      [K in keyof T]: Without<T[K], S>;
    }
  : T extends object
    ? {
        [K in keyof T as string extends K ? K : Exclude<K, NamedWhole<S>>]: [Inside<S, K>] extends [never]
          ? T[K]
          : Without<T[K], Inside<S, K>>;
      }
    : T;
interface Writes<S> {
  readonly "~writes"?: S;
}
type Yielded<O, K> = [O] extends [undefined]
  ? [K] extends [undefined]
    ? unknown
    : K extends {
          readonly streams: true;
        }
      ? Piece
      : never
  : O extends {
        readonly streams: infer F;
        readonly item: infer S;
      }
    ? Items<F, S>
    : never;
type Yielding<Y> = Generator<Y, void, unknown> | AsyncGenerator<Y, void, unknown>;
declare const versions: readonly ["3.1.0", "3.1.1", "3.1.2", "3.2.0"];

export {};
