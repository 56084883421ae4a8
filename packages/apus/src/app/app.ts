/** The App: what is included in it is linked into plans at start-up; each request follows one of them. */
import { ApusError, checkCopy, checkOptionNames, ofThisCopy } from "../diagnostic/index.ts";
import { AppScope, isDependency, type Declaration, type Dependency } from "../dependency/index.ts";
import { Exchange, Handshake, WebIncoming, type Answer, type Host, type Upgrade } from "../exchange/index.ts";
import type { AsyncApiDocument } from "../asyncapi/index.ts";
import type { OpenApiDocument } from "../openapi/index.ts";
import {
  checkRoutes,
  declarationNumber,
  del,
  get,
  frontend,
  isFrontend,
  isOperation,
  isSocket,
  patch,
  placedIn,
  post,
  put,
  socket,
  type Declare,
  type DeclareSocket,
  type DeclaredFrontend,
  type FrontendOptions,
  type Operation,
  type Outbound,
  type Routed,
  type SocketRoute,
} from "../operation/index.ts";
import type { Reporter, RoutedSocket } from "../plan/index.ts";
import { isStaticFiles, type StaticFiles } from "../static-files/index.ts";
import { link, type AppDescription, type Linked } from "./linked.ts";
import { checkMount, type FetchHandler, type MountOptions } from "./mount.ts";
import type { Mounted } from "./mounts.ts";
import { appOptions, type AppOptions } from "./options.ts";
import { respond } from "./respond.ts";
import type { Deployment } from "./site.ts";

/** A dependency and what stands for it: `[session, fakeSession]`. */
export type Override = readonly [original: Dependency, replacement: Dependency];

/** What a `fetch` runtime gives besides the request. */
export interface FetchContext {
  /** Given to handlers as `request.env`: the bindings of a worker. */
  readonly env?: unknown;
  /** Keeps the runtime alive until work that follows the answer is done. */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}

const reportToConsole: Reporter = (error, { requestId, method, path }) => {
  // The path is decoded: quoted, so that a line break in it cannot pass for a line of the log.
  console.error(`apus: ${method} ${JSON.stringify(path)} failed; request ${requestId}\n`, error);
};

/**
 * An application.
 *
 * @example
 * const app = new App({ title: "My API", version: "1.0.0" });
 * app.get("/", () => ({ message: "Hello World" }));
 * app.include(api);
 */
export class App {
  readonly options: AppOptions;
  #host: Host | undefined;
  #draining = false;
  #deployment: Deployment;
  readonly #routed: Routed[] = [];
  readonly #sockets: RoutedSocket[] = [];
  readonly #frontends: DeclaredFrontend[] = [];
  readonly #mounted: Mounted[] = [];
  readonly #overrides = new Map<Dependency, Declaration>();
  #appScope: AppScope;
  #linked: Linked | undefined;
  /** What was linked when the app was closed: until it is started again, it may be deployed elsewhere and linked anew. */
  #closed: Linked | undefined;

  /** @throws ApusError for an option that there is not. */
  constructor(options: AppOptions = {}) {
    checkOptionNames("App", options, appOptions);
    this.options = options;
    this.#deployment = { rootPath: options.rootPath, trustedProxies: options.trustedProxies };
    this.#appScope = this.#newScope();
  }

  /** Where the documentation page is, or null where there is none. */
  get docsUrl(): string | null {
    const { docsUrl = "/docs", openapiUrl = "/openapi.json" } = this.options;
    return openapiUrl === null ? null : docsUrl;
  }

