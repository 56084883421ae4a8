/** OAuth 2 (RFC 6749) and OpenID Connect: bearer tokens whose flows the document describes. */
import type { Connection } from "../exchange/index.ts";
import { authorizationOf, speaks } from "./authorization.ts";
import { checkNames, checkText } from "./options.ts";
import { flowsObject, type OAuth2Flows } from "./oauth2-flows.ts";
import { declareScheme, type SchemeDependency, type SchemeOptions } from "./scheme.ts";

/** Options of `oauth2`. */
export interface OAuth2Options<A extends boolean = boolean> extends SchemeOptions<A> {
  /** Where tokens come from, for readers of the document and for its page. */
  readonly flows?: OAuth2Flows | undefined;
}

/** Options of `oauth2Password`. */
export interface OAuth2PasswordOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  /** The operation that takes name and password (`passwordForm`), as the document's reader sees it: `"token"`. */
  readonly tokenUrl: string;
  readonly refreshUrl?: string | undefined;
  /** Scopes that can be asked for, with what they allow. */
  readonly scopes?: Readonly<Record<string, string>> | undefined;
}

/** Options of `oauth2AuthorizationCode`. */
export interface OAuth2AuthorizationCodeOptions<A extends boolean = boolean> extends OAuth2PasswordOptions<A> {
  /** Where users say yes. */
  readonly authorizationUrl: string;
}

/** Options of `openIdConnect`. */
export interface OpenIdConnectOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  /** The provider's discovery document: `"https://id.example/.well-known/openid-configuration"`. */
  readonly openIdConnectUrl: string;
}

/** The whole header, of whatever scheme; `Bearer` without a token is nothing. */
function whole(connection: Connection): string | null {
  const found = authorizationOf(connection);
  return found === null || (found.credentials === "" && speaks(found, "bearer")) ? null : found.value;
}

/** The token. RFC 6750 has no empty one, and it must not get as far as a look-up. */
function token(connection: Connection): string | null {
  const found = authorizationOf(connection);
  return found === null || found.credentials === "" || !speaks(found, "bearer") ? null : found.credentials;
}

/**
 * OAuth 2 with any flows.
 *
 * @returns A dependency that provides the **whole** Authorization header, of whatever scheme, as FastAPI's: `Bearer abc`.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without the header are answered 401.
 * @example
 * const machine = oauth2({ flows: { clientCredentials: { tokenUrl: "/token", scopes: { "items:read": "Read items" } } } });
 */
export function oauth2<A extends boolean = true>(options: OAuth2Options<A> = {}): SchemeDependency<string, A> {
  const call = "oauth2";
  checkNames(call, options, ["flows"]);
  const object = { type: "oauth2", flows: flowsObject(call, options.flows ?? {}) };
  return declareScheme({ call, className: "OAuth2", object, challenge: "Bearer", read: whole }, options);
}

/**
 * A bearer token that users get for their name and password. The token is not validated: whoever uses it does.
 *
 * @returns A dependency that provides the token.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without a token are answered 401.
 * @example
 * const bearer = oauth2Password({ tokenUrl: "token", scopes: { me: "Read about yourself" } });
 * const login = post("/token", { input: { login: passwordForm } }, ({ login }) => tokenFor(login));
 */
export function oauth2Password<A extends boolean = true>(
  options: OAuth2PasswordOptions<A>,
): SchemeDependency<string, A> {
  const call = "oauth2Password";
  checkNames(call, options, ["tokenUrl", "refreshUrl", "scopes"]);
  const { tokenUrl, refreshUrl, scopes } = options;
  const object = { type: "oauth2", flows: flowsObject(call, { password: { refreshUrl, scopes, tokenUrl } }) };
  return declareScheme({ call, className: "OAuth2PasswordBearer", object, challenge: "Bearer", read: token }, options);
}

/**
 * A bearer token that users get by the authorization code flow. The token is not validated: whoever uses it does.
 *
 * @returns A dependency that provides the token.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without a token are answered 401.
 * @example
 * const bearer = oauth2AuthorizationCode({ authorizationUrl: "https://id.example/authorize", tokenUrl: "https://id.example/token" });
 */
export function oauth2AuthorizationCode<A extends boolean = true>(
  options: OAuth2AuthorizationCodeOptions<A>,
): SchemeDependency<string, A> {
  const call = "oauth2AuthorizationCode";
  checkNames(call, options, ["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"]);
  const { authorizationUrl, tokenUrl, refreshUrl, scopes } = options;
  const flows = flowsObject(call, { authorizationCode: { refreshUrl, scopes, authorizationUrl, tokenUrl } });
  const object = { type: "oauth2", flows };
  const className = "OAuth2AuthorizationCodeBearer";
  return declareScheme({ call, className, object, challenge: "Bearer", read: token }, options);
}

/**
 * OpenID Connect. Nothing is discovered and no token validated: whoever uses it does.
 *
 * @returns A dependency that provides the **whole** Authorization header, of whatever scheme, as FastAPI's: `Bearer abc`.
 * @throws ApusError (APUS_SCHEME) for wrong options. Requests without the header are answered 401.
 * @example const id = openIdConnect({ openIdConnectUrl: "https://id.example/.well-known/openid-configuration" });
 */
export function openIdConnect<A extends boolean = true>(options: OpenIdConnectOptions<A>): SchemeDependency<string, A> {
  const call = "openIdConnect";
  checkNames(call, options, ["openIdConnectUrl"]);
  const { openIdConnectUrl } = options;
  checkText(call, "openIdConnectUrl", openIdConnectUrl);
  const object = { type: "openIdConnect", openIdConnectUrl };
  return declareScheme({ call, className: "OpenIdConnect", object, challenge: "Bearer", read: whole }, options);
}
