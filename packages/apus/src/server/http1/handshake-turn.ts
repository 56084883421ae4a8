/**
 * A WebSocket handshake whose turn it is on its connection: nothing is read or answered behind it until it has its answer. That is
 * the connection's last one, or the connection goes on as a WebSocket.
 */
import type { Socket } from "node:net";
import { Exchange, type Answer } from "../../exchange/index.ts";
import { refusalAnswer } from "../refusal.ts";
import { HandshakeIncoming } from "../websocket/handshake-incoming.ts";
import { handshakeOf } from "../websocket/handshake.ts";
import { connect, goingAway, NodeUpgrade, type PendingHandshake } from "../websocket/node-upgrade.ts";
import type { Connection } from "./connection.ts";
import type { RequestHead } from "./request-head.ts";
import { Http1Incoming } from "./incoming.ts";
import type { Http1Server } from "./server.ts";
import type { Upgradable } from "./transport.ts";

export class HandshakeTurn extends Http1Incoming implements PendingHandshake {
  /** What the core knows of it; unlike this it stays as long as the WebSocket. */
  readonly handshake: HandshakeIncoming;
  readonly #connection: Connection;
  readonly #transport: Upgradable;

  constructor(head: RequestHead, connection: Connection, transport: Upgradable) {
    super(head, undefined, connection);
    this.handshake = new HandshakeIncoming(head, transport.socket);
    this.exchange = new Exchange(this.handshake);
    this.last = true;
    this.#connection = connection;
    this.#transport = transport;
  }

  override leave(): void {
    super.leave();
    this.handshake.leave();
  }

  release(): { readonly socket: Socket; readonly head: Buffer } {
    const head = this.#connection.handOver(this);
    return { socket: this.#transport.socket, head };
  }

  deny(answer: Answer): void {
    this.#connection.answers.made(this, answer);
    this.#connection.goOn();
  }

  cut(): void {
    this.abandoned = true;
    this.#connection.answers.withdraw(this);
    this.#connection.transport.terminate();
  }
}

/** Has a handshake answered that has become the only thing under way on its connection. */
export function answerHandshake(turn: HandshakeTurn, { app, sockets }: Http1Server): void {
  const handshake = sockets.goingAway ? goingAway : handshakeOf(turn.head);
  if ("status" in handshake) return turn.deny(refusalAnswer(handshake, app.options.errorShape ?? "fastapi"));
  connect(app, new NodeUpgrade(turn.exchange!, turn.handshake, handshake, turn, sockets), sockets);
}
