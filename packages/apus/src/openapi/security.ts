/** What operations ask of credentials, in the document: each object of `security` is one way in, with all that it takes. */
import { ApusError } from "../diagnostic/index.ts";
import type { Asked, Plan } from "../plan/index.ts";

type Way = Readonly<Record<string, readonly string[]>>;

/** The ways in: every requirement has to be met, each by one of its schemes. */
export function securityOf(asked: readonly Asked[]): Way[] {
  let ways: Way[] = [{}];
  for (const { requirement, scopes } of asked) {
    // Of schemes without scopes they are the roles that are asked for (OpenAPI 3.1, Security Requirement Object).
    const alternatives: Way[] = requirement.anyOf.map(({ name }) => ({ [name]: scopes }));
    if (requirement.optional) alternatives.push({});
    ways = distinct(ways.flatMap((way) => alternatives.map((alternative) => both(way, alternative))));
  }
  return ways;
}

/** Ways that ask for the same, be it in another order, are one. */
function distinct(ways: readonly Way[]): Way[] {
  const found = new Map<string, Way>();
  for (const way of ways) {
    const content = JSON.stringify(Object.entries(way).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    if (!found.has(content)) found.set(content, way);
  }
  return [...found.values()];
}

function both(one: Way, other: Way): Way {
  const joined: Record<string, readonly string[]> = { ...one };
  for (const [name, scopes] of Object.entries(other)) {
    joined[name] = Object.hasOwn(joined, name) ? [...new Set([...joined[name]!, ...scopes])] : scopes;
  }
  return joined;
}

/** @throws ApusError where two different schemes have one name: clients would take one for the other. */
export function securitySchemesOf(plans: readonly Plan[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  let before: Plan["security"] | undefined;
  for (const { security, settings } of plans) {
    // Operations that ask for the same mostly follow each other, and share the list of it.
    if (security === before) continue;
    before = security;
    for (const { name, object } of security.flatMap((each) => each.requirement.anyOf)) {
      const known = Object.hasOwn(found, name) ? found[name] : undefined;
      if (known !== undefined && known !== object && JSON.stringify(known) !== JSON.stringify(object)) {
        throw new ApusError(
          `APUS_SCHEME: ${settings.label}: two different security schemes are named "${name}"; give one of them a \`schemeName\`.`,
        );
      }
      found[name] = object;
    }
  }
  // By name, so that the order of declarations does not matter.
  return Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
