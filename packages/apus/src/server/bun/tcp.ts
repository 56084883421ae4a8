/** What is used of Bun's sockets, declared here: nothing of Bun is imported, so that the package loads everywhere. */

/** What arrives, with what is cheaper than `toString("latin1", from, to)`. */
export interface Bytes extends Buffer {
  latin1Slice(from: number, to: number): string;
}

/** A connection. @see https://bun.sh/docs/api/tcp */
export interface BunSocket<Data> {
  data: Data;
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  /** @returns How many bytes the system has taken; negative once the connection is closed. The rest is for `drain`. */
  write(data: string | Uint8Array): number;
  /** Ends our side, and goes on reading the other one. */
  shutdown(): void;
  /** Ends both sides once what the system has taken has gone out. */
  end(): void;
  /** Cuts the connection. */
  terminate(): void;
  pause(): void;
  resume(): void;
}

export interface BunListener {
  readonly port: number;
  /** @param cut Whether open connections are cut as well. */
  stop(cut?: boolean): void;
}

interface Handlers<Data> {
  open(socket: BunSocket<Data>): void;
  /** The bytes are the reader's own. */
  data(socket: BunSocket<Data>, bytes: Bytes): void;
  /** The system takes more. */
  drain(socket: BunSocket<Data>): void;
  /** The client has sent everything. */
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
  }): BunListener;
}

/** Bun, where the program runs on it. */
export const bun = (globalThis as { readonly Bun?: Bun }).Bun;
