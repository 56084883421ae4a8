/** An open WebSocket of the `ws` package as the core sees it. One for each connection, so it keeps little. */
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { BodyReadError, type Acceptance, type Arrival, type Channel } from "../../exchange/index.ts";
import type { Beating, Heartbeat } from "./heartbeat.ts";

type Closed = Arrival & { readonly kind: "closed" };
type Message = Arrival & { readonly kind: "message" };

/** What a message that waits takes besides its content, in bytes: a flood of empty ones is one as well. */
const overhead = 64;

/** With which code a connection is closed that breaks the protocol. */
const broken: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
};

/** The channel of each socket: listeners are the same for all of them. */
const channels = new WeakMap<WebSocket, WsChannel>();

/** Who is told when the connection has ended. */
export interface Owner {
  channelEnded(): void;
}

export class WsChannel implements Channel, Beating {
  // Plain fields: private names cost memory in each of them.
  private readonly ws: WebSocket;
  private readonly socket: Socket;
  private readonly maxQueued: number;
  /** Messages that nobody has asked for yet, and what they take. */
  private waiting: Message[] | undefined = undefined;
  private queued = 0;
  private reader: ((arrival: Arrival) => void) | undefined = undefined;
  /** What `receive` gives once all messages have been taken. */
  private last: Closed | undefined = undefined;
  /** How the connection ended. */
  private end: Closed | undefined = undefined;
  private brokenBy: number | undefined = undefined;
  private ending: Promise<Closed> | undefined = undefined;
  private ended: ((end: Closed) => void) | undefined = undefined;
  /** How many bytes had arrived when the last ping was sent; -1 before the first. */
  private readAtPing = -1;
  /** Whether anything has been heard since: Bun does not count the bytes of a connection that was upgraded. */
  private heard = false;
  /** Among which it has its pulse. */
  private slot: Set<Beating> | undefined = undefined;
  private readonly owner: Owner;

  /** @param socket The connection below it. */
  constructor(ws: WebSocket, socket: Socket, { maxQueued }: Pick<Acceptance, "maxQueued">, owner: Owner) {
    this.owner = owner;
    this.ws = ws;
    this.socket = socket;
    this.maxQueued = maxQueued;
    channels.set(ws, this);
    ws.on("message", onMessage).on("error", onError).on("close", onClose);
    ws.on("ping", onHeard).on("pong", onHeard);
  }

  receive(): Promise<Arrival> {
    const message = this.waiting?.shift();
    if (message !== undefined) {
      this.queued -= costOf(message.data);
      if (this.waiting!.length === 0) this.waiting = undefined;
      if (this.ws.isPaused && this.queued < this.maxQueued) this.ws.resume();
      return Promise.resolve(message);
    }
    if (this.last !== undefined) return Promise.resolve(this.last);
    return new Promise((resolve) => void (this.reader = resolve));
  }

  send(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.ws.send(data, (error) => {
        if (error) reject(new BodyReadError("The connection is closed", { cause: error }));
        else resolve();
      });
    });
  }

  get buffered(): number {
    return this.ws.bufferedAmount;
  }

  close(code: number, reason: string): void {
    if (this.last !== undefined) return;
    this.ws.close(code, reason);
    this.finish({ kind: "closed", code, reason });
    // The answer may stand behind messages that were not read for want of room; from now on they are thrown away.
    this.ws.resume();
  }

  cut(): void {
    this.ws.terminate();
  }

  get closed(): Promise<Closed> {
    if (this.end !== undefined) return Promise.resolve(this.end);
    return (this.ending ??= new Promise((resolve) => void (this.ended = resolve)));
  }

  /** Whether the connection has ended. */
  get over(): boolean {
    return this.end !== undefined;
  }

  /** Whether its end has begun, whoever began it. */
  get closing(): boolean {
    return this.ws.readyState !== this.ws.OPEN;
  }

  /** @param interval In ms. */
  beatsUntilEnd(heartbeat: Heartbeat, interval: number): void {
    this.slot = heartbeat.add(this, interval);
  }

  /** Pings the client; one from which nothing has come since the last ping is gone. */
  beat(): void {
    // As long as nobody reads what has arrived, neither an answer nor the end would be seen; to send is what finds out that the
    // client has left.
    if (this.ws.isPaused) {
      this.readAtPing = -1;
      return this.ws.ping();
    }
    const read = this.socket.bytesRead;
    if (!this.heard && read === this.readAtPing) return this.ws.terminate();
    this.readAtPing = read;
    this.heard = false;
    this.ws.ping();
  }

  /** @internal */
  take(data: string | Uint8Array): void {
    this.heard = true;
    if (this.last !== undefined) return;
    const message: Message = { kind: "message", data, at: performance.now() };
    const { reader } = this;
    if (reader !== undefined) {
      this.reader = undefined;
      reader(message);
      return;
    }
    (this.waiting ??= []).push(message);
    this.queued += costOf(data);
    if (this.queued >= this.maxQueued) this.ws.pause();
  }

  /** @internal */
  hear(): void {
    this.heard = true;
  }

  /** @internal */
  break(code: string): void {
    this.brokenBy = broken[code] ?? (code.startsWith("WS_ERR_") ? 1002 : 1006);
    this.finish({ kind: "closed", code: this.brokenBy, reason: "" });
  }

  /** @internal */
  conclude(code: number, reason: string): void {
    this.end = { kind: "closed", code: this.brokenBy ?? code, reason };
    this.finish(this.end);
    this.slot?.delete(this);
    this.ended?.(this.end);
    this.owner.channelEnded();
  }

  private finish(last: Closed): void {
    if (this.last !== undefined) return;
    this.last = last;
    this.reader?.(last);
    this.reader = undefined;
  }
}

function costOf(data: string | Uint8Array): number {
  return data.length + overhead;
}

function onMessage(this: WebSocket, data: unknown, isBinary: boolean): void {
  const bytes = data as Buffer;
  channels.get(this)?.take(isBinary ? ownBytes(bytes) : bytes.toString());
}

/** Bytes that nobody else has: those of a small message are a part of what arrived together with others. */
function ownBytes(bytes: Buffer): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
}

function onHeard(this: WebSocket): void {
  channels.get(this)?.hear();
}

function onError(this: WebSocket, error: Error): void {
  channels.get(this)?.break("code" in error ? String(error.code) : "");
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  channels.get(this)?.conclude(code, reason.toString());
}
