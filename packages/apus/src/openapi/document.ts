/** The OpenAPI 3.1 document of an app, made from the plans that answer its requests (contract of FastAPI, section 11). */
import { reasonPhrase, type ErrorClass } from "../error/index.ts";
import type { Plan } from "../plan/index.ts";
import { withoutConvertors } from "../routing/index.ts";
import { Components, isZod, type JsonSchema } from "../schema/index.ts";
import { parametersOf, requestBodyOf } from "./inputs.ts";
import { validationErrorSchemas } from "./validation-error.ts";

/** An OpenAPI document as plain data. */
export interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, unknown>>;
  components?: { schemas?: Record<string, JsonSchema> };
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

const defined = (record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== ""));

/** @throws ComponentError when two schemas claim one component name. */
export function openApiDocument(plans: readonly Plan[], about: DocumentInfo): OpenApiDocument {
  const components = new Components();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const plan of plans) {
    if (!plan.settings.includeInSchema) continue;
    const path = withoutConvertors(plan.operation.path);
    for (const method of plan.methods) (paths[path] ??= {})[method.toLowerCase()] = operationOf(plan, components);
  }
  const { document, schemas } = components.finish(paths);
  const { title = "Apus", version = "0.1.0", summary, description, termsOfService, contact, license } = about;
  return {
    openapi: "3.1.0",
    info: { title, ...defined({ summary, description, termsOfService, contact, license }), version },
    ...(about.servers === undefined ? {} : { servers: about.servers.map((each) => defined({ ...each })) }),
    paths: document,
    ...(Object.keys(schemas).length === 0 ? {} : { components: { schemas } }),
    ...(about.openapiTags === undefined ? {} : { tags: about.openapiTags }),
  };
}

function operationOf(plan: Plan, components: Components): Record<string, unknown> {
  const { settings, operation } = plan;
  const parameters = parametersOf(plan, components);
  const requestBody = requestBodyOf(plan, components);
  return defined({
    tags: settings.tags.length > 0 ? settings.tags : undefined,
    summary: settings.summary,
    description: operation.options.description,
    operationId: settings.id,
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody,
    responses: responsesOf(plan, components),
    deprecated: settings.deprecated ? true : undefined,
    ...operation.options.openapi,
  });
}

function responsesOf(plan: Plan, components: Components): Record<string, unknown> {
  const { options } = plan.operation;
  const { settings } = plan;
  const status = String(options.status ?? options.as?.status ?? 200);
  const responses: Record<string, Record<string, unknown>> = {};
  const success = contentOf(plan, components);
  responses[status] = defined({ description: options.responseDescription ?? "Successful Response", content: success });
  for (const [key, said] of Object.entries(settings.responses)) {
    const code = key === "default" ? key : key.toUpperCase();
    const known = responses[code];
    const schema = said.schema === undefined ? undefined : components.describe(said.schema, "output");
    const content = {
      ...(known?.content as object | undefined),
      ...(schema && { "application/json": { schema } }),
      ...said.content,
    };
    responses[code] = defined({
      description: said.description ?? known?.description ?? describeStatus(code),
      content: Object.keys(content).length > 0 ? content : undefined,
      headers: said.headers,
    });
  }
  for (const error of plan.errors) documentError(error, responses, plan, components);
  const covered = ["422", "4XX", "default"].some((code) => code in responses);
  if (plan.fields.length > 0 && !covered) responses["422"] = validationResponse(plan, components);
  return responses;
}

function contentOf(plan: Plan, components: Components): Record<string, unknown> | undefined {
  const { output, as, status = 200 } = plan.operation.options;
  if (status === 204 || status === 205 || status === 304) return undefined;
  if (as !== undefined) {
    return as.mediaType === null ? undefined : { [as.mediaType]: { schema: as.json ? {} : { type: "string" } } };
  }
  return { "application/json": { schema: output === undefined ? {} : components.describe(output, "output") } };
}

const ranges: Readonly<Record<string, string>> = {
  "1XX": "Information",
  "2XX": "Success",
  "3XX": "Redirection",
  "4XX": "Client Error",
  "5XX": "Server Error",
  default: "Default Response",
};

function describeStatus(code: string): string {
  return ranges[code] ?? (reasonPhrase(Number(code)) || "Additional Response");
}

/** Typed errors of one status share an entry; their titles make its description. */
function documentError(
  error: ErrorClass,
  responses: Record<string, Record<string, unknown>>,
  plan: Plan,
  components: Components,
): void {
  const code = String(error.status);
  const problem = plan.settings.errorShape === "problem";
  const type = problem ? "application/problem+json" : "application/json";
  const detail: JsonSchema =
    error.schema === undefined
      ? { type: "string", const: error.title }
      : isZod(error.schema)
        ? components.describe(error.schema, "output")
        : {};
  const schema: JsonSchema = problem
    ? {
        type: "object",
        properties: { type: { type: "string" }, title: { type: "string" }, status: { const: error.status }, detail },
        required: ["type", "title", "status"],
      }
    : { type: "object", properties: { detail }, required: ["detail"] };
  const known = responses[code] as
    { description: string; content?: Record<string, { schema?: JsonSchema }> } | undefined;
  const before = known?.content?.[type]?.schema;
  const either =
    before === undefined ? schema : { anyOf: [...((before.anyOf as JsonSchema[] | undefined) ?? [before]), schema] };
  responses[code] = {
    description: known === undefined ? error.title : `${known.description} or ${error.title}`,
    content: { ...known?.content, [type]: { schema: either } },
  };
}

function validationResponse(plan: Plan, components: Components): Record<string, unknown> {
  const { body, item } = validationErrorSchemas;
  components.fix("ValidationError", item);
  if (plan.settings.errorShape === "problem") {
    const schema = {
      type: "object",
      properties: {
        type: { type: "string" },
        title: { type: "string" },
        status: { const: 422 },
        detail: { type: "string" },
        errors: { type: "array", items: { $ref: "#/components/schemas/ValidationError" } },
      },
      required: ["type", "title", "status", "errors"],
    };
    return { description: "Validation Error", content: { "application/problem+json": { schema } } };
  }
  const schema = components.fix("HTTPValidationError", body);
  return { description: "Validation Error", content: { "application/json": { schema } } };
}
