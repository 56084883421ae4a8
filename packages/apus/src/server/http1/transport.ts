/** What a connection stands on: bytes that arrive and bytes that go out, on Node and on Bun. */
import type { Socket } from "node:net";

/** What arrives, with what is cheaper than `toString("latin1", from, to)`. */
export interface Bytes extends Buffer {
  latin1Slice(from: number, to: number): string;
}

export interface Transport {
  /** What it is made of where that is Node's: such a connection can go on as another protocol's. */
  readonly upgradable?: Upgradable;
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  /**
   * Writes two texts, one behind the other, as UTF-8.
   * @param size How many bytes both have; as many as characters where they are ASCII.
   * @returns Whether the system has taken all there is; where not, nothing is lost, and `drained` tells when it has.
   */
  write(text: string, tail: string, size: number): boolean;
  /** The same with bytes, which nobody may change any more. */
  writeBytes(bytes: Uint8Array): boolean;
  /** A number that changes, while something waits to be taken, when the system takes more. */
  readonly taken: number;
  /** Ends our side, and goes on reading the other one. */
  shutdown(): void;
  /** Ends both sides once what was written has gone out. */
  end(): void;
  /** Cuts the connection. */
  terminate(): void;
  /** Cuts the connection so that the client can tell, and drops what it has not taken. */
  reset(): void;
  pause(): void;
  resume(): void;
}

/** A connection of Node. */
export interface Upgradable {
  readonly socket: Socket;
  /** Lets go of it: who takes it resumes it. What its reader is told from then on is that it has closed. */
  release(closed: () => void): void;
}

/** Who reads a transport. */
export interface Receiver {
  /** The bytes are the reader's own. */
  take(bytes: Bytes): void;
  /** The system has taken all that was written. */
  drained(): void;
  /** The client has sent everything. */
  ended(): void;
  hasClosed(): void;
}

export interface Listener {
  readonly address: string;
  readonly family: string;
  readonly port: number;
  /** Takes no more connections; those that are open stay. */
  stop(): void;
}

/**
 * Takes connections.
 * @throws What the system says, such as EADDRINUSE.
 */
export type Listen = (host: string, port: number, accept: (transport: Transport) => Receiver) => Promise<Listener>;
