/** Scopes: what `security()` asks for, and what a dependency that checks them is told. Schemes describe themselves here. */
import { ApusError, ofThisCopy } from "../diagnostic/index.ts";
import { isDependency, type Declaration } from "./depends.ts";
import type { Dependency } from "./types.ts";

/** The scopes that are asked for where `requiredScopes` is read. */
export interface RequiredScopes {
  /** Outermost first, each once. */
  readonly list: readonly string[];
  /** The list, joined by spaces: as `scope` in tokens and in WWW-Authenticate (RFC 6749, section 3.3). */
  readonly text: string;
}

/** A security scheme of the document. */
export interface SchemeObject {
  /** Its key under `components.securitySchemes`. */
  readonly name: string;
  /** The OpenAPI object: `{ type: "http", scheme: "bearer" }`. */
  readonly object: Readonly<Record<string, unknown>>;
}

/** What a dependency asks of the client's credentials; the document says it as it is enforced. */
export interface Requirement {
  /** One of them is enough. */
  readonly anyOf: readonly SchemeObject[];
  /** Whether none of them is enough, too: the dependency then provides null instead of answering 401. */
  readonly optional: boolean;
}

/**
 * A dependency that is to check scopes: they reach `requiredScopes` in it and in everything below it, and the document.
 * What stands under it runs before the body is read.
 *
 * @param dependency One that reads `requiredScopes`, itself or further down; any other stops the start, because its scopes
 *   would be checked by nobody.
 * @example get("/items", { input: { user: security(currentUser, ["items:read"]) } }, ({ user }) => user.items());
 */
export function security<D extends Dependency>(dependency: D, scopes: readonly string[]): D {
  if (!isDependency(dependency) || !Array.isArray(scopes) || scopes.some((each) => typeof each !== "string")) {
    throw new ApusError('APUS_SECURITY: security(dependency, ["scope"]) takes a dependency and a list of scopes.');
  }
  const declaration: Declaration = ofThisCopy({
    kind: "dependency",
    input: {},
    run: undefined,
    options: {},
    secures: dependency,
    scopes,
  });
  return declaration as Declaration & D;
}
