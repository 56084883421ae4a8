/** Serves an App with `node:http`: starts it, listens, drains on signals, closes it. */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { App } from "../app/index.ts";
import { Exchange, type Answer } from "../exchange/index.ts";
import { send } from "./node-answer.ts";
import { nodeHost } from "./node-host.ts";
import { NodeIncoming } from "./node-incoming.ts";
import { UnderWay } from "./under-way.ts";

export interface ServeOptions {
  /** Address to listen on. Default: `127.0.0.1`, this machine only; `0.0.0.0` for all interfaces. */
  readonly host?: string | undefined;
  /** Port; 0 picks a free one. Default: 8000. */
  readonly port?: number | undefined;
  /** Longest time for a request's headers to arrive, in ms. Default: 15,000. */
  readonly headersTimeout?: number | undefined;
  /** Longest time for a whole request to arrive, in ms. Default: 60,000. */
  readonly requestTimeout?: number | undefined;
  /** How long an idle connection is kept, in ms. Default: 5,000. */
  readonly keepAliveTimeout?: number | undefined;
  /** How long requests under way may take once closing has begun, in ms. Default: 10,000. */
  readonly drainTimeout?: number | undefined;
  /** Whether SIGINT and SIGTERM drain and end the process. Default: true. */
  readonly signals?: boolean | undefined;
}

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
 * @throws What a start-up check or an app-scoped dependency throws; the system's error where the port is taken.
 * @example const server = await serve(app, { port: 8000 }); console.log(server.url);
 */
export async function serve(app: App, options: ServeOptions = {}): Promise<Serving> {
  const { host = "127.0.0.1", port = 8000, drainTimeout = 10_000, signals = true } = options;
  app.host ??= nodeHost;
  const server = createServer({
    headersTimeout: options.headersTimeout ?? 15_000,
    requestTimeout: options.requestTimeout ?? 60_000,
    keepAliveTimeout: options.keepAliveTimeout ?? 5_000,
  });
  let closing: Promise<void> | undefined;
  const underWay = new UnderWay(server);
  const close = (): Promise<void> => (closing ??= drain(server, underWay, drainTimeout).then(() => app.shutdown()));
  // Before anything opens: a signal during start-up closes what has been opened by then.
  const ignoreSignals = signals ? closeOnSignals(close) : undefined;
  server.on("request", (request, response) => {
    const answer = app.handle(new Exchange(new NodeIncoming(request, response)));
    if (!(answer instanceof Promise)) return write(response, answer);
    const { socket } = request;
    underWay.begin(socket);
    answer.then(
      (made) => {
        write(response, made);
        underWay.end(socket);
      },
      () => {
        response.destroy();
        underWay.end(socket);
      },
    );
  });
  const write = (response: ServerResponse, answer: Answer): void => {
    try {
      send(response, answer, underWay);
    } catch (error) {
      console.error("apus: an answer could not be sent\n", error);
      response.destroy();
    }
  };
  try {
    for (const warning of await app.startup()) console.warn(`apus: ${warning}`);
    await listen(server, host, port);
  } catch (error) {
    ignoreSignals?.();
    await app.shutdown().catch(() => {});
    throw error;
  }
  const at = server.address() as AddressInfo;
  const shown = at.family === "IPv6" ? `[${at.address}]` : at.address;
  const stop = async (): Promise<void> => {
    ignoreSignals?.();
    await close();
  };
  return { url: `http://${shown}:${at.port}`, host: at.address, port: at.port, close: stop };
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

/**
 * Takes no new connections, ends each one with the answer under way on it, and waits until handlers and the work after
 * answers have settled: what they use is closed only then. At the deadline connections are cut and nothing is waited for.
 */
function drain(server: Server, underWay: UnderWay, timeout: number): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      server.closeAllConnections();
      if (underWay.count > 0) console.warn(`apus: ${underWay.count} requests were still running when time was up`);
      resolve();
    }, timeout);
    server.close(() => {
      void underWay.settled().then(() => {
        clearTimeout(deadline);
        resolve();
      });
    });
    underWay.close();
  });
}

/**
 * The first signal drains; a second one ends the process at once, by the system's own doing.
 * @returns Takes the handlers away again.
 */
function closeOnSignals(close: () => Promise<void>): () => void {
  const ignore = (): void => {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    ignore();
    close().then(
      () => process.exit(signal === "SIGINT" ? 130 : 0),
      (error: unknown) => {
        console.error("apus: closing the app failed\n", error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return ignore;
}