  /**
   * Adds a router's operations, or one operation. Options belong to `router`, so there are none here.
   * @throws TypeError for what holds no operation.
   */
  include(routes: object, ...more: never[]): this {
    this.#change();
    if (more.length > 0) {
      throw new ApusError(
        "APUS_OPTIONS: app.include(routes) takes no options; they belong to the router: app.include(router(routes, { prefix, dependencies })).",
      );
    }
    checkRoutes("app.include()", routes);
    const found = placedIn(routes);
    if (found.length === 0) {
      throw new ApusError(
        "APUS_EMPTY: app.include(routes) found no operation in it; give it a router or a module that exports operations.",
      );
    }
    for (const { placed, keys } of found) {
      if (isOperation(placed)) this.#routed.push({ operation: placed, keys });
      else if (isSocket(placed)) this.#sockets.push({ socket: placed, keys });
      else if (isFrontend(placed)) this.#frontends.push(placed);
    }
    return this;
  }

  /** Declares and includes a GET operation: the short form. It is not part of a client's types. */
  readonly get: Declare<"GET"> = this.#short(get);
  /** Declares and includes a POST operation. */
  readonly post: Declare<"POST"> = this.#short(post);
  /** Declares and includes a PUT operation. */
  readonly put: Declare<"PUT"> = this.#short(put);
  /** Declares and includes a PATCH operation. */
  readonly patch: Declare<"PATCH"> = this.#short(patch);
  /** Declares and includes a DELETE operation. */
  readonly del: Declare<"DELETE"> = this.#short(del);
  /** The same, as one types it first. */
  readonly delete: Declare<"DELETE"> = this.del;

  /** Declares and includes a WebSocket: the short form. */
  readonly socket: DeclareSocket = (...args: readonly unknown[]) => {
    const declared = (socket as (...args: readonly unknown[]) => SocketRoute)(...args);
    this.include(declared);
    return declared as never;
  };

