/** A socket as handlers see it. */
import type { Message } from "./message.ts";

/** What a socket may say when it accepts. */
export interface AcceptOptions {
  /** One that the client offers. Default: the first it offers of the socket's `subprotocols`. */
  readonly subprotocol?: string | undefined;
  /** Added to the 101. Cookies are better set by the `response` dependency. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * An open WebSocket, or one that is about to be. The first `receive` or `send` accepts it; `accept` does so with more to say, and
 * `close` before that refuses it. What it rejects with once nobody is there any more is a `WebSocketDisconnect`, which a handler
 * may let pass.
 *
 * `R` is what it receives and `S` what it sends, as the schemas say; without schemas that is text and bytes.
 */
export interface Socket<out R = Message, in S = Message> extends AsyncIterable<R> {
  /** The subprotocols that the client offers, the ones it likes best first. */
  readonly offered: readonly string[];
  /** The first it offers of the socket's `subprotocols`, known from the start, or what `accept` said; undefined where there is none. */
  readonly subprotocol: string | undefined;
  /**
   * Accepts the handshake.
   * @throws ApusError where it has been accepted or closed already, and for what no 101 can say.
   */
  accept(options?: AcceptOptions | undefined): Promise<void>;
  /**
   * The next message, read by the `receive` schema. A loop `for await (const message of socket)` receives too, and ends when the
   * connection does.
   * @throws WebSocketDisconnect when the client has left; MessageValidationError, after which it may be called again.
   */
  receive(): Promise<R>;
  /**
   * Sends a message, written by the `send` schema.
   * @returns Once the system has taken it: to wait for it is to go at the pace of the client.
   * @throws WebSocketDisconnect (1006) where nobody is there any more; ApusError for a value that the schema does not allow, and
   *   after `close`.
   */
  send(message: S): Promise<void>;
  /** The next message as text; no schema is asked. One of bytes closes with 1003. */
  receiveText(): Promise<string>;
  /** The next message as bytes; no schema is asked. One of text closes with 1003. */
  receiveBytes(): Promise<Uint8Array>;
  /** The next message, text or bytes, as JSON; no schema is asked. */
  receiveJson(): Promise<unknown>;
  /** Sends text; no schema is asked. */
  sendText(text: string): Promise<void>;
  /** Sends bytes; no schema is asked. */
  sendBytes(bytes: Uint8Array): Promise<void>;
  /** Sends a value as JSON, as a text message; no schema is asked. */
  sendJson(value: unknown): Promise<void>;
  /**
   * Closes the connection, or refuses it with 403 where it has not been accepted. The handler goes on; when it returns, what
   * it used is closed. Only the first call counts.
   * @param code 1000 to 1014 (RFC 6455, section 7.4.1), or 3000 to 4999 for codes of your own.
   * @param reason Cut to 123 bytes of UTF-8.
   * @throws ApusError for a code that no close frame may carry.
   */
  close(code?: number | undefined, reason?: string | undefined): void;
}
