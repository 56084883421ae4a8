/** The OpenAPI 3.1 document of an app, made from the plans that answer its requests (contract of FastAPI, section 11). */
import type { Plan } from "../plan/index.ts";
import { withoutConvertors } from "../routing/index.ts";
import { Components, type JsonSchema } from "../schema/index.ts";
import { defined } from "./defined.ts";
import { parametersOf, requestBodyOf } from "./inputs.ts";
import { joined } from "./joined.ts";
import { responsesOf } from "./responses.ts";
import { securityOf, securitySchemesOf } from "./security.ts";

/** An OpenAPI document as plain data. */
export interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, unknown>>;
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
  /** Metadata of tags, in the order of the documentation page. */
  readonly openapiTags?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

/** @throws ApusError when two schemas claim one component name. */
export function openApiDocument(plans: readonly Plan[], about: DocumentInfo): OpenApiDocument {
  const components = new Components();
  const paths: Record<string, Record<string, unknown>> = {};
  const shown = plans.filter((plan) => plan.settings.includeInSchema);
  for (const plan of shown) {
    const path = withoutConvertors(plan.operation.path);
    for (const method of plan.methods) (paths[path] ??= {})[method.toLowerCase()] = operationOf(plan, components);
  }
  const { document, schemas } = components.finish(paths);
  const securitySchemes = securitySchemesOf(shown);
  const made = {
    ...(Object.keys(schemas).length === 0 ? {} : { schemas }),
    ...(Object.keys(securitySchemes).length === 0 ? {} : { securitySchemes }),
  };
  const { title = "Apus", version = "0.1.0", summary, description, termsOfService, contact, license } = about;
  return {
    openapi: "3.1.0",
    info: { title, ...defined({ summary, description, termsOfService, contact, license }), version },
    ...(about.servers === undefined ? {} : { servers: about.servers.map((each) => defined({ ...each })) }),
    paths: document,
    ...(Object.keys(made).length === 0 ? {} : { components: made }),
    ...(about.openapiTags === undefined ? {} : { tags: about.openapiTags }),
  };
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
    deprecated: settings.deprecated ? true : undefined,
    security: plan.security.length > 0 ? securityOf(plan.security) : undefined,
  };
  return defined(joined(defined(made), operation.options.openapi ?? {}));
}
