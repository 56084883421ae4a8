/**
 * What is done with a request that asks for a protocol other than WebSocket, such as the `h2c` that Java's client offers with
 * each request: `Upgrade` may be ignored (RFC 9110, section 7.8). Node has stopped reading HTTP on its connection by then, so the
 * request goes back in front of what follows it, without the offer, and the connection is read anew.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Headers of an offer, besides Upgrade itself: they speak of this connection alone. */
const offers = new Set(["upgrade", "http2-settings"]);

/**
 * Requests on connections that were read anew: Node begins to count again with each time, and a client that goes on offering could
 * send any number of them.
 */
export class ReadAnew {
  readonly #counts = new WeakMap<Socket, number>();
  readonly #most: number;

  /** @param refuse Takes no more requests from a connection. */
  constructor(server: Server, most: number, refuse: (socket: Socket) => void) {
    this.#most = most;
    // Before the request is answered: the last one that is says that it is the last.
    server.prependListener("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
      const before = this.#counts.get(socket);
      if (before === undefined) return;
      const count = before + 1;
      this.#counts.set(socket, count);
      if (count >= this.#most) response.shouldKeepAlive = false;
      if (count > this.#most) refuse(socket);
    });
  }

  /** Tells of a connection that is about to be read anew. */
  begin(socket: Socket): void {
    if (!this.#counts.has(socket)) this.#counts.set(socket, 0);
  }
}

/** @param head What arrived behind the headers. */
export function readAnew(server: Server, request: IncomingMessage, socket: Socket, head: Buffer): void {
  const { rawHeaders: raw } = request;
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    if (offers.has(name)) continue;
    const value = name === "connection" ? withoutOffers(raw[i + 1]!) : raw[i + 1]!;
    if (value !== "" || name !== "connection") lines.push(`${raw[i]}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}

function withoutOffers(connection: string): string {
  const tokens = connection.split(",").map((each) => each.trim());
  return tokens.filter((each) => each !== "" && !offers.has(each.toLowerCase())).join(", ");
}
