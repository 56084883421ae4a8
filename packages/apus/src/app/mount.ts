/** What stands under a prefix as a whole: another App, anything that answers a web Request, or a directory of files. */
import { isThenable, type Answering, type Failing } from "../around/index.ts";
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";
import type { Dependency } from "../dependency/index.ts";
import { HTTPException } from "../error/index.ts";
import { encodedPath, type Answer, type Exchange } from "../exchange/index.ts";
import { answerOfResponse } from "../response/index.ts";
import type { ServesFiles } from "../static-files/index.ts";

/** What answers web Requests: a Hono app, a GraphQL server, a handler of one's own. */
export interface FetchHandler {
  /** @param env What the runtime gave besides the request, such as the bindings of a worker. */
  fetch(request: Request, env?: unknown): Response | Promise<Response>;
}

export interface MountOptions {
  /** What `urlFor` and `pathFor` call it: `request.urlFor("static", { path: "styles.css" })`. Default: none. */
  readonly name?: string | undefined;
  /** Guards of everything under the prefix, run in order. The App's own `dependencies` are those of its operations alone. */
  readonly dependencies?: readonly Dependency[] | undefined;
  /** Largest body in bytes that a `fetch` handler may read; an App says its own. Default: that of the App around it. */
  readonly bodyLimit?: number | undefined;
  /**
   * How long guards and a `fetch` handler may take until the handler's Response is there, in ms; null for ever. An App says its own.
   * Default: that of the App around it, 60,000. Then the client is answered 503.
   */
  readonly timeout?: number | null | undefined;
}

const mountOptions: OptionNames<MountOptions> = { name: true, dependencies: true, bodyLimit: true, timeout: true };

/** Segments that need no encoding: what stands in front of paths also stands in the addresses that are made of them. */
const prefixes = /^(?:\/[\w\-.~!$&'()*+,;=:@]+)+$/;

/** @throws ApusError for a prefix that is none and for options that there are not. */
export function checkMount(prefix: unknown, kind: "app" | "handler" | "files", options: MountOptions): string {
  const what = `app.mount(${JSON.stringify(prefix)})`;
  checkOptionNames(what, options, mountOptions);
  const path = prefix === "/" ? "" : prefix;
  if (typeof path !== "string" || (path !== "" && (!prefixes.test(path) || path.includes("/.")))) {
    throw new ApusError(
      `APUS_PREFIX: ${what}: the prefix has to start with "/", must not end with it, and has no parameters and nothing that an address would encode: "/admin".`,
    );
  }
  if (kind === "files" && options.bodyLimit !== undefined) {
    throw new ApusError(`APUS_LIMIT: ${what}: nobody reads a body where files are; leave bodyLimit out.`);
  }
  const limits = ["bodyLimit", "timeout"] as const;
  const own = kind === "app" ? limits.find((name) => options[name] !== undefined) : undefined;
  if (own !== undefined) {
    throw new ApusError(`APUS_LIMIT: ${what}: an App says its own limits: new App({ ${own} }).`);
  }
  const { bodyLimit = 0 } = options;
  if (!Number.isSafeInteger(bodyLimit) || bodyLimit < 0) {
    throw new ApusError(`APUS_LIMIT: ${what}: bodyLimit is ${String(bodyLimit)}; give a whole number of bytes.`);
  }
  return path;
}

/** Answers with the files of a directory. */
export function servingFiles(files: ServesFiles, fail: Failing): Answering {
  return (exchange) => files.answer(exchange).catch((error: unknown) => fail(error, exchange));
}

/** Answers with what a fetch handler answers. It sees the path behind the prefix. */
export function fetching(handler: FetchHandler, { bodyLimit }: MountOptions, fail: Failing): Answering {
  return (exchange) => {
    if (bodyLimit !== undefined) exchange.bodyLimit = bodyLimit;
    // Which no web Request can have (Fetch, "forbidden method").
    if (/^(?:CONNECT|TRACE|TRACK)$/i.test(exchange.method)) return fail(new HTTPException(501), exchange);
    try {
      const response: unknown = handler.fetch(requestOf(exchange), exchange.course.env);
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
        await exchange.course.announceBody();
        const bytes = await exchange.body(exchange.bodyLimit);
        if (bytes.byteLength > 0) controller.enqueue(bytes);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Whether it has a `fetch`, as what answers web Requests has. */
export function answersRequests(application: unknown): boolean {
  return (
    typeof application === "object" &&
    application !== null &&
    "fetch" in application &&
    typeof application.fetch === "function"
  );
}
