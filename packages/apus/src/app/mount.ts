/** Whole applications under a prefix: another App, or anything that answers a web Request. */
import { isThenable, type Answering } from "../around/index.ts";
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";
import type { Dependency } from "../dependency/index.ts";
import { HTTPException } from "../error/index.ts";
import { encodedPath, type Answer, type Exchange } from "../exchange/index.ts";
import { answerOfResponse } from "../response/index.ts";

/** What answers web Requests: a Hono app, a GraphQL server, a handler of one's own. */
export interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>;
}

export interface MountOptions {
  /** Guards of everything under the prefix, run in order. The App's own `dependencies` are those of its operations alone. */
  readonly dependencies?: readonly Dependency[] | undefined;
  /** Largest body in bytes that a `fetch` handler may read; an App says its own. Default: that of the App around it. */
  readonly bodyLimit?: number | undefined;
}

const mountOptions: OptionNames<MountOptions> = { dependencies: true, bodyLimit: true };

/** @throws ApusError for a prefix that is none and for options that there are not. */
export function checkMount(prefix: unknown, isApp: boolean, options: MountOptions): string {
  const what = `app.mount(${JSON.stringify(prefix)})`;
  checkOptionNames(what, options, mountOptions);
  const path = prefix === "/" ? "" : prefix;
  if (typeof path !== "string" || (path !== "" && (!/^(?:\/[^/{}?#\s]+)+$/.test(path) || path.includes("/.")))) {
    throw new ApusError(
      `APUS_PREFIX: ${what}: the prefix has to start with "/", must not end with it, and has no parameters: "/admin".`,
    );
  }
  if (isApp && options.bodyLimit !== undefined) {
    throw new ApusError(`APUS_LIMIT: ${what}: an App says its own limits: new App({ bodyLimit }).`);
  }
  const { bodyLimit = 0 } = options;
  if (!Number.isSafeInteger(bodyLimit) || bodyLimit < 0) {
    throw new ApusError(`APUS_LIMIT: ${what}: bodyLimit is ${String(bodyLimit)}; give a whole number of bytes.`);
  }
  return path;
}

/** Answers with what a fetch handler answers. It sees the path behind the prefix. */
export function fetching(
  handler: FetchHandler,
  { bodyLimit }: MountOptions,
  fail: (error: unknown, exchange: Exchange) => Answer | Promise<Answer>,
): Answering {
  return (exchange) => {
    if (bodyLimit !== undefined) exchange.bodyLimit = bodyLimit;
    // Which no web Request can have (Fetch, "forbidden method").
    if (/^(?:CONNECT|TRACE|TRACK)$/i.test(exchange.method)) return fail(new HTTPException(405), exchange);
    try {
      const response: unknown = handler.fetch(requestOf(exchange));
      if (!isThenable(response)) return answered(response);
      return Promise.resolve(response.then(answered, (error: unknown) => fail(error, exchange))).catch(
        (error: unknown) => fail(error, exchange),
      );
    } catch (error) {
      return fail(error, exchange);
    }
  };
}

function answered(response: unknown): Answer {
  if (response instanceof Response) return answerOfResponse(response);
  throw new ApusError("APUS_RETURNED: a handler that is mounted returned no Response; its `fetch` has to return one.");
}

function requestOf(exchange: Exchange): Request {
  const { request, method, incoming, target } = exchange;
  const url = new URL(request.url);
  url.pathname = encodedPath(target?.path ?? "/");
  const headers = new Headers();
  const pairs = incoming.headers();
  for (let i = 0; i < pairs.length; i += 2) headers.append(pairs[i]!, pairs[i + 1]!);
  const body = method === "GET" || method === "HEAD" ? null : bodyOf(exchange);
  // Streams need `duplex`, which the types of some runtimes lack.
  const init: RequestInit & { duplex: "half" } = { method, headers, body, signal: request.signal, duplex: "half" };
  return new Request(url, init);
}

/** Read under the exchange's limit, and only if the handler asks for it. */
function bodyOf(exchange: Exchange): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await exchange.body(exchange.bodyLimit);
        if (bytes.byteLength > 0) controller.enqueue(bytes);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
