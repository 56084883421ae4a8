/** An app after linking: its plans behind a matcher, the document and its pages, and what opens with it. */
import type { Answering } from "../around/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import {
  isDependency,
  Lifetimes,
  type AppScope,
  type Declaration,
  type Dependency,
  type Resolve,
} from "../dependency/index.ts";
import type { AsyncApiDocument } from "../asyncapi/index.ts";
import type { Host, Site } from "../exchange/index.ts";
import { isDoubtful, securitySchemesOf, type OpenApiDocument } from "../openapi/index.ts";
import type { DeclaredFrontend, Routed } from "../operation/index.ts";
import {
  describe,
  describeMount,
  describeOutbound,
  describeSocket,
  guarded,
  link as linkPlan,
  linkSocket,
  linkContext,
  linked,
  linkOutbound,
  slowPatterns,
  tellLate,
  unreachableLimits,
  type MountDescription,
  type OperationDescription,
  type OutboundDescription,
  type Plan,
  type Reporter,
  type RoutedSocket,
  type SocketDescription,
} from "../plan/index.ts";
import { Matcher } from "../routing/index.ts";
import { isStaticFiles } from "../static-files/index.ts";
import { answering, failingOf } from "./answering.ts";
import { asyncDocumentOf, documentOf } from "./document.ts";
import { linkFrontends } from "./frontends.ts";
import { linkMounts, type Mounted } from "./mounts.ts";
import type { AppOptions } from "./options.ts";
import { pagesOf, refuseTakenHealth } from "./pages.ts";
import { literalNames, shadowed, shadowedFronts, shadowedPages } from "./shadowed.ts";
import { siteOf, type Deployment } from "./site.ts";

export interface Linked {
  /** What is worth a word, although it works. */
  warnings(): readonly string[];
  /** What lives as long as the app, in the order in which it is to be opened. */
  readonly appDependencies: readonly { readonly declaration: Declaration; readonly key: string }[];
  document(): OpenApiDocument;
  /** The document of its sockets. */
  asyncDocument(): AsyncApiDocument;
  /** Finds what is wrong with the documents; they are made for it only where something may be. @throws ApusError */
  checkDocuments(): void;
  /** The plans of its sockets, in the order in which they are tried. */
  readonly sockets: readonly Plan[];
  describe(code: boolean): AppDescription;
  /** Looks at the directories of files. @returns Warnings. @throws ApusError for one that is missing. */
  checkDirectories(host: Host | undefined): Promise<readonly string[]>;
  /** The path of what has a name. */
  readonly pathFor: Site["pathFor"];
  readonly answer: Answering;
}

/** An App as plain data. */
export interface AppDescription {
  /** In the order in which they are tried. */
  readonly operations: readonly OperationDescription[];
  /** In the order in which they are tried. */
  readonly sockets: readonly SocketDescription[];
  /** What is mounted in it, in the order in which it is tried, and then its front ends. */
  readonly mounts: readonly MountDescription[];
  readonly webhooks: readonly OutboundDescription[];
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
  /** Whether the documents are going to be checked: then what is known of schemas is kept for it. */
  readonly starting: boolean;
}

interface Included {
  readonly routed: readonly Routed[];
  readonly sockets: readonly RoutedSocket[];
  readonly frontends: readonly DeclaredFrontend[];
  readonly mounted: readonly Mounted[];
}

