/** The socket behind `Socket`: its states, from the handshake that waits to the connection that is over. */
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import { checkedHeader, type Arrival, type Channel, type Exchange, type Handshake } from "../exchange/index.ts";
import { checkedClose, WebSocketDisconnect, WebSocketException } from "./close.ts";
import { TokenBucket } from "./limits.ts";
import { checkMessage, readJson, writeJson, type Message } from "./message.ts";
import type { SocketSide } from "./side.ts";
import type { AcceptOptions, Socket } from "./socket.ts";

/** What becomes of the handshake: it is accepted, with these headers on the 101, or closed before that. */
type Decision =
  | { readonly kind: "accepted"; readonly headers: readonly string[] }
  | { readonly kind: "closed"; readonly code: number; readonly reason: string };

const notAgain = 'Cannot call "send" once a close message has been sent.';

export class ServerSocket implements Socket<unknown, never> {
  readonly offered: readonly string[];
  /** Settles when the handler says what becomes of the handshake. */
  readonly decision: Promise<Decision>;
  readonly #handshake: Handshake;
  readonly #side: SocketSide;
  readonly #exchange: Exchange;
  readonly #bucket: TokenBucket | undefined;
  readonly #leaving = new Set<() => void>();
  #decide!: (decision: Decision) => void;
  #subprotocol: string | undefined;
  #opening: Promise<Channel> | undefined;
  #channel: Channel | undefined;
  /** Whether the app has closed it, or refused it. */
  #closed = false;
  #over = false;
  /** Whether somebody was told that nothing more will come. */
  #toldOfEnd = false;
  #arriving: Promise<Arrival> | undefined;
  /** The receive that is under way: a channel is asked once at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(side: SocketSide, handshake: Handshake, exchange: Exchange) {
    this.offered = handshake.protocols;
    this.#side = side;
    this.#handshake = handshake;
    this.#exchange = exchange;
    this.#bucket = side.limits.messageRate === null ? undefined : new TokenBucket(side.limits.messageRate);
    this.decision = new Promise((resolve) => (this.#decide = resolve));
  }

  get subprotocol(): string | undefined {
    return this.#subprotocol;
  }

  async accept(options: AcceptOptions = {}): Promise<void> {
    if (this.#closed) throw stateError('Cannot call "accept" once the socket has been closed.');
    if (this.#opening !== undefined) {
      throw stateError("The socket has been accepted already: by an accept(), or by the first receive or send.");
    }
    await this.#open(options);
  }

  #open(options: AcceptOptions = {}): Promise<Channel> {
    const { subprotocol, headers } = this.#checkAccept(options);
    const { maxMessageSize, maxQueued, pingInterval } = this.#side.limits;
    this.#subprotocol = subprotocol;
    this.#opening = this.#handshake
      .ask({ subprotocol, maxMessageSize, maxQueued, pingInterval })
      .then((channel) => this.#opened(channel));
    // Whoever waits for it is told; nobody has to.
    this.#opening.catch(() => {});
    this.#decide({ kind: "accepted", headers });
    return this.#opening;
  }

  #checkAccept({ subprotocol, headers = {}, ...rest }: AcceptOptions) {
    checkOptionNames("socket.accept()", rest, ["subprotocol", "headers"]);
    if (subprotocol !== undefined && !this.offered.includes(subprotocol)) {
      throw stateError(
        `The subprotocol ${JSON.stringify(subprotocol)} is none that the client offers; it would give the connection up.`,
      );
    }
    const pairs = Object.entries(headers).flatMap(([name, value]) => [checkedHeader(name, value), value]);
    const reserved = pairs.find((name, i) => i % 2 === 0 && /^(?:sec-websocket-.*|connection|upgrade)$/.test(name));
    if (reserved !== undefined) {
      throw new ApusError(
        `APUS_HEADER: the header "${reserved}" of an accepted socket is the server's; a subprotocol is said by accept({ subprotocol }).`,
      );
    }
    const usual = this.offered.find((each) => this.#side.subprotocols.includes(each));
    return { subprotocol: subprotocol ?? usual, headers: pairs };
  }

  #opened(channel: Channel | undefined): Channel {
    if (channel === undefined) {
      const gone = new WebSocketDisconnect(1006);
      this.#end(gone);
      throw gone;
    }
    this.#channel = channel;
    void channel.closed.then(({ code, reason }) => this.#end(new WebSocketDisconnect(code, reason)));
    return channel;
  }

  #end(reason: WebSocketDisconnect): void {
    this.#over = true;
    this.#exchange.course.end(reason);
    for (const leave of this.#leaving) leave();
    this.#leaving.clear();
  }

  /** Whether it takes no more messages. */
  get isOver(): boolean {
    return this.#over || this.#closed;
  }

  /** Calls the listener when it takes no more messages. */
  whenOver(listener: () => void): void {
    this.#leaving.add(listener);
  }

