/** Calls the operations of a router over `fetch`. Types come from the operations; no code of the server is loaded. */
import { answerOf } from "./answer-of.ts";
import { NetworkError, UnexpectedAnswer } from "./errors.ts";
import { isFailedFetch } from "./failed-fetch.ts";
import { requestOf, setHeader, type Sent } from "./request-of.ts";
import { readPieces } from "./streams.ts";
import type { CallOptions, Client } from "./types.ts";
import { within } from "./within.ts";

/** A bearer token (RFC 6750), or a user's name and password (RFC 7617). */
export type Credentials = string | { readonly username: string; readonly password: string };

type HeaderRecord = Readonly<Record<string, string | undefined>>;

export interface ClientOptions {
  /** Where the server is: `https://example.com`, with a path in front of everything if it has one. In a page also a path: `/api`. */
  readonly baseUrl: string;
  /**
   * Sent as `Authorization`. A function is asked before each request, and may give nothing; it is not asked where the call
   * or `headers` have an `authorization` already.
   */
  readonly auth?:
    | Credentials
    | ((request: Request) => Credentials | null | undefined | Promise<Credentials | null | undefined>)
    | undefined;
  /** Sent with every call, unless the call has the header itself. A function is asked before each request. */
  readonly headers?: HeaderRecord | ((request: Request) => HeaderRecord | Promise<HeaderRecord>) | undefined;
  /**
   * In ms, from the call to the last byte of the answer, whatever takes the time; of a stream to its beginning. Null for no
   * limit. Default: 90,000, which is longer than a server with the default limits takes to give up on its own, and say so.
   */
  readonly timeout?: number | null | undefined;
  /** Whether a browser sends cookies along. Default: the browser's, `"same-origin"`. */
  readonly credentials?: "omit" | "same-origin" | "include" | undefined;
  /**
   * Makes the requests. Default: the platform's `fetch`. Also `app.fetch`, and a wrapper that retries or logs. What it throws
   * is thrown as it is, unless it is plainly a failure of the platform's `fetch`: that is a `NetworkError`.
   */
  readonly fetch?: ((request: Request) => Promise<Response> | Response) | undefined;
}

const clientOptions: Readonly<Record<keyof ClientOptions, true>> = {
  baseUrl: true,
  auth: true,
  headers: true,
  timeout: true,
  credentials: true,
  fetch: true,
};
const callOptions: Readonly<Record<keyof Sent, true>> = {
  path: true,
  query: true,
  headers: true,
  cookies: true,
  body: true,
  form: true,
  signal: true,
  timeout: true,
  errors: true,
  as: true,
  init: true,
};

const defaultTimeout = 90_000;

/**
 * Makes a client.
 *
 * Inputs are sent as they are declared: a `Date` as ISO 8601 text, a `Set` as a list, a `Map` as an object, a bigint with all
 * its digits. Answers are what `JSON.parse` makes of them: dates are text, and integers beyond 2^53 are rounded.
 *
 * Server-Sent Events and JSON Lines are read while they arrive: the value is an `AsyncIterable`. Leaving its loop, and aborting
 * the call's `signal`, tells the server that nobody listens.
 *
 * A call gives `{ ok: true, status, value, response }`, or `{ ok: false, status, body, response }` for an error that it
 * expects. It throws `UnexpectedAnswer` for every other answer, `NetworkError` where there is none, `TimeoutError` where it
 * takes too long, the signal's reason when it is aborted, and a TypeError (`APUS_CLIENT_…`) for what cannot be sent.
 *
 * @typeParam T The router: `typeof api`, imported as a type only.
 * @throws TypeError (`APUS_CLIENT_OPTIONS`) for options that cannot be meant.
 * @example
 * const client = createClient<typeof api>({ baseUrl: "http://127.0.0.1:8000", auth: () => session.token });
 * const answer = await client.get("/items/{item_id}", { path: { item_id: 3 } });
 * if (answer.ok) console.log(answer.value.name);
 * else console.log(answer.status, answer.body.detail);
 */
export function createClient<T>(options: ClientOptions): Client<T> {
  checkNames("createClient", options, clientOptions);
  checkTimeout("createClient", options.timeout);
  const { baseUrl } = options;
  // A server that renders pages may load the same module: a path is looked at when it is used.
  let base = isPath(baseUrl) ? undefined : baseOf(baseUrl);
  const methodOf =
    (method: string) =>
    (path: string, sent: Sent = {}): Promise<unknown> =>
      call(method, path, sent, options, () => (base ??= baseOf(baseUrl)));
  return {
    get: methodOf("GET"),
    post: methodOf("POST"),
    put: methodOf("PUT"),
    patch: methodOf("PATCH"),
    delete: methodOf("DELETE"),
    head: methodOf("HEAD"),
    options: methodOf("OPTIONS"),
  } as unknown as Client<T>;
}

