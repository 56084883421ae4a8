/** An app after linking: its plans behind a matcher, the document and its pages, and the answers outside any operation. */
import { ApusError } from "../diagnostic/index.ts";
import type { AppScope, Declaration, Resolve } from "../dependency/index.ts";
import { isDependency } from "../dependency/index.ts";
import { httpAnswer, HTTPException } from "../error/index.ts";
import type { Answer, Exchange, Host } from "../exchange/index.ts";
import { answerDocsRoute, docsRoutes, openApiDocument, type OpenApiDocument } from "../openapi/index.ts";
import type { Routed } from "../operation/index.ts";
import { failure, link as linkPlan, linkContext, run, slowPatterns, type Plan, type Reporter } from "../plan/index.ts";
import { Matcher } from "../routing/index.ts";
import type { AppOptions } from "./options.ts";
import { shadowed } from "./shadowed.ts";

export interface Linked {
  /** What is worth a word, although it works. */
  warnings(): readonly string[];
  /** What lives as long as the app, in the order in which it is to be opened. */
  readonly appDependencies: readonly { readonly declaration: Declaration; readonly key: string }[];
  document(): OpenApiDocument;
  answer(exchange: Exchange): Answer | Promise<Answer>;
}

interface Context {
  readonly options: AppOptions;
  readonly resolve: Resolve;
  /** Whether `resolve` replaces anything. */
  readonly overridden: boolean;
  readonly appScope: AppScope;
  readonly report: Reporter;
  readonly host: () => Host | undefined;
}

/** A fixed page of the app: the document, the documentation page and its files. */
type Page = () => Answer | Promise<Answer>;

export function link(routed: readonly Routed[], context: Context): Linked {
  const { options, resolve, appScope, report } = context;
  const shared = linkContext(options, resolve, appScope, report);
  const inOrder = routed.toSorted((a, b) => a.operation.order - b.operation.order);
  const plans = inOrder.map((each) => linkPlan(each, shared));
  refuseEqualIds(plans);
  const matcher = new Matcher(plans);
  const document = documentOf(inOrder, plans, context);
  const pages = pagesOf(context, document);
  const shape = options.errorShape ?? "fastapi";
  const outside = (status: number, headers?: Record<string, string>): Answer =>
    httpAnswer(new HTTPException(status, undefined, { headers }), shape);
  const redirects = options.redirectSlashes ?? true;

  const answer = (exchange: Exchange): Answer | Promise<Answer> => {
    const { target, method } = exchange;
    if (target === null) return httpAnswer(new HTTPException(400, "The path of the request is malformed"), shape);
    const found = matcher.find(method, target.path);
    if (found.kind === "match") return run(found.route, exchange, found.values);
    const page = pages.get(target.path);
    if (page !== undefined && (method === "GET" || method === "HEAD")) return page();
    if (found.kind === "method") return outside(405, { allow: found.methods.join(", ") });
    if (page !== undefined) return outside(405, { allow: "GET, HEAD" });
    const location = redirects ? otherSlash(exchange, matcher) : undefined;
    return location === undefined ? outside(404) : { status: 307, headers: ["location", location], body: null };
  };

  return {
    warnings: () => [...shadowed(plans, matcher), ...slowPatterns(plans)],
    appDependencies: appDependenciesOf(plans, resolve),
    document,
    answer(exchange) {
      try {
        return answer(exchange);
      } catch (error) {
        return failure(error, exchange, shape, report);
      }
    },
  };
}

/**
 * Where a path leads that only lacks or has too much of a trailing slash. The address is relative to the authority, so that
 * neither the Host header nor a proxy can point it elsewhere; `//host` would be such an address and is never redirected.
 */
function otherSlash(exchange: Exchange, matcher: Matcher<Plan>): string | undefined {
  const { path, query } = exchange.target!;
  if (path === "/" || path.startsWith("//")) return undefined;
  const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
  if (matcher.find(exchange.method, other).kind === "none") return undefined;
  // The path is decoded; what `encodeURI` leaves alone would begin a query or a fragment.
  const encoded = encodeURI(other).replaceAll("?", "%3F").replaceAll("#", "%23");
  return query === "" ? encoded : `${encoded}?${query}`;
}

function refuseEqualIds(plans: readonly Plan[]): void {
  const byId = new Map<string, Plan>();
  for (const plan of plans) {
    const { id, label } = plan.settings;
    const twin = byId.get(id);
    if (twin !== undefined) {
      throw new ApusError(
        `APUS_OPERATION_ID: ${twin.settings.label} and ${label} both have the operation id "${id}"; give one of them a \`name\` or an \`operationId\`.`,
      );
    }
    byId.set(id, plan);
  }
}

function appDependenciesOf(plans: readonly Plan[], resolve: Resolve): Linked["appDependencies"] {
  const found = new Map<Declaration, string>();
  const visit = (declaration: Declaration, key: string): void => {
    if (found.has(declaration)) return;
    for (const [name, entry] of Object.entries(declaration.input)) if (isDependency(entry)) visit(resolve(entry), name);
    if (declaration.options.scope === "app") found.set(declaration, key);
  };
  for (const plan of plans) for (const step of plan.steps) visit(step.declaration, step.key);
  return [...found].map(([declaration, key]) => ({ declaration, key }));
}

/** Overrides are for tests; the document is that of the declarations, so it is made from plans without them. */
function documentOf(routed: readonly Routed[], plans: readonly Plan[], context: Context): () => OpenApiDocument {
  const { options, overridden, appScope, report } = context;
  let document: OpenApiDocument | undefined;
  return () => {
    if (document === undefined) {
      const declared = linkContext(options, (declaration) => declaration, appScope, report);
      const made = openApiDocument(overridden ? routed.map((each) => linkPlan(each, declared)) : plans, options);
      document = options.openapi === undefined ? made : options.openapi(made);
    }
    return document;
  };
}

function pagesOf({ options, host }: Context, document: () => OpenApiDocument): Map<string, Page> {
  const { openapiUrl = "/openapi.json", docsUrl, title = "Apus" } = options;
  const pages = new Map<string, Page>();
  if (openapiUrl === null) return pages;
  let text: string | undefined;
  pages.set(openapiUrl, () => ({
    status: 200,
    headers: ["content-type", "application/json"],
    body: (text ??= JSON.stringify(document())),
  }));
  const routes = docsRoutes({
    title,
    docsUrl,
    openapiUrl,
    oauth2RedirectUrl: options.swaggerUiOauth2RedirectUrl,
    parameters: options.swaggerUiParameters,
    initOAuth: options.swaggerUiInitOauth,
    // "Try it out" reaches the document's servers; the page's policy allows no other origin.
    connectTo: options.servers?.map((each) => each.url).filter((url) => /^https?:\/\//.test(url)),
  });
  for (const route of routes) {
    pages.set(route.path, async () => {
      const { status, headers, body } = await answerDocsRoute(route, host());
      return { status, headers: headers.flat(), body };
    });
  }
  return pages;
}
