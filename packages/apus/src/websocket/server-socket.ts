/** The socket behind `Socket`: its states, from the handshake that waits to the connection that is over. */
import { ApusError } from "../diagnostic/index.ts";
import type { Arrival, Channel, Exchange, Handshake } from "../exchange/index.ts";
import { acceptable, usualSubprotocol } from "./acceptance.ts";
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
  readonly #told = new WeakSet();
  /** Once is enough: a loop that sends to a closed socket would fill the log. */
  #toldOfState = false;
  #decide!: (decision: Decision) => void;
  #subprotocol: string | undefined;
  #opening: Promise<Channel> | undefined;
  #channel: Channel | undefined;
  /** Whether the app has closed it, or refused it. */
  #closed = false;
  /** Why the framework has closed it, where that was not the handler's wish. */
  #shutFor: WebSocketDisconnect | undefined;
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
    this.#subprotocol = usualSubprotocol(handshake.protocols, side.subprotocols);
    handshake.whenRefused(() => this.#leave());
  }

  get subprotocol(): string | undefined {
    return this.#subprotocol;
  }

  accept(options: AcceptOptions = {}): Promise<void> {
    return heard(this.#accept(options));
  }

  async #accept(options: AcceptOptions): Promise<void> {
    if (this.#closed) throw stateError('Cannot call "accept" once the socket has been closed.');
    if (this.#opening !== undefined) {
      throw stateError("The socket has been accepted already: by an accept(), or by the first receive or send.");
    }
    await this.#open(options);
  }

  #open(options: AcceptOptions = {}): Promise<Channel> {
    const { subprotocol, headers } = acceptable(options, this.offered, this.#side.subprotocols);
    const { maxMessageSize, maxQueued, pingInterval } = this.#side.limits;
    this.#subprotocol = subprotocol;
    this.#opening = this.#handshake
      .ask({ subprotocol, maxMessageSize, maxQueued, pingInterval })
      .then((channel) => this.#opened(channel));
    void heard(this.#opening);
    this.#decide({ kind: "accepted", headers });
    return this.#opening;
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
    this.#exchange.course.end(reason);
    this.#leave();
  }

  /** It takes no more messages. */
  #leave(): void {
    this.#over = true;
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

  receive(): Promise<unknown> {
    return this.#next((data) => (this.#side.read === undefined ? data : this.#side.read(data)));
  }

  receiveText(): Promise<string> {
    return this.#next((data) => {
      if (typeof data === "string") return data;
      throw new WebSocketException(1003, "Text was expected");
    });
  }

  receiveBytes(): Promise<Uint8Array> {
    return this.#next((data) => {
      if (typeof data !== "string") return data;
      throw new WebSocketException(1003, "Bytes were expected");
    });
  }

  receiveJson(): Promise<unknown> {
    return this.#next(readJson);
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

  #next<T>(read: (data: Message) => T): Promise<T> {
    const next = this.#turn.then(() => this.#arrived());
    this.#turn = next.catch(() => {});
    return heard(next.then(read));
  }

  async #arrived(): Promise<Message> {
    if (this.#closed && this.#opening === undefined) {
      throw stateError('Cannot call "receive" on a socket that was closed before it was accepted.');
    }
    if (this.#shutFor !== undefined) throw this.#shutFor;
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

  #send(write: () => Message): Promise<void> {
    const sent = this.#transmit(write);
    sent.catch((error: unknown) => this.#tell(error));
    return sent;
  }

  /** Tells of what is a mistake of whoever sends, who may not have waited to hear of it. */
  #tell(error: unknown): void {
    if (error instanceof WebSocketDisconnect || this.hasTold(error)) return;
    const isState = error instanceof ApusError && error.code === "APUS_SOCKET_STATE";
    if (!(isState && this.#toldOfState)) this.#exchange.tell(error);
    this.#toldOfState ||= isState;
    if (typeof error === "object" && error !== null) this.#told.add(error);
  }

  /** Whether an error has been reported already. */
  hasTold(error: unknown): boolean {
    return typeof error === "object" && error !== null && this.#told.has(error);
  }

  /** Written at once, so that what is changed later is not what is sent, and messages keep their order. */
  async #transmit(write: () => Message): Promise<void> {
    if (this.#shutFor !== undefined) throw this.#shutFor;
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
    return (this.#shutFor ??= new WebSocketDisconnect(code, reason));
  }
}

/** The same promise. Whoever waits for it hears of an error, and nobody has to: to forget an `await` must not end the process. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

function stateError(message: string): ApusError {
  return new ApusError(`APUS_SOCKET_STATE: ${message}`);
}
