/** The two sides of a WebSocket (RFC 6455) as adapters know them: a handshake that waits for its answer, and what comes of it. */
import type { Pairs } from "./query.ts";

/** What a socket says when it accepts. */
export interface Acceptance {
  /** One of those that the client offered, or none. */
  readonly subprotocol: string | undefined;
  /** Further headers of the 101, names and values in turn, cookies included. */
  readonly headers: Pairs;
  /** Largest message in bytes; the connection is closed with 1009 where one is larger. */
  readonly maxMessageSize: number;
  /** As many bytes of received messages as wait unread before the connection is not read any further. */
  readonly maxQueued: number;
  /** How often the client is pinged, in ms; one that has not answered by the next ping is gone. Null for never. */
  readonly pingInterval: number | null;
}

/** A handshake that was valid as such and that nobody has answered yet. */
export interface Upgrade {
  /** The subprotocols that the client offers, the ones it likes best first. */
  readonly protocols: readonly string[];
  /**
   * Answers 101.
   * @throws BodyReadError where the client has left.
   */
  accept(acceptance: Acceptance): Promise<Channel>;
}

/** What arrived on a channel. Once it is closed, that is what each further call gives. */
export type Arrival =
  /** `at` is when it had arrived in full, by `performance.now()`: how fast a client sends is not how fast it is read. */
  | { readonly kind: "message"; readonly data: string | Uint8Array; readonly at: number }
  /** @see https://www.rfc-editor.org/rfc/rfc6455#section-7.4 1005 where the client gave no code, 1006 where it just left. */
  | { readonly kind: "closed"; readonly code: number; readonly reason: string };

/** An open WebSocket connection. */
export interface Channel {
  /** The next message, or the end; waits for it. One call at a time. */
  receive(): Promise<Arrival>;
  /**
   * Sends one message, text as a text frame and bytes as a binary one.
   * @returns Once the system has taken it: whoever waits for it is slowed to the pace of the client.
   */
  send(data: string | Uint8Array): Promise<void>;
  /** How many bytes were sent and not yet taken. */
  readonly buffered: number;
  /** Begins the closing handshake; the connection is cut where the client does not answer it in time. Only the first call counts. */
  close(code: number, reason: string): void;
  /** Cuts the connection without a word. */
  cut(): void;
  /** Settles when the connection has ended, however it did. Never rejects. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}
