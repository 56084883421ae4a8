/** Serves an App with `node:http`: starts it, listens, answers, closes it. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { App } from "../app/index.ts";
import { checkCopy } from "../diagnostic/index.ts";
import { Exchange, useAsciiText, type Answer } from "../exchange/index.ts";
import { builtin } from "./builtin.ts";
import { closeOnSignals, drain } from "./drain.ts";
import type { Address, Engine } from "./engine.ts";
import { endOfLife } from "./end-of-life.ts";
import { send } from "./node-answer.ts";
import { nodeHost } from "./node-host.ts";
import { NodeIncoming } from "./node-incoming.ts";
import { NodeMessage } from "./node-message.ts";
import { settingsOf, type ServeOptions, type Settings } from "./options.ts";
import { OpenSockets } from "./open-sockets.ts";
import { onClientError, refusalAnswer, refusalOf, refusals } from "./refusal.ts";
import { keepAliveOf, UnderWay } from "./under-way.ts";
import { answerUpgrades, upgradeChoice } from "./upgrades.ts";

/** A server that listens. */
export interface Serving {
  /** `http://127.0.0.1:8000` */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Stops listening, lets requests under way finish until the drain time-out, then closes the app. */
  close(): Promise<void>;
}

/**
 * Starts an App and serves it. App-scoped dependencies are open when it resolves; time-outs and limits are on by default.
 *
 * @throws ApusError for an option that is wrong; what a start-up check or an app-scoped dependency throws; the system's
 *   error where the port is taken.
 * @example const server = await serve(app, { port: 8000 }); console.log(server.url);
 */
export async function serve(app: App, options: ServeOptions = {}): Promise<Serving> {
  checkCopy(app, "the App given to serve()");
  const settings = settingsOf(options);
  const { host, port, signals, rootPath, trustedProxies } = settings;
  if (rootPath !== undefined || trustedProxies !== undefined) app.deploy({ rootPath, trustedProxies });
  app.host ??= nodeHost;
  app.draining = false;
  servers.set(app, (servers.get(app) ?? 0) + 1);
  const engine = onBun && !app.takesSockets ? await bunEngine(app, settings) : nodeEngine(app, settings);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    app.draining = true;
    return (closing ??= engine.drain().then(() => leave(app)));
  };
  // Before anything opens: a signal during start-up closes what has been opened by then.
  const ignoreSignals = signals ? closeOnSignals(close) : undefined;
  let at: Address;
  try {
    for (const warning of warningsOf(await app.startup())) console.warn(`apus: ${warning}`);
    // A signal came meanwhile: the process ends once everything is closed, and until then nobody is to be let in.
    if (closing !== undefined) return await new Promise<never>(() => {});
    at = await engine.listen(host, port);
  } catch (error) {
    ignoreSignals?.();
    await leave(app).catch(() => {});
    throw error;
  }
  const shown = at.family === "IPv6" ? `[${at.address}]` : at.address;
  const stop = async (): Promise<void> => {
    ignoreSignals?.();
    await close();
  };
  return { url: `http://${shown}:${at.port}`, host: at.address, port: at.port, close: stop };
}

/** How many servers each App has: what lives as long as the App is closed with the last of them. */
const servers = new WeakMap<App, number>();

async function leave(app: App): Promise<void> {
  const others = servers.get(app)! - 1;
  servers.set(app, others);
  if (others === 0) await app.shutdown();
}

const onBun = process.versions["bun"] !== undefined;

/** Loaded where there is Bun. */
async function bunEngine(app: App, settings: Settings): Promise<Engine> {
  return (await import("./bun/server.ts")).bunEngine(app, settings);
}

/** Without the description of what to decode, and without another view of the bytes. */
const { latin1Slice } = Buffer.prototype as unknown as {
  latin1Slice?(this: Uint8Array, start: number, end: number): string;
};

function nodeEngine(app: App, settings: Settings): Engine {
  if (latin1Slice !== undefined) useAsciiText((bytes, end) => latin1Slice.call(bytes, 0, end));
  const server = httpServer(settings);
  const { keepAliveTimeout, maxRequestsPerSocket } = settings;
  const underWay = new UnderWay(server, ownKeepAlive ? keepAliveOf(keepAliveTimeout, maxRequestsPerSocket) : undefined);
  const sockets = new OpenSockets();
  answerRequests(server, { app, underWay, sockets, settings });
  return {
    async listen(host, port) {
      await listen(server, host, port);
      return server.address() as AddressInfo;
    },
    drain: () => drain(server, underWay, sockets, settings),
  };
}

