/** What goes out on a connection: answers that are made in one turn go out in one write. */
import type { Transport } from "./transport.ts";

/** So much of the answers to pipelined requests is gathered into one write. */
const mostGathered = 64 * 1024;

export class Output {
  /** Whether the client does not take what was written. */
  blocked = false;
  /** Whether a part of the present answer is written. */
  begun = false;
  private readonly transport: Transport;
  private text = "";
  /** What follows the text: the last body, which is not joined to what precedes it before that must be. */
  private tail = "";
  /** How many bytes both have as UTF-8. */
  private size = 0;
  private ending = false;
  private closed = false;
  private wake: (() => void) | undefined = undefined;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** @param size How many bytes both have as UTF-8; as many as characters where they are ASCII. */
  write(text: string, size = text.length, tail = ""): void {
    this.text += this.tail + text;
    this.tail = tail;
    this.size += size;
  }

  /** @param bytes Nobody may change them. */
  writeBytes(bytes: Uint8Array): void {
    this.flush();
    if (!this.closed && !this.transport.writeBytes(bytes)) this.blocked = true;
  }

  /** Writes what was gathered. */
  flush(): void {
    const { text, tail, size } = this;
    if (size === 0) return;
    this.text = this.tail = "";
    this.size = 0;
    if (this.closed) return;
    if (!this.transport.write(text, tail, size)) this.blocked = true;
    else if (this.ending && !this.blocked) this.transport.shutdown();
  }

  flushLong(): void {
    if (this.size > mostGathered) this.flush();
  }

  /** The client has taken everything. */
  drained(): void {
    this.blocked = false;
    this.wake?.();
    if (this.ending && this.size === 0 && !this.closed) this.transport.shutdown();
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
    if (this.size === 0 && !this.blocked && !this.closed) this.transport.shutdown();
  }

  /** The connection is over. */
  close(): void {
    this.closed = true;
    this.wake?.();
  }

  /**
   * Ends the connection before the answer is complete.
   * @param tells Whether the client can tell; else the connection is cut, which it can.
   */
  breakOff(tells: boolean): void {
    if (this.closed) return;
    if (tells && !this.blocked) this.transport.end();
    else this.transport.reset();
  }

  /** Cuts the connection: what was sent is not to look complete. */
  cut(): void {
    this.transport.reset();
  }
}
