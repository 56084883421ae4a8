/** The security schemes of a described app. */
import type { Dependency } from "apus";
import {
  apiKeyCookie,
  apiKeyHeader,
  apiKeyQuery,
  httpBasic,
  httpBearer,
  httpDigest,
  oauth2AuthorizationCode,
  oauth2Password,
  openIdConnect,
} from "apus/security";

export interface Scheme {
  readonly name: string;
  readonly kind: string;
  readonly description?: string;
}

type Common = { readonly schemeName: string; readonly description?: string };

const provider = "https://a.example.com";
const made: Readonly<Record<string, (common: Common) => Dependency>> = {
  bearer: (common) => httpBearer({ bearerFormat: "JWT", ...common }),
  basic: (common) => httpBasic(common),
  digest: (common) => httpDigest(common),
  key_header: (common) => apiKeyHeader({ name: "x-key", ...common }),
  key_query: (common) => apiKeyQuery({ name: "key", ...common }),
  key_cookie: (common) => apiKeyCookie({ name: "key", ...common }),
  password: (common) => oauth2Password({ tokenUrl: "token", scopes: { a: "A" }, ...common }),
  code: (common) =>
    oauth2AuthorizationCode({ authorizationUrl: `${provider}/auth`, tokenUrl: `${provider}/token`, ...common }),
  oidc: (common) => openIdConnect({ openIdConnectUrl: `${provider}/.well-known`, ...common }),
};

export function schemeOf({ name, kind, description }: Scheme): Dependency {
  return made[kind]!({ schemeName: name, ...(description === undefined ? {} : { description }) });
}
