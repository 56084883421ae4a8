/** The App: what is included in it is linked into plans at start-up; each request follows one of them. */
import { ApusError, checkCopy, checkOptionNames, ofThisCopy } from "../diagnostic/index.ts";
import { AppScope, isDependency, type Declaration, type Dependency } from "../dependency/index.ts";
import { Exchange, WebIncoming, type Answer, type Host, type Upgrade } from "../exchange/index.ts";
import type { AsyncApiDocument } from "../asyncapi/index.ts";
import type { OpenApiDocument } from "../openapi/index.ts";
import {
  declarationNumber,
  del,
  frontend,
  get,
  patch,
  post,
  put,
  socket,
  type Declare,
  type DeclareSocket,
  type FrontendOptions,
  type SocketRoute,
} from "../operation/index.ts";
import type { Reporter } from "../plan/index.ts";
import { isStaticFiles, type StaticFiles } from "../static-files/index.ts";
import { accept } from "./accept.ts";
import { Contents, short } from "./contents.ts";
import { link, type AppDescription, type Linked } from "./linked.ts";
import { answersRequests, checkMount, type FetchHandler, type MountOptions } from "./mount.ts";
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
  readonly #contents = new Contents();
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
    this.#contents.include(routes, more);
    return this;
  }

  /** Declares and includes a GET operation: the short form. It is not part of a client's types. */
  readonly get: Declare<"GET"> = short(get, (operation) => void this.include(operation));
  /** Declares and includes a POST operation. */
  readonly post: Declare<"POST"> = short(post, (operation) => void this.include(operation));
  /** Declares and includes a PUT operation. */
  readonly put: Declare<"PUT"> = short(put, (operation) => void this.include(operation));
  /** Declares and includes a PATCH operation. */
  readonly patch: Declare<"PATCH"> = short(patch, (operation) => void this.include(operation));
  /** Declares and includes a DELETE operation. */
  readonly del: Declare<"DELETE"> = short(del, (operation) => void this.include(operation));
  /** The same, as one types it first. */
  readonly delete: Declare<"DELETE"> = this.del;

  /** Declares and includes a WebSocket: the short form. */
  readonly socket: DeclareSocket = (...args: readonly unknown[]) => {
    const declared = (socket as (...args: readonly unknown[]) => SocketRoute)(...args);
    this.include(declared);
    return declared as never;
  };

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
    this.#contents.mounted.push({ prefix: path, application, handle: answeringOf(application), options, order });
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

  /** Whether it has WebSockets, or an App that is mounted in it has: not every server can speak them. */
  get takesSockets(): boolean {
    return this.#contents.sockets.length > 0 || this.#apps().some((each) => each.takesSockets);
  }

  /** The Apps among what is mounted, each once. */
  #apps(): App[] {
    return [...new Set(this.#contents.mounted.map(({ application }) => application))].filter(
      (each) => each instanceof App,
    );
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
    // An app that is mounted twice is one app in the copy too.
    const copies = new Map(this.#apps().map((each) => [each as Mounted["application"], each.with({ overrides })]));
    this.#contents.copyTo(copy.#contents, (mounted) => {
      const application = copies.get(mounted.application) ?? mounted.application;
      return { ...mounted, application, handle: answeringOf(application) };
    });
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

  #link(starting = false): Linked {
    return (this.#linked ??= link(this.#contents, {
      options: this.options,
      resolve: this.#resolve,
      overridden: this.#overrides.size > 0,
      appScope: this.#appScope,
      report: this.options.report ?? reportToConsole,
      host: () => this.host,
      deployment: this.#deployment,
      draining: () => this.draining,
      starting,
    }));
  }

  /**
   * Checks and links everything, the document where one is served, and opens what lives as long as the app. Servers call
   * it before they listen.
   * @returns Warnings about declarations that work but are hardly meant.
   */
  async startup(): Promise<readonly string[]> {
    this.#closed = undefined;
    const { appDependencies, warnings, checkDocuments, checkDirectories } = this.#link(true);
    // What is wrong with the document stops the start. With overrides it is that of the app they were put over.
    if (this.options.openapiUrl !== null && this.#overrides.size === 0) checkDocuments();
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
   * The path of an operation, a socket or a mount, with values in the place of its parameters; what stands in front of the app is
   * not in it (`request.urlFor` gives the whole address).
   *
   * What is mounted is named by the `name` of its mount: of files and other handlers `path` is what stands behind the prefix; what a
   * mounted App has is named behind a colon.
   * @throws ApusError for a name that there is not, and for parameters that do not fit.
   * @example
   * app.pathFor("readItem", { item_id: 3 }); // "/items/3"
   * app.pathFor("static", { path: "styles.css" }); // "/static/styles.css"
   * app.pathFor("admin:readUser", { user_id: 7 }); // "/admin/users/7"
   */
  pathFor(name: string, params: Readonly<Record<string, string | number>> = {}): string {
    return this.#link().pathFor(name, params);
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
   * @returns Where it is refused or cannot be accepted, the answer, to be sent like any other, what follows it included. Where it
   *   was accepted, undefined, once the handler and all clean-ups are through. Never rejects.
   */
  connect(exchange: Exchange, upgrade: Upgrade): Promise<Answer | undefined> {
    return accept(exchange, upgrade, this.#host, (each) => this.handle(each));
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

/** An App answers exchanges itself; anything else answers web Requests. */
function answeringOf(application: Mounted["application"]): Mounted["handle"] {
  return application instanceof App ? (exchange) => application.handle(exchange) : undefined;
}
