// What `apus/testing` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { App, Override, WebSocketDisconnect } from "apus";

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly expires: Date | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: SetCookie["sameSite"];
}
export interface CookieAttributes {
  readonly domain?: string | undefined;
  readonly path?: string | undefined;
  readonly expires?: Date | undefined;
  readonly secure?: boolean | undefined;
  readonly httpOnly?: boolean | undefined;
  readonly sameSite?: SetCookie["sameSite"];
}
export interface CookieJar extends Iterable<Cookie> {
  readonly size: number;
  get(name: string): string | undefined;
  set(name: string, value: string, attributes?: CookieAttributes): void;
  delete(name: string): boolean;
  clear(): void;
}
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string | undefined;
  readonly path: string | undefined;
  readonly expires: Date | undefined;
  readonly maxAge: number | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: "strict" | "lax" | "none" | undefined;
  readonly partitioned: boolean;
}
export type TestBody =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | FormData
  | URLSearchParams
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>;
export interface TestClient {
  readonly app: App;
  readonly cookies: CookieJar;
  request(method: string, path: string | URL, init: TestRequest & Streaming): Promise<TestStream>;
  request(method: string, path: string | URL, init?: TestRequest): Promise<TestResponse>;
  readonly get: Ask;
  readonly head: Ask;
  readonly options: Ask;
  readonly post: Ask;
  readonly put: Ask;
  readonly patch: Ask;
  readonly delete: Ask;
  websocket(path: string | URL, init?: TestWebSocketInit): Promise<TestWebSocket>;
  readonly fetch: WebFetch;
  with(options: TestClientOptions): TestClient;
  start(): Promise<TestClient>;
  run<T>(work: (client: TestClient) => T | Promise<T>): Promise<T>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
export interface TestClientOptions {
  readonly overrides?: readonly Override[] | undefined;
  readonly raiseServerErrors?: boolean | undefined;
  readonly baseUrl?: string | undefined;
  readonly rootPath?: string | undefined;
  readonly followRedirects?: boolean | undefined;
  readonly cookies?: Readonly<Record<string, string>> | undefined;
  readonly headers?: HeaderFields | undefined;
  readonly auth?: Credentials | undefined;
  readonly client?:
    | {
        readonly host: string;
        readonly port?: number | undefined;
      }
    | null
    | undefined;
}
export type TestFile =
  Blob | string | Uint8Array | readonly [name: string, content: string | Uint8Array | Blob, type?: string];
export interface TestRequest extends BodyOptions {
  readonly query?: Fields | string | undefined;
  readonly headers?: HeaderFields | undefined;
  readonly cookies?: Readonly<Record<string, string>> | undefined;
  readonly auth?: Credentials | undefined;
  readonly followRedirects?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly defaultHeaders?: boolean | undefined;
}
export interface TestResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly cookies: ReadonlyMap<string, SetCookie>;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly url: string;
  readonly history: readonly TestResponse[];
  readonly complete: boolean;
  json(): any;
  json<T>(): T;
}
export interface TestStream extends Pick<TestResponse, "status" | "ok" | "headers" | "cookies" | "url" | "history"> {
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  lines(): AsyncGenerator<string, void, undefined>;
  jsonLines<T = unknown>(): AsyncGenerator<T, void, undefined>;
  events<T = unknown>(): AsyncGenerator<ReceivedEvent<T>, void, undefined>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
export interface TestWebSocket {
  readonly subprotocol: string | undefined;
  readonly headers: Headers;
  readonly closed: Promise<{
    readonly code: number;
    readonly reason: string;
  }>;
  sendText(text: string): Promise<void>;
  sendBytes(bytes: Uint8Array): Promise<void>;
  sendJson(value: unknown): Promise<void>;
  receive(): Promise<string | Uint8Array>;
  receiveText(): Promise<string>;
  receiveBytes(): Promise<Uint8Array>;
  receiveJson<T = unknown>(): Promise<T>;
  close(code?: number | undefined, reason?: string | undefined): Promise<void>;
  cut(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
export interface TestWebSocketInit extends Pick<
  TestRequest,
  "query" | "headers" | "cookies" | "auth" | "defaultHeaders"
> {
  readonly subprotocols?: readonly string[] | undefined;
}
export declare class WebSocketDenial extends WebSocketDisconnect {
  readonly name: string;
  readonly response: TestResponse;
  constructor(
    response: TestResponse,
    {
      code,
      reason,
    }: {
      readonly code: number;
      readonly reason: string;
    },
  );
}
export declare function testClient(original: App, options?: TestClientOptions): TestClient;

// What the above is made of.
interface Ask {
  (path: string | URL, init: TestRequest & Streaming): Promise<TestStream>;
  (path: string | URL, init?: TestRequest): Promise<TestResponse>;
}
interface BodyOptions {
  readonly json?: unknown;
  readonly form?: Fields | undefined;
  readonly files?: TestFiles | undefined;
  readonly body?: TestBody | undefined;
}
type Credentials = readonly [user: string, password: string];
type Fields = Readonly<Record<string, unknown>> | Iterable<Pair>;
type HeaderFields =
  | Readonly<Record<string, string | readonly string[] | null | undefined>>
  | Iterable<readonly [name: string, value: string]>;
type Pair = readonly [name: string, value: string];
interface ReceivedEvent<T = unknown> {
  readonly data: T;
  readonly rawData: string;
  readonly event: string;
  readonly id: string;
  readonly retry: number | undefined;
}
interface Streaming {
  readonly stream: true;
}
type TestFiles = Readonly<Record<string, TestFile | readonly TestFile[]>>;
type WebFetch = (input: Request | string | URL, init?: RequestInit) => Promise<Response>;

export {};
