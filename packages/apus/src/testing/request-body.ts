/** The body of a test request: bytes, or a stream that arrives as slowly as the test lets it. */
import { ApusError } from "../diagnostic/index.ts";
import { BodyTooLargeError, streamedBody } from "../exchange/index.ts";
import { pairsOf, type Fields } from "./fields.ts";
import { multipartOf, type TestFiles } from "./multipart-body.ts";

/** What can be sent as it is. */
export type TestBody =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | FormData
  | URLSearchParams
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>;

/** What a request can say of its body: at most one of the three; `files` may stand alone or beside `form`. */
export interface BodyOptions {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent urlencoded, or as multipart beside `files`: fields by name, lists for repeated names, or pairs. */
  readonly form?: Fields | undefined;
  /**
   * Sent as `multipart/form-data`, the fields of `form` first: files by name, lists for several under one.
   * @example client.post("/albums", { files: { photos: [["a.png", bytes, "image/png"], file] }, form: { title: "Sea" } })
   */
  readonly files?: TestFiles | undefined;
  /**
   * Sent as it is. The Content-Type is that of a FormData (multipart), of URLSearchParams or of a Blob; text, bytes and
   * streams have none unless `headers` gives one.
   */
  readonly body?: TestBody | undefined;
}

/** A body on its way: read at most once, and sent again where a redirect asks for it. */
export interface SentBody {
  /** The Content-Type that belongs to it. */
  readonly type?: string | undefined;
  /** In bytes; undefined for a stream. */
  readonly length?: number | undefined;
  read(limit: number): Promise<Uint8Array>;
  /** Piece by piece, in place of `read`. */
  chunks(limit: number): AsyncIterable<Uint8Array>;
  /** The same body for another request; undefined where a part of it is gone. */
  again(): SentBody | undefined;
  /** Gives up what nobody read. */
  end(): void;
}

/** @throws ApusError for more than one body, and for one that nothing can send. */
export async function bodyOf(what: string, options: BodyOptions): Promise<SentBody | undefined> {
  const { json, form, files, body } = options;
  const others = form === undefined ? { files } : { form };
  const given = Object.entries({ json, ...others, body }).filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    const names = given.map(([name]) => name).join(" and ");
    throw new ApusError(
      `APUS_TEST_REQUEST: ${what} has ${names}; give at most one of json, form and body. Only files stand beside form.`,
    );
  }
  if (files !== undefined) {
    const { bytes, type } = await multipartOf(what, pairsOf(`the form of ${what}`, form ?? {}), files);
    return new Bytes(bytes, type);
  }
  if (json !== undefined) return new Bytes(new TextEncoder().encode(jsonOf(what, json)), "application/json");
  if (form !== undefined) {
    const text = new URLSearchParams(pairsOf(`the form of ${what}`, form)).toString();
    return new Bytes(new TextEncoder().encode(text), "application/x-www-form-urlencoded");
  }
  if (body === undefined) return undefined;
  if (typeof body === "string") return new Bytes(new TextEncoder().encode(body));
  if (body instanceof Uint8Array) return new Bytes(body);
  if (body instanceof ReadableStream) return new Streamed(body);
  if (body instanceof Blob || body instanceof FormData || body instanceof URLSearchParams || isBuffer(body)) {
    const { headers, bytes } = await written(body);
    return new Bytes(bytes, headers.get("content-type") ?? undefined);
  }
  if (typeof body === "object" && body !== null && Symbol.asyncIterator in body) return new Streamed(streamOf(body));
  throw new ApusError(
    `APUS_TEST_REQUEST: the body of ${what} is nothing that can be sent; a value goes into json, fields go into form.`,
  );
}

function jsonOf(what: string, value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new ApusError(`APUS_TEST_REQUEST: JSON cannot say the json of ${what}: ${String(cause)}`, { cause });
  }
  if (text !== undefined) return text;
  throw new ApusError(`APUS_TEST_REQUEST: the json of ${what} is a ${typeof value}, which JSON cannot say.`);
}

function isBuffer(body: object): body is ArrayBuffer {
  return Object.prototype.toString.call(body) === "[object ArrayBuffer]";
}

/** The platform knows how forms and blobs are written. */
async function written(
  body: Blob | FormData | URLSearchParams | ArrayBuffer,
): Promise<{ headers: Headers; bytes: Uint8Array }> {
  const response = new Response(body);
  return { headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
}

function streamOf(parts: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done === true) controller.close();
        else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** As much as a network gives at once, in bytes. */
const pieceSize = 64 * 1024;

class Bytes implements SentBody {
  readonly type: string | undefined;
  readonly length: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, type?: string) {
    this.type = type;
    this.length = bytes.byteLength;
    this.#bytes = bytes;
  }

  read(limit: number): Promise<Uint8Array> {
    return this.length > limit ? Promise.reject(new BodyTooLargeError(limit)) : Promise.resolve(this.#bytes);
  }

  async *chunks(limit: number): AsyncIterable<Uint8Array> {
    const bytes = await this.read(limit);
    for (let at = 0; at < bytes.byteLength; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
  }

  again(): SentBody {
    return this;
  }

  end(): void {}
}

/** A stream, also of a web Request: what was read to its end can be sent again. */
export class Streamed implements SentBody {
  readonly #stream: ReadableStream<Uint8Array>;
  #whole: Uint8Array | undefined;
  #begun = false;
  /** Gives up what is being read as a whole. */
  #leave: (() => unknown) | undefined;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#stream = stream;
  }

  async read(limit: number): Promise<Uint8Array> {
    const iterator = this.chunks(limit)[Symbol.asyncIterator]();
    this.#leave = () => iterator.return?.();
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (let each = await iterator.next(); each.done !== true; each = await iterator.next()) {
      size += each.value.byteLength;
      pieces.push(each.value);
    }
    this.#leave = undefined;
    return (this.#whole = joined(pieces, size));
  }

  chunks(limit: number): AsyncIterable<Uint8Array> {
    this.#begun = true;
    return streamedBody(this.#stream, limit);
  }

  again(): SentBody | undefined {
    if (this.#whole !== undefined) return new Bytes(this.#whole);
    return this.#begun ? undefined : this;
  }

  end(): void {
    // Whoever reads it piece by piece lets go of it without being told, perhaps only while the answer is sent.
    if (!this.#begun) void this.#stream.cancel().catch(() => {});
    else void Promise.resolve(this.#leave?.()).catch(() => {});
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
