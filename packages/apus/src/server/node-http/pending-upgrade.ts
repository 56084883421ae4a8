/**
 * A handshake of `node:http` that waits for its answer. Node has let go of its connection, so what Node does for answers is done
 * here: the connection ends with the answer, which goes on when there is room.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "../../exchange/index.ts";
import { builtin } from "../builtin.ts";
import type { HandshakeIncoming } from "../websocket/handshake-incoming.ts";
import type { PendingHandshake } from "../websocket/node-upgrade.ts";
import type { OpenSockets } from "../websocket/open-sockets.ts";

export class PendingUpgrade implements PendingHandshake {
  readonly #response: ServerResponse;
  readonly #head: Buffer;
  /** Stops looking out for whether the client leaves. */
  readonly #forget: () => void;
  readonly #send: (answer: Answer) => void;

  /**
   * @param head What arrived behind the headers.
   * @param send Sends an answer in place of a WebSocket.
   */
  constructor(response: ServerResponse, head: Buffer, incoming: HandshakeIncoming, send: (answer: Answer) => void) {
    this.#response = response;
    this.#head = head;
    this.#forget = whenClientLeaves(response, incoming);
    this.#send = send;
  }

  release(): { readonly socket: Socket; readonly head: Buffer } {
    const { socket } = this.#response.req;
    this.#forget();
    this.#response.detachSocket(socket);
    return { socket, head: this.#head };
  }

  deny(answer: Answer): void {
    this.#send(answer);
  }

  cut(): void {
    this.#response.req.socket.destroy();
  }
}

/** @returns The answer to a request for an upgrade; undefined where answers to requests before it have not been sent yet. */
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

function whenClientLeaves(response: ServerResponse, incoming: HandshakeIncoming): () => void {
  const { socket } = response.req;
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
