/**
 * A WebSocket handshake as the core sees requests. It stays as long as the socket is open: it keeps the head and the connection,
 * and nothing else of the request.
 */
import type { Socket } from "node:net";
import { BodyReadError, type Incoming, type Pairs } from "../../exchange/index.ts";
import { clientOf, schemeOf } from "../connection.ts";
import type { Head } from "./handshake.ts";

export class HandshakeIncoming implements Incoming {
  private readonly head: Head;
  private readonly socket: Socket;
  private hasLeft = false;
  private controller: AbortController | undefined = undefined;

  constructor(head: Head, socket: Socket) {
    this.head = head;
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

  /** Whether the client left before it had an answer. */
  get left(): boolean {
    return this.hasLeft;
  }

  /** Aborted when the client leaves before the handshake is answered; made when it is first asked for. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.hasLeft) this.controller.abort(clientLeft());
    }
    return this.controller.signal;
  }

  /** Tells it that the client has left. */
  leave(): void {
    this.hasLeft = true;
    this.controller?.abort(clientLeft());
  }

  header(name: string): string | undefined {
    return this.head.header(name);
  }

  headerLines(name: string): readonly string[] {
    return this.head.headerLines(name);
  }

  headers(): Pairs {
    return this.head.headers();
  }

  /** A handshake has no body. */
  read(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(0));
  }

  async *chunks(): AsyncGenerator<Uint8Array> {}
}

/** Why a handshake comes to nothing. */
export function clientLeft(): BodyReadError {
  return new BodyReadError("The client left");
}
