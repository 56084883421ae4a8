/**
 * One request and its answer, the same for every adapter. The adapter gives an `Incoming`, gets an `Answer`, and knows
 * nothing of plans; the plans know nothing of `node:http` or `Request`.
 */
import { parseCookies } from "./cookie.ts";
import { parseMediaType, type MediaType } from "./media-type.ts";
import { parseQuery, type Pairs } from "./query.ts";
import { parseTarget, type Target } from "./target.ts";

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
}

/** More body than the operation takes. Answered with 413. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
  readonly limit: number;

  constructor(limit: number) {
    super(`The body is larger than ${limit} bytes`);
    this.limit = limit;
  }
}

/** The body could not be read to its end. Answered with 400, if anyone is still there. */
export class BodyReadError extends Error {
  override readonly name = "BodyReadError";
}

/** What goes back: everything an adapter needs to write, and what is to happen when it has. */
export interface Answer {
  readonly status: number;
  /** Name and value in turn, as they go on the wire. `content-length` is the adapter's. */
  readonly headers: readonly string[];
  /** Text (UTF-8), bytes, a stream, or null for no body. */
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null;
  /** Runs once the answer is sent, or cannot be: background work and the exit of request-scoped dependencies. */
  readonly after?: (() => Promise<void>) | undefined;
}

/** One request, read lazily: each part is parsed once, when it is first asked for. */
export class Exchange {
  readonly incoming: Incoming;
  readonly method: string;
  /** The error behind a 500, for those who test: nothing of it goes on the wire. */
  failure: unknown = undefined;
  // Plain fields: one exchange is made for each request, and private names cost time to set up.
  private readTarget: Target | null | undefined = undefined;
  private readQuery: Pairs | undefined = undefined;
  private readCookies: Pairs | undefined = undefined;
  private readMediaType: MediaType | null | undefined = undefined;
  private readBody: Promise<Uint8Array> | undefined = undefined;

  constructor(incoming: Incoming) {
    this.incoming = incoming;
    this.method = incoming.method;
  }

  /** The canonical target, or null for one that is refused with 400. */
  get target(): Target | null {
    return (this.readTarget ??= parseTarget(this.incoming.target) ?? null);
  }

  get query(): Pairs {
    return (this.readQuery ??= parseQuery(this.target?.query ?? ""));
  }

  get cookies(): Pairs {
    return (this.readCookies ??= parseCookies(this.incoming.headerLines("cookie")));
  }

  /** The body's media type, or null where the request names none. */
  get mediaType(): MediaType | null {
    return (this.readMediaType ??= parseMediaType(this.incoming.header("content-type")) ?? null);
  }

  /** The whole body; read once, whoever asks. */
  body(limit: number): Promise<Uint8Array> {
    return (this.readBody ??= this.incoming.read(limit));
  }
}
