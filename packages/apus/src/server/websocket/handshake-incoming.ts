/**
 * A WebSocket handshake as the core sees requests. It stays as long as the socket is open: it keeps the headers and the
 * connection, and nothing else of the request.
 */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { BodyReadError, type Incoming, type Pairs } from "../../exchange/index.ts";
import { clientOf, schemeOf } from "../connection.ts";
import { rawHeader, rawHeaderLines } from "../raw-header.ts";

export class HandshakeIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: string[];
  private readonly socket: Socket;
  private hasLeft = false;
  private controller: AbortController | undefined = undefined;

  constructor(request: IncomingMessage) {
    this.method = request.method!;
    this.target = request.url!;
    this.rawHeaders = request.rawHeaders;
    this.socket = request.socket;
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
    return rawHeader(this, name);
  }

  headerLines(name: string): readonly string[] {
    return rawHeaderLines(this, name);
  }

  headers(): Pairs {
    return this.rawHeaders.map((each, i) => (i % 2 === 0 ? each.toLowerCase() : each));
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
