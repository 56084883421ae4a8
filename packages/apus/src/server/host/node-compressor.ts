/** Node's zlib as the core's compressor: with levels, and with a flush after each piece of a stream. */
import type { BrotliCompress, Gzip } from "node:zlib";
import type { Compressor } from "../../exchange/index.ts";
import { builtin } from "../builtin.ts";

/** What zlib takes by itself is right for gzip; Brotli's own 11 is for files that are compressed once. */
const brotliLevel = 4;
/** In bytes. A short body is compressed sooner than the thread pool would have begun; a longer one must not hold up others. */
const shortBody = 32 * 1024;

/** One coding at one level. */
interface Zlib {
  whole(bytes: Uint8Array): Uint8Array;
  open(): Gzip | BrotliCompress;
  readonly flush: number;
}

export function nodeCompressor(encoding: "gzip" | "br", level: number | undefined): Compressor {
  return new NodeCompressor(encoding === "gzip" ? gzip(level) : brotli(level ?? brotliLevel));
}

function gzip(level: number | undefined): Zlib {
  const { constants, createGzip, gzipSync } = builtin("node:zlib");
  const options = level === undefined ? {} : { level };
  return {
    whole: (bytes) => gzipSync(bytes, options),
    open: () => createGzip(options),
    flush: constants.Z_SYNC_FLUSH,
  };
}

function brotli(level: number): Zlib {
  const { brotliCompressSync, constants, createBrotliCompress } = builtin("node:zlib");
  const params = { [constants.BROTLI_PARAM_QUALITY]: level };
  return {
    whole: (bytes) => brotliCompressSync(bytes, { params }),
    open: () => createBrotliCompress({ params }),
    flush: constants.BROTLI_OPERATION_FLUSH,
  };
}

class NodeCompressor implements Compressor {
  readonly #zlib: Zlib;
  #stream: Gzip | BrotliCompress | undefined;
  #made: Buffer[] = [];
  #reject: ((error: unknown) => void) | undefined;

  constructor(zlib: Zlib) {
    this.#zlib = zlib;
  }

  write(piece: Uint8Array): Promise<Uint8Array> {
    return this.#settled((stream, resolve) => {
      stream.write(piece);
      stream.flush(this.#zlib.flush, resolve);
    });
  }

  async end(piece: Uint8Array): Promise<Uint8Array> {
    if (this.#stream === undefined && piece.byteLength <= shortBody) return this.#zlib.whole(piece);
    return this.#settled((stream, resolve) => {
      stream.once("end", resolve);
      stream.end(piece);
    });
  }

  close(): void {
    this.#stream?.destroy();
  }

  #open(): Gzip | BrotliCompress {
    const stream = this.#zlib.open();
    stream.on("data", (made: Buffer) => void this.#made.push(made));
    stream.on("error", (error) => this.#reject?.(error));
    stream.on("close", () => this.#reject?.(new Error("The compressor was closed")));
    return stream;
  }

  async #settled(begin: (stream: Gzip | BrotliCompress, resolve: () => void) => void): Promise<Uint8Array> {
    const stream = (this.#stream ??= this.#open());
    await new Promise<void>((resolve, reject) => {
      this.#reject = reject;
      begin(stream, resolve);
    });
    this.#reject = undefined;
    // What zlib has pushed but not yet told is told by reading.
    while (stream.read() !== null);
    return Buffer.concat(this.#made.splice(0));
  }
}
