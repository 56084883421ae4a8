// What `apus/testing` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { App, Override } from "apus";

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
  request(method: string, path: string | URL, init?: TestRequest): Promise<TestResponse>;
  readonly get: Ask;
  readonly head: Ask;
  readonly options: Ask;
  readonly post: Ask;
  readonly put: Ask;
  readonly patch: Ask;
  readonly delete: Ask;
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
export declare function testClient(original: App, options?: TestClientOptions): TestClient;

// What the above is made of.
type Ask = (path: string | URL, init?: TestRequest) => Promise<TestResponse>;
interface BodyOptions {
  readonly json?: unknown;
  readonly form?: Fields | undefined;
  readonly body?: TestBody | undefined;
}
type Credentials = readonly [user: string, password: string];
type Fields = Readonly<Record<string, unknown>> | Iterable<Pair>;
type HeaderFields =
  | Readonly<Record<string, string | readonly string[] | null | undefined>>
  | Iterable<readonly [name: string, value: string]>;
type Pair = readonly [name: string, value: string];
type WebFetch = (input: Request | string | URL, init?: RequestInit) => Promise<Response>;

export {};
