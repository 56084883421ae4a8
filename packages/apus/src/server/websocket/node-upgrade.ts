/** A WebSocket of `node:http` from its handshake to its end: one that waits for its answer, then one that is open. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Acceptance, Channel, Exchange, Upgrade } from "../../exchange/index.ts";
import { builtin } from "../builtin.ts";
import { clientLeft, type HandshakeIncoming } from "./handshake-incoming.ts";
import type { Handshake } from "./handshake.ts";
import type { OpenSockets } from "./open-sockets.ts";
import type { Owner, WsChannel } from "./ws-channel.ts";

/** What there is until the handshake has its answer. */
interface Pending {
  readonly handshake: Handshake;
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly head: Buffer;
  /** Stops looking out for whether the client leaves. */
  readonly forget: () => void;
}

export class NodeUpgrade implements Upgrade, Owner {
  readonly protocols: readonly string[];
  readonly exchange: Exchange;
  // Plain fields: private names cost memory in each of them.
  private readonly sockets: OpenSockets;
  private readonly incoming: HandshakeIncoming;
  private pending: Pending | undefined;
  private channel: WsChannel | undefined = undefined;
  private goesAway = false;

  /** @param head What arrived behind the headers. */
  constructor(
    exchange: Exchange,
    incoming: HandshakeIncoming,
    handshake: Handshake,
    { response, head }: { readonly response: ServerResponse; readonly head: Buffer },
    sockets: OpenSockets,
  ) {
    this.exchange = exchange;
    this.incoming = incoming;
    this.protocols = handshake.protocols;
    this.sockets = sockets;
    const { socket } = response.req;
    this.pending = { handshake, response, socket, head, forget: whenClientLeaves(socket, response, incoming) };
  }

  async accept(acceptance: Acceptance): Promise<Channel> {
    const { acceptor } = this.sockets;
    const Server = await acceptor.load();
    const { pending } = this;
    if (pending === undefined) throw new TypeError("A handshake is answered once.");
    const { handshake, response, socket } = pending;
    if (this.incoming.left) throw clientLeft();
    response.detachSocket(socket);
    let channel: WsChannel | undefined;
    try {
      channel = acceptor.accept(Server, handshake, pending, acceptance, this);
    } catch (error) {
      // Nothing has been sent: the app answers 500 in its place.
      response.assignSocket(socket);
      throw error;
    }
    this.pending = undefined;
    pending.forget();
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

  /** Cuts a connection of which nobody says anything any more and that was not closed. */
  endUnlessClosing(): void {
    if (this.channel?.closing !== true) this.cut();
  }

  /** Cuts the connection. */
  cut(): void {
    this.channel?.cut();
    this.pending?.socket.destroy();
  }

  /** @returns Where the handshake can be answered with an answer of HTTP; undefined where it has been answered. */
  deny(): ServerResponse | undefined {
    const { pending } = this;
    this.pending = undefined;
    return pending?.response;
  }
}

/**
 * The answer to a request for an upgrade. Node has let go of its connection, so what Node does for answers is done here: the
 * connection ends with it, and it goes on when there is room.
 * @returns undefined where answers to requests before it have not been sent yet.
 */
export function responseTo(request: IncomingMessage, socket: Socket): ServerResponse | undefined {
  const { ServerResponse: NodeResponse } = builtin("node:http");
  const response = new NodeResponse(request);
  response.shouldKeepAlive = false;
  try {
    response.assignSocket(socket);
  } catch {
    return undefined;
  }
  return response;
}

/** Makes an answer ready to be sent as the last one on its connection. */
export function asLast(response: ServerResponse, sockets: OpenSockets): ServerResponse {
  const { socket } = response.req;
  sockets.answered(socket);
  socket.on("drain", () => void response.emit("drain"));
  response.once("finish", () => socket.destroySoon());
  // Frames that were sent without waiting for the answer would make a reset of its end.
  socket.resume();
  return response;
}

function whenClientLeaves(socket: Socket, response: ServerResponse, incoming: HandshakeIncoming): () => void {
  const leave = (): void => {
    forget();
    if (response.writableFinished) return;
    incoming.leave();
    socket.destroy();
  };
  const forget = (): void => void socket.off("end", leave).off("close", leave);
  if (socket.destroyed) incoming.leave();
  else socket.once("end", leave).once("close", leave);
  return forget;
}