/** How requests are made: ours can hand their bodies over as a whole. Bun makes its own. */
const messages = onBun ? {} : { IncomingMessage: NodeMessage };

/** Later versions of Node (24.12) spare requests without a body what is done for one; earlier ones know no such option. */
const emptyRequests = { optimizeEmptyRequests: true };

/** Bun's emulation of the server keeps connections in its own way. */
const ownKeepAlive = !onBun;

function httpServer(settings: Settings): Server {
  const { headersTimeout, requestTimeout, keepAliveTimeout, maxHeaderSize } = settings;
  const server = builtin("node:http").createServer({
    headersTimeout,
    requestTimeout,
    keepAliveTimeout: ownKeepAlive ? 0 : keepAliveTimeout,
    maxHeaderSize,
    // Node looks for requests that take too long only so often, by default every 30 seconds.
    connectionsCheckingInterval: Math.min(1_000, Math.ceil(headersTimeout / 2)),
    // Whatever the process was told: a lenient parser lets through what a proxy in front may have read differently.
    insecureHTTPParser: false,
    // It is checked with everything else that is refused.
    requireHostHeader: false,
    ...upgradeChoice,
    ...emptyRequests,
    ...messages,
  });
  // Node drops what is beyond its own limit without a word, so one more is let through and then refused.
  server.maxHeadersCount = settings.maxHeadersCount + 1;
  server.maxRequestsPerSocket = settings.maxRequestsPerSocket;
  server.maxConnections = settings.maxConnections;
  let silentUntil = 0;
  server.on("drop", () => {
    const now = performance.now();
    if (now < silentUntil) return;
    silentUntil = now + 60_000;
    console.warn(`apus: more than ${settings.maxConnections} connections (maxConnections); new ones are closed`);
  });
  return server;
}

interface Context {
  readonly app: App;
  readonly underWay: UnderWay;
  readonly sockets: OpenSockets;
  readonly settings: Settings;
}

function answerRequests(server: Server, context: Context): void {
  const { app, underWay, settings } = context;
  const shape = app.options.errorShape ?? "fastapi";
  const write = (response: ServerResponse, answer: Answer, exchange: Exchange): void => {
    try {
      send(exchange, response, answer, underWay);
    } catch (error) {
      console.error("apus: an answer could not be sent\n", error);
      response.destroy();
    }
  };
  const take = (request: IncomingMessage, response: ServerResponse, awaited: boolean): void => {
    const exchange = new Exchange(new NodeIncoming(request, response, awaited));
    const refusal = underWay.arrive(response) ? refusalOf(request, settings) : connectionEnded;
    if (refusal !== undefined) return write(response, refusalAnswer(refusal, shape), exchange);
    const answer = app.handle(exchange);
    if (!(answer instanceof Promise)) return write(response, answer, exchange);
    const work = underWay.begin(exchange, response);
    answer.then(
      (made) => {
        write(response, made, exchange);
        underWay.end(work);
      },
      () => {
        response.destroy();
        underWay.end(work);
      },
    );
  };
  server.on("request", (request, response) => take(request, response, false));
  // The client waits for a word before it sends the body: it gets it when the body is read, and not when it is refused.
  server.on("checkContinue", (request, response) => take(request, response, true));
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    underWay.arrive(response);
    write(
      response,
      refusalAnswer(refusals.unexpected, shape),
      new Exchange(new NodeIncoming(request, response, false)),
    );
  });
  answerUpgrades(server, { ...context, write });
  server.on("clientError", onClientError(shape, underWay));
}

/** For what arrives on a connection after the answer that announced its end; nobody will read it. */
const connectionEnded = { status: 400, detail: "The connection has ended" };

function warningsOf(ofApp: readonly string[]): readonly string[] {
  const ended =
    process.env["NODE_ENV"] === "production" && process.versions["bun"] === undefined
      ? endOfLife(process.versions.node, new Date())
      : undefined;
  return ended === undefined ? ofApp : [...ofApp, ended];
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
