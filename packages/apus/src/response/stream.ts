/** `stream`: bytes or text that are sent as they come, in the manner of FastAPI's StreamingResponse. */
import { ApusError, checkOptionNames, ofThisCopy } from "../diagnostic/index.ts";
import { forbidsBody, type Answer, type Exchange } from "../exchange/index.ts";
import { DeferredReply } from "./deferred-reply.ts";
import { isSource, produce, type Source } from "./produce.ts";
import { kind, type Kind, type ReplyInit } from "./reply.ts";

/** A piece of a body: bytes, or text, which is sent in UTF-8. */
export type Piece = string | Uint8Array;
/** What a body is made of: pieces as they come, or a single one. */
export type Pieces = Piece | Source<Piece>;

/** A kind whose bodies are sent as they come. */
export interface StreamKind extends Kind<Pieces> {
  readonly streams: true;
}

/** What describes such a kind. */
export interface StreamOptions {
  /** Content-Type; `; charset=utf-8` is added to text types that name no charset. */
  readonly type: string;
}

/** Makes streams: `as: stream({ type: "image/png" })`, `as: stream`, `stream(pieces, { status, headers })`. */
export interface Stream {
  (options: StreamOptions): StreamKind;
  (pieces: Pieces, init?: ReplyInit | undefined): DeferredReply;
  readonly mediaType: null;
  readonly status: 200;
  readonly json: false;
  readonly streams: true;
}

const encoder = new TextEncoder();

class StreamReply extends DeferredReply {
  readonly #pieces: Pieces;

  constructor(status: number | undefined, headers: readonly string[], pieces: Pieces) {
    super(status, headers, null);
    this.#pieces = pieces;
  }

  with(status: number | undefined, headers: readonly string[]): StreamReply {
    return new StreamReply(status, headers, this.#pieces);
  }

  async answer(exchange: Exchange, status: number): Promise<Answer> {
    const pieces = this.#pieces;
    const source = typeof pieces === "string" || pieces instanceof Uint8Array ? [pieces] : pieces;
    const { body, after } = produce(source, { bytesOf }, exchange);
    if (!forbidsBody(status)) return { status, headers: this.headers, body, after };
    void body.cancel();
    return { status, headers: this.headers, body: null, after };
  }
}

function bytesOf(piece: unknown): Uint8Array {
  if (typeof piece === "string") return encoder.encode(piece);
  if (piece instanceof Uint8Array) return piece;
  throw new ApusError(
    `APUS_STREAM: a stream got ${told(piece)} for a piece of its body; yield text or bytes, or say \`output: jsonLines()\` for values.`,
  );
}

function told(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** @throws ApusError for what is neither pieces nor one of them. */
function replyOf(of: Kind<null>): (pieces: Pieces, init?: ReplyInit) => DeferredReply {
  return (pieces, init) => {
    if (typeof pieces !== "string" && !(pieces instanceof Uint8Array) && !isSource(pieces)) {
      throw new ApusError(
        `APUS_STREAM: a stream is made of ${told(pieces)}; give a generator, another (async) iterable or a ReadableStream of text or bytes.`,
      );
    }
    const { status, headers } = of(null, init);
    return new StreamReply(status, headers, pieces);
  };
}

function streamKind({ type }: StreamOptions): StreamKind {
  if (typeof type !== "string" || !type.includes("/")) {
    throw new ApusError('APUS_STREAM: stream({ type }) takes a media type: stream({ type: "image/png" }).');
  }
  const plain = kind<null>({ mediaType: type, write: () => null });
  const { mediaType, status, json } = plain;
  return Object.assign(ofThisCopy(replyOf(plain)), { mediaType, status, json, streams: true as const });
}

const untyped = replyOf(kind<null>({ mediaType: null, write: () => null }));

/** Whether it says what a stream is rather than what is in it. */
function isOptions(value: unknown): value is StreamOptions {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || isSource(value)) return false;
  checkOptionNames("stream()", value, ["type"]);
  return true;
}

/**
 * A body that is sent as it comes: text or bytes of a generator, another (async) iterable, or a ReadableStream.
 *
 * The status and the headers are sent before a generator begins. It is asked for a piece only when the client has taken what
 * was sent, and it is closed when the client leaves.
 * @throws ApusError for pieces that are none, and for an option that there is not.
 * @example
 * get("/logo", { as: stream({ type: "image/png" }) }, async function* () {
 *   yield* createReadStream("logo.png");
 * });
 * get("/export", () => stream({ type: "text/csv" })(rows(), { headers: { "content-disposition": "attachment" } }));
 */
export const stream: Stream = Object.assign(
  ofThisCopy(((first: StreamOptions | Pieces, init?: ReplyInit) =>
    isOptions(first) ? streamKind(first) : untyped(first, init)) as Stream),
  { mediaType: null, status: 200 as const, json: false as const, streams: true as const },
);

/** Whether a kind takes what a generator yields. */
export function streams(as: Kind): boolean {
  return (as as Partial<StreamKind>).streams === true;
}
