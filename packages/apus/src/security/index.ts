/** The security room: schemes that read credentials and document themselves, behind `apus/security`. */
export { apiKeyCookie, apiKeyHeader, apiKeyQuery, type ApiKeyOptions } from "./api-key.ts";
export type { HTTPBasicCredentials } from "./basic-credentials.ts";
export { either, type EitherOptions } from "./either.ts";
export {
  httpBase,
  httpBasic,
  httpBearer,
  httpDigest,
  type HTTPAuthorizationCredentials,
  type HttpBaseOptions,
  type HttpBasicOptions,
  type HttpBearerOptions,
} from "./http.ts";
export {
  oauth2,
  oauth2AuthorizationCode,
  oauth2Password,
  openIdConnect,
  type OAuth2AuthorizationCodeOptions,
  type OAuth2Options,
  type OAuth2PasswordOptions,
  type OpenIdConnectOptions,
} from "./oauth2.ts";
export type { OAuth2Flows } from "./oauth2-flows.ts";
export { passwordForm, passwordFormStrict, type PasswordForm, type StrictPasswordForm } from "./password-form.ts";
export { NotAuthenticated, type NotAuthenticatedError, type SchemeDependency, type SchemeOptions } from "./scheme.ts";
export { secretsEqual } from "./secrets-equal.ts";
