/** Serves an App: starts it, listens, answers, closes it. */
import type { App } from "../app/index.ts";
import { checkCopy } from "../diagnostic/index.ts";
import { useAsciiText } from "../exchange/index.ts";
import { closeOnSignals } from "./drain.ts";
import type { Address, Engine } from "./engine.ts";
import { endOfLife } from "./end-of-life.ts";
import { nodeHost } from "./node-host.ts";
import { listenOnBun } from "./http1/bun-transport.ts";
import { listenOnNode } from "./http1/node-transport.ts";
import { http1Engine } from "./http1/server.ts";
import { nodeHttpEngine } from "./node-http/engine.ts";
import { settingsOf, type ServeOptions, type Settings } from "./options.ts";

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
  const engine = engineFor(app, settings);
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

function engineFor(app: App, settings: Settings): Engine {
  useLatin1();
  if (settings.engine === "node:http" || (onBun && app.takesSockets)) {
    return nodeHttpEngine(app, settings);
  }
  return http1Engine(app, settings, onBun ? listenOnBun : listenOnNode);
}

/** Without the description of what to decode, and without another view of the bytes. */
const { latin1Slice } = Buffer.prototype as unknown as {
  latin1Slice?(this: Uint8Array, start: number, end: number): string;
};

function useLatin1(): void {
  if (latin1Slice !== undefined) useAsciiText((bytes, end) => latin1Slice.call(bytes, 0, end));
}

function warningsOf(ofApp: readonly string[]): readonly string[] {
  const ended =
    process.env["NODE_ENV"] === "production" && process.versions["bun"] === undefined
      ? endOfLife(process.versions.node, new Date())
      : undefined;
  return ended === undefined ? ofApp : [...ofApp, ended];
}
