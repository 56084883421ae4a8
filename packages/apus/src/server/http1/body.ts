/** The body of a request as it arrives, counted by its length or by its chunks, and kept until somebody takes it. */
import { BodyReadError, BodyTooLargeError, type Content } from "../../exchange/index.ts";
import { Chunks } from "./chunks.ts";

/** More than this, in bytes, does not wait for a reader: the client is not read any further. */
const enough = 64 * 1024;
/** A client may send each byte as a chunk of its own, and each would be an object a hundred times as large. */
const mostPieces = 1024;

type Piece = IteratorResult<Uint8Array, undefined>;
const done: Piece = { done: true, value: undefined };

/** Without the description of what to decode. */
const { utf8Slice } = Buffer.prototype as unknown as {
  utf8Slice(this: Uint8Array, start: number, end: number): string;
};

export function utf8Of(bytes: Uint8Array, from: number, to: number): string {
  return utf8Slice.call(bytes, from, to);
}

export class RequestBody implements AsyncIterator<Uint8Array, undefined>, Content {
  /** Whether all of it has arrived, or no more of it will. */
  ended = false;
  /** Why there will be no more. */
  failed: Error | undefined = undefined;
  /** Why it cannot be a body; then nobody knows where it ends. */
  broken: "malformed" | "extensions" | undefined = undefined;
  /** How many bytes are to come; of a body in chunks, undefined. */
  private left: number | undefined;
  private readonly chunks: Chunks | undefined;
  private readonly announced: number;
  private readonly pace: () => void;
  /** What arrived first, and where of it the body stands: mostly all of it, and mostly read as text. */
  private source: Buffer | undefined = undefined;
  private from = 0;
  private to = 0;
  private joined: Uint8Array[] = [];
  private pieces: Uint8Array[] = [];
  private waiting = 0;
  private size = 0;
  private limit = Infinity;
  private unwanted = false;
  private reading = false;
  private wake: (() => void) | undefined = undefined;

  /**
   * @param length In bytes; -1 for chunks.
   * @param pace Has the connection ask whether it is to be read on.
   */
  constructor(length: number, pace: () => void) {
    this.announced = length;
    this.left = length < 0 ? undefined : length;
    this.chunks = length < 0 ? new Chunks() : undefined;
    this.pace = pace;
  }

  /** Whether more of it waits than its reader takes at present. */
  get full(): boolean {
    return this.waiting > enough && !this.reading;
  }

  /** Whether so much is to come, or may be, that the connection is better closed than read to the end. */
  get long(): boolean {
    return !this.ended && (this.left === undefined || this.left > enough);
  }

  /** Takes what arrived. @returns Where what follows the body begins. */
  feed(bytes: Buffer, from: number, to: number): number {
    const { chunks } = this;
    let at: number;
    if (chunks === undefined) {
      at = Math.min(to, from + this.left!);
      this.left! -= at - from;
      this.keep(bytes, from, at);
      this.ended = this.left === 0;
    } else {
      at = chunks.read(bytes, from, to, (start, end) => this.keep(bytes, start, end));
      this.broken = chunks.broken;
      if (chunks.broken !== undefined) this.failed = new BodyReadError("The chunks of the request body are malformed");
      this.ended = chunks.ended || this.broken !== undefined;
    }
    this.wake?.();
    return at;
  }

  private keep(bytes: Buffer, from: number, to: number): void {
    if (from === to || this.unwanted) return;
    this.size += to - from;
    if (this.size > this.limit) return this.drop();
    this.waiting += to - from;
    if (this.waiting === this.size && this.source === undefined) {
      this.source = bytes;
      this.from = from;
      this.to = to;
      return;
    }
    if (this.pieces.push(bytes.subarray(from, to)) < mostPieces) return;
    this.joined.push(Buffer.concat(this.pieces));
    this.pieces = [];
  }

  /** The rest will not come. */
  fail(error: Error): void {
    if (this.ended) return;
    this.failed = error;
    this.ended = true;
    this.wake?.();
  }

  /** Nobody has a use for it any more. */
  drop(): void {
    this.unwanted = true;
    this.taken();
    this.pace();
  }

  private taken(): Uint8Array {
    const { source, joined, pieces } = this;
    this.waiting = 0;
    if (source !== undefined) {
      this.source = undefined;
      const first = source.subarray(this.from, this.to);
      if (pieces.length === 0 && joined.length === 0) return first;
      joined.unshift(first);
    }
    const all = joined.length === 0 ? pieces : [...joined, ...pieces];
    if (all.length > 0) [this.joined, this.pieces] = [[], []];
    return all.length === 1 ? all[0]! : Buffer.concat(all);
  }

  /** As `Incoming.arrived` says. */
  whole(limit: number): Content | undefined {
    if (!this.ended || this.failed !== undefined || this.unwanted || this.size > limit) return undefined;
    this.limit = limit;
    return this;
  }

  get length(): number {
    return this.waiting;
  }

  bytes(): Uint8Array {
    const bytes = this.taken();
    this.source = bytes as Buffer;
    [this.from, this.to, this.waiting] = [0, bytes.length, bytes.length];
    return bytes;
  }

  utf8(): string {
    if (this.source === undefined || this.waiting !== this.to - this.from) this.bytes();
    return utf8Of(this.source!, this.from, this.to);
  }

  /** As `Incoming.collect` says. */
  collect(limit: number, done: (bytes: Uint8Array) => void, fail: (error: unknown) => void): void {
    this.limit = limit;
    if (this.settle(done, fail)) return;
    this.reading = true;
    this.wake = () => {
      if (!this.settle(done, fail)) return;
      this.wake = undefined;
      this.reading = false;
    };
    this.pace();
  }

  /** @returns Whether what there is to tell has been told. */
  private settle(done: (bytes: Uint8Array) => void, fail: (error: unknown) => void): boolean {
    if (this.announced > this.limit || this.size > this.limit) fail(new BodyTooLargeError(this.limit));
    else if (!this.ended) return false;
    else if (this.failed !== undefined) fail(this.failed);
    else done(this.taken());
    return true;
  }

  /** As `Incoming.chunks` says. */
  stream(limit: number): AsyncIterator<Uint8Array, undefined> {
    this.limit = limit;
    return this;
  }

  async next(): Promise<Piece> {
    for (;;) {
      if (this.announced > this.limit || this.size > this.limit) throw new BodyTooLargeError(this.limit);
      if (this.waiting > 0) {
        const value = this.taken();
        this.pace();
        return { done: false, value };
      }
      if (this.unwanted) return done;
      if (this.failed !== undefined) throw this.failed;
      if (this.ended) return done;
      this.reading = true;
      this.pace();
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = undefined;
      this.reading = false;
    }
  }

  return(): Promise<Piece> {
    this.drop();
    this.wake?.();
    return Promise.resolve(done);
  }
}