  /** The channel, accepting where nothing has been said yet. */
  #connected(): Channel | Promise<Channel> {
    return this.#channel ?? this.#opening ?? this.#open();
  }

  async receive(): Promise<unknown> {
    const data = await this.#next();
    return this.#side.read === undefined ? data : this.#side.read(data);
  }

  async receiveText(): Promise<string> {
    const data = await this.#next();
    if (typeof data === "string") return data;
    throw new WebSocketException(1003, "Text was expected");
  }

  async receiveBytes(): Promise<Uint8Array> {
    const data = await this.#next();
    if (typeof data !== "string") return data;
    throw new WebSocketException(1003, "Bytes were expected");
  }

  async receiveJson(): Promise<unknown> {
    return readJson(await this.#next());
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    while (!this.#toldOfEnd) {
      let message: unknown;
      try {
        message = await this.receive();
      } catch (error) {
        if (error instanceof WebSocketDisconnect) return;
        throw error;
      }
      yield message;
    }
  }

  #next(): Promise<Message> {
    const next = this.#turn.then(() => this.#arrived());
    this.#turn = next.catch(() => {});
    return next;
  }

  async #arrived(): Promise<Message> {
    if (this.#closed && this.#opening === undefined) {
      throw stateError('Cannot call "receive" on a socket that was closed before it was accepted.');
    }
    if (this.#toldOfEnd) throw stateError('Cannot call "receive" once a disconnect message has been received.');
    const channel = await this.#connected();
    // One that took too long is still under way.
    this.#arriving ??= channel.receive();
    const arrival = await this.#inTime(this.#arriving);
    this.#arriving = undefined;
    if (arrival.kind === "closed") {
      this.#toldOfEnd = true;
      throw new WebSocketDisconnect(arrival.code, arrival.reason);
    }
    if (this.#bucket?.take(arrival.at) === false) throw this.#shut(1008, "Too many messages");
    return arrival.data;
  }

  /** Waits for a message no longer than `idleTimeout`. */
  async #inTime(arriving: Promise<Arrival>): Promise<Arrival> {
    const { idleTimeout } = this.#side.limits;
    if (idleTimeout === null) return arriving;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#shut(1008, "No message arrived in time")), idleTimeout);
    });
    try {
      return await Promise.race([arriving, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  send(message: unknown): Promise<void> {
    return this.#send(() => this.#side.write?.(message) ?? checkMessage(message));
  }

  sendText(text: string): Promise<void> {
    return this.#send(() => {
      if (typeof text === "string") return text;
      throw new ApusError(`APUS_SEND_MISMATCH: sendText() was given ${typeof text}; give text.`);
    });
  }

  sendBytes(bytes: Uint8Array): Promise<void> {
    return this.#send(() => {
      if (bytes instanceof Uint8Array) return bytes;
      throw new ApusError(`APUS_SEND_MISMATCH: sendBytes() was given ${typeof bytes}; give bytes, a Uint8Array.`);
    });
  }

  sendJson(value: unknown): Promise<void> {
    return this.#send(() => writeJson(value));
  }

  /** Written at once, so that what is changed later is not what is sent, and messages keep their order. */
  async #send(write: () => Message): Promise<void> {
    if (this.#closed) throw stateError(notAgain);
    const data = write();
    const channel = this.#channel ?? (await this.#connected());
    if (this.#over) throw new WebSocketDisconnect(1006);
    if (channel.buffered > this.#side.limits.maxBuffered) throw this.#shut(1013, "Messages are not taken fast enough");
    try {
      await channel.send(data);
    } catch {
      throw new WebSocketDisconnect(1006);
    }
  }

  /** Sends without waiting; a client that is too slow is closed. What is not open gets nothing. @returns Whether it was sent. */
  deliver(data: Message): boolean {
    const channel = this.#channel;
    if (channel === undefined || this.isOver) return false;
    if (channel.buffered > this.#side.limits.maxBuffered) {
      this.#shut(1013, "Messages are not taken fast enough");
      return false;
    }
    channel.send(data).catch(() => {}); // It has left: whoever receives is told.
    return true;
  }

  close(code = 1000, reason = ""): void {
    const said = checkedClose(code, reason);
    if (this.#closed) return;
    this.#closed = true;
    for (const leave of this.#leaving) leave();
    this.#leaving.clear();
    if (this.#opening === undefined) {
      this.#handshake.closed = said;
      this.#decide({ kind: "closed", ...said });
      return;
    }
    // What is being sent is sent first.
    if (this.#channel !== undefined) this.#channel.close(said.code, said.reason);
    else
      void this.#opening.then(
        (channel) => channel.close(said.code, said.reason),
        () => {},
      );
  }

  #shut(code: number, reason: string): WebSocketDisconnect {
    this.close(code, reason);
    return new WebSocketDisconnect(code, reason);
  }
}

function stateError(message: string): ApusError {
  return new ApusError(`APUS_SOCKET_STATE: ${message}`);
}
