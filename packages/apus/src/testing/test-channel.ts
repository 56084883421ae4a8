/** A WebSocket connection without a network: the server's end of it, and the client's. */
import { BodyReadError, type Acceptance, type Arrival, type Channel } from "../exchange/index.ts";

type Message = string | Uint8Array;
interface Close {
  readonly code: number;
  readonly reason: string;
}

/** As much as a system takes off the sender's hands while nobody reads. */
const taken = 64 * 1024;

const utf8 = new TextEncoder();
const sizeOf = (data: Message): number => (typeof data === "string" ? utf8.encode(data) : data).byteLength;
const copyOf = (data: Message): Message => (typeof data === "string" ? data : data.slice());

/** What arrives at one end, in order, and who waits for it. */
class Mailbox {
  readonly #arrived: { readonly data: Message; readonly at: number; readonly take: () => void }[] = [];
  #close: Close | undefined;
  #waiting: (() => void) | undefined;

  put(data: Message, take: () => void): void {
    this.#arrived.push({ data: copyOf(data), at: performance.now(), take });
    this.#wake();
  }

  /** Nothing comes after it; only the first counts. */
  end(close: Close): void {
    this.#close ??= close;
    this.#wake();
  }

  #wake(): void {
    this.#waiting?.();
    this.#waiting = undefined;
  }

  async next(): Promise<Arrival> {
    for (;;) {
      const first = this.#arrived.shift();
      if (first !== undefined) {
        first.take();
        return { kind: "message", data: first.data, at: first.at };
      }
      if (this.#close !== undefined) return { kind: "closed", ...this.#close };
      await new Promise<void>((resolve) => (this.#waiting = resolve));
    }
  }
}

export class TestChannel implements Channel {
  readonly closed: Promise<Close>;
  readonly #limit: number;
  readonly #toServer = new Mailbox();
  readonly #toClient = new Mailbox();
  /** Messages that the system has not taken yet, first sent first. */
  readonly #waiting = new Set<{ readonly size: number; readonly settle: () => void; readonly fail: () => void }>();
  /** What the system has taken and the client has not read. */
  #held = 0;
  #settle!: (close: Close) => void;
  #over = false;

  constructor({ maxMessageSize }: Acceptance) {
    this.#limit = maxMessageSize;
    this.closed = new Promise((resolve) => (this.#settle = resolve));
  }

  receive(): Promise<Arrival> {
    return this.#toServer.next();
  }

  get buffered(): number {
    let bytes = 0;
    for (const { size } of this.#waiting) bytes += size;
    return bytes;
  }

  send(data: Message): Promise<void> {
    if (this.#over) return Promise.reject(new BodyReadError("The connection is closed"));
    const size = sizeOf(data);
    return new Promise((resolve, reject) => {
      const waiting = {
        size,
        settle: (): void => {
          this.#held += size;
          resolve();
        },
        fail: (): void => reject(new BodyReadError("The connection is closed")),
      };
      this.#waiting.add(waiting);
      this.#toClient.put(data, () => this.#read(waiting));
      this.#fill();
    });
  }

  /** The client has read a message: the system takes others. */
  #read(message: { readonly size: number; readonly settle: () => void }): void {
    if (this.#waiting.delete(message as never)) message.settle();
    this.#held -= message.size;
    this.#fill();
  }

  #fill(): void {
    for (const each of this.#waiting) {
      if (this.#held > 0 && this.#held + each.size > taken) return;
      this.#waiting.delete(each);
      each.settle();
    }
  }

  /** The client answers a close frame at once. */
  close(code: number, reason: string): void {
    this.#end({ code, reason });
  }

  cut(): void {
    this.#end({ code: 1006, reason: "" });
  }

  #end(close: Close): void {
    if (this.#over) return;
    this.#over = true;
    this.#toServer.end(close);
    this.#toClient.end(close);
    for (const each of this.#waiting) each.fail();
    this.#waiting.clear();
    this.#settle(close);
  }

  /** The client's end. */
  readonly client = {
    receive: (): Promise<Arrival> => this.#toClient.next(),
    /** @returns Whether there was anybody to send it to. */
    send: (data: Message): boolean => {
      if (this.#over) return false;
      if (sizeOf(data) > this.#limit) this.#end({ code: 1009, reason: "The message is too large" });
      else this.#toServer.put(data, () => {});
      return true;
    },
    close: (code: number, reason: string): void => this.#end({ code, reason }),
    /** The client is gone without a word. */
    cut: (): void => this.cut(),
  };
}