export function link({ routed, sockets, frontends, mounted }: Included, context: Context): Linked {
  const { options, resolve, appScope, report } = context;
  const shared = linkContext(options, resolve, appScope, report);
  const inOrder = withNamesakes(routed, ({ operation }) => operation);
  const plans = inOrder.map((each) => linkPlan(each, shared));
  const webhooks = linkOutbound(options.webhooks, [], "App: webhooks", shared);
  refuseEqualWebhooks(webhooks);
  const withCallbacks = plans.filter(({ callbacks }) => callbacks.length > 0);
  refuseEqualIds([...plans, ...withCallbacks.flatMap(({ callbacks }) => callbacks), ...webhooks]);
  const matcher = new Matcher(plans);
  const socketsInOrder = withNamesakes(sockets, ({ socket }) => socket);
  const socketPlans = socketsInOrder.map((each) => linkSocket(each, shared));
  refuseEqualIds(socketPlans);
  const socketMatcher = new Matcher(socketPlans);
  refuseTakenHealth(options.healthUrl ?? null, matcher);
  // Two schemes under one name stop the start wherever the app answers, not only where the document is asked for.
  if (!context.overridden) securitySchemesOf([...plans, ...socketPlans]);
  const document = documentOf(options, () => {
    if (!context.overridden) return { operations: plans, webhooks };
    const declared = linkContext(options, (declaration) => declaration, appScope, report);
    return { operations: inOrder.map((each) => linkPlan(each, declared)), webhooks };
  });
  const asyncDocument = asyncDocumentOf(options, () => {
    if (!context.overridden) return socketPlans;
    const declared = linkContext(options, (declaration) => declaration, appScope, report);
    return socketsInOrder.map((each) => linkSocket(each, declared));
  });
  const { rootPath = "" } = context.deployment;
  const lifespan = options.lifespan === undefined ? undefined : checkLifespan(options.lifespan, resolve);
  const fail = failingOf(options, report);
  const fronts = linkFrontends(frontends, shared);
  const mounts = linkMounts(mounted, shared, fail);
  const guards = mounts.flatMap(({ plan }) => plan ?? []);
  const pages = pagesOf({
    ...context,
    document,
    asyncDocument: socketPlans.some(({ settings }) => settings.includeInSchema) ? asyncDocument : undefined,
    rootPath,
    guard(path, dependencies, page) {
      const { plan, answer } = guarded(path, "documentation", dependencies, page, shared);
      guards.push(plan);
      return answer;
    },
  });
  linked(shared);
  if (!context.starting) shared.survey.clear();
  const site = siteOf(context.deployment, [...plans, ...socketPlans], mounted);
  return {
    warnings: () => [
      ...shadowed(plans, matcher),
      ...shadowed(socketPlans, socketMatcher),
      ...shadowedPages([...pages.keys()], matcher),
      ...shadowedFronts(fronts, mounts),
      ...literalNames([...plans, ...socketPlans]),
      ...(shared.survey.slow ? slowPatterns([...plans, ...socketPlans]) : []),
      ...unreachableLimits(plans),
    ],
    appDependencies: appDependenciesOf(
      [...plans, ...socketPlans, ...guards, ...fronts.map(({ plan }) => plan)],
      lifespan,
      resolve,
    ),
    pathFor: (name, params) => site.pathFor(name, params),
    document: () => document(rootPath),
    asyncDocument: () => asyncDocument(rootPath),
    checkDocuments() {
      // What was linked for another reason is not surveyed any more.
      const surveyed = context.starting && options.openapi === undefined;
      if (!surveyed || isDoubtful(plans, webhooks, options, shared.survey)) document(rootPath);
      shared.survey.clear();
      if (socketPlans.length > 0 && options.asyncapiUrl !== null) asyncDocument(rootPath);
    },
    sockets: socketPlans,
    async checkDirectories(host) {
      for (const { application } of mounted) if (isStaticFiles(application)) await application.check(host);
      return (await Promise.all(fronts.map((each) => each.check(host)))).flat();
    },
    describe: (code) => ({
      operations: plans.map((each) => describe(each, { middleware: options.middleware ?? [], code })),
      sockets: socketPlans.map((each) => describeSocket(each, { middleware: options.middleware ?? [], code })),
      mounts: [
        ...mounted.map((each, i) => describeMount(kindOf(each), each.prefix, mounts[i]!.plan, insideOf(each, code))),
        ...fronts.map(({ prefix, plan }) => describeMount("frontend", prefix, plan)),
      ],
      webhooks: webhooks.map(describeOutbound),
    }),
    answer: answering({
      options,
      matcher,
      sockets: socketMatcher,
      open: lifespan === undefined ? undefined : () => appScope.get(lifespan, "lifespan"),
      pages,
      mounts,
      fronts,
      fail,
      site: {
        ...site,
        host: context.host,
        tell: (error, exchange) => tellLate(report, error, exchange),
      },
    }),
  };
}

/** @throws ApusError where one webhook would replace another in the document. */
function refuseEqualWebhooks(webhooks: readonly Plan[]): void {
  const known = new Map<string, Plan>();
  for (const plan of webhooks) {
    const place = `${plan.operation.method} ${plan.operation.path}`;
    const twin = known.get(place);
    if (twin !== undefined) {
      throw new ApusError(
        `APUS_OUTBOUND: App: webhooks: "${twin.settings.name}" and "${plan.settings.name}" are both ${place}; give one of them another name.`,
      );
    }
    known.set(place, plan);
  }
}

function kindOf({ application, handle }: Mounted): MountDescription["kind"] {
  if (handle !== undefined) return "app";
  return isStaticFiles(application) ? "files" : "handler";
}

/** What a mounted App says of itself: it alone answers exchanges. */
function insideOf({ application, handle }: Mounted, code: boolean): AppDescription | undefined {
  if (handle === undefined) return undefined;
  return (application as unknown as { describe(options: { readonly code: boolean }): AppDescription }).describe({
    code,
  });
}

function refuseEqualIds(plans: readonly Plan[]): void {
  const byId = new Map<string, Plan>();
  for (const plan of plans) {
    const { id, ids } = plan.settings;
    for (const each of ids.length === 1 ? ids : new Set([id, ...ids])) {
      const twin = byId.get(each);
      if (twin !== undefined) {
        throw new ApusError(
          `APUS_OPERATION_ID: ${twin.settings.label} and ${plan.settings.label} both have the operation id "${each}"; give one of them a \`name\` or an \`operationId\`.`,
        );
      }
      byId.set(each, plan);
    }
  }
}

/** What has a name of its own, or that of its function. */
interface Named {
  readonly order: number;
  readonly options: { readonly name?: string | undefined };
  readonly handler: { readonly name: string };
}

/**
 * In the order of declaration. One function may answer several paths; without keys and names of their own they are told apart by
 * their paths.
 */
function withNamesakes<T extends { readonly keys: readonly string[] }>(
  routed: readonly T[],
  namedOf: (routed: T) => Named,
): readonly (T & { readonly namesakes?: boolean })[] {
  const inOrder = routed.toSorted((one, other) => namedOf(one).order - namedOf(other).order);
  const nameOf = (each: T): string => {
    const { options, handler } = namedOf(each);
    return each.keys.length > 0 || options.name !== undefined ? "" : handler.name;
  };
  const counts = new Map<string, number>();
  for (const each of inOrder) {
    const name = nameOf(each);
    if (name !== "") counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (counts.size === 0) return inOrder;
  return inOrder.map((each) => {
    const name = nameOf(each);
    return name !== "" && counts.get(name)! > 1 ? { ...each, namesakes: true } : each;
  });
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
  // Operations with equal dependencies have one list of them.
  for (const steps of new Set(plans.map((plan) => plan.steps))) {
    for (const step of steps) visit(step.declaration, step.key);
  }
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
