/** Asks an App in process, as a client would over the network: no port, real plans, real errors. */
import { respond, type App, type Override } from "../app/index.ts";
import { BodyTooLargeError, Exchange, type Incoming } from "../exchange/index.ts";
import { nodeHost } from "../server/index.ts";

export interface TestClientOptions {
  /** Dependencies to replace, on a copy of the app. */
  readonly overrides?: readonly Override[] | undefined;
  /** Whether an error that would be a 500 is thrown to the test instead. Default: true. */
  readonly raiseServerErrors?: boolean | undefined;
  /** Scheme and Host of the requests. Default: `http://testserver`. */
  readonly baseUrl?: string | undefined;
  /** The prefix that a proxy would take off, on a copy of the app. Default: the App's own. */
  readonly rootPath?: string | undefined;
}

/** What a request carries. At most one of `json`, `form` and `body`. */
export interface TestRequest {
  /** Added to the path: a record, pairs for repeated names, or a raw query string. */
  readonly query?: Readonly<Record<string, unknown>> | readonly (readonly [string, string])[] | string | undefined;
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [string, string])[] | undefined;
  readonly cookies?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent urlencoded. */
  readonly form?: Readonly<Record<string, string>> | readonly (readonly [string, string])[] | undefined;
  /** Sent as it is, without a Content-Type unless `headers` gives one. */
  readonly body?: string | Uint8Array | undefined;
  /** False leaves out the headers that every request carries (accept, accept-encoding, connection, user-agent). Default: true. */
  readonly defaultHeaders?: boolean | undefined;
}

/** An answer, read to its end. */
export interface TestResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** The body as JSON. Typed as `any`, as a test knows what it expects. */
  json(): any;
}

export interface TestClient {
  /** The app under test: a copy where there are overrides. */
  readonly app: App;
  request(method: string, path: string, init?: TestRequest): Promise<TestResponse>;
  get(path: string, init?: TestRequest): Promise<TestResponse>;
  post(path: string, init?: TestRequest): Promise<TestResponse>;
  put(path: string, init?: TestRequest): Promise<TestResponse>;
  patch(path: string, init?: TestRequest): Promise<TestResponse>;
  delete(path: string, init?: TestRequest): Promise<TestResponse>;
  /** Opens what lives as long as the app; otherwise it opens at first use. */
  start(): Promise<void>;
  /** Closes what lives as long as the app. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A client for tests.
 * @example
 * const client = testClient(app, { overrides: [[session, fakeSession]] });
 * expect((await client.get("/items/1")).status).toBe(200);
 * await client.close();
 */
export function testClient(original: App, options: TestClientOptions = {}): TestClient {
  const { overrides = [], raiseServerErrors = true, baseUrl = "http://testserver" } = options;
  // What is no list is not passed over: `with` refuses it.
  const copied = !Array.isArray(overrides) || overrides.length > 0 || options.rootPath !== undefined;
  const app = copied ? original.with({ overrides }).deploy({ rootPath: options.rootPath }) : original;
  app.host ??= nodeHost;
  const request = async (method: string, path: string, init: TestRequest = {}): Promise<TestResponse> => {
    const exchange = new Exchange(new TestIncoming(method, withQuery(path, init.query), baseUrl, init));
    const answer = await app.handle(exchange);
    if (raiseServerErrors && exchange.course.failure !== undefined) throw exchange.course.failure;
    const response = await respond(answer, exchange, exchange.course.interrupted && (() => {}));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    return { status: response.status, headers: response.headers, bytes, text, json: () => JSON.parse(text) as unknown };
  };
  const close = (): Promise<void> => app.shutdown();
  return {
    app,
    request,
    get: (path, init) => request("GET", path, init),
    post: (path, init) => request("POST", path, init),
    put: (path, init) => request("PUT", path, init),
    patch: (path, init) => request("PATCH", path, init),
    delete: (path, init) => request("DELETE", path, init),
    start: async () => void (await app.startup()),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A request as it would arrive: the raw target, each header line of its own, a body whatever the method. */
class TestIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly scheme: "http" | "https";
  readonly client = { host: "testclient", port: 50000 };
  readonly signal: AbortSignal = new AbortController().signal;
  readonly #lines: readonly Line[];
  readonly #body: Uint8Array;

  constructor(method: string, target: string, baseUrl: string, init: TestRequest) {
    const { origin, protocol, host } = new URL(baseUrl);
    this.method = method;
    this.target = target.startsWith(origin) ? target.slice(origin.length) : target;
    this.scheme = protocol === "https:" ? "https" : "http";
    const { bytes, type } = bodyOf(init);
    this.#body = bytes;
    this.#lines = linesOf(init, host, type);
  }

  header(name: string): string | undefined {
    return this.#lines.find(([each]) => each === name)?.[1];
  }

  headerLines(name: string): readonly string[] {
    return this.#lines.filter(([each]) => each === name).map(([, value]) => value);
  }

  headers(): readonly string[] {
    return this.#lines.flat();
  }

  read(limit: number): Promise<Uint8Array> {
    return this.#body.byteLength > limit ? Promise.reject(new BodyTooLargeError(limit)) : Promise.resolve(this.#body);
  }
}

type Line = readonly [name: string, value: string];

/** What every request carries unless the test says otherwise, as FastAPI's test client sends it. */
const usual: readonly Line[] = [
  ["accept", "*/*"],
  ["accept-encoding", "gzip, deflate"],
  ["connection", "keep-alive"],
  ["user-agent", "testclient"],
];

function linesOf(
  { headers = {}, cookies = {}, defaultHeaders = true }: TestRequest,
  host: string,
  type: string | undefined,
): Line[] {
  const given = (isPairs(headers) ? headers : Object.entries(headers)).map(([name, value]): Line => [
    name.toLowerCase(),
    value,
  ]);
  const names = new Set(given.map(([name]) => name));
  const jar = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const more: Line[] = [["host", host], ...(defaultHeaders ? usual : [])];
  if (type !== undefined) more.push(["content-type", type]);
  return [
    ...more.filter(([name]) => !names.has(name)),
    ...given,
    ...(jar.length > 0 ? [["cookie", jar.join("; ")] as const] : []),
  ];
}

function bodyOf({ json, form, body }: TestRequest): { bytes: Uint8Array; type?: string } {
  if ([json, form, body].filter((each) => each !== undefined).length > 1) {
    throw new TypeError("APUS_TEST_REQUEST: give at most one of json, form and body.");
  }
  const encoder = new TextEncoder();
  if (json !== undefined) return { bytes: encoder.encode(JSON.stringify(json)), type: "application/json" };
  if (form !== undefined) {
    const text = new URLSearchParams(
      isPairs(form) ? form.map(([name, value]) => [name, value]) : { ...form },
    ).toString();
    return { bytes: encoder.encode(text), type: "application/x-www-form-urlencoded" };
  }
  return { bytes: typeof body === "string" ? encoder.encode(body) : (body ?? new Uint8Array(0)) };
}

function isPairs(value: object): value is readonly Line[] {
  return Array.isArray(value);
}

function withQuery(path: string, query: TestRequest["query"]): string {
  if (query === undefined) return path;
  const text = typeof query === "string" ? query : new URLSearchParams(pairsOf(query)).toString();
  return text === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${text}`;
}

function pairsOf(query: Exclude<TestRequest["query"], string | undefined>): [string, string][] {
  if (isPairs(query)) return query.map(([name, value]) => [name, value]);
  return Object.entries(query).flatMap(([name, value]): [string, string][] =>
    Array.isArray(value) ? value.map((each): [string, string] => [name, String(each)]) : [[name, String(value)]],
  );
}
