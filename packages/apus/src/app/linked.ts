/** An app after linking: its plans behind a matcher, the document and its pages, and what opens with it. */
import { ApusError } from "../diagnostic/index.ts";
import {
  isDependency,
  Lifetimes,
  type AppScope,
  type Declaration,
  type Dependency,
  type Resolve,
} from "../dependency/index.ts";
import type { Answer, Exchange, Host } from "../exchange/index.ts";
import {
  answerDocsRoute,
  docsRoutes,
  openApiDocument,
  securitySchemesOf,
  type OpenApiDocument,
} from "../openapi/index.ts";
import type { Routed } from "../operation/index.ts";
import { link as linkPlan, linkContext, slowPatterns, tell, type Plan, type Reporter } from "../plan/index.ts";
import { Matcher } from "../routing/index.ts";
import { answering, type Page } from "./answering.ts";
import type { AppOptions } from "./options.ts";
import { shadowed } from "./shadowed.ts";
import { siteOf, type Deployment } from "./site.ts";

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
  /** What the deployment says, the App's options included. */
  readonly deployment: Deployment;
  /** Whether the server that answers is closing. */
  readonly draining: () => boolean;
}

export function link(routed: readonly Routed[], context: Context): Linked {
  const { options, resolve, appScope, report } = context;
  const shared = linkContext(options, resolve, appScope, report);
  const inOrder = routed.toSorted((a, b) => a.operation.order - b.operation.order);
  const plans = inOrder.map((each) => linkPlan(each, shared));
  refuseEqualIds(plans);
  const matcher = new Matcher(plans);
  refuseTakenHealth(options.healthUrl ?? null, matcher);
  // Two schemes under one name stop the start wherever the app answers, not only where the document is asked for.
  if (!context.overridden) securitySchemesOf(plans);
  const document = documentOf(inOrder, plans, context);
  const lifespan = options.lifespan === undefined ? undefined : checkLifespan(options.lifespan, resolve);
  return {
    warnings: () => [...shadowed(plans, matcher), ...slowPatterns(plans)],
    appDependencies: appDependenciesOf(plans, lifespan, resolve),
    document,
    answer: answering({
      options,
      report,
      matcher,
      open: lifespan === undefined ? undefined : () => appScope.get(lifespan, "lifespan"),
      pages: pagesOf(context, document),
      site: {
        ...siteOf(context.deployment, plans),
        host: context.host,
        tell: (error, exchange) => tell(report, error, exchange),
      },
    }),
  };
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

/** What opens at start, in order; the lifespan and what it needs come first. */
function appDependenciesOf(
  plans: readonly Plan[],
  lifespan: Declaration | undefined,
  resolve: Resolve,
): Linked["appDependencies"] {
  const found = new Map<Declaration, string>();
  const visit = (declaration: Declaration, key: string): void => {
    if (found.has(declaration)) return;
    for (const [name, entry] of Object.entries(declaration.input)) if (isDependency(entry)) visit(resolve(entry), name);
    if (declaration.options.scope === "app") found.set(declaration, key);
  };
  if (lifespan !== undefined) visit(lifespan, "lifespan");
  for (const plan of plans) for (const step of plan.steps) visit(step.declaration, step.key);
  return [...found].map(([declaration, key]) => ({ declaration, key }));
}

function checkLifespan(lifespan: Dependency, resolve: Resolve): Declaration {
  if (isDependency(lifespan) && new Lifetimes(resolve).of(resolve(lifespan), "the App", "lifespan") === "app") {
    const declaration = resolve(lifespan);
    // The same value where it can be: one that is injected too must not be opened twice.
    if (declaration.options.scope === "app") return declaration;
    return { ...declaration, options: { ...declaration.options, scope: "app" } };
  }
  throw new ApusError(
    'APUS_LIFESPAN: `lifespan` takes a dependency of scope "app": depends(async function* () { await open(); yield; await close(); }, { scope: "app" }).',
  );
}

/** Overrides are for tests; the document is that of the declarations, so it is made from plans without them. */
function documentOf(routed: readonly Routed[], plans: readonly Plan[], context: Context): () => OpenApiDocument {
  const { options, overridden, appScope, report } = context;
  let document: OpenApiDocument | undefined;
  return () => {
    if (document === undefined) {
      const declared = linkContext(options, (declaration) => declaration, appScope, report);
      const made = openApiDocument(overridden ? routed.map((each) => linkPlan(each, declared)) : plans, {
        ...options,
        servers: serversOf(options, context.deployment),
      });
      document = options.openapi === undefined ? made : options.openapi(made);
    }
    return document;
  };
}

/** The root path is a server of its own, the first, unless it is listed already. */
function serversOf({ servers, rootPathInServers = true }: AppOptions, { rootPath }: Deployment): AppOptions["servers"] {
  const url = (rootPath ?? "").replace(/\/$/, "");
  if (url === "" || !rootPathInServers || servers?.some((each) => each.url === url)) return servers;
  return [{ url }, ...(servers ?? [])];
}

function checkedPath(option: string, path: string): string {
  if (typeof path === "string" && path.startsWith("/") && !/[{}?#]/.test(path)) return path;
  throw new ApusError(
    `APUS_PATH: ${option} is ${JSON.stringify(path)}; it has to start with "/" and has no parameters.`,
  );
}

/** @throws ApusError where an operation would answer in place of the server: load balancers would never see it drain. */
function refuseTakenHealth(path: string | null, matcher: Matcher<Plan>): void {
  if (path === null) return;
  const found = matcher.find("GET", checkedPath("healthUrl", path));
  if (found.kind !== "match") return;
  throw new ApusError(
    `APUS_PATH: healthUrl is "${path}", which ${found.route.settings.label} answers already; give the health another path.`,
  );
}

/** Never from a cache: the next answer may be another. */
function health(draining: boolean): Answer {
  return {
    status: draining ? 503 : 200,
    headers: ["content-type", "application/json", "cache-control", "no-store"],
    body: draining ? '{"status":"draining"}' : '{"status":"ok"}',
  };
}

function pagesOf({ options, host, draining }: Context, document: () => OpenApiDocument): Map<string, Page> {
  const { openapiUrl = "/openapi.json", docsUrl, title = "Apus", healthUrl = null } = options;
  const pages = new Map<string, Page>();
  if (healthUrl !== null) pages.set(healthUrl, () => health(draining()));
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
