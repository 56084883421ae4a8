/** API keys in the query, a header or a cookie: read as they are, and compared by whoever uses them. */
import type { Connection } from "../exchange/index.ts";
import { checkNames, checkText, checkToken, wrong } from "./options.ts";
import { declareScheme, type SchemeDependency, type SchemeOptions } from "./scheme.ts";

/** Options of `apiKeyQuery`, `apiKeyHeader` and `apiKeyCookie`. */
export interface ApiKeyOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  /** The name of the query parameter, header or cookie. */
  readonly name: string;
}

type Where = "query" | "header" | "cookie";

function apiKey<A extends boolean>(
  where: Where,
  { call, className }: { readonly call: string; readonly className: string },
  options: ApiKeyOptions<A>,
  read: (connection: Connection) => string | undefined,
): SchemeDependency<string, A> {
  const object = { type: "apiKey", in: where, name: options.name };
  // An empty key is no key.
  const key = (connection: Connection): string | null => read(connection) || null;
  return declareScheme({ call, className, object, challenge: "APIKey", read: key }, options);
}

/**
 * A key in the query: `?api_key=…`. It is seen in logs and histories; prefer a header. Of several the last counts.
 *
 * @returns A dependency that provides the key; it is not compared with anything.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without the key are answered 401.
 * @example const key = apiKeyQuery({ name: "api_key" });
 */
export function apiKeyQuery<A extends boolean = true>(options: ApiKeyOptions<A>): SchemeDependency<string, A> {
  const call = "apiKeyQuery";
  checkNames(call, options, ["name"]);
  const { name } = options;
  checkText(call, "name", name);
  return apiKey("query", { call, className: "APIKeyQuery" }, options, ({ query }) => query.getAll(name).at(-1));
}

/**
 * A key in a header: `X-API-Key: …`. Of several lines the first counts.
 *
 * @returns A dependency that provides the key; it is not compared with anything.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without the key are answered 401.
 * @example
 * const key = apiKeyHeader({ name: "X-API-Key" });
 * const caller = depends({ key }, async ({ key }) => {
 *   if (!secretsEqual(key, settings.apiKey)) throw new HTTPException(403, "Unknown key");
 * });
 */
export function apiKeyHeader<A extends boolean = true>(options: ApiKeyOptions<A>): SchemeDependency<string, A> {
  const call = "apiKeyHeader";
  checkNames(call, options, ["name"]);
  const { name } = options;
  checkToken(call, "name", name);
  return apiKey("header", { call, className: "APIKeyHeader" }, options, ({ headers }) => headers.getAll(name)[0]);
}

/**
 * A key in a cookie. Browsers send it along with requests that other sites cause: what changes something needs protection
 * against that, such as `SameSite`. Of several of one name the last counts.
 *
 * @returns A dependency that provides the key; it is not compared with anything.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without the cookie are answered 401.
 * @example const session = apiKeyCookie({ name: "session" });
 */
export function apiKeyCookie<A extends boolean = true>(options: ApiKeyOptions<A>): SchemeDependency<string, A> {
  const call = "apiKeyCookie";
  checkNames(call, options, ["name"]);
  const { name } = options;
  checkText(call, "name", name);
  if (!/^[!-:<>-~]+$/.test(name)) throw wrong(call, "`name` is a cookie's: no spaces, `;`, `=` or control characters.");
  return apiKey("cookie", { call, className: "APIKeyCookie" }, options, ({ cookies }) =>
    Object.hasOwn(cookies, name) ? cookies[name] : undefined,
  );
}
