/**
 * A WebSocket handshake as the core sees requests. It stays as long as the socket is open: it keeps the head and the connection,
 * and nothing else of the request.
 */
import type { Socket } from "node:net";
import type { Incoming } from "../../exchange/index.ts";
import { clientOf, schemeOf } from "../connection.ts";
import { HeadIncoming, type Head } from "../head-incoming.ts";

export class HandshakeIncoming extends HeadIncoming<Head> implements Incoming {
  private readonly socket: Socket;

  constructor(head: Head, socket: Socket) {
    super(head);
    this.socket = socket;
  }

  get method(): string {
    return this.head.method;
  }

  get target(): string {
    return this.head.target;
  }

  get scheme(): "http" | "https" {
    return schemeOf(this.socket);
  }

  get client(): Incoming["client"] {
    return clientOf(this.socket);
  }

  /** A handshake has no body. */
  read(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(0));
  }

  async *chunks(): AsyncGenerator<Uint8Array> {}
}