async function call(
  method: string,
  path: string,
  sent: Sent,
  options: ClientOptions,
  base: () => string,
): Promise<unknown> {
  const what = `${method} ${path}`;
  checkNames(what, sent, callOptions);
  checkTimeout(what, sent.timeout);
  const limit = [sent.timeout, options.timeout, defaultTimeout].find((each) => each !== undefined)!;
  return within(what, limit, sent.signal, async (signal, until) => {
    const init = { signal, ...(options.credentials && { credentials: options.credentials }) };
    const request = requestOf(what, base(), method, path, sent, init);
    await identify(what, request, options);
    signal.throwIfAborted(); // whoever was asked for a token may have answered too late
    const ask = options.fetch ?? fetch;
    const failed = (error: unknown): unknown => {
      if (signal.aborted) return signal.reason;
      // All that the platform can fail at is the network: what is asked was checked before. A `fetch` of one's own can fail at
      // anything, an app that it asks too.
      if (error instanceof UnexpectedAnswer || (ask !== globalThis.fetch && !isFailedFetch(error))) return error;
      const { message } = error as Error;
      return new NetworkError(`${what} got no answer, or not all of it: ${message}`, { cause: error });
    };
    /** A body that is read after the call: the call's signal still ends it, and its failures are those of the call. */
    async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* readPieces(body, signal);
      } catch (error) {
        throw failed(error);
      } finally {
        finished();
      }
    }
    let finished!: () => void;
    try {
      return await answerOf(what, method, await ask(request), sent, (body) => {
        until(new Promise<void>((resolve) => (finished = resolve)));
        return piecesOf(body);
      });
    } catch (error) {
      throw failed(error);
    }
  });
}

/** Adds what every call of the client carries. */
async function identify(what: string, request: Request, { auth, headers = {} }: ClientOptions): Promise<void> {
  const more = typeof headers === "function" ? await headers(request) : headers;
  for (const [name, value] of Object.entries(more)) {
    if (value !== undefined && !request.headers.has(name)) setHeader(what, request.headers, name, value);
  }
  if (request.headers.has("authorization")) return;
  const given = typeof auth === "function" ? await auth(request) : auth;
  if (given !== undefined && given !== null) setHeader(what, request.headers, "authorization", authorizationOf(given));
}

function authorizationOf(given: Credentials): string {
  if (typeof given === "string") {
    if (/^\S+$/.test(given)) return `Bearer ${given}`;
    throw new TypeError(
      "APUS_CLIENT_AUTH: auth: a token is not empty and has no spaces: without `Bearer `, and null where there is none.",
    );
  }
  const { username, password } = given;
  if (typeof username !== "string" || typeof password !== "string" || username.includes(":")) {
    throw new TypeError(
      "APUS_CLIENT_AUTH: auth: a token, or { username, password }: both are text, and a user name has no colon.",
    );
  }
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)))}`;
}

/** A path is of use in pages alone. `//host` is none, and a backslash, a tab or a line break does not make it one. */
const isPath = (baseUrl: unknown): boolean => typeof baseUrl === "string" && /^(?:$|\/(?!\s*[/\\]))/.test(baseUrl);

/** The address that paths are put behind: in full, so that no path can be taken for one of another host. */
function baseOf(baseUrl: string): string {
  try {
    // A Request knows which page it is made in.
    const { protocol, href, origin, pathname } = new URL(isPath(baseUrl) ? new Request(baseUrl || "/").url : baseUrl);
    if (/^https?:$/.test(protocol) && href === origin + pathname) return href.replace(/\/$/, "");
  } catch {
    // said below
  }
  throw new TypeError(
    "APUS_CLIENT_OPTIONS: createClient: `baseUrl` is http://… or https://…, without a user, a query and a fragment; in a page also a path: /api.",
  );
}

function checkNames(what: string, given: object, known: Readonly<Record<string, true>>): void {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(known, name)) {
      throw new TypeError(
        `APUS_CLIENT_OPTIONS: ${what}: there is no option \`${name}\`; there are ${Object.keys(known).join(", ")}.`,
      );
    }
  }
}

/** Timers know no longer time: they would fire at once. */
const longest = 2 ** 31 - 1;

function checkTimeout(what: string, timeout: CallOptions["timeout"]): void {
  if (timeout === undefined || timeout === null || (timeout > 0 && timeout <= longest)) return;
  throw new TypeError(
    `APUS_CLIENT_OPTIONS: ${what}: \`timeout\` is in ms, more than 0 and at most ${longest}; null for none.`,
  );
}
