/** A server on connections of Node or Bun: its connections, their time-outs, and its end. */
import type { App } from "../../app/index.ts";
import type { Exchange } from "../../exchange/index.ts";
import { Connection } from "./connection.ts";
import type { Listen, Listener } from "./transport.ts";
import { warnsOfDropped } from "../dropped.ts";
import { drain, type Closing, type Works } from "../drain.ts";
import type { Engine } from "../engine.ts";
import { OpenSockets } from "../websocket/open-sockets.ts";
import type { Settings } from "../options.ts";
import { keepAliveOf } from "../keep-alive.ts";

/** How long a connection on which nothing has arrived is still waited for once closing has begun, in ms. */
const firstRequest = 250;

/** Serves an App; its WebSockets on Node. */
export function http1Engine(app: App, settings: Settings, listen: Listen): Engine {
  const server = new Http1Server(app, settings, listen);
  return {
    listen: (host, port) => server.listen(host, port),
    drain: () => drain(server, server, server.sockets, settings),
  };
}

export class Http1Server implements Closing, Works {
  readonly app: App;
  readonly settings: Settings;
  readonly sockets = new OpenSockets();
  /** The lines of an answer that say that its connection is kept, up to its body. */
  readonly keptAlive: string;
  /** Whether each connection ends with the answer under way on it. */
  ending = false;
  listening = false;
  readonly #connections = new Set<Connection>();
  /** Connections that are over, and on which something is still under way. */
  readonly #left = new Set<Connection>();
  /** How many connections there are that go on as WebSockets. */
  #upgraded = 0;
  readonly #tick: number;
  #clock = performance.now();
  #timer: NodeJS.Timeout | undefined;
  readonly #listen: Listen;
  #listener: Listener | undefined;
  /** Whether connections on which nothing is under way end. */
  closing = false;
  #whenClosed: (() => void)[] = [];
  #whenSettled: (() => void)[] = [];
  readonly #warn: () => void;

  constructor(app: App, settings: Settings, listen: Listen) {
    this.#listen = listen;
    this.app = app;
    this.settings = settings;
    this.#warn = warnsOfDropped(settings.maxConnections);
    this.keptAlive = `${keepAliveOf(settings.keepAliveTimeout, settings.maxRequestsPerSocket).lines}\r\n`;
    this.#tick = Math.max(
      10,
      Math.min(
        1_000,
        Math.ceil(Math.min(settings.headersTimeout, settings.keepAliveTimeout, settings.sendTimeout) / 2),
      ),
    );
  }

  /** When so many milliseconds will have passed: never too early, and no more than two looks at the clock too late. */
  in(ms: number): number {
    return this.#clock + this.#tick + ms;
  }

  /** @throws What the system says, such as EADDRINUSE. */
  async listen(host: string, port: number): Promise<Listener> {
    const listener = await this.#listen(host, port, (transport) => {
      const connection = new Connection(transport, this);
      if (this.#connections.size + this.#upgraded >= this.settings.maxConnections) this.#drop(connection);
      else this.#connections.add(connection);
      return connection;
    });
    this.#listener = listener;
    this.#clock = performance.now();
    this.listening = true;
    this.#timer = setInterval(() => this.#look(), this.#tick).unref();
    return listener;
  }

  #drop(connection: Connection): void {
    connection.transport.end();
    this.#warn();
  }

  #look(): void {
    const now = (this.#clock = performance.now());
    for (const each of this.#connections) {
      if (each.deadline <= now) each.timeOut();
      if (each.answers.output.blocked) each.lookAtOutput(now);
    }
  }

  /** Tells that a connection is over. */
  closed(connection: Connection): void {
    this.#connections.delete(connection);
    if (connection.answers.busy) this.#left.add(connection);
    if (this.closing) this.#closeIfEmpty();
  }

  /** Tells that a connection goes on as a WebSocket. */
  handedOver(connection: Connection): void {
    this.#upgraded++;
    connection.transport.upgradable!.release(this.#upgradedClosed);
    this.closed(connection);
  }

  /** Told by the connections themselves, so that none of them keeps more for it. */
  readonly #upgradedClosed = (): void => {
    this.#upgraded--;
    if (this.closing) this.#closeIfEmpty();
  };

  #closeIfEmpty(): void {
    if (this.#connections.size + this.#upgraded === 0) this.#hasClosed();
  }

  #hasClosed(): void {
    clearInterval(this.#timer);
    for (const resolve of this.#whenClosed.splice(0)) resolve();
  }

  /** Tells that work has ended of which a connection may have been the last to know. */
  settle(): void {
    for (const each of this.#left) if (!each.answers.busy) this.#left.delete(each);
    if (this.#whenSettled.length === 0 || this.works.length > 0) return;
    for (const resolve of this.#whenSettled.splice(0)) resolve();
  }

  /** What is under way. */
  get works(): readonly { readonly exchange: Exchange }[] {
    const found = new Set([...this.#left, ...this.#connections].flatMap(({ answers }) => answers.exchanges));
    return [...found].map((exchange) => ({ exchange }));
  }

  announceEnd(): void {
    this.ending = true;
  }

  /** Takes no more connections; those without work end, a new one once it had a moment to send its first request. */
  close(closed?: () => void): void {
    this.ending = true;
    if (closed !== undefined) this.#whenClosed.push(closed);
    if (this.closing) return;
    this.closing = true;
    this.listening = false;
    this.#listener?.stop();
    if (this.#connections.size === 0) return this.#closeIfEmpty();
    // Requests that have arrived and not been read yet are read within one turn of the event loop.
    setImmediate(() => void setImmediate(() => this.#endIdle(({ used }) => used)));
    setTimeout(() => this.#endIdle(() => true), firstRequest).unref();
  }

  #endIdle(counts: (connection: Connection) => boolean): void {
    for (const each of this.#connections) if (counts(each)) each.endIdle();
  }

  /** Resolves when nothing is under way. */
  settled(): Promise<void> {
    return this.works.length === 0 ? Promise.resolve() : new Promise((resolve) => void this.#whenSettled.push(resolve));
  }

  closeAllConnections(): void {
    for (const { transport } of this.#connections) transport.terminate();
  }
}
