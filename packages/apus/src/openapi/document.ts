/** The OpenAPI 3.1 document of an app, made from the plans that answer its requests (contract of FastAPI, section 11). */
import { ApusError } from "../diagnostic/index.ts";
import type { Plan } from "../plan/index.ts";
import { withoutConvertors } from "../routing/index.ts";
import { Components, type JsonSchema } from "../schema/index.ts";
import { defined } from "./defined.ts";
import { parametersOf, requestBodyOf } from "./inputs.ts";
import { joined } from "./joined.ts";
import { responsesOf } from "./responses.ts";
import { securityOf, securitySchemesOf } from "./security.ts";

const versions = ["3.1.0", "3.1.1", "3.1.2", "3.2.0"] as const;
type OpenApiVersion = (typeof versions)[number];

/** An OpenAPI document as plain data. */
export interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, unknown>>;
  webhooks?: Record<string, Record<string, unknown>>;
  components?: { schemas?: Record<string, JsonSchema>; securitySchemes?: Record<string, unknown> };
  [key: string]: unknown;
}

/** What the App says about the API as a whole. */
export interface DocumentInfo {
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  readonly summary?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
  readonly termsOfService?: string | undefined;
  readonly contact?: Readonly<Record<string, string>> | undefined;
  readonly license?: Readonly<Record<string, string>> | undefined;
  readonly servers?: readonly { readonly url: string; readonly description?: string | undefined }[] | undefined;
  /** Documentation that stands elsewhere. */
  readonly externalDocs?: { readonly url: string; readonly description?: string | undefined } | undefined;
  /** Which version of OpenAPI the document follows. Default: `3.1.0`. */
  readonly openapiVersion?: OpenApiVersion | undefined;
  /** Metadata of tags, in the order of the documentation page. */
  readonly openapiTags?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

type PathItems = Record<string, Record<string, unknown>>;

/**
 * @param webhooks What the API calls at those who subscribed.
 * @throws ApusError when two schemas claim one component name, and for a version that there is not.
 */
export function openApiDocument(
  plans: readonly Plan[],
  webhooks: readonly Plan[],
  about: DocumentInfo,
): OpenApiDocument {
  const components = new Components();
  const shown = plans.filter(isShown);
  const called = webhooks.filter(isShown);
  const { document, schemas } = components.finish({
    paths: pathItemsOf(shown, components),
    webhooks: pathItemsOf(called, components),
  });
  const securitySchemes = securitySchemesOf([...shown, ...shown.flatMap(({ callbacks }) => callbacks), ...called]);
  const made = {
    ...(Object.keys(schemas).length === 0 ? {} : { schemas }),
    ...(Object.keys(securitySchemes).length === 0 ? {} : { securitySchemes }),
  };
  const { title = "Apus", version = "0.1.0", summary, description, termsOfService, contact, license } = about;
  return {
    openapi: checkVersion(about.openapiVersion),
    info: { title, ...defined({ summary, description, termsOfService, contact, license }), version },
    ...(about.servers === undefined ? {} : { servers: about.servers.map((each) => defined({ ...each })) }),
    paths: document.paths,
    ...(called.length === 0 ? {} : { webhooks: document.webhooks }),
    ...(Object.keys(made).length === 0 ? {} : { components: made }),
    ...(about.openapiTags === undefined ? {} : { tags: about.openapiTags }),
    ...(about.externalDocs === undefined ? {} : { externalDocs: defined({ ...about.externalDocs }) }),
  };
}

function checkVersion(version: OpenApiVersion = "3.1.0"): OpenApiVersion {
  if (versions.includes(version)) return version;
  throw new ApusError(
    `APUS_OPTIONS: App: openapiVersion is ${JSON.stringify(version)}; there are ${versions.join(", ")}.`,
  );
}

const isShown = ({ settings }: Plan): boolean => settings.includeInSchema;

function pathItemsOf(plans: readonly Plan[], components: Components): PathItems {
  const items = new Map<string, Record<string, unknown>>();
  for (const plan of plans) {
    const path = plan.template.names.length === 0 ? plan.operation.path : withoutConvertors(plan.operation.path);
    const item = items.get(path) ?? {};
    for (const method of plan.methods) item[method.toLowerCase()] = operationOf(plan, components);
    items.set(path, item);
  }
  return Object.fromEntries(items);
}

/** Callbacks by name, each with the addresses that it goes to. */
function callbacksOf(plans: readonly Plan[], components: Components): Record<string, PathItems> {
  return Object.fromEntries(plans.map((plan) => [plan.settings.keys.at(-1)!, pathItemsOf([plan], components)]));
}

function operationOf(plan: Plan, components: Components): Record<string, unknown> {
  const { settings, operation } = plan;
  const parameters = parametersOf(plan, components);
  const requestBody = requestBodyOf(plan, components);
  const made = {
    tags: settings.tags.length > 0 ? settings.tags : undefined,
    summary: settings.summary,
    description: operation.options.description,
    operationId: settings.id,
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody,
    responses: responsesOf(plan, components),
    callbacks: plan.callbacks.length > 0 ? callbacksOf(plan.callbacks, components) : undefined,
    deprecated: settings.deprecated ? true : undefined,
    security: plan.security.length > 0 ? securityOf(plan.security) : undefined,
  };
  return defined(joined(defined(made), operation.options.openapi ?? {}));
}
