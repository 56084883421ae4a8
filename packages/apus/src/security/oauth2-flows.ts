/** The flows of OAuth 2 as the document has them (OpenAPI 3.1, section 4.8.28). */
import { checkText, wrong } from "./options.ts";

interface Flow {
  readonly refreshUrl?: string | undefined;
  /** Scopes that can be asked for, with what they allow. */
  readonly scopes?: Readonly<Record<string, string>> | undefined;
}
interface AtToken extends Flow {
  readonly tokenUrl: string;
}
interface AtAuthorization extends Flow {
  readonly authorizationUrl: string;
}

/** Where tokens come from. Addresses may be relative to the document's. */
export interface OAuth2Flows {
  readonly implicit?: AtAuthorization | undefined;
  readonly password?: AtToken | undefined;
  readonly clientCredentials?: AtToken | undefined;
  readonly authorizationCode?: (AtToken & AtAuthorization) | undefined;
}

/** The addresses that each flow needs. */
const needed = new Map<string, readonly string[]>([
  ["implicit", ["authorizationUrl"]],
  ["password", ["tokenUrl"]],
  ["clientCredentials", ["tokenUrl"]],
  ["authorizationCode", ["authorizationUrl", "tokenUrl"]],
]);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws ApusError (APUS_SCHEME) for flows that there are not, addresses that are missing, scopes that are no record. */
export function flowsObject(call: string, flows: OAuth2Flows): Record<string, unknown> {
  if (!isRecord(flows)) throw wrong(call, "`flows` is a record: { password: { tokenUrl: … } }.");
  return Object.fromEntries(
    Object.entries(flows)
      .filter(([, flow]) => flow !== undefined)
      .map(([name, flow]) => [name, flowObject(call, name, flow)]),
  );
}

function flowObject(call: string, name: string, flow: unknown): Record<string, unknown> {
  const addresses = needed.get(name);
  if (addresses === undefined)
    throw wrong(call, `there is no flow "${name}"; there are ${[...needed.keys()].join(", ")}.`);
  if (!isRecord(flow)) throw wrong(call, `the flow "${name}" is a record of addresses and scopes.`);
  const stranger = Object.keys(flow).find((key) => !["refreshUrl", "scopes", ...addresses].includes(key));
  if (stranger !== undefined) throw wrong(call, `the flow "${name}" has no "${stranger}".`);
  for (const key of addresses) checkText(call, key, flow[key]);
  const { refreshUrl, scopes = {} } = flow;
  checkText(call, "refreshUrl", refreshUrl, true);
  if (!isRecord(scopes) || Object.values(scopes).some((text) => typeof text !== "string")) {
    throw wrong(call, '`scopes` is a record of names and what they allow: { "items:read": "Read items" }.');
  }
  const urls = Object.fromEntries(addresses.map((key) => [key, flow[key]]));
  return { ...(refreshUrl === undefined ? {} : { refreshUrl }), scopes: { ...scopes }, ...urls };
}
