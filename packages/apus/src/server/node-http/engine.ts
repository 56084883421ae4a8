/** Serves an App with `node:http`: what WebSockets need on Bun, and tools that look into Node's server. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { App } from "../../app/index.ts";
import { Exchange, type Answer } from "../../exchange/index.ts";
import { builtin } from "../builtin.ts";
import { drain } from "../drain.ts";
import { warnsOfDropped } from "../dropped.ts";
import type { Engine } from "../engine.ts";
import { keepAliveOf } from "../keep-alive.ts";
import type { Settings } from "../options.ts";
import { refusalAnswer, refusals } from "../refusal.ts";
import { OpenSockets } from "../websocket/open-sockets.ts";
import { onClientError } from "./client-error.ts";
import { send } from "./node-answer.ts";
import { NodeIncoming } from "./node-incoming.ts";
import { nodeMessageClass } from "./node-message.ts";
import { refusalOf } from "./refusal-of.ts";
import { UnderWay } from "./under-way.ts";
import { answerUpgrades, upgradeChoice } from "./upgrades.ts";

const onBun = process.versions["bun"] !== undefined;

export function nodeHttpEngine(app: App, settings: Settings): Engine {
  const server = httpServer(settings);
  const { keepAliveTimeout, maxRequestsPerSocket, sendTimeout } = settings;
  // Bun's emulation of sockets does not tell what waits on them.
  const underWay = onBun
    ? new UnderWay(server)
    : new UnderWay(server, keepAliveOf(keepAliveTimeout, maxRequestsPerSocket), sendTimeout);
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
const messages = () => (onBun ? {} : { IncomingMessage: nodeMessageClass() });

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
    ...messages(),
  });
  // Node drops what is beyond its own limit without a word, so one more is let through and then refused.
  server.maxHeadersCount = settings.maxHeadersCount + 1;
  server.maxRequestsPerSocket = settings.maxRequestsPerSocket;
  server.maxConnections = settings.maxConnections;
  server.on("drop", warnsOfDropped(settings.maxConnections));
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

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
