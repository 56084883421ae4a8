/** Asks an App in process, as a client would over the network: no port, real plans, real errors. */
import type { App } from "../app/index.ts";
import { ApusError, checkCopy } from "../diagnostic/index.ts";
import { nodeHost } from "../server/index.ts";
import { textOf, urlOf } from "./address.ts";
import { ask } from "./ask.ts";
import { optionsOver, senderOf, type TestClientOptions } from "./client-options.ts";
import { Jar, type CookieJar } from "./cookie-jar.ts";
import { complete, outboundOf, type Outbound, type Streaming, type TestRequest } from "./outbound.ts";
import { locationOf, mostRedirects, redirected } from "./redirect.ts";
import { readResponse, setCookiesOf, type TestResponse } from "./test-response.ts";
import { Leaving, streamOf, type TestStream } from "./test-stream.ts";
import { connect, handshakeOf, WebSocketDenial, type TestWebSocket, type TestWebSocketInit } from "./test-websocket.ts";
import { webFetch, type Manner, type WebFetch } from "./web-fetch.ts";

interface Ask {
  /** @returns An answer that is read while it is sent. */
  (path: string | URL, init: TestRequest & Streaming): Promise<TestStream>;
  (path: string | URL, init?: TestRequest): Promise<TestResponse>;
}

