/** The fetch adapter: a web `Request` as an `Incoming`, an `Answer` as a web `Response`. */
import { BodyReadError, BodyTooLargeError } from "./errors.ts";
import { forbidsBody, withoutFraming } from "./framing.ts";
import type { Answer, Incoming } from "./incoming.ts";
import type { Pairs } from "./query.ts";

/** The target as it stood on the wire: what follows the authority of a URL. */
function targetOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  return start < 0 ? "/" : url.slice(start);
}

/** Sees a web Request as the adapters of servers see theirs. */
export class WebIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly scheme: "http" | "https";
  readonly client = null;
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
    this.method = request.method;
    this.target = targetOf(request.url);
    this.scheme = request.url.startsWith("https:") ? "https" : "http";
  }

  get signal(): AbortSignal {
    return this.#request.signal;
  }

  /** A Request whose runtime keeps no Host header still says in its URL which host was asked. */
  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? (name === "host" ? new URL(this.#request.url).host : undefined);
  }

  headerLines(name: string): readonly string[] {
    const value = this.header(name);
    return value === undefined ? [] : [value];
  }

  headers(): Pairs {
    const pairs = [...this.#request.headers].flat();
    return this.#request.headers.has("host") ? pairs : [...pairs, "host", this.header("host")!];
  }

  async read(limit: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of this.chunks(limit)) {
      size += piece.byteLength;
      pieces.push(piece);
    }
    return joined(pieces, size);
  }

  chunks(limit: number): AsyncIterable<Uint8Array> {
    const announced = Number(this.#request.headers.get("content-length") ?? 0);
    return streamedBody(this.#request.body, limit, announced);
  }
}

/**
 * A body that is a stream, piece by piece, as `Incoming.chunks` gives it.
 * @param announced How many bytes it is said to have.
 */
export function streamedBody(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  announced = 0,
): AsyncIterable<Uint8Array> {
  let size = 0;
  let open: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const done = { done: true, value: undefined } as const;
  const tooLarge = (): Promise<never> => {
    void open?.cancel().catch(() => {});
    return Promise.reject(new BodyTooLargeError(limit));
  };
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    if (open === undefined && announced > limit) return tooLarge();
    if (body === null) return done;
    let found: ReadableStreamReadResult<Uint8Array>;
    try {
      open ??= body.getReader();
      found = await open.read();
    } catch (error) {
      throw new BodyReadError("The request body could not be read", { cause: error });
    }
    if (found.done) return done;
    size += found.value.byteLength;
    return size > limit ? tooLarge() : found;
  };
  const leave = async (): Promise<IteratorResult<Uint8Array>> => {
    await (open ?? body)?.cancel();
    return done;
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: leave }) };
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

const encoder = new TextEncoder();

/** @param head Whether the request was HEAD: the headers of the answer without its body. */
export function toResponse(answer: Answer, head: boolean): Response {
  const headers = new Headers();
  const pairs = withoutFraming(answer.headers);
  for (let i = 0; i < pairs.length; i += 2) headers.append(pairs[i]!, pairs[i + 1]!);
  const body = typeof answer.body === "string" ? encoder.encode(answer.body) : answer.body;
  if (body instanceof Uint8Array) headers.set("content-length", String(body.byteLength));
  else if (body !== null && answer.length !== undefined) headers.set("content-length", String(answer.length));
  else if (body === null && !forbidsBody(answer.status)) headers.set("content-length", "0");
  // A bodiless status must have a null body, not an empty one, or the constructor refuses it.
  const sent = head || forbidsBody(answer.status) ? null : (body as BodyInit | null);
  return new Response(sent, { status: answer.status, headers });
}
