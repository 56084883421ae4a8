/** What sockets ask of credentials, and the schemes, in the words of AsyncAPI. */
import { defined, securityOf } from "../openapi/index.ts";
import type { Plan } from "../plan/index.ts";

type Part = Readonly<Record<string, unknown>>;

/** The schemes of OpenAPI, which has other names for a few things. */
export function schemesOf(schemes: Readonly<Record<string, unknown>>): Record<string, Part> {
  return Object.fromEntries(Object.entries(schemes).map(([name, scheme]) => [name, schemeOf(scheme as Part)]));
}

function schemeOf(scheme: Part): Part {
  if (scheme["type"] === "apiKey") return { ...scheme, type: "httpApiKey" };
  if (scheme["type"] === "mutualTLS") return { ...scheme, type: "X509" };
  if (scheme["type"] !== "oauth2") return scheme;
  const flows = Object.entries(scheme["flows"] as Readonly<Record<string, Part>>).map(([name, { scopes, ...flow }]) => {
    return [name, { ...flow, availableScopes: scopes }];
  });
  return { ...scheme, flows: Object.fromEntries(flows) as unknown };
}

/** Schemes that say themselves which scopes are needed. */
const scoped = new Set(["oauth2", "openIdConnect"]);

/**
 * What an operation says. AsyncAPI lists schemes of which one is enough; where several are needed together, or none at all is
 * fine too, that is no list, and the whole of it stands in `x-security` as OpenAPI writes it.
 */
export function askedOf({ security }: Plan, schemes: Readonly<Record<string, Part>>): Part {
  if (security.length === 0) return {};
  const ways = securityOf(security);
  const reference = (name: string, scopes: readonly string[]): Part =>
    scopes.length > 0 && scoped.has(String(schemes[name]?.["type"]))
      ? { ...schemes[name], scopes }
      : { $ref: `#/components/securitySchemes/${name}` };
  const oneIsEnough = ways.every((way) => Object.keys(way).length === 1);
  const optional = ways.some((way) => Object.keys(way).length === 0);
  const listed = new Map<string, Part>();
  for (const [name, scopes] of ways.flatMap((way) => Object.entries(way))) {
    listed.set(`${name} ${scopes.join(" ")}`, reference(name, scopes));
  }
  return defined({
    security: optional ? undefined : [...listed.values()],
    "x-security": oneIsEnough ? undefined : ways,
  });
}
