/** Values of the framework, as dependencies: what a handler would otherwise reach for in globals or thread-locals. */
import { ofThisCopy } from "../diagnostic/index.ts";
import type { Background, Connection, Exchange, HttpRequest, ResponseDraft } from "../exchange/index.ts";
import type { Declaration } from "./depends.ts";
import type { RequiredScopes } from "./security.ts";
import type { Dependency } from "./types.ts";

function framework<T>(
  name: string,
  give: (exchange: Exchange, scopes: RequiredScopes) => T,
): Dependency<T, never, "request", object> & Declaration {
  return ofThisCopy({ kind: "dependency", input: {}, run: undefined, options: { name }, give });
}

/**
 * The request itself: method, URL, headers, client, body. For what inputs cannot say; inputs are validated and documented.
 * @example get("/whoami", { input: { request } }, ({ request }) => ({ host: request.client?.host ?? null }));
 */
export const request: Dependency<HttpRequest, never, "request", object> = framework(
  "request",
  (exchange): HttpRequest => exchange.request,
);

/** What a request and a socket have alike; dependencies that only need this work on both. */
export const connection: Dependency<Connection, never, "request", object> = framework(
  "connection",
  (exchange): Connection => exchange.request,
);

/**
 * The answer to come: its status, further headers, cookies. A `Reply` or `Response` that the handler returns, and errors,
 * are sent without it.
 * @example
 * get("/", { input: { response } }, ({ response }) => {
 *   response.headers.set("x-cat-dog", "alone in the world");
 *   response.cookies.set("session", "value", { httpOnly: true, secure: true });
 *   return { message: "Hello" };
 * });
 */
export const response: Dependency<ResponseDraft, never, "request", object> = framework(
  "response",
  (exchange): ResponseDraft => exchange.draft,
);

/**
 * Work for after the answer. It is lost when the process ends: what has to be done belongs into a queue.
 * @example post("/mail", { input: { to: z.string(), background } }, ({ to, background }) => { background.add(send, to); });
 */
export const background: Dependency<Background, never, "request", object> = framework(
  "background",
  (exchange): Background => exchange.background,
);

/** Aborted when the client leaves, at the deadline of `timeout`, and when a closing server's time is up. */
export const signal: Dependency<AbortSignal, never, "request", object> = framework(
  "signal",
  (exchange): AbortSignal => exchange.course.signal,
);

/**
 * The scopes that `security()` asks for on the way from the operation to the dependency that reads them, outermost first.
 * @example
 * depends({ token: bearer, requiredScopes }, ({ token, requiredScopes }) => {
 *   for (const scope of requiredScopes.list) if (!grantedTo(token).includes(scope)) throw new HTTPException(403, "Not enough permissions");
 * });
 */
export const requiredScopes: Dependency<RequiredScopes, never, "request", object> = framework(
  "requiredScopes",
  (_, scopes): RequiredScopes => scopes,
);
