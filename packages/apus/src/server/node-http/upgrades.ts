/** Answers requests for an upgrade: WebSocket handshakes go to the App, all others are requests like any. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { App } from "../../app/index.ts";
import { Exchange, type Answer } from "../../exchange/index.ts";
import { asksForWebSocket, handshakeOf } from "../websocket/handshake.ts";
import { HandshakeIncoming } from "../websocket/handshake-incoming.ts";
import { leavesSome } from "./linger.ts";
import { connect, goingAway, NodeUpgrade } from "../websocket/node-upgrade.ts";
import { MessageHead } from "./message-head.ts";
import { readAnew, ReadAnew } from "./not-upgraded.ts";
import { asLast, PendingUpgrade, responseTo } from "./pending-upgrade.ts";
import type { OpenSockets } from "../websocket/open-sockets.ts";
import type { Settings } from "../options.ts";
import { refusalAnswer } from "../refusal.ts";
import { refusalOf } from "./refusal-of.ts";
import type { UnderWay } from "./under-way.ts";

interface Context {
  readonly app: App;
  readonly underWay: UnderWay;
  readonly sockets: OpenSockets;
  readonly settings: Settings;
  readonly write: (response: ServerResponse, answer: Answer, exchange: Exchange) => void;
}

/**
 * For the server's options. Later versions of Node (24.9, 22.21) ask it first, and go on reading a request that merely offers
 * another protocol; what earlier ones need is in not-upgraded.ts.
 */
export const upgradeChoice = {
  shouldUpgradeCallback(this: Server, request: IncomingMessage): boolean {
    if (asksForWebSocket(new MessageHead(request))) return true;
    // Of what arrives together with the end of its body Node loses what stands behind it, so nothing is to follow.
    this.prependOnceListener("request", (next: IncomingMessage, response: ServerResponse) => {
      if (next === request && leavesSome(request)) response.shouldKeepAlive = false;
    });
    return false;
  },
};

export function answerUpgrades(server: Server, context: Context): void {
  const { app, underWay, sockets, settings, write } = context;
  const shape = app.options.errorShape ?? "fastapi";
  const again = new ReadAnew(server, settings.maxRequestsPerSocket, (socket) => underWay.refuse(socket));
  server.on("upgrade", (request: IncomingMessage, duplex, head) => {
    const socket = duplex as Socket;
    // From here on nobody else listens, and an error that nobody hears would end the process.
    socket.on("error", ignore);
    const response = underWay.leave(socket) ? responseTo(request, socket) : undefined;
    // Behind an answer that is still to be sent, nothing can be read in another way than before; nobody does that.
    if (response === undefined) return underWay.endAfterAnswers(socket);
    const refusal = refusalOf(request, settings);
    const messageHead = new MessageHead(request);
    if (refusal === undefined && !asksForWebSocket(messageHead)) {
      response.detachSocket(socket);
      socket.off("error", ignore);
      again.begin(socket);
      return readAnew(server, request, socket, head);
    }
    const incoming = new HandshakeIncoming(messageHead, socket);
    const exchange = new Exchange(incoming);
    const handshake = refusal ?? (sockets.goingAway ? goingAway : handshakeOf(messageHead));
    const send = (answer: Answer): void => write(asLast(response, sockets), answer, exchange);
    if ("status" in handshake) return send(refusalAnswer(handshake, shape));
    const pending = new PendingUpgrade(response, head, incoming, send);
    connect(app, new NodeUpgrade(exchange, incoming, handshake, pending, sockets), sockets);
  });
}

function ignore(): void {}