  #short<M extends string>(declare: Declare<M>): Declare<M> {
    return ((...args: unknown[]) => {
      const operation = (declare as (...args: unknown[]) => Operation | Outbound)(...args);
      if (operation.kind === "outbound") {
        throw new ApusError(
          `APUS_HANDLER: ${operation.method} ${operation.path}: what an app answers needs a handler, as its last argument; what it calls at others is named in \`callbacks\` or \`webhooks\`.`,
        );
      }
      this.include(operation);
      return operation;
    }) as unknown as Declare<M>;
  }

  /**
   * Puts a whole application under a prefix. It keeps its own middleware, error handlers, documentation and limits, opens and
   * closes with this app, and sees the prefix as part of its root path. Operations declared before it win over it.
   *
   * @param prefix Begins with `/`; `/` itself mounts it behind everything else. The prefix alone is redirected to `prefix/`.
   * @param application Another App; anything with a `fetch` that answers web Requests, which sees the path behind the prefix;
   *   or a directory of files, `staticFiles("static")`.
   * @throws ApusError for a bad prefix, for what is no application, and for an app that would contain itself.
   * @example
   * const admin = new App({ title: "Admin" });
   * app.mount("/admin", admin, { dependencies: [adminOnly] });
   */
  mount(prefix: string, application: App | FetchHandler | StaticFiles, options: MountOptions = {}): this {
    this.#change();
    const kind = application instanceof App ? "app" : isStaticFiles(application) ? "files" : "handler";
    const path = checkMount(prefix, kind, options);
    if (kind !== "files" && !answersRequests(application)) {
      throw new ApusError(
        `APUS_MOUNT: app.mount(${JSON.stringify(prefix)}) takes an App, an object with fetch(request), or staticFiles(directory).`,
      );
    }
    if (application instanceof App && application.#contains(this)) {
      throw new ApusError(`APUS_MOUNT: app.mount(${JSON.stringify(prefix)}): the app would contain itself.`);
    }
    checkCopy(application, "the App given to app.mount()");
    if (application instanceof App) application.host ??= this.#host;
    const order = declarationNumber();
    this.#mounted.push({ prefix: path, application, handle: answeringOf(application), options, order });
    return this;
  }

  /**
   * Serves a front end that was built into a directory, behind everything else in the app: the short form of `frontend`.
   * @throws ApusError as `frontend` does.
   * @example app.frontend("/", { directory: "dist" });
   */
  frontend(path: string, options: FrontendOptions): this {
    return this.include(frontend(path, options));
  }

  /** The Apps among what is mounted, each once. */
  #apps(): App[] {
    return [...new Set(this.#mounted.map(({ application }) => application))].filter((each) => each instanceof App);
  }

  /** What the adapter gives for what the core cannot reach by itself, such as files; mounted Apps have it too. */
  get host(): Host | undefined {
    return this.#host;
  }
  set host(host: Host | undefined) {
    this.#host = host;
    for (const each of this.#apps()) each.host ??= host;
  }

  /** Whether the server that answers for it is closing; its health, and that of mounted Apps, says so to load balancers. */
  get draining(): boolean {
    return this.#draining;
  }
  set draining(draining: boolean) {
    this.#draining = draining;
    for (const each of this.#apps()) each.draining = draining;
  }

  #contains(other: App): boolean {
    return this === other || this.#apps().some((each) => each.#contains(other));
  }

  #change(): void {
    if (this.#linked === undefined) return;
    throw new ApusError("APUS_STARTED: this app already answers requests; include everything before it starts.");
  }

  /**
   * A copy with dependencies replaced, by identity, wherever they are used. The original and the document stay as they are.
   * @example const testing = app.with({ overrides: [[session, fakeSession]] });
   */
  with({ overrides = [] }: { readonly overrides?: readonly Override[] | undefined }): App {
    const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2 && pair.every(isDependency);
    if (!Array.isArray(overrides) || !overrides.every(isPair)) {
      throw new ApusError(
        "APUS_OVERRIDE: overrides is a list of pairs of dependencies: [[session, depends(() => fake)]].",
      );
    }
    const copy = new App(this.options);
    copy.host = this.host;
    copy.#deployment = this.#deployment;
    copy.#routed.push(...this.#routed);
    copy.#sockets.push(...this.#sockets);
    copy.#frontends.push(...this.#frontends);
    // An app that is mounted twice is one app in the copy too.
    const copies = new Map(this.#apps().map((each) => [each as Mounted["application"], each.with({ overrides })]));
    for (const mounted of this.#mounted) {
      const { application } = mounted;
      const other = copies.get(application) ?? application;
      copy.#mounted.push({ ...mounted, application: other, handle: answeringOf(other) });
    }
    for (const [original, replacement] of [...this.#overrides, ...overrides]) {
      copy.#overrides.set(original, replacement as Declaration);
    }
    return copy;
  }

  /**
   * Says where and behind what the app runs; it is stronger than the App's own options. Servers call it before the start.
   * @throws ApusError while the app answers requests.
   */
  deploy({ rootPath, trustedProxies }: Deployment): this {
    if (this.#linked === this.#closed) this.#linked = undefined;
    this.#change();
    this.#deployment = {
      rootPath: rootPath ?? this.#deployment.rootPath,
      trustedProxies: trustedProxies ?? this.#deployment.trustedProxies,
    };
    return this;
  }

  readonly #resolve = (declaration: Declaration): Declaration => this.#overrides.get(declaration) ?? declaration;

  #newScope(): AppScope {
    return new AppScope((declaration) => this.#resolve(declaration));
  }

  #link(): Linked {
    return (this.#linked ??= link(
      { routed: this.#routed, sockets: this.#sockets, frontends: this.#frontends, mounted: this.#mounted },
      {
        options: this.options,
        resolve: this.#resolve,
        overridden: this.#overrides.size > 0,
        appScope: this.#appScope,
        report: this.options.report ?? reportToConsole,
        host: () => this.host,
        deployment: this.#deployment,
        draining: () => this.draining,
      },
    ));
  }

  /**
   * Checks and links everything, makes the document where one is served, and opens what lives as long as the app. Servers call
   * it before they listen.
   * @returns Warnings about declarations that work but are hardly meant.
   */
  async startup(): Promise<readonly string[]> {
    this.#closed = undefined;
    const { appDependencies, warnings, document, asyncDocument, checkDirectories } = this.#link();
    // What is wrong with the document stops the start. With overrides it is that of the app they were put over.
    if (this.options.openapiUrl !== null && this.#overrides.size === 0) {
      document();
      if (this.options.asyncapiUrl !== null) asyncDocument();
    }
    const told = [...(await checkDirectories(this.host))];
    try {
      for (const { declaration, key } of appDependencies) await this.#appScope.get(declaration, key);
      for (const each of this.#apps()) told.push(...(await each.startup()));
    } catch (error) {
      await this.shutdown().catch(() => {});
      throw error;
    }
    return [...warnings(), ...told];
  }

  /** Closes what lives as long as the app, last opened first, mounted apps before it. It may be started again, and deployed elsewhere. */
  async shutdown(): Promise<void> {
    this.#closed = this.#linked;
    let failed: { readonly error: unknown } | undefined;
    for (const each of this.#apps().toReversed()) {
      await each.shutdown().catch((error: unknown) => (failed ??= { error }));
    }
    await this.#appScope.close();
    if (failed !== undefined) throw failed.error;
  }

  /** The OpenAPI document; made once. */
  openapi(): OpenApiDocument {
    return this.#link().document();
  }

  /** The AsyncAPI document: the app's sockets, which OpenAPI cannot describe; made once. */
  asyncapi(): AsyncApiDocument {
    return this.#link().asyncDocument();
  }

  /**
   * The operations and their plans as plain data, which JSON can hold; nothing is started.
   * @param options.code Whether the text of what reads and writes is part of it. Default: false.
   * @throws ApusError for what would stop the start.
   * @example for (const { id, methods, path } of app.describe().operations) console.log(methods.join("|"), path, id);
   */
  describe({ code = false }: { readonly code?: boolean | undefined } = {}): AppDescription {
    return this.#link().describe(code);
  }

  /** Answers one exchange: the door for adapters. Never throws and never rejects for what a request can cause. */
  handle(exchange: Exchange): Answer | Promise<Answer> {
    return this.#link().answer(exchange);
  }

  /**
   * Takes a WebSocket handshake: the door for adapters. Middleware see it as a GET request whose answer is the 101, or what
   * refuses it.
   * @returns Where it is refused, the answer, to be sent like any other, what follows it included. Where it was accepted, undefined,
   *   once the handler and all clean-ups are through. Never rejects.
   */
  async connect(exchange: Exchange, upgrade: Upgrade): Promise<Answer | undefined> {
    const { course } = exchange;
    course.handshake = new Handshake(upgrade);
    const answer = await this.handle(exchange);
    const { handshake } = course;
    if ((await handshake.settle(answer)) === "refused") return answer;
    if (handshake.fault !== undefined) exchange.tell(handshake.fault);
    await answer.after?.();
    return undefined;
  }

  /**
   * Answers a web Request, on any runtime that has them. App-scoped dependencies open at first use.
   * @param context What the runtime gives besides; `waitUntil` keeps it alive for work that follows the answer.
   */
  readonly fetch = async (request: Request, context?: FetchContext): Promise<Response> => {
    const exchange = new Exchange(new WebIncoming(request));
    exchange.course.env = context?.env;
    const answer = await this.handle(exchange);
    // A handler that was given up may go on for ever: what follows it must not keep the answer.
    const waitUntil = context?.waitUntil?.bind(context) ?? (exchange.course.interrupted && (() => {}));
    return respond(answer, exchange, waitUntil);
  };
}
ofThisCopy(App.prototype);

function answersRequests(application: unknown): boolean {
  return (
    typeof application === "object" &&
    application !== null &&
    "fetch" in application &&
    typeof application.fetch === "function"
  );
}

/** An App answers exchanges itself; anything else answers web Requests. */
function answeringOf(application: Mounted["application"]): Mounted["handle"] {
  return application instanceof App ? (exchange) => application.handle(exchange) : undefined;
}
