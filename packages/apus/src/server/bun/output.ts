/** What goes out on a connection of Bun: gathered, written at once, and kept as far as the system does not take it. */
import type { BunSocket } from "./tcp.ts";

/** So much of the answers to pipelined requests is gathered into one write. */
const mostGathered = 64 * 1024;

export class BunOutput {
  /** Whether the client does not take what was written. */
  blocked = false;
  /** Whether a part of the present answer is written. */
  begun = false;
  private readonly socket: BunSocket<unknown>;
  private text = "";
  /** How many bytes `text` has as UTF-8. */
  private size = 0;
  private queue: Uint8Array[] = [];
  private ending = false;
  private closed = false;
  private wake: (() => void) | undefined = undefined;

  constructor(socket: BunSocket<unknown>) {
    this.socket = socket;
  }

  /** @param size How many bytes it has as UTF-8; as many as characters where it is ASCII. */
  write(text: string, size = text.length): void {
    this.text += text;
    this.size += size;
  }

  /** @param bytes Nobody may change them. */
  writeBytes(bytes: Uint8Array): void {
    this.flush();
    if (this.closed) return;
    if (this.queue.length > 0) {
      this.queue.push(bytes);
      return;
    }
    const written = Math.max(0, this.socket.write(bytes));
    if (written < bytes.byteLength) this.wait(bytes.subarray(written));
  }

  /** Writes what was gathered. */
  flush(): void {
    const { text, size } = this;
    if (size === 0) return;
    this.text = "";
    this.size = 0;
    if (this.closed) return;
    if (this.queue.length > 0) {
      this.queue.push(Buffer.from(text));
      return;
    }
    const written = Math.max(0, this.socket.write(text));
    if (written < size) this.wait(Buffer.from(text).subarray(written));
    else if (this.ending) this.socket.shutdown();
  }

  flushLong(): void {
    if (this.size > mostGathered) this.flush();
  }

  private wait(bytes: Uint8Array): void {
    this.queue.push(bytes);
    this.blocked = true;
  }

  /** The system takes more. @returns Whether it has taken everything. */
  drained(): boolean {
    for (let first = this.queue[0]; first !== undefined; first = this.queue[0]) {
      const written = Math.max(0, this.socket.write(first));
      if (written < first.byteLength) {
        this.queue[0] = first.subarray(written);
        return false;
      }
      this.queue.shift();
    }
    this.blocked = false;
    this.wake?.();
    if (this.ending && this.size === 0 && !this.closed) this.socket.shutdown();
    return true;
  }

  /** Resolves once the client takes more, or has left. */
  async room(): Promise<void> {
    this.flush();
    if (!this.blocked || this.closed) return;
    await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
  }

  /** Nothing follows: our side ends once everything has gone out. */
  end(): void {
    this.ending = true;
    if (this.size === 0 && !this.blocked && !this.closed) this.socket.shutdown();
  }

  /** The connection is over. */
  close(): void {
    this.closed = true;
    this.queue = [];
    this.wake?.();
  }

  /**
   * Ends the connection before the answer is complete.
   * @param tells Whether the client can tell; else the connection is cut, which it can.
   */
  breakOff(tells: boolean): void {
    if (this.closed) return;
    if (tells && !this.blocked) this.socket.end();
    else this.socket.terminate();
  }

  /** Cuts the connection: what was sent is not to look complete. */
  cut(): void {
    this.socket.terminate();
  }
}
