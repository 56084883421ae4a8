/** What an app answers besides its operations: the document, the pages that show it, and its health. */
import type { Answering } from "../around/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import type { Dependency } from "../dependency/index.ts";
import type { Answer, Host } from "../exchange/index.ts";
import { answerDocsRoute, docsRoutes } from "../openapi/index.ts";
import type { Plan } from "../plan/index.ts";
import type { Matcher } from "../routing/index.ts";
import type { Page } from "./answering.ts";
import type { DocumentAt } from "./document.ts";
import type { AppOptions } from "./options.ts";

interface Context {
  readonly options: AppOptions;
  readonly host: () => Host | undefined;
  /** Whether the server that answers is closing. */
  readonly draining: () => boolean;
  readonly document: DocumentAt;
  /** The document of the app's sockets; undefined where it has none to show. */
  readonly asyncDocument: ((rootPath: string) => object) | undefined;
  /** What stands in front of the app's paths where it is not mounted. */
  readonly rootPath: string;
  /** Puts guards in front of a page. */
  readonly guard: (path: string, dependencies: readonly Dependency[], page: Answering) => Answering;
}

/** The pages by path. */
export function pagesOf({
  options,
  host,
  draining,
  document,
  asyncDocument,
  rootPath,
  guard,
}: Context): Map<string, Page> {
  const { openapiUrl = "/openapi.json", title = "Apus", healthUrl = null, docsDependencies = [] } = options;
  const pages = new Map<string, Page>();
  if (healthUrl !== null) pages.set(healthUrl, () => health(draining()));
  if (openapiUrl === null) return pages;
  // What is no list is not taken for an empty one: linking the guards refuses it.
  const guarded = !(Array.isArray(docsDependencies) && docsDependencies.length === 0);
  const add = (path: string, page: Page): void =>
    void pages.set(path, guarded ? guard(path, docsDependencies, page) : page);

  const headers = ["content-type", "application/json", ...(guarded ? ["cache-control", "no-store"] : [])];
  const addDocument = (path: string, at: (rootPath: string) => object): void => {
    const texts = new Map<string, string>();
    add(path, (exchange) => {
      const text = texts.get(exchange.rootPath) ?? JSON.stringify(at(exchange.rootPath));
      texts.set(exchange.rootPath, text);
      return { status: 200, headers, body: text };
    });
  };
  addDocument(openapiUrl, document);
  const { asyncapiUrl = "/asyncapi.json" } = options;
  if (asyncDocument !== undefined && asyncapiUrl !== null) addDocument(asyncapiUrl, asyncDocument);
  const routes = docsRoutes({
    title,
    docsUrl: options.docsUrl,
    redocUrl: options.redocUrl,
    openapiUrl,
    guarded,
    oauth2RedirectUrl: options.swaggerUiOauth2RedirectUrl,
    parameters: options.swaggerUiParameters,
    initOAuth: options.swaggerUiInitOauth,
    redocParameters: options.redocParameters,
    // The pages reach what the document names (servers, where tokens come from); their policy allows no other origin.
    document: () => document(rootPath),
  });
  for (const route of routes) {
    add(route.path, async () => {
      const { status, headers, body } = await answerDocsRoute(route, host());
      return { status, headers: headers.flat(), body };
    });
  }
  return pages;
}

/** Never from a cache: the next answer may be another. */
function health(draining: boolean): Answer {
  return {
    status: draining ? 503 : 200,
    headers: ["content-type", "application/json", "cache-control", "no-store"],
    body: draining ? '{"status":"draining"}' : '{"status":"ok"}',
  };
}

/** @throws ApusError where an operation would answer in place of the server: load balancers would never see it drain. */
export function refuseTakenHealth(path: string | null, matcher: Matcher<Plan>): void {
  if (path === null) return;
  const found = matcher.find("GET", checkedPath("healthUrl", path));
  if (found.kind !== "match") return;
  throw new ApusError(
    `APUS_PATH: healthUrl is "${path}", which ${found.route.settings.label} answers already; give the health another path.`,
  );
}

function checkedPath(option: string, path: string): string {
  if (typeof path === "string" && path.startsWith("/") && !/[{}?#]/.test(path)) return path;
  throw new ApusError(
    `APUS_PATH: ${option} is ${JSON.stringify(path)}; it has to start with "/" and has no parameters.`,
  );
}
