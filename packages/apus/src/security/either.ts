/** The "or" of security schemes. Their "and" needs no word: an operation that takes two of them needs both. */
import { isDependency, type Dependency } from "../dependency/index.ts";
import { HTTPException } from "../error/index.ts";
import { checkNames, checkOptions, wrong } from "./options.ts";
import {
  malformed,
  refusalOf,
  refusing,
  type NotAuthenticatedError,
  type SchemeDeclaration,
  type SchemeOptions,
} from "./scheme.ts";

/** Schemes by the names under which their credentials arrive. */
type Members = Readonly<Record<string, Dependency<unknown, unknown, "request", object>>>;
type ValueOf<D> = D extends Dependency<infer T> ? NonNullable<T> : never;

/** Exactly one of the names has credentials. */
type OneOf<M> = {
  [K in keyof M]: { readonly [P in K]: ValueOf<M[P]> } & {
    readonly [P in Exclude<keyof M, K>]?: undefined;
  } extends infer O
    ? { [P in keyof O]: O[P] }
    : never;
}[keyof M];

/** Options of `either`. What the document says is the members' own. */
export type EitherOptions<A extends boolean = boolean> = Pick<SchemeOptions<A>, "autoError" | "notAuthenticated">;

/**
 * One of several schemes: the first, in the order written, that finds credentials of its kind. The document says the same: any
 * of them is enough.
 *
 * A client without any is answered 401 with the challenges of all. The `autoError` of the members does not count here.
 * To override it in tests, override the whole of it.
 *
 * @param members Schemes of this module, at least two, under the names that the handler reads.
 * @returns A dependency that provides the credentials under their scheme's name, and nothing under the others.
 * @throws ApusError (APUS_SCHEME) for members that are no schemes, or two that the document cannot tell apart.
 * @example
 * const credentials = either({ token: oauth2Password({ tokenUrl: "token" }), key: apiKeyHeader({ name: "X-API-Key" }) });
 * const caller = depends({ credentials }, ({ credentials: { token, key } }) =>
 *   token === undefined ? machineOf(key) : userOf(token),
 * );
 */
export function either<const M extends Members, A extends boolean = true>(
  members: M,
  options: EitherOptions<A> = {},
): Dependency<A extends true ? OneOf<M> : OneOf<M> | null, NotAuthenticatedError, "request", object> {
  checkNames("either", options, ["autoError", "notAuthenticated"], []);
  checkOptions("either", options);
  const schemes = schemesOf(members);
  const challenges = (connection: Parameters<SchemeDeclaration["refusal"]>[0]): string =>
    [...new Set(schemes.flatMap(([, { refusal }]) => challengeOf(refusal(connection))))].join(", ");
  const declaration = refusing(
    { anyOf: schemes.flatMap(([, each]) => each.requirement.anyOf), optional: options.autoError === false },
    (connection) => {
      for (const [name, { read }] of schemes) {
        const found = read(connection);
        if (found === malformed) return malformed;
        if (found !== null) return { [name]: found };
      }
      return null;
    },
    refusalOf(options, challenges),
  );
  return declaration as SchemeDeclaration & Dependency<never, never, never, never>;
}

function schemesOf(members: Members): (readonly [name: string, scheme: SchemeDeclaration])[] {
  const given: unknown = members;
  const found = Object.entries(typeof given === "object" && given !== null ? members : {}).map(([name, member]) => {
    if (!isScheme(member)) throw wrong("either", `"${name}" is not one of the schemes of apus/security.`);
    return [name, member] as const;
  });
  if (found.length < 2) throw wrong("either", "it takes two schemes or more: { token: httpBearer(), key: … }.");
  const names = found.map(([, { requirement }]) => requirement.anyOf[0]!.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return found;
  throw wrong("either", `two of its schemes are called "${twice}" in the document; give one of them a \`schemeName\`.`);
}

function isScheme(member: unknown): member is SchemeDeclaration {
  // What is made of several is listed by its members.
  return isDependency(member) && "refusal" in member && member.requirement?.anyOf.length === 1;
}

/** The challenge that an error carries (RFC 9110, section 11.6.1). */
function challengeOf(error: Error): string[] {
  if (!(error instanceof HTTPException)) return [];
  return Object.entries(error.headers).flatMap(([name, value]) =>
    name.toLowerCase() === "www-authenticate" ? [value] : [],
  );
}
