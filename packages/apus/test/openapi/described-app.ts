/**
 * An App of a description in plain data, of which FastAPI has a twin: models, parameters, bodies, dependencies, responses,
 * security, callbacks and webhooks. `fastapi-documents.json` holds such descriptions with the documents that FastAPI makes.
 */
import {
  App,
  body,
  cookie,
  del,
  depends,
  form,
  get,
  header,
  html,
  kind,
  operationIds,
  patch,
  path,
  post,
  put,
  query,
  redirect,
  router,
  text,
  type AppOptions,
  type Dependency,
} from "apus";
import { modelsOf, type Enumeration, type Field, type Member, type Model, type Type } from "./described-models.ts";
import { schemeOf, type Scheme } from "./described-schemes.ts";

interface Parameter extends Field {
  readonly in: "path" | "query" | "header" | "cookie";
}

interface DependencyOf {
  readonly params: readonly Parameter[];
  readonly deps: readonly DependencyOf[];
  readonly scheme?: string;
}

interface ResponseOf {
  readonly model?: Type;
  readonly [more: string]: unknown;
}

interface Shared {
  readonly tags?: readonly string[];
  readonly deprecated?: boolean;
  readonly include_in_schema?: boolean;
  readonly responses?: Readonly<Record<string, ResponseOf>>;
  readonly guards?: readonly DependencyOf[];
}

interface OperationOf extends Shared {
  readonly method: keyof typeof verbs;
  readonly name: string;
  readonly path: string;
  readonly params: readonly Parameter[];
  readonly deps: readonly DependencyOf[];
  readonly body?: readonly Field[];
  readonly form?: readonly Field[];
  readonly model_param?: { readonly name: string; readonly in: Parameter["in"]; readonly model: string };
  readonly output?: Type;
  readonly as?: keyof typeof kinds;
  readonly callbacks?: readonly OperationOf[];
  readonly [option: string]: unknown;
}

export interface Description {
  readonly app: { readonly shared: Shared; readonly [option: string]: unknown };
  readonly routers: readonly {
    readonly prefix: string;
    readonly shared: Shared;
    readonly ops: readonly OperationOf[];
  }[];
  readonly models: readonly Model[];
  readonly enums: readonly Enumeration[];
  readonly schemes: readonly Scheme[];
  readonly unions?: readonly { readonly name: string; readonly members: readonly Member[] }[];
  readonly trees?: readonly Model[];
  readonly webhooks?: readonly OperationOf[];
}

type Verb = (path: string, options: object, handler?: () => unknown) => object;
const verbs = { get, post, put, patch, delete: del } as unknown as Readonly<Record<string, Verb>>;
const markers = { path, query, header, cookie };
const csv = kind<unknown>({ mediaType: "text/csv", write: String });
const kinds = { html, text, redirect, csv };

/** The options that are there, under our names. */
function renamed(said: Readonly<Record<string, unknown>>, names: Readonly<Record<string, string>>): object {
  const entries = Object.entries(names).flatMap(([theirs, ours]) => (theirs in said ? [[ours, said[theirs]]] : []));
  return Object.fromEntries(entries) as object;
}

const markerNames = {
  title: "title",
  description: "description",
  deprecated: "deprecated",
  examples: "examples",
  openapi_examples: "openapiExamples",
  include_in_schema: "includeInSchema",
  alias: "alias",
  media_type: "mediaType",
  embed: "embed",
};
const sharedNames = { tags: "tags", deprecated: "deprecated", include_in_schema: "includeInSchema" };
const operationNames = {
  summary: "summary",
  description: "description",
  operation_id: "operationId",
  response_description: "responseDescription",
  status: "status",
  openapi: "openapi",
};
const appNames = {
  title: "title",
  version: "version",
  summary: "summary",
  description: "description",
  terms_of_service: "termsOfService",
  contact: "contact",
  license_info: "license",
  servers: "servers",
  openapi_tags: "openapiTags",
  external_docs: "externalDocs",
  separate: "separateInputOutputSchemas",
};

export function describedApp({ app: said, routers, schemes, webhooks = [], ...described }: Description): App {
  const { models, schemaOf, fieldOf } = modelsOf(described);
  const schemeNamed = new Map(schemes.map((each) => [each.name, schemeOf(each)]));
  const marked = (field: Field): object => renamed({ ...field }, markerNames);

  const inputsOf = ({ params, deps, scheme }: DependencyOf, between: readonly [string, unknown][] = []): object =>
    Object.fromEntries([
      ...params.map((each) => [each.name, markers[each.in](fieldOf(each), marked(each))] as const),
      ...between,
      ...(scheme === undefined ? [] : [["sch", schemeNamed.get(scheme)!] as const]),
      ...deps.map((each, i) => [`dep${i}`, dependencyOf(each)] as const),
    ]);
  const dependencyOf = (each: DependencyOf): Dependency => depends(inputsOf(each) as Record<never, never>, () => 1);

  const sharedOf = (shared: Shared): object => {
    const responses = Object.entries(shared.responses ?? {}).map(([code, { model, ...more }]) => {
      return [code, { ...more, ...(model === undefined ? {} : { schema: schemaOf(model) }) }];
    });
    return {
      ...renamed({ ...shared }, sharedNames),
      responses: Object.fromEntries(responses) as object,
      dependencies: (shared.guards ?? []).map(dependencyOf),
    };
  };

  const operationOf = (each: OperationOf, outbound = false): object => {
    const { model_param: model, body: bodies = [], form: forms = [], callbacks, output, as } = each;
    const input = inputsOf(each, [
      ...(model === undefined ? [] : [[model.name, markers[model.in](models.get(model.model)!)] as [string, unknown]]),
      ...bodies.map((field): [string, unknown] => [field.name, body(fieldOf(field), marked(field))]),
      ...forms.map((field): [string, unknown] => [field.name, form(fieldOf(field), marked(field))]),
    ]);
    const options = {
      ...sharedOf(each),
      ...renamed(each, operationNames),
      input,
      output: output === undefined ? undefined : schemaOf(output),
      as: as === undefined ? undefined : kinds[as],
      callbacks: callbacks === undefined ? undefined : outboundsOf(callbacks),
    };
    return verbs[each.method]!(each.path, options, ...(outbound ? [] : [() => null]));
  };
  const outboundsOf = (all: readonly OperationOf[]): AppOptions["webhooks"] =>
    Object.fromEntries(all.map((each) => [each.name, operationOf(each, true)])) as AppOptions["webhooks"];

  const app = new App({
    title: "FastAPI",
    ...renamed(said, appNames),
    ...sharedOf(said.shared),
    operationId: operationIds.fastapi,
    webhooks: outboundsOf(webhooks),
  });
  for (const { prefix, shared, ops } of routers) {
    const operations = Object.fromEntries(ops.map((each) => [each.name, operationOf(each)])) as object;
    app.include(router(operations, { prefix, ...sharedOf(shared) }));
  }
  return app;
}
