/** The responses of the document: the answer, what options add to it, and the errors. */
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";
import { reasonPhrase, type ErrorClass } from "../error/index.ts";
import type { Plan } from "../plan/index.ts";
import type { AnySchema, Components, JsonSchema } from "../schema/index.ts";
import { defined } from "./defined.ts";
import { joined } from "./joined.ts";
import { withSchemas } from "./written.ts";
import { validationErrorSchemas } from "./validation-error.ts";

/** All answers of an operation: its own, those its routers add, its typed errors, and 422 where there are inputs. */
export function responsesOf(plan: Plan, components: Components): Record<string, unknown> {
  const { options } = plan.operation;
  const { settings } = plan;
  const status = String(options.status ?? options.as?.status ?? 200);
  const responses: Record<string, Record<string, unknown>> = {};
  components.place = `${settings.label}, answer`;
  const success = contentOf(plan, components);
  responses[status] = defined({ description: options.responseDescription ?? "Successful Response", content: success });
  const mediaType = (plan.items?.streams === "events" ? plan.items : options.as)?.mediaType ?? "application/json";
  for (const [key, said] of Object.entries(settings.responses)) {
    const code = codeOf(key, said, settings.label);
    const known = responses[code];
    const schema = said.schema === undefined ? undefined : components.describe(said.schema, "output");
    const { schema: _, description = known?.description ?? describeStatus(code), ...written } = said;
    const more = withSchemas(written, "output", components);
    const described = schema === undefined ? {} : { content: { [mediaType]: { schema } } };
    // What the schema says wins over what is written beside it, in `content`.
    responses[code] = defined({ ...joined(known ?? {}, joined(defined(more), described)), description });
  }
  // A range or a default that somebody wrote speaks for invalid inputs too; a declared 422 stands beside them.
  const covered = ["422", "4XX", "default"].some((code) => code in responses);
  if (plan.fields.length > 0 && !covered) responses["422"] = validationResponse(plan, components);
  for (const error of plan.errors) documentError(error, responses, plan, components);
  return responses;
}

/** @throws ApusError for what is no status, and for a schema where an answer cannot have a body. */
function codeOf(key: string, said: Plan["settings"]["responses"][string], label: string): string {
  checkOptionNames(`${label}: \`responses\` ${key}`, own(said), responseNames);
  const { schema } = said;
  const code = key.toLowerCase() === "default" ? "default" : key.toUpperCase();
  if (!/^(?:[1-5](?:\d\d|XX)|default)$/.test(code)) {
    throw new ApusError(
      `APUS_OPENAPI: ${label}: \`responses\` has the key ${JSON.stringify(key)}; there are statuses (404), ranges ("4XX") and "default".`,
    );
  }
  if (schema !== undefined && /^(?:1\d\d|204|205|304)$/.test(code)) {
    throw new ApusError(
      `APUS_OPENAPI: ${label}: \`responses\` has a schema for ${code}, an answer that must not have a body; drop it.`,
    );
  }
  return code;
}

const responseNames: OptionNames<Plan["settings"]["responses"][string]> = {
  description: true,
  schema: true,
  content: true,
  headers: true,
  links: true,
};

/** Without what the specification leaves to everybody: `x-logo`. */
function own(said: unknown): unknown {
  if (typeof said !== "object" || said === null || Array.isArray(said)) return said;
  return Object.fromEntries(Object.entries(said).filter(([name]) => !name.startsWith("x-")));
}

function contentOf(plan: Plan, components: Components): Record<string, unknown> | undefined {
  const { output, as, status = 200 } = plan.operation.options;
  if (status === 204 || status === 205 || status === 304) return undefined;
  if (plan.items !== undefined) return streamOf(plan.items, components);
  if (as !== undefined) {
    return as.mediaType === null ? undefined : { [as.mediaType]: { schema: as.json ? {} : { type: "string" } } };
  }
  const schema = output === undefined ? {} : components.describe(output as AnySchema, "output");
  return { "application/json": { schema } };
}

/** Items that are sent one by one: OpenAPI 3.2 describes each (section 4.14), and tools that know 3.1 alone pass over it. */
function streamOf(
  { streams, item, mediaType }: NonNullable<Plan["items"]>,
  components: Components,
): Record<string, unknown> {
  const schema = item === undefined ? {} : components.describe(item, "output");
  return {
    [mediaType]: { itemSchema: streams === "jsonLines" ? schema : eventOf(item === undefined ? undefined : schema) },
  };
}

/** @param data The schema of what is in the data, where there is one. */
function eventOf(data: JsonSchema | undefined): JsonSchema {
  const said =
    data === undefined
      ? { type: "string" }
      : { type: "string", contentMediaType: "application/json", contentSchema: data };
  const properties = {
    data: said,
    event: { type: "string" },
    id: { type: "string" },
    retry: { type: "integer", minimum: 0 },
  };
  return { type: "object", properties, ...(data === undefined ? {} : { required: ["data"] }) };
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
  components.place = `${plan.settings.label}, error "${error.title}"`;
  const detail: JsonSchema =
    error.schema === undefined ? { type: "string", const: error.title } : components.describe(error.schema, "output");
  const schema: JsonSchema = problem
    ? problemDetails(error.status, detail)
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

/** Problem details (RFC 9457): a text is the `detail`, anything else stands in `errors`. */
function problemDetails(status: number, detail: JsonSchema): JsonSchema {
  const named = { type: { type: "string" }, title: { type: "string" }, status: { const: status } };
  return detail.type === "string"
    ? { type: "object", properties: { ...named, detail }, required: ["type", "title", "status"] }
    : { type: "object", properties: { ...named, errors: detail }, required: ["type", "title", "status", "errors"] };
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
