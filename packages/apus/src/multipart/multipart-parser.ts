/**
 * Takes a multipart body (RFC 2046, section 5.1; RFC 7578) apart while it arrives. It keeps no more of it than the headers of
 * one part and what may be the beginning of a boundary, and what it finds does not depend on how the body was cut into chunks.
 */
import { latin1Bytes, latin1Text } from "./charset.ts";
import { invalid } from "./form-error.ts";

/** What is told of a body, in its order. */
export interface PartListener {
  /** @param headers Name and value in turn, names in lower case, one character for each byte. */
  begin(headers: readonly string[]): void;
  /** A piece of the part's content: a view of the chunk, which is the caller's. */
  content(bytes: Uint8Array): void;
  end(): void;
}

/** As many header lines as a part may have. */
const mostHeaders = 8;
/** RFC 2046 allows 70; some clients take more. */
const longestBoundary = 256;

const CR = 13;
const LF = 10;
const dash = 45;
const space = 32;
const tab = 9;

const token = /^[!#$%&'*+\-.^_`|~\w]+$/;
/** What would split a header where it is written again. */
const uncommon = /[^\t\x20-\x7e\x80-\xff]/;

type State = "start" | "first" | "after" | "padding" | "headers" | "content" | "done";

export class MultipartParser {
  /** CR LF, two dashes, and the boundary itself. */
  readonly #delimiter: Uint8Array;
  readonly #listener: PartListener;
  readonly #maxHeaderSize: number;
  /** As large as it had to be so far. */
  #header = new Uint8Array(512);
  #headerSize = 0;
  /** Where the header line that is being read begins. */
  #line = 0;
  #state: State = "start";
  /** How much of the delimiter has been met, where the state asks for it; then how much of what follows it. */
  #met = 0;
  #after = 0;
  #skips = false;

  /** @param maxHeaderSize Of one part, in bytes. */
  constructor(boundary: string, maxHeaderSize: number, listener: PartListener) {
    if (boundary === "" || boundary.length > longestBoundary) throw invalid();
    this.#delimiter = latin1Bytes(`\r\n--${boundary}`);
    this.#maxHeaderSize = maxHeaderSize;
    this.#listener = listener;
  }

  /** @throws FormError for what is no multipart body, and what the listener throws. */
  write(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      switch (this.#state) {
        case "start":
          at = this.#start(chunk, at);
          break;
        case "first":
          at = this.#first(chunk, at);
          break;
        case "content":
          at = this.#content(chunk, at);
          break;
        case "after":
          at = this.#afterDelimiter(chunk, at);
          break;
        case "padding":
          at = this.#padding(chunk, at);
          break;
        case "headers":
          at = this.#headers(chunk, at);
          break;
        case "done":
          return;
      }
    }
  }

  /** @throws FormError for a body that ends before its last boundary. One without any beginning is an empty form. */
  end(): void {
    if (this.#state !== "done" && this.#state !== "start") throw invalid();
  }

  /** A line break, and anything without a dash behind it, may stand in front of the first boundary. */
  #start(chunk: Uint8Array, at: number): number {
    if (this.#skips || chunk[at] === CR || chunk[at] === LF) {
      this.#skips = true;
      const found = chunk.indexOf(dash, at);
      if (found < 0) return chunk.length;
      at = found;
    }
    this.#met = 2;
    this.#state = "first";
    return at;
  }

  /** The first boundary has no line break of its own, and nothing else may stand in its place. */
  #first(chunk: Uint8Array, at: number): number {
    const delimiter = this.#delimiter;
    while (at < chunk.length && this.#met < delimiter.length) {
      if (chunk[at++] !== delimiter[this.#met++]) throw invalid();
    }
    if (this.#met < delimiter.length || at === chunk.length) return at;
    const byte = chunk[at++];
    if (this.#after === 0 ? byte !== CR && byte !== dash : byte !== this.#after) throw invalid();
    if (this.#after !== 0) this.#turn(byte === dash ? "done" : "headers");
    else this.#after = byte === CR ? LF : dash;
    return at;
  }

  /** Up to the next delimiter. It begins with the only CR in it, so where it breaks off another can begin no earlier. */
  #content(chunk: Uint8Array, from: number): number {
    const delimiter = this.#delimiter;
    let at = from;
    // What looked like a delimiter when the last chunk ended.
    if (this.#met > 0) {
      while (at < chunk.length && this.#met < delimiter.length && chunk[at] === delimiter[this.#met]) {
        at++;
        this.#met++;
      }
      if (this.#met === delimiter.length) return this.#meet(at);
      if (at === chunk.length) return at;
      this.#giveBack();
      return at;
    }
    for (;;) {
      const start = chunk.indexOf(CR, at);
      if (start < 0) break;
      at = start + 1;
      let met = 1;
      while (at < chunk.length && met < delimiter.length && chunk[at] === delimiter[met]) {
        at++;
        met++;
      }
      if (met === delimiter.length || at === chunk.length) {
        if (start > from) this.#listener.content(chunk.subarray(from, start));
        this.#met = met;
        return met === delimiter.length ? this.#meet(at) : at;
      }
    }
    this.#listener.content(chunk.subarray(from));
    return chunk.length;
  }

  #meet(at: number): number {
    this.#after = 0;
    this.#state = "after";
    return at;
  }

  /** What was kept for a delimiter was content. What was met may stretch into the chunk, so it comes from the delimiter itself. */
  #giveBack(and?: Uint8Array): void {
    this.#listener.content(this.#delimiter.slice(0, this.#met));
    if (and !== undefined) this.#listener.content(and);
    this.#met = 0;
    this.#state = "content";
  }

  /** A line break ends the part, two dashes end the body, and with anything else behind it a delimiter was none. */
  #afterDelimiter(chunk: Uint8Array, at: number): number {
    const byte = chunk[at]!;
    if (this.#after === 0) {
      if (byte === space || byte === tab) {
        this.#listener.end();
        this.#turn("padding");
        return at + 1;
      }
      if (byte === CR || byte === dash) {
        this.#after = byte === CR ? LF : dash;
        return at + 1;
      }
      this.#giveBack();
      return at;
    }
    if (byte !== this.#after) {
      this.#giveBack(Uint8Array.of(this.#after === LF ? CR : dash));
      return at;
    }
    this.#listener.end();
    this.#turn(byte === dash ? "done" : "headers");
    return at + 1;
  }

  /** Spaces between a boundary and its line break. */
  #padding(chunk: Uint8Array, at: number): number {
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#after === LF) {
        if (byte !== LF) throw invalid();
        this.#turn("headers");
        return at + 1;
      }
      if (byte === CR) this.#after = LF;
      else if (byte !== space && byte !== tab) throw invalid();
    }
    return at;
  }

  #turn(state: State): void {
    this.#state = state;
    this.#met = 0;
    this.#after = 0;
    this.#headerSize = 0;
    this.#line = 0;
  }

  /** Up to the empty line that ends them. */
  #headers(chunk: Uint8Array, at: number): number {
    let header = this.#header;
    while (at < chunk.length) {
      if (this.#headerSize === this.#maxHeaderSize) throw invalid();
      if (this.#headerSize === header.length) {
        this.#header = new Uint8Array(header.length * 2);
        this.#header.set(header);
        header = this.#header;
      }
      const byte = chunk[at++]!;
      const size = this.#headerSize++;
      header[size] = byte;
      if (size > 0 && header[size - 1] === CR) {
        if (byte !== LF) throw invalid();
        if (size - 1 === this.#line) {
          const lines = header.subarray(0, this.#line);
          this.#turn("content");
          this.#listener.begin(headersIn(lines));
          return at;
        }
        this.#line = size + 1;
      }
    }
    return at;
  }
}

/** @param block Complete lines. */
function headersIn(block: Uint8Array): string[] {
  const lines = latin1Text(block).split("\r\n").slice(0, -1);
  if (lines.length > mostHeaders) throw invalid();
  return lines.flatMap((line) => {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0));
    let start = colon + 1;
    while (line[start] === " ") start++;
    const value = line.slice(start);
    if (!token.test(name) || uncommon.test(value)) throw invalid();
    return [name.toLowerCase(), value];
  });
}
