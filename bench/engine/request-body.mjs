// The body of a request as it arrives: counted by its length or by its chunks, kept until somebody takes it, and no further
// read than it is taken.
import { BodyReadError, BodyTooLargeError } from "../../packages/apus/dist/exchange/index.js";
import { inName, inValue } from "./request-head.mjs";

/** So many bytes wait for their reader before the client is not read any further. */
const enough = 64 * 1024;
/** A client may send each byte as a chunk of its own, and each would be an object a hundred times as large. */
const mostPieces = 1024;
/** Most bytes of a line that says how long a chunk is, and of all lines behind the last chunk. */
const maxLine = 4 * 1024;

const done = { done: true, value: undefined };

/** What a body in chunks is in the middle of. */
const SIZE = 0;
const EXTENSION = 1;
const SIZE_END = 2;
const DATA = 3;
const DATA_END = 4;
const DATA_LF = 5;
const TRAILER = 6;
const TRAILER_NAME = 7;
const TRAILER_VALUE = 8;
const TRAILER_LF = 9;
const LAST_LF = 10;

const hexDigit = new Int8Array(256).fill(-1);
for (const [i, char] of [..."0123456789abcdef"].entries()) {
  hexDigit[char.charCodeAt(0)] = i;
  hexDigit[char.toUpperCase().charCodeAt(0)] = i;
}

export class Body {
  /** Whether all of it has arrived, or nothing more of it will. */
  ended = false;
  /** Why it cannot be read to its end. */
  failed = undefined;

  /**
   * @param {number} length in bytes, or -1 for chunks
   * @param {() => void} pace asks the connection to look whether it is to be read any further
   */
  constructor(length, pace) {
    this.length = length;
    this.pace = pace;
    this.left = length < 0 ? 0 : length;
    this.state = SIZE;
    this.line = 0;
    this.size = 0;
    this.joined = [];
    this.pieces = [];
    this.waiting = 0;
    this.reading = false;
    this.unwanted = false;
    this.wake = undefined;
  }

  /** Whether more of it waits than its reader takes at present. */
  get full() {
    return this.waiting > enough && !this.reading;
  }

  /**
   * Takes what has arrived; a copy, because the next read writes over it.
   * @returns {number} where what does not belong to it begins
   */
  feed(bytes, from, to) {
    const at = this.length < 0 ? this.chunks(bytes, from, to) : this.data(bytes, from, to);
    if (this.length >= 0 && this.left === 0) this.ended = true;
    this.wake?.();
    return at;
  }

  data(bytes, from, to) {
    const end = Math.min(to, from + this.left);
    this.left -= end - from;
    if (this.unwanted || end === from) return end;
    this.size += end - from;
    this.waiting += end - from;
    const piece = Buffer.allocUnsafe(end - from);
    bytes.copy(piece, 0, from, end);
    if (this.pieces.push(piece) === mostPieces) {
      this.joined.push(Buffer.concat(this.pieces));
      this.pieces = [];
    }
    return end;
  }

  /** One state for each place in RFC 9112, section 7.1; anything else than what is allowed there ends the body. */
  chunks(bytes, from, to) {
    let at = from;
    while (at < to && !this.ended) {
      const byte = bytes[at];
      switch (this.state) {
        case SIZE: {
          const digit = hexDigit[byte];
          if (digit >= 0 && ++this.line <= 12) this.left = this.left * 16 + digit;
          else if (digit >= 0 || this.line === 0) return this.breaks(to);
          else if (byte === 13) this.state = SIZE_END;
          else if (byte === 59) this.state = EXTENSION;
          else return this.breaks(to);
          at++;
          break;
        }
        case EXTENSION:
          if (byte === 13) this.state = SIZE_END;
          else if (inValue[byte] !== 1 || ++this.line > maxLine) return this.breaks(to);
          at++;
          break;
        case SIZE_END:
          if (byte !== 10) return this.breaks(to);
          this.state = this.left === 0 ? TRAILER : DATA;
          this.line = 0;
          at++;
          break;
        case DATA:
          at = this.data(bytes, at, to);
          if (this.left === 0) this.state = DATA_END;
          break;
        case DATA_END:
        case DATA_LF:
          if (byte !== (this.state === DATA_END ? 13 : 10)) return this.breaks(to);
          this.state = this.state === DATA_END ? DATA_LF : SIZE;
          at++;
          break;
        // What follows the last chunk is passed over: nobody asks for trailers, and merging them into headers is unsafe.
        case TRAILER:
          if (byte === 13) this.state = LAST_LF;
          else if (inName[byte] === 1) this.state = TRAILER_NAME;
          else return this.breaks(to);
          at++;
          break;
        case TRAILER_NAME:
          if (byte === 58) this.state = TRAILER_VALUE;
          else if (inName[byte] !== 1 || ++this.line > maxLine) return this.breaks(to);
          at++;
          break;
        case TRAILER_VALUE:
          if (byte === 13) this.state = TRAILER_LF;
          else if (inValue[byte] !== 1 || ++this.line > maxLine) return this.breaks(to);
          at++;
          break;
        case TRAILER_LF:
          if (byte !== 10) return this.breaks(to);
          this.state = TRAILER;
          at++;
          break;
        default:
          if (byte !== 10) return this.breaks(to);
          this.ended = true;
          at++;
      }
    }
    return at;
  }

  breaks(to) {
    this.fail(new BodyReadError("The chunks of the request body are malformed"));
    return to;
  }

  /** The rest will not come. */
  fail(error) {
    if (this.ended) return;
    this.failed = error;
    this.ended = true;
    this.wake?.();
  }

  /** Nobody has a use for it any more. */
  drop() {
    this.unwanted = true;
    this.joined = [];
    this.pieces = [];
    this.waiting = 0;
    this.pace();
  }

  /** The whole of it, by one of two call-backs: at once where all of it is there. */
  collect(limit, done, fail) {
    if (this.length > limit) return fail(new BodyTooLargeError(limit));
    if (this.ended && this.failed === undefined && this.size <= limit) return done(this.taken());
    this.reading = true;
    this.wake = () => {
      if (this.size <= limit && !this.ended) return;
      this.wake = undefined;
      this.reading = false;
      if (this.size > limit) {
        this.drop();
        fail(new BodyTooLargeError(limit));
      } else if (this.failed !== undefined) fail(this.failed);
      else done(this.taken());
    };
    this.wake();
    this.pace();
  }

  /** Everything that waits, as one. */
  taken() {
    const pieces = this.joined.length === 0 ? this.pieces : [...this.joined, ...this.pieces];
    this.joined = [];
    this.pieces = [];
    this.waiting = 0;
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  }

  /** Piece by piece, for one reader. */
  stream(limit) {
    const next = async () => {
      for (;;) {
        if (this.length > limit || this.size > limit) {
          this.drop();
          throw new BodyTooLargeError(limit);
        }
        if (this.waiting > 0) {
          const value = this.taken();
          this.pace();
          return { done: false, value };
        }
        if (this.failed !== undefined) throw this.failed;
        if (this.ended || this.unwanted) return done;
        await new Promise((resolve) => {
          this.wake = resolve;
        });
        this.wake = undefined;
      }
    };
    const leave = () => {
      this.drop();
      this.wake?.();
      return Promise.resolve(done);
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: leave }) };
  }
}
