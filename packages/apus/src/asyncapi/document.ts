/** The AsyncAPI 3 document of an app: its sockets, made from the plans that serve them. */
import { aboutOf, defined, plainOf, securitySchemesOf, type DocumentInfo } from "../openapi/index.ts";
import type { Plan } from "../plan/index.ts";
import { Components, type JsonSchema } from "../schema/index.ts";
import { channelOf, directionsOf } from "./channel.ts";
import { byName, draft07 } from "./draft-07.ts";
import { askedOf, schemesOf } from "./security.ts";
import { serversOf } from "./servers.ts";

/** An AsyncAPI document as plain data. */
export interface AsyncApiDocument {
  asyncapi: string;
  info: Record<string, unknown>;
  channels: Record<string, Record<string, unknown>>;
  operations: Record<string, Record<string, unknown>>;
  components?: { schemas?: Record<string, JsonSchema>; securitySchemes?: Record<string, unknown> };
  [key: string]: unknown;
}

type Parts = Record<string, Record<string, unknown>>;

/**
 * @param plans Those of sockets; what is not to be shown is left out.
 * @param rootPath What stands in front of the app's paths.
 * @throws ApusError when two schemas claim one component name, and for what the App says of itself and may not.
 */
export function asyncApiDocument(plans: readonly Plan[], about: DocumentInfo, rootPath: string): AsyncApiDocument {
  const { info, servers: listed = [], tags, externalDocs } = plainOf(aboutOf(about), "App");
  const shown = plans.filter(({ settings }) => settings.includeInSchema);
  const components = new Components(about.separateInputOutputSchemas);
  const servers = serversOf(listed as DocumentInfo["servers"] & object);
  // A server says its own path.
  const prefix = Object.keys(servers).length > 0 ? "" : rootPath.replace(/\/$/, "");
  const securitySchemes = schemesOf(securitySchemesOf(shown));
  const channels: Parts = {};
  const operations: Parts = {};
  for (const plan of shown) {
    const { id } = plan.settings;
    channels[id] = channelOf(plan, prefix, components);
    for (const { action } of directionsOf(plan))
      operations[`${id}.${action}`] = operationOf(plan, action, securitySchemes);
  }
  const { document, schemas } = components.finish({ channels });
  const made = {
    ...(Object.keys(schemas).length > 0 && { schemas: byName(schemas) }),
    ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }),
  };
  return defined({
    asyncapi: "3.0.0",
    info: infoOf(info, tags, externalDocs),
    servers: Object.keys(servers).length > 0 ? servers : undefined,
    channels: plainOf(translated(document.channels), "App"),
    operations,
    components: Object.keys(made).length > 0 ? made : undefined,
  }) as AsyncApiDocument;
}

function operationOf(plan: Plan, action: string, schemes: Parameters<typeof askedOf>[1]): Record<string, unknown> {
  const { settings } = plan;
  const channel = `#/channels/${pointer(settings.id)}`;
  return defined({
    action,
    channel: { $ref: channel },
    summary: settings.summary,
    ...askedOf(plan, schemes),
    messages: [{ $ref: `${channel}/messages/${action}` }],
    "x-deprecated": settings.deprecated ? true : undefined,
  });
}

/** A key within a reference (RFC 6901). */
function pointer(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** The schemas in channels, in the words that AsyncAPI knows. */
function translated(channels: Parts): Parts {
  const schema = (value: unknown): unknown => (value === undefined ? undefined : draft07(value as JsonSchema));
  return Object.fromEntries(
    Object.entries(channels).map(([id, channel]) => {
      const { ws } = channel["bindings"] as { readonly ws: Record<string, unknown> };
      const messages = Object.entries(channel["messages"] as Parts).map(([name, message]) => {
        return [name, defined({ ...message, payload: schema(message["payload"]) })];
      });
      const bindings = { ws: defined({ ...ws, query: schema(ws["query"]), headers: schema(ws["headers"]) }) };
      return [id, { ...channel, messages: Object.fromEntries(messages) as unknown, bindings }];
    }),
  );
}

/** AsyncAPI has neither a summary of the whole nor SPDX identifiers, and keeps tags and links here. */
function infoOf(
  { summary, description, license, ...info }: Record<string, unknown>,
  tags: readonly object[] | undefined,
  externalDocs: object | undefined,
): Record<string, unknown> {
  const { identifier: _, ...named } = (license ?? {}) as Record<string, unknown>;
  const texts = [summary, description].filter((each) => each !== undefined && each !== "");
  return defined({
    ...info,
    description: texts.length > 0 ? texts.join("\n\n") : undefined,
    license: license === undefined ? undefined : named,
    tags: tags?.map((tag) => {
      const { summary: __, parent: ___, kind: ____, ...known } = tag as Record<string, unknown>;
      return known;
    }),
    externalDocs,
  });
}
