/**
 * How an app answers: middleware around everything, then an operation, a page, what is mounted, a front end, or an
 * error that belongs to no operation.
 */
import { compose, type Answering, type Failing } from "../around/index.ts";
import { HTTPException } from "../error/index.ts";
import { encodedPath, type Answer, type Exchange, type Site } from "../exchange/index.ts";
import {
  checkMiddleware,
  errorHandlersOf,
  failure,
  run,
  socketMethod,
  type Plan,
  type Reporter,
} from "../plan/index.ts";
import type { Matcher } from "../routing/index.ts";
import { frontAt, type Front } from "./frontends.ts";
import { mountAt, type Mount } from "./mounts.ts";
import type { AppOptions } from "./options.ts";

/** A fixed page of the app: the document, the documentation pages and their files, the health of the server. */
export type Page = Answering;

interface Linked {
  readonly options: AppOptions;
  readonly matcher: Matcher<Plan>;
  /** What answers WebSocket handshakes. */
  readonly sockets: Matcher<Plan>;
  /** Opens the lifespan where it is not open yet: servers open it at the start, `fetch` before the first answer. */
  readonly open: (() => unknown) | undefined;
  readonly pages: ReadonlyMap<string, Page>;
  readonly mounts: readonly Mount[];
  readonly fronts: readonly Front[];
  readonly fail: Failing;
  readonly site: Site;
}

/** How an app answers errors outside its operations. */
export function failingOf(options: AppOptions, report: Reporter): Failing {
  const settings = { errorShape: shapeOf(options), errorHandlers: errorHandlersOf([options], "the App") };
  return (error, exchange) => failure(error, exchange, { settings, report });
}

const reads = (method: string): boolean => method === "GET" || method === "HEAD";

const shapeOf = ({ errorShape = "fastapi" }: AppOptions): "fastapi" | "problem" => errorShape;

/** @returns What neither throws nor rejects. */
export function answering({ options, matcher, sockets, open, pages, mounts, fronts, fail, site }: Linked): Answering {
  const errorShape = shapeOf(options);
  const redirects = options.redirectSlashes ?? true;

  const route = (exchange: Exchange): Answer | Promise<Answer> => {
    const { target, method } = exchange;
    if (target === null) return fail(new HTTPException(400, "The path of the request is malformed"), exchange);
    const isHandshake = exchange.courseSoFar?.handshake !== undefined;
    const found = isHandshake ? sockets.find(socketMethod, target.path) : matcher.find(method, target.path);
    const mount = mounts.length === 0 ? undefined : mountAt(target.path, mounts);
    if (found.kind === "match" && !(mount !== undefined && mount.order < found.route.operation.order)) {
      // Someone who declares `/docs` means it; `/{name}` does not mean the pages.
      const isPage = found.values.length > 0 && !isHandshake && reads(method) && pages.has(target.path);
      if (!isPage) return run(found.route, exchange, found.values);
    }
    if (isHandshake) return mount?.answer(exchange) ?? fail(new HTTPException(404), exchange);
    const page = pages.get(target.path);
    if (page !== undefined && reads(method)) return page(exchange);
    if (mount !== undefined) return mount.answer(exchange);
    const allowed = found.kind === "method" ? found.methods.join(", ") : page && "GET, HEAD";
    if (allowed !== undefined)
      return fail(new HTTPException(405, undefined, { headers: { allow: allowed } }), exchange);
    const location = redirects ? otherSlash(exchange, matcher, mounts, pages) : undefined;
    if (location !== undefined) return { status: 307, headers: ["location", location], body: null };
    if (asksForSocket(exchange) && sockets.find(socketMethod, target.path).kind === "match") {
      return fail(
        new HTTPException(501, "WebSockets cannot be opened here: requests reach the app through fetch"),
        exchange,
      );
    }
    const front = fronts.length === 0 ? undefined : frontAt(target.path, fronts);
    if (front !== undefined) return run(front.plan, exchange, []);
    return fail(new HTTPException(404), exchange);
  };
  const guarded = (exchange: Exchange): Answer | Promise<Answer> => {
    try {
      return route(exchange);
    } catch (error) {
      return fail(error, exchange);
    }
  };
  const opened = (exchange: Exchange): Answer | Promise<Answer> => {
    const opening = open?.();
    if (!(opening instanceof Promise)) return guarded(exchange);
    return opening.then(
      () => guarded(exchange),
      (error: unknown) => fail(error, exchange),
    );
  };
  const around = compose(checkMiddleware(options.middleware, "the App"), opened, fail);
  return (exchange) => {
    exchange.site = site;
    if (options.bodyLimit !== undefined) exchange.bodyLimit = options.bodyLimit;
    if (options.bodyTimeout !== undefined) exchange.bodyTimeout = options.bodyTimeout;
    exchange.errorShape = errorShape;
    return around(exchange);
  };
}

/** Whether a plain request was meant to be a handshake: whoever serves the app by its `fetch` has no place for sockets. */
function asksForSocket({ incoming }: Exchange): boolean {
  return incoming.header("upgrade")?.toLowerCase() === "websocket";
}

/**
 * Where a path leads that only lacks or has too much of a trailing slash. The address is relative to the authority, so that
 * neither the Host header nor a proxy can point it elsewhere; `//host` would be such an address and is never redirected.
 */
function otherSlash(
  exchange: Exchange,
  matcher: Matcher<Plan>,
  mounts: readonly Mount[],
  pages: ReadonlyMap<string, Page>,
): string | undefined {
  const { path, query } = exchange.target!;
  if (path === "/" || path.startsWith("//")) return undefined;
  const other = path.endsWith("/") ? withoutSlashes(path) : `${path}/`;
  const leads =
    pages.has(other) ||
    mounts.some(({ prefix }) => prefix === path) ||
    matcher.find(exchange.method, other).kind !== "none";
  if (!leads) return undefined;
  const encoded = exchange.rootPath + encodedPath(other);
  return query === "" ? encoded : `${encoded}?${query}`;
}

/** All of them are taken off, as in FastAPI: `/items//` leads to `/items`. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end--;
  return path.slice(0, end);
}
