/**
 * What a server has under way on its connections: handlers that have not settled, streams, and the work that follows
 * answers. Closing waits for it, and ends a connection with the last answer on it. Answers that are made at once are never
 * counted. A request passes `arrive`, and `begin` and `end` for each of its works; a server that stops passes `announceEnd`,
 * `close` and `settled`.
 */
import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Exchange } from "../../exchange/index.ts";
import type { KeepAlive } from "../keep-alive.ts";
import { closeIdle } from "./idle-connections.ts";
import { cutStalled } from "./stalled-connections.ts";

/** One thing that is under way; an exchange may have several. A link of a list: a set takes several times as long. */
interface Work {
  readonly exchange: Exchange;
  readonly response: ServerResponse;
  previous: Work | undefined;
  next: Work | undefined;
}

/** How long a connection on which nothing has arrived is still waited for once closing has begun, in ms. */
const firstRequest = 250;

export class UnderWay {
  #ending = false;
  #closing = false;
  #first: Work | undefined;
  #last: Work | undefined;
  readonly #connections = new Set<Socket>();
  readonly #forget: (this: Socket) => void;
  /** How many works each connection has. Kept while closing only. */
  readonly #busy = new Map<Socket, number>();
  /** Of connections on which answers queued up behind one another: the last in the queue. */
  readonly #newest = new WeakMap<Socket, ServerResponse>();
  /** Connections on which nothing is to be read as a request any more. */
  readonly #finished = new WeakSet<Socket>();
  #waiting: (() => void)[] = [];

  /** Whether answers go out, and idle connections end, by our own means: where the server is Node's own. */
  readonly keepAlive: KeepAlive | undefined;

  /**
   * @param keepAlive Undefined where the server itself ends idle connections.
   * @param sendTimeout How long a client may take nothing of its answers, in ms.
   */
  constructor(server: Server, keepAlive?: KeepAlive, sendTimeout?: number) {
    this.keepAlive = keepAlive;
    const connections = this.#connections;
    this.#forget = function () {
      connections.delete(this);
    };
    server.on("connection", (socket: Socket) => {
      this.#connections.add(socket);
      socket.once("close", this.#forget);
    });
    if (keepAlive !== undefined) {
      const stop = closeIdle(this.#connections, () => this.#answering(), keepAlive.timeout);
      server.once("close", stop);
    }
    if (sendTimeout !== undefined) server.once("close", cutStalled(this.#connections, sendTimeout));
    // Node calls this when it closes, and its own takes an answer that is still being sent for the end of one.
    server.closeIdleConnections = () => {};
  }

  /** What there is, oldest first. */
  get works(): readonly Pick<Work, "exchange" | "response">[] {
    const found: Work[] = [];
    for (let each = this.#first; each !== undefined; each = each.next) found.push(each);
    return found;
  }

  /** Whether each connection ends with the answer under way on it. */
  get ending(): boolean {
    return this.#ending;
  }

  /**
   * Tells of a request that has arrived.
   * @returns false for one on a connection whose end has been announced: it must not be processed (RFC 9112, section 9.6).
   */
  arrive(response: ServerResponse): boolean {
    const { socket } = response.req;
    // An answer without a connection waits for its turn behind those that were asked for before it.
    if (response.socket === null) this.#newest.set(socket, response);
    return !this.#finished.has(socket);
  }

  /**
   * Lets go of a connection: what follows on it is no HTTP, or is to be read anew.
   * @returns false for one whose end has been announced.
   */
  leave(socket: Socket): boolean {
    socket.off("close", this.#forget);
    this.#connections.delete(socket);
    return !this.#finished.has(socket);
  }

  begin(exchange: Exchange, response: ServerResponse): Work {
    const work: Work = { exchange, response, previous: this.#last, next: undefined };
    if (this.#last === undefined) this.#first = work;
    else this.#last.next = work;
    this.#last = work;
    if (this.#closing) this.#count(response.req.socket, 1);
    return work;
  }

  end(work: Work): void {
    const { previous, next } = work;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    const { socket } = work.response.req;
    if (this.#closing && this.#count(socket, -1) === 0) this.#endConnection(socket);
    if (this.#first !== undefined || this.#waiting.length === 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Makes an answer whose headers are still to be written the last one on its connection, unless others follow it. */
  finish(response: ServerResponse): void {
    const { socket } = response.req;
    this.#finished.add(socket);
    if (this.#follower(socket, response) === undefined) response.shouldKeepAlive = false;
  }

  /** Whether an answer was made the last one on its connection, or is to be because the connection is broken. */
  finishes(response: ServerResponse): boolean {
    return this.#ending || this.#finished.has(response.req.socket);
  }

  /** Takes no more requests from a connection, and lets what is under way on it be answered. */
  refuse(socket: Socket): void {
    this.#finished.add(socket);
  }

  /** Takes no more from a connection, which ends once the answers under way on it have been sent. */
  endAfterAnswers(socket: Socket): void {
    this.refuse(socket);
    const pending = this.works.findLast(({ response }) => response.req.socket === socket && !response.writableFinished);
    const last = this.#follower(socket, undefined) ?? pending?.response;
    if (last === undefined) socket.destroySoon();
    else last.once("close", () => socket.destroySoon());
  }

  /** From now on each connection ends with the answer that is under way on it. */
  announceEnd(): void {
    this.#ending = true;
  }

  /** From now on connections without work end, too; a new one has a moment to send its first request. */
  close(): void {
    this.#ending = true;
    this.#closing = true;
    for (const { response } of this.works) this.#count(response.req.socket, 1);
    // Requests that have arrived and not been read yet are read within one turn of the event loop.
    setImmediate(() => void setImmediate(() => this.#endIdle((socket) => socket.bytesRead > 0)));
    setTimeout(() => this.#endIdle(() => true), firstRequest).unref();
  }

  /** Resolves when nothing is under way. */
  settled(): Promise<void> {
    return this.#first === undefined ? Promise.resolve() : new Promise((resolve) => void this.#waiting.push(resolve));
  }

  /** Connections on which something is still to be sent. */
  #answering(): Set<Socket> {
    const found = new Set<Socket>();
    for (let each = this.#first; each !== undefined; each = each.next) {
      if (!each.response.writableFinished) found.add(each.response.req.socket);
    }
    return found;
  }

  #count(socket: Socket, by: 1 | -1): number {
    const count = (this.#busy.get(socket) ?? 0) + by;
    if (count === 0) this.#busy.delete(socket);
    else this.#busy.set(socket, count);
    return count;
  }

  #endIdle(counts: (socket: Socket) => boolean): void {
    for (const socket of this.#connections) {
      if (!this.#busy.has(socket) && counts(socket)) this.#endConnection(socket);
    }
  }

  /** Ends a connection once what was written to it, and what waits for its turn on it, has gone out. */
  #endConnection(socket: Socket): void {
    const last = this.#follower(socket, undefined);
    if (last === undefined) socket.destroySoon();
    else last.once("close", () => socket.destroySoon());
  }

  /** The last answer in the queue of a connection, if it is another one and still to be sent. */
  #follower(socket: Socket, response: ServerResponse | undefined): ServerResponse | undefined {
    const newest = this.#newest.get(socket);
    return newest === undefined || newest === response || newest.writableFinished ? undefined : newest;
  }
}
