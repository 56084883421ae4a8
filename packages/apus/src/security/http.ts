/** The HTTP authentication schemes: any (`httpBase`), Basic, Bearer and Digest. */
import type { Connection } from "../exchange/index.ts";
import { authorizationOf, speaks } from "./authorization.ts";
import { readBasic, type HTTPBasicCredentials } from "./basic-credentials.ts";
import { checkNames, checkQuotable, checkText, checkToken } from "./options.ts";
import {
  declareScheme,
  type NotAuthenticatedError,
  type SchemeDeclaration,
  type SchemeDependency,
  type SchemeOptions,
} from "./scheme.ts";

/** What an Authorization header holds. */
export interface HTTPAuthorizationCredentials {
  /** Spelled as the client did. */
  readonly scheme: string;
  /** Never empty. */
  readonly credentials: string;
}

/** Options of `httpBase`. */
export interface HttpBaseOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  /** A name of the registry of HTTP authentication schemes: `"hoba"`. */
  readonly scheme: string;
}

/** Options of `httpBasic`. */
export interface HttpBasicOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  /** What the browser's dialogue calls the place: `Basic realm="…"` (RFC 7617, section 2). */
  readonly realm?: string | undefined;
}

/** Options of `httpBearer`. */
export interface HttpBearerOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  /** How tokens are made, for readers of the document: `"JWT"`. */
  readonly bearerFormat?: string | undefined;
}

/** @param name The scheme that is read, in lower case; undefined for any. */
function credentials(name?: string): (connection: Connection) => HTTPAuthorizationCredentials | null {
  return (connection) => {
    const found = authorizationOf(connection);
    if (found === null || found.scheme === "" || found.credentials === "") return null;
    if (name !== undefined && !speaks(found, name)) return null;
    return { scheme: found.scheme, credentials: found.credentials };
  };
}

/** As Python's `str.title` writes a token: `scram-sha-256` is `Scram-Sha-256`. */
function titled(scheme: string): string {
  return scheme.replaceAll(/[a-z]+/gi, (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase());
}

/**
 * Any HTTP authentication scheme. It documents `scheme` and names it in the challenge, and takes **whatever scheme** the client
 * speaks, as FastAPI's: compare `scheme` yourself.
 *
 * @returns A dependency that provides `{ scheme, credentials }`.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without credentials are answered 401.
 * @example const negotiate = httpBase({ scheme: "negotiate" });
 */
export function httpBase<A extends boolean = true>(
  options: HttpBaseOptions<A>,
): SchemeDependency<HTTPAuthorizationCredentials, A> {
  const call = "httpBase";
  checkNames(call, options, ["scheme"]);
  const { scheme } = options;
  checkToken(call, "scheme", scheme);
  const object = { type: "http", scheme };
  return declareScheme(
    { call, className: "HTTPBase", object, challenge: titled(scheme), read: credentials() },
    options,
  );
}

/**
 * A user's name and password (RFC 7617), ASCII alone. Both may be empty, and nobody has compared them: use `secretsEqual`.
 * Malformed credentials are answered 401 even with `autoError: false`.
 *
 * @returns A dependency that provides `{ username, password }`.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without credentials are answered 401.
 * @example
 * const admin = depends({ given: httpBasic({ realm: "admin" }) }, async ({ given }) => {
 *   const known = secretsEqual(given.username, settings.admin);
 *   if (!(secretsEqual(given.password, settings.password) && known)) throw new NotAuthenticated();
 * });
 */
export function httpBasic<A extends boolean = true>(
  options: HttpBasicOptions<A> = {},
): SchemeDependency<HTTPBasicCredentials, A, NotAuthenticatedError> {
  const call = "httpBasic";
  checkNames(call, options, ["realm"]);
  const { realm } = options;
  checkQuotable(call, "realm", realm);
  const challenge = realm ? `Basic realm="${realm}"` : "Basic";
  const read: SchemeDeclaration["read"] = (connection) => {
    const found = authorizationOf(connection);
    return found === null || !speaks(found, "basic") ? null : readBasic(found.credentials);
  };
  const object = { type: "http", scheme: "basic" };
  return declareScheme({ call, className: "HTTPBasic", object, challenge, read }, options);
}

/**
 * A bearer token (RFC 6750). It is not validated: whoever uses it does.
 *
 * @returns A dependency that provides `{ scheme, credentials }`.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without a token are answered 401.
 * @example
 * const bearer = httpBearer({ bearerFormat: "JWT" });
 * const user = depends({ bearer }, ({ bearer }) => verify(bearer.credentials));
 */
export function httpBearer<A extends boolean = true>(
  options: HttpBearerOptions<A> = {},
): SchemeDependency<HTTPAuthorizationCredentials, A> {
  const call = "httpBearer";
  checkNames(call, options, ["bearerFormat"]);
  const { bearerFormat } = options;
  checkText(call, "bearerFormat", bearerFormat, true);
  const object = { type: "http", scheme: "bearer", bearerFormat };
  return declareScheme(
    { call, className: "HTTPBearer", object, challenge: "Bearer", read: credentials("bearer") },
    options,
  );
}

/**
 * Digest credentials (RFC 7616), unread. A usable challenge needs a realm and a nonce: make it in `notAuthenticated`.
 *
 * @returns A dependency that provides `{ scheme, credentials }`.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without credentials are answered 401.
 * @example const digest = httpDigest();
 */
export function httpDigest<A extends boolean = true>(
  options: SchemeOptions<A> = {},
): SchemeDependency<HTTPAuthorizationCredentials, A> {
  const call = "httpDigest";
  checkNames(call, options, []);
  const object = { type: "http", scheme: "digest" };
  return declareScheme(
    { call, className: "HTTPDigest", object, challenge: "Digest", read: credentials("digest") },
    options,
  );
}
