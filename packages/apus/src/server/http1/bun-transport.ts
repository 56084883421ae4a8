/** Connections of Bun. What is used of Bun is declared here: nothing of it is imported, so that the package loads everywhere. */
import { builtin } from "../builtin.ts";
import type { Bytes, Listener, Receiver, Transport } from "./transport.ts";

/** @see https://bun.sh/docs/api/tcp */
interface BunSocket<Data> {
  data: Data;
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  /** @returns How many bytes the system has taken; negative once the connection is closed. */
  write(data: string | Uint8Array, from?: number, length?: number): number;
  shutdown(): void;
  end(): void;
  terminate(): void;
  pause(): void;
  resume(): void;
}

interface Handlers<Data> {
  open(socket: BunSocket<Data>): void;
  /** The bytes are the reader's own. */
  data(socket: BunSocket<Data>, bytes: Bytes): void;
  /** The system takes more. */
  drain(socket: BunSocket<Data>): void;
  end(socket: BunSocket<Data>): void;
  close(socket: BunSocket<Data>): void;
  error(socket: BunSocket<Data>, error: Error): void;
}

interface Bun {
  listen<Data>(options: {
    readonly hostname: string;
    readonly port: number;
    /** Whether a client that has sent everything still gets its answers. */
    readonly allowHalfOpen: boolean;
    readonly socket: Handlers<Data>;
  }): { readonly port: number; stop(): void };
}

/** Where texts become bytes: two are put together faster here than by Bun itself. */
const shared = Buffer.allocUnsafeSlow(64 * 1024) as Buffer & {
  latin1Write(text: string, at: number, length: number): number;
};
/** What stands at its beginning: the same head as a rule, for as long as a second. */
let first = "";

class BunTransport implements Transport {
  receiver!: Receiver;
  private readonly socket: BunSocket<BunTransport>;
  /** What the system has not taken. */
  private queue: Uint8Array[] = [];

  constructor(socket: BunSocket<BunTransport>) {
    this.socket = socket;
  }

  get remoteAddress(): string | undefined {
    return this.socket.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.socket.remotePort;
  }

  write(text: string, tail: string, size: number): boolean {
    const isAscii = size === text.length + tail.length;
    if (this.queue.length > 0 || !isAscii || size > shared.length) return this.writeBytes(Buffer.from(text + tail));
    if (text !== first) {
      shared.latin1Write(text, 0, text.length);
      first = text;
    }
    shared.latin1Write(tail, text.length, tail.length);
    const written = Math.max(0, this.socket.write(shared, 0, size));
    if (written === size) return true;
    this.queue.push(Buffer.copyBytesFrom(shared, written, size - written));
    return false;
  }

  writeBytes(bytes: Uint8Array): boolean {
    if (this.queue.length === 0) {
      const written = Math.max(0, this.socket.write(bytes));
      if (written >= bytes.byteLength) return true;
      this.queue.push(bytes.subarray(written));
    } else this.queue.push(bytes);
    return false;
  }

  /** The system takes more. */
  goOn(): void {
    for (let first = this.queue[0]; first !== undefined; first = this.queue[0]) {
      const written = Math.max(0, this.socket.write(first));
      if (written < first.byteLength) {
        this.queue[0] = first.subarray(written);
        return;
      }
      this.queue.shift();
    }
    this.receiver.drained();
  }

  closed(): void {
    this.queue = [];
    this.receiver.hasClosed();
  }

  shutdown(): void {
    this.socket.shutdown();
  }

  end(): void {
    this.socket.end();
  }

  terminate(): void {
    this.socket.terminate();
  }

  get taken(): number {
    return -this.queue.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  reset(): void {
    this.socket.terminate();
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }
}

/** As `Listen` says. */
export async function listenOnBun(
  host: string,
  port: number,
  accept: (transport: Transport) => Receiver,
): Promise<Listener> {
  const { Bun } = globalThis as unknown as { readonly Bun: Bun };
  const { address, family } = await builtin("node:dns/promises").lookup(host);
  const listener = Bun.listen<BunTransport>({
    hostname: address,
    port,
    allowHalfOpen: true,
    socket: {
      open(socket) {
        socket.data = new BunTransport(socket);
        socket.data.receiver = accept(socket.data);
      },
      data: (socket, bytes) => socket.data.receiver.take(bytes),
      drain: (socket) => socket.data.goOn(),
      end: (socket) => socket.data.receiver.ended(),
      close: (socket) => socket.data.closed(),
      error: (socket) => socket.terminate(),
    },
  });
  return { address, family: `IPv${family}`, port: listener.port, stop: () => listener.stop() };
}
