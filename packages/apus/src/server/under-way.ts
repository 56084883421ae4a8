/**
 * What a server has under way on each connection: handlers that have not settled, streams, and the work that follows
 * answers. Closing waits for it, and ends a connection as soon as nothing is under way on it.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";

export class UnderWay {
  #count = 0;
  #closing = false;
  #waiting: (() => void)[] = [];
  readonly #connections = new Set<Socket>();
  readonly #busy = new Map<Socket, number>();

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => {
      this.#connections.add(socket);
      socket.once("close", () => void this.#connections.delete(socket));
    });
    // Node calls this when it closes, and its own takes an answer that is still being sent for the end of one.
    server.closeIdleConnections = () => this.#endIdle();
  }

  /** How much there is. */
  get count(): number {
    return this.#count;
  }

  /** Whether each connection ends with the answer under way on it. */
  get closing(): boolean {
    return this.#closing;
  }

  begin(socket: Socket): void {
    this.#count++;
    this.#busy.set(socket, (this.#busy.get(socket) ?? 0) + 1);
  }

  end(socket: Socket): void {
    const left = this.#busy.get(socket)! - 1;
    if (left > 0) this.#busy.set(socket, left);
    else this.#busy.delete(socket);
    if (left === 0 && this.#closing) socket.destroySoon();
    if (--this.#count > 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** From now on connections end. */
  close(): void {
    this.#closing = true;
    this.#endIdle();
  }

  /** Resolves when nothing is under way. */
  settled(): Promise<void> {
    return this.#count === 0 ? Promise.resolve() : new Promise((resolve) => void this.#waiting.push(resolve));
  }

  /** Ends what has nothing under way, once what was written to it has gone out. */
  #endIdle(): void {
    for (const socket of this.#connections) if (!this.#busy.has(socket)) socket.destroySoon();
  }
}
