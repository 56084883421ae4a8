/** A WebSocket of Node from its handshake to its end: one that waits for its answer, then one that is open. */
import type { Socket } from "node:net";
import type { App } from "../../app/index.ts";
import type { Acceptance, Answer, Channel, Exchange, Upgrade } from "../../exchange/index.ts";
import { clientLeft } from "../head-incoming.ts";
import type { HandshakeIncoming } from "./handshake-incoming.ts";
import type { Handshake } from "./handshake.ts";
import type { OpenSockets } from "./open-sockets.ts";
import type { Owner, WsChannel } from "./ws-channel.ts";

/** What there is of a handshake until it has its answer, as the server knows it that has read it. */
export interface PendingHandshake {
  /** Lets go of the connection, which is a WebSocket's from now on. @returns It, and what arrived behind the handshake. */
  release(): { readonly socket: Socket; readonly head: Buffer };
  /** Ends the connection with an answer in place of a WebSocket. */
  deny(answer: Answer): void;
  /** Cuts the connection. */
  cut(): void;
}

export class NodeUpgrade implements Upgrade, Owner {
  readonly protocols: readonly string[];
  readonly exchange: Exchange;
  // Plain fields: private names cost memory in each of them.
  private readonly sockets: OpenSockets;
  private readonly incoming: HandshakeIncoming;
  private handshake: Handshake | undefined;
  private pending: PendingHandshake | undefined;
  private channel: WsChannel | undefined = undefined;
  private goesAway = false;

  constructor(
    exchange: Exchange,
    incoming: HandshakeIncoming,
    handshake: Handshake,
    pending: PendingHandshake,
    sockets: OpenSockets,
  ) {
    this.exchange = exchange;
    this.incoming = incoming;
    this.protocols = handshake.protocols;
    this.handshake = handshake;
    this.pending = pending;
    this.sockets = sockets;
  }

  async accept(acceptance: Acceptance): Promise<Channel> {
    const { acceptor } = this.sockets;
    const Server = await acceptor.load();
    const { handshake, pending } = this;
    if (handshake === undefined || pending === undefined) throw new TypeError("A handshake is answered once.");
    if (this.incoming.left) throw clientLeft();
    const channel = acceptor.accept(Server, handshake, pending, acceptance, this);
    this.handshake = this.pending = undefined;
    if (channel === undefined) {
      this.incoming.leave();
      throw clientLeft();
    }
    this.channel = channel;
    if (this.goesAway) channel.close(1001, "");
    return channel;
  }

  channelEnded(): void {
    this.sockets.ended(this);
  }

  /** Whether the connection is open. */
  get open(): boolean {
    return this.channel !== undefined && !this.channel.over;
  }

  /** The server closes. A handshake without an answer may still get one, and is closed right after it. */
  goAway(): void {
    this.goesAway = true;
    this.channel?.close(1001, "");
  }

  /** Has the handshake answered otherwise, where it still can be. */
  deny(answer: Answer): boolean {
    const { pending } = this;
    this.handshake = this.pending = undefined;
    pending?.deny(answer);
    return pending !== undefined;
  }

  /** Cuts a connection of which nobody says anything any more and that was not closed. */
  endUnlessClosing(): void {
    if (this.channel?.closing !== true) this.cut();
  }

  /** Cuts the connection. */
  cut(): void {
    this.channel?.cut();
    this.pending?.cut();
  }
}

/** What is said to a handshake while the server closes. */
export const goingAway = { status: 503, detail: "The server is closing" };

/** Has the App answer a handshake, and ends what it leaves open. */
export function connect(app: App, upgrade: NodeUpgrade, sockets: OpenSockets): void {
  sockets.begin(upgrade);
  app.connect(upgrade.exchange, upgrade).then(
    (answer) => {
      if (answer === undefined || !upgrade.deny(answer)) upgrade.endUnlessClosing();
      sockets.settle(upgrade);
    },
    (error: unknown) => {
      console.error("apus: a WebSocket ended without an answer\n", error);
      upgrade.cut();
      sockets.settle(upgrade);
    },
  );
}
