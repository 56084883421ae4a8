// What `apus/security` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { Connection, Dependency, Flat, Located, PlainErrorClass, WireError } from "apus";
import type { z } from "zod";

export interface ApiKeyOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  readonly name: string;
}
export type EitherOptions<A extends boolean = boolean> = Pick<SchemeOptions<A>, "autoError" | "notAuthenticated">;
export interface HTTPAuthorizationCredentials {
  readonly scheme: string;
  readonly credentials: string;
}
export interface HTTPBasicCredentials {
  readonly username: string;
  readonly password: string;
}
export interface HttpBaseOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  readonly scheme: string;
}
export interface HttpBasicOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  readonly realm?: string | undefined;
}
export interface HttpBearerOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  readonly bearerFormat?: string | undefined;
}
export declare const NotAuthenticated: PlainErrorClass<401, "Not authenticated">;
export type NotAuthenticatedError = WireError<401, "Not authenticated", "default">;
export interface OAuth2AuthorizationCodeOptions<A extends boolean = boolean> extends OAuth2PasswordOptions<A> {
  readonly authorizationUrl: string;
}
export interface OAuth2Flows {
  readonly implicit?: AtAuthorization | undefined;
  readonly password?: AtToken | undefined;
  readonly clientCredentials?: AtToken | undefined;
  readonly authorizationCode?: (AtToken & AtAuthorization) | undefined;
}
export interface OAuth2Options<A extends boolean = boolean> extends SchemeOptions<A> {
  readonly flows?: OAuth2Flows | undefined;
}
export interface OAuth2PasswordOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  readonly tokenUrl: string;
  readonly refreshUrl?: string | undefined;
  readonly scopes?: Readonly<Record<string, string>> | undefined;
}
export interface OpenIdConnectOptions<A extends boolean = boolean> extends SchemeOptions<A> {
  readonly openIdConnectUrl: string;
}
export interface PasswordForm {
  readonly grantType: "password" | null;
  readonly username: string;
  readonly password: string;
  readonly scopes: readonly string[];
  readonly clientId: string | null;
  readonly clientSecret: string | null;
}
export type SchemeDependency<T, A extends boolean, M = never> = Dependency<
  A extends true ? T : T | null,
  A extends true ? NotAuthenticatedError : M,
  "request",
  object
>;
export interface SchemeOptions<A extends boolean = boolean> {
  readonly schemeName?: string | undefined;
  readonly description?: string | undefined;
  readonly autoError?: A | undefined;
  readonly notAuthenticated?: ((connection: Connection) => Error) | undefined;
}
export interface StrictPasswordForm extends PasswordForm {
  readonly grantType: "password";
}
export declare function apiKeyCookie<A extends boolean = true>(options: ApiKeyOptions<A>): SchemeDependency<string, A>;
export declare function apiKeyHeader<A extends boolean = true>(options: ApiKeyOptions<A>): SchemeDependency<string, A>;
export declare function apiKeyQuery<A extends boolean = true>(options: ApiKeyOptions<A>): SchemeDependency<string, A>;
export declare function either<const M extends Members, A extends boolean = true>(
  members: M,
  options?: EitherOptions<A>,
): Dependency<A extends true ? OneOf<M> : OneOf<M> | null, NotAuthenticatedError, "request", object>;
export declare function httpBase<A extends boolean = true>(
  options: HttpBaseOptions<A>,
): SchemeDependency<HTTPAuthorizationCredentials, A>;
export declare function httpBasic<A extends boolean = true>(
  options?: HttpBasicOptions<A>,
): SchemeDependency<HTTPBasicCredentials, A, NotAuthenticatedError>;
export declare function httpBearer<A extends boolean = true>(
  options?: HttpBearerOptions<A>,
): SchemeDependency<HTTPAuthorizationCredentials, A>;
export declare function httpDigest<A extends boolean = true>(
  options?: SchemeOptions<A>,
): SchemeDependency<HTTPAuthorizationCredentials, A>;
export declare function oauth2<A extends boolean = true>(options?: OAuth2Options<A>): SchemeDependency<string, A>;
export declare function oauth2AuthorizationCode<A extends boolean = true>(
  options: OAuth2AuthorizationCodeOptions<A>,
): SchemeDependency<string, A>;
export declare function oauth2Password<A extends boolean = true>(
  options: OAuth2PasswordOptions<A>,
): SchemeDependency<string, A>;
export declare function openIdConnect<A extends boolean = true>(
  options: OpenIdConnectOptions<A>,
): SchemeDependency<string, A>;
export declare const passwordForm: Dependency<PasswordForm, never, "request", Flat<typeof lax>>;
export declare const passwordFormStrict: Dependency<StrictPasswordForm, never, "request", Flat<typeof strict>>;
export declare function secretsEqual(a: string, b: string): boolean;

// What the above is made of.
interface AtAuthorization extends Flow {
  readonly authorizationUrl: string;
}
interface AtToken extends Flow {
  readonly tokenUrl: string;
}
interface Flow {
  readonly refreshUrl?: string | undefined;
  readonly scopes?: Readonly<Record<string, string>> | undefined;
}
type Members = Readonly<Record<string, Dependency<unknown, unknown, "request", object>>>;
type OneOf<M> = {
  [K in keyof M]: {
    readonly [P in K]: ValueOf<M[P]>;
  } & {
    readonly [P in Exclude<keyof M, K>]?: undefined;
  } extends infer O
    ? {
        [P in keyof O]: O[P];
      }
    : never;
}[keyof M];
type ValueOf<D> = D extends Dependency<infer T> ? NonNullable<T> : never;
declare const lax: {
  grant_type: Located<"form", z.ZodDefault<z.ZodNullable<z.ZodString>>, undefined, false>;
  username: Located<"form", z.ZodString, undefined, false>;
  password: Located<"form", z.ZodString, undefined, false>;
  scope: Located<"form", z.ZodDefault<z.ZodString>, undefined, false>;
  client_id: Located<"form", z.ZodDefault<z.ZodNullable<z.ZodString>>, undefined, false>;
  client_secret: Located<"form", z.ZodDefault<z.ZodNullable<z.ZodString>>, undefined, false>;
};
declare const strict: {
  grant_type: Located<"form", z.ZodString, undefined, false>;
  username: Located<"form", z.ZodString, undefined, false>;
  password: Located<"form", z.ZodString, undefined, false>;
  scope: Located<"form", z.ZodDefault<z.ZodString>, undefined, false>;
  client_id: Located<"form", z.ZodDefault<z.ZodNullable<z.ZodString>>, undefined, false>;
  client_secret: Located<"form", z.ZodDefault<z.ZodNullable<z.ZodString>>, undefined, false>;
};

export {};
