/** What all security schemes have alike: a dependency that reads credentials, refuses, and describes itself. */
import {
  connection,
  type Declaration,
  type Dependency,
  type Requirement,
  type SchemeObject,
} from "../dependency/index.ts";
import { ofThisCopy } from "../diagnostic/index.ts";
import { httpError, type PlainErrorClass, type WireError } from "../error/index.ts";
import type { Connection } from "../exchange/index.ts";
import { checkOptions } from "./options.ts";

/**
 * What a scheme answers where credentials are missing or malformed: 401 `{"detail": "Not authenticated"}` with
 * `WWW-Authenticate`. List it in `errors` to have it in the document.
 * @example get("/me", { input: { token: bearer }, errors: [NotAuthenticated] }, ({ token }) => userOf(token));
 */
export const NotAuthenticated: PlainErrorClass<401, "Not authenticated"> = httpError(401, "Not authenticated");

/** Options of every scheme. */
export interface SchemeOptions<A extends boolean = boolean> {
  /** Its name in the document; FastAPI's class name where it is left out. Two schemes of one kind need two names. */
  readonly schemeName?: string | undefined;
  /** Shown in the document; may be CommonMark. */
  readonly description?: string | undefined;
  /** False provides null instead of refusing where there are no credentials. True where it is left out. */
  readonly autoError?: A | undefined;
  /**
   * Makes the error instead of the 401 `NotAuthenticated`: another status, or a challenge with parameters. Clients learn of it
   * where the operation lists its class in `errors`.
   * @example httpDigest({ notAuthenticated: () => new NotAuthenticated(undefined, { headers: { "WWW-Authenticate": challenge() } }) })
   */
  readonly notAuthenticated?: ((connection: Connection) => Error) | undefined;
}

/** The 401 of a scheme, as clients know it. */
export type NotAuthenticatedError = WireError<401, "Not authenticated", "default">;

/** A scheme that provides `T`, or null with `autoError: false`; `M` is what it raises even then. */
export type SchemeDependency<T, A extends boolean, M = never> = Dependency<
  A extends true ? T : T | null,
  A extends true ? NotAuthenticatedError : M,
  "request",
  object
>;

/** Credentials that are there and cannot be read. They are refused even where none are needed. */
export const malformed: unique symbol = Symbol("malformed credentials");

/** A scheme as `either` sees it. */
export interface SchemeDeclaration extends Declaration {
  readonly requirement: Requirement;
  /** The credentials; null where there are none for this scheme. */
  readonly read: (connection: Connection) => unknown;
  /** The error for a client that has not authenticated. */
  readonly refusal: (connection: Connection) => Error;
}

/** What a scheme says of itself. */
interface SchemeParts {
  /** The function that declares it, for messages. */
  readonly call: string;
  /** FastAPI's class name: what the scheme is called in the document unless the options say otherwise. */
  readonly className: string;
  /** The OpenAPI object, without a description; members that are undefined are left out. */
  readonly object: Readonly<Record<string, unknown>> & { readonly type: string };
  /** The WWW-Authenticate of its 401. */
  readonly challenge: string;
  readonly read: SchemeDeclaration["read"];
}

/** @throws ApusError (APUS_SCHEME) for wrong options of the kind that all schemes share. */
export function declareScheme<T, A extends boolean, M>(
  { call, className, object, challenge, read }: SchemeParts,
  options: SchemeOptions<A>,
): SchemeDependency<T, A, M> {
  checkOptions(call, options);
  const { schemeName: name = className, description } = options;
  const { type, ...rest } = object;
  const described = Object.entries({ type, description, ...rest }).filter(([, value]) => value !== undefined);
  const scheme: SchemeObject = { name, object: Object.fromEntries(described) };
  const requirement = { anyOf: [scheme], optional: options.autoError === false };
  const declaration = refusing(
    requirement,
    read,
    refusalOf(options, () => challenge),
  );
  return declaration as SchemeDeclaration & SchemeDependency<T, A, M>;
}

/** The error that the options ask for, or the 401 with a challenge; an empty challenge is left out. */
export function refusalOf(
  { notAuthenticated }: SchemeOptions,
  challenge: (connection: Connection) => string,
): SchemeDeclaration["refusal"] {
  if (notAuthenticated !== undefined) return notAuthenticated;
  return (from) => {
    const said = challenge(from);
    return new NotAuthenticated(undefined, said === "" ? undefined : { headers: { "WWW-Authenticate": said } });
  };
}

/** A dependency that provides what `read` finds, or refuses. */
export function refusing(
  requirement: Requirement,
  read: SchemeDeclaration["read"],
  refusal: SchemeDeclaration["refusal"],
): SchemeDeclaration {
  const run = ({ connection: from }: { readonly connection: Connection }): unknown => {
    const found = read(from);
    if (found === malformed || (found === null && !requirement.optional)) throw refusal(from);
    return found;
  };
  const name = requirement.anyOf.map((each) => each.name).join(" or ");
  return ofThisCopy({ kind: "dependency", input: { connection }, run, options: { name }, requirement, read, refusal });
}
