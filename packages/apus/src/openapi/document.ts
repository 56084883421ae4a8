/** The OpenAPI 3.1 document of an app, made from the plans that answer its requests (contract of FastAPI, section 11). */
import type { Plan } from "../plan/index.ts";
import { withoutConvertors } from "../routing/index.ts";
import { Components, type JsonSchema } from "../schema/index.ts";
import { defined } from "./defined.ts";
import { aboutOf, documented, type DocumentInfo } from "./info.ts";
import { parametersOf, requestBodyOf } from "./inputs.ts";
import { joined } from "./joined.ts";
import { responsesOf } from "./responses.ts";
import { securityOf, securitySchemesOf } from "./security.ts";
import { plainOf, withSchemas } from "./written.ts";

/** An OpenAPI document as plain data. */
export interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, unknown>>;
  webhooks?: Record<string, Record<string, unknown>>;
  components?: { schemas?: Record<string, JsonSchema>; securitySchemes?: Record<string, unknown> };
  [key: string]: unknown;
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
  const { openapi, info, servers, tags, externalDocs } = plainOf(aboutOf(about), "App");
  const components = new Components(about.separateInputOutputSchemas);
  const shown = plans.filter(isShown);
  const called = webhooks.filter(isShown);
  const paths = pathItemsOf(shown, components);
  const hooks = called.length === 0 ? undefined : pathItemsOf(called, components);
  const securitySchemes = securitySchemesOf([...shown, ...shown.flatMap(({ callbacks }) => callbacks), ...called]);
  const { document, schemas } = components.finish({ info, servers, paths, webhooks: hooks, tags, externalDocs });
  const made = {
    ...(Object.keys(schemas).length === 0 ? {} : { schemas }),
    ...(Object.keys(securitySchemes).length === 0 ? {} : { securitySchemes }),
  };
  return defined({
    openapi,
    info: document.info,
    servers: document.servers,
    paths: document.paths,
    webhooks: document.webhooks,
    components: Object.keys(made).length === 0 ? undefined : made,
    tags: document.tags,
    externalDocs: document.externalDocs,
  }) as OpenApiDocument;
}

const isShown = ({ settings }: Plan): boolean => settings.includeInSchema;

function pathItemsOf(plans: readonly Plan[], components: Components): PathItems {
  const items = new Map<string, Record<string, unknown>>();
  for (const plan of plans) {
    const path = plan.template.names.length === 0 ? plan.operation.path : withoutConvertors(plan.operation.path);
    const item = items.get(path) ?? {};
    for (const [i, method] of plan.methods.entries()) item[method.toLowerCase()] = operationOf(plan, i, components);
    items.set(path, item);
  }
  return Object.fromEntries(items);
}

/** Callbacks by name, each with the addresses that it goes to. */
function callbacksOf(plans: readonly Plan[], components: Components): Record<string, PathItems> {
  return Object.fromEntries(plans.map((plan) => [plan.settings.keys.at(-1)!, pathItemsOf([plan], components)]));
}

/** Methods of whose requests a body means nothing (RFC 9110, section 9.3), as FastAPI lists them. */
const bodiless = new Set(["OPTIONS", "TRACE"]);

/** An operation as it is described, once for each of its methods. */
export function operationsOf(plan: Plan, components: Components): Record<string, unknown>[] {
  return plan.methods.map((_, i) => operationOf(plan, i, components));
}

/** @param index Which of its methods. */
function operationOf(plan: Plan, index: number, components: Components): Record<string, unknown> {
  const { settings, operation, methods } = plan;
  const parameters = parametersOf(plan, components);
  const made = {
    tags: settings.tags.length > 0 ? settings.tags : undefined,
    summary: settings.summary,
    description: operation.options.description,
    operationId: settings.ids[index],
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody: bodiless.has(methods[index]!) ? undefined : requestBodyOf(plan, components),
    responses: responsesOf(plan, components),
    callbacks: plan.callbacks.length > 0 ? callbacksOf(plan.callbacks, components) : undefined,
    deprecated: settings.deprecated ? true : undefined,
    security: plan.security.length > 0 ? securityOf(plan.security) : undefined,
  };
  components.place = `${settings.label}, openapi`;
  const { responses, ...more } = operation.options.openapi ?? {};
  const written = {
    ...withSchemas(more, "input", components),
    ...(responses === undefined ? {} : withSchemas({ responses }, "output", components)),
  };
  return plainOf(documented(defined(joined(defined(made), written))), settings.label);
}
