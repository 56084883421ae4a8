/** The two sides of an exchange as adapters know them: what arrived, and what goes back. */
import type { Pairs } from "./query.ts";
import type { Timers } from "./timers.ts";

/** A body that has arrived. */
export interface Content {
  /** In bytes. */
  readonly length: number;
  bytes(): Uint8Array;
  /** As text of UTF-8, with U+FFFD for what is none. */
  utf8(): string;
}

/** What an adapter knows of a request. Header values are as received, decoded as Latin-1. */
export interface Incoming {
  readonly method: string;
  /** The request target as it stood on the wire: `/items/1?q=x`. */
  readonly target: string;
  readonly scheme: "http" | "https";
  /** The peer's address, or null where the adapter has none. */
  readonly client: { readonly host: string; readonly port: number } | null;
  /** Aborted when the client leaves before the answer is complete. */
  readonly signal: AbortSignal;
  /** Time-outs of its own; the platform's where there are none. */
  readonly timers?: Timers | undefined;
  /** The first header line under a lower-case name. */
  header(name: string): string | undefined;
  /** All header lines under a lower-case name, in order. */
  headerLines(name: string): readonly string[];
  /** All headers, name and value in turn, names in lower case. */
  headers(): Pairs;
  /**
   * Reads the whole body, counting while it arrives.
   * @param limit In bytes.
   * @throws BodyTooLargeError once more has arrived; BodyReadError when the client leaves or the framing breaks.
   */
  read(limit: number): Promise<Uint8Array>;
  /** The same by call-backs, of which one is called, once and perhaps at once; in place of `read`. */
  collect?(limit: number, done: (bytes: Uint8Array) => void, fail: (error: unknown) => void): void;
  /** The body, where all of it is there and it is within the limit; else undefined, and nothing has been read. In place of `read`. */
  arrived?(limit: number): Content | undefined;
  /** Text of UTF-8, with U+FFFD for what is none: cheaper than a TextDecoder, where the adapter has that. */
  utf8?(bytes: Uint8Array): string;
  /**
   * The body piece by piece, in place of `read`, for one reader: the client is not read faster than the pieces are taken.
   * `return` lets go of the rest at once, also while a piece is waited for.
   * @param limit In bytes, of the whole body.
   * @throws From `next`, what `read` throws.
   */
  chunks(limit: number): AsyncIterable<Uint8Array>;
}

/** What goes back: everything an adapter needs to write, and what is to happen when it has. */
export interface Answer {
  readonly status: number;
  /** Name and value in turn, as they go on the wire. `content-length` is the adapter's. */
  readonly headers: readonly string[];
  /** Text (UTF-8), bytes, a stream, or null for no body. */
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null;
  /** How many bytes a stream gives, where that is known: it is announced, and the stream gives as many or breaks. */
  readonly length?: number | undefined;
  /** Runs once the answer is sent, or cannot be: background work and the exit of request-scoped dependencies. */
  readonly after?: (() => Promise<void>) | undefined;
  /** Whether it is the plain 500 for an error that nobody listed: middleware may still say another. */
  readonly unanswered?: boolean | undefined;
}

/** Whose word on scheme and client counts: addresses and networks, or how many proxies stand in front of the server. */
export type TrustedProxies = readonly string[] | number;