export interface TestClient {
  /** The app under test: a copy where there are overrides or a root path. */
  readonly app: App;
  /** The cookies of this client: those that answers set, and those that the test sets. */
  readonly cookies: CookieJar;
  /**
   * Sends a request and reads the answer to its end, background work included; with `stream: true` it is read while it is sent.
   * @throws The error of the app where it is raised; ApusError for a request that cannot be meant.
   */
  request(method: string, path: string | URL, init: TestRequest & Streaming): Promise<TestStream>;
  request(method: string, path: string | URL, init?: TestRequest): Promise<TestResponse>;
  readonly get: Ask;
  readonly head: Ask;
  readonly options: Ask;
  readonly post: Ask;
  readonly put: Ask;
  readonly patch: Ask;
  readonly delete: Ask;
  /**
   * Connects to a socket, in process: `await using ws = await client.websocket("/ws")` leaves at the end of the block.
   * @throws WebSocketDenial, with the answer, where the handshake is refused; the error of the app where it is raised.
   */
  websocket(path: string | URL, init?: TestWebSocketInit): Promise<TestWebSocket>;
  /**
   * The platform's `fetch`, with the app for a network and with this client's cookies, headers and redirects; streams arrive
   * as they are sent. A path is one behind the base URL.
   * @example const api = createClient<typeof routes>({ baseUrl: "http://testserver", fetch: client.fetch });
   */
  readonly fetch: WebFetch;
  /**
   * Another client of the same app with more options: overrides and headers are added, others replace this client's. It has
   * cookies of its own, and with overrides or a root path a copy of the app, which is closed by itself.
   * @example const ada = client.with({ headers: { authorization: "Bearer ada" } });
   */
  with(options: TestClientOptions): TestClient;
  /**
   * Opens what lives as long as the app, the lifespan first. Without it that opens at first use.
   * @returns The client, for `await using client = await testClient(app).start()`.
   * @throws What fails while starting, as it was thrown.
   */
  start(): Promise<TestClient>;
  /**
   * Starts, does the work, and closes whatever comes of it.
   * @returns What the work returns.
   * @example await testClient(app).run(async (client) => expect((await client.get("/")).status).toBe(200));
   */
  run<T>(work: (client: TestClient) => T | Promise<T>): Promise<T>;
  /** Closes what lives as long as the app. It opens again if it is asked for again. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A client for tests. It has its own cookies, follows redirects, and throws the errors of the app. Clients share nothing but
 * the app they are made for, and a client with overrides or a root path has a copy of it.
 * @throws ApusError for an option that there is not.
 * @example
 * const client = testClient(app, { overrides: [[session, fakeSession]] });
 * expect((await client.get("/items/1")).status).toBe(200);
 * await client.close();
 */
export function testClient(original: App, options: TestClientOptions = {}): TestClient {
  if (typeof (original as Partial<App> | null | undefined)?.handle !== "function") {
    throw new ApusError(
      "APUS_TEST_CLIENT: testClient(app) asks an App; put a router into one: new App().include(routes).",
    );
  }
  checkCopy(original, "the App given to testClient()");
  const sender = senderOf(options);
  const { overrides = [], raiseServerErrors: raise = true, followRedirects = true } = options;
  // What is no list is not passed over: `with` refuses it.
  const copied = !Array.isArray(overrides) || overrides.length > 0 || options.rootPath !== undefined;
  const app = copied ? original.with({ overrides }).deploy({ rootPath: options.rootPath }) : original;
  app.host ??= nodeHost;
  const jar = new Jar(new URL(sender.base.origin).hostname);
  for (const [name, value] of Object.entries(options.cookies ?? {})) jar.set(name, value);

  /** Follows redirects to the answer that is none, or that is not to be followed. */
  const travel = async (first: Outbound, { cookies, redirect, open = false }: Manner & { open?: boolean }) => {
    const history: TestResponse[] = [];
    let reading = false;
    try {
      for (let outbound = first; ;) {
        const { address } = outbound;
        const response = await ask(app, complete(outbound, cookies ? jar : undefined), raise);
        const set = setCookiesOf(response.headers);
        if (cookies) jar.store(set, urlOf(address));
        const location = redirect === "manual" ? undefined : locationOf(response);
        if (location === undefined) {
          reading = open;
          return { response, outbound, address, history, redirected: history.length > 0 };
        }
        history.push(await readResponse(response, outbound, [...history], raise));
        refuseRedirect(redirect, outbound, location, history);
        outbound = redirected(outbound, { status: response.status, location, set, home: sender.base.origin });
      }
    } finally {
      // A handler that streams may read the body of the request meanwhile.
      if (!reading) first.body?.end();
    }
  };
  const read = async (method: string, path: string | URL, init: TestRequest): Promise<TestResponse> => {
    const first = await outboundOf(method, path, init, sender);
    const redirect = (init.followRedirects ?? followRedirects) ? "follow" : "manual";
    const { response, outbound, history } = await travel(first, { cookies: true, redirect });
    return readResponse(response, outbound, history, raise);
  };
  const open = async (method: string, path: string | URL, init: TestRequest): Promise<TestStream> => {
    const leaving = new Leaving(init.signal);
    const first = await outboundOf(method, path, { ...init, signal: leaving.signal }, sender);
    const redirect = (init.followRedirects ?? followRedirects) ? "follow" : "manual";
    const { response, outbound, history } = await travel(first, { cookies: true, redirect, open: true });
    return streamOf(response, outbound, history, { leaving, raise, end: () => first.body?.end() });
  };
  const request = ((method: string, path: string | URL, init?: TestRequest & Partial<Streaming>) =>
    init?.stream === true ? open(method, path, init) : read(method, path, init ?? {})) as TestClient["request"];
  const websocket: TestClient["websocket"] = async (path, { subprotocols, ...init } = {}) => {
    const first = await outboundOf("GET", String(path).replace(/^ws(?=s?:)/i, "http"), init, sender);
    const outbound = complete(handshakeOf(first, subprotocols), jar);
    const keep = (headers: Headers): void => jar.store(setCookiesOf(headers), urlOf(outbound.address));
    try {
      const socket = await connect(app, outbound, { subprotocols, raise });
      keep(socket.headers);
      return socket;
    } catch (error) {
      if (error instanceof WebSocketDenial) keep(error.response.headers);
      throw error;
    }
  };
  const asking = (method: string): Ask =>
    ((path: string | URL, init?: TestRequest) => request(method, path, init)) as Ask;
  const close = (): Promise<void> => app.shutdown();
  const client: TestClient = {
    app,
    cookies: jar,
    request,
    get: asking("GET"),
    head: asking("HEAD"),
    options: asking("OPTIONS"),
    post: asking("POST"),
    put: asking("PUT"),
    patch: asking("PATCH"),
    delete: asking("DELETE"),
    websocket,
    fetch: webFetch(sender, followRedirects, travel),
    with: (more) => testClient(original, optionsOver(options, more)),
    start: async () => {
      await app.startup();
      return client;
    },
    run: async (work) => {
      await client.start();
      return closing(() => work(client), close);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
  return client;
}

/** @throws ApusError for the redirect that is one too many, or any where a fetch says so. */
function refuseRedirect(
  redirect: Manner["redirect"],
  { method, address }: Outbound,
  location: string,
  history: readonly TestResponse[],
): void {
  if (redirect === "error") {
    throw new ApusError(
      `APUS_TEST_REDIRECT: ${method} ${textOf(address)} was redirected to ${JSON.stringify(location)}, and the request says redirect: "error".`,
    );
  }
  if (history.length <= mostRedirects) return;
  const last = history.slice(-3).map(({ url }) => url);
  throw new ApusError(
    `APUS_TEST_REDIRECT: more than ${mostRedirects} redirects, the last of them ${last.join(" → ")} → ${location}.`,
  );
}

/** The error of the work is the one that counts; where closing fails too, both are told. */
async function closing<T>(work: () => T | Promise<T>, close: () => Promise<void>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await close().catch((failed: unknown) => {
      throw new AggregateError([error, failed], "The test failed, and so did closing the app after it", {
        cause: error,
      });
    });
    throw error;
  }
  await close();
  return result;
}
