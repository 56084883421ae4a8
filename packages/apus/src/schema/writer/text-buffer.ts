/**
 * Where generated writers put the bytes of a JSON text: one growing buffer for all of them, what is common to all texts
 * (numbers, strings, what other writers made), and the step from bytes to text.
 */
import { asciiText, rememberBytes } from "../../wire/index.ts";
import { jsonText } from "./json-text.ts";

/** There is always room for strings up to here. */
export const shortString = 48;
/** The most bytes that a short string takes: each character may be an escape of six. */
export const roomOfString = 6 * shortString;
/** The most bytes that a number takes, as `-1.2345678901234567e-300`. */
export const roomOfNumber = 25;

const smallest = 16 * 1024;
/** What has grown larger is not kept. */
const largestKept = 256 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Everywhere since 2023, and not in the types of our target yet. */
interface WellFormed {
  isWellFormed(): boolean;
}

class TextBuffer {
  bytes = new Uint8Array(smallest);
  /** Whether anything beyond ASCII was put. */
  wide = false;
  /** How much of it in long strings. */
  wideBytes = 0;
  view = new DataView(this.bytes.buffer);

  /** Makes room for so many bytes from `at`. */
  grow(at: number, room: number): void {
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, at + room));
    larger.set(this.bytes.subarray(0, at));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  /**
   * Puts a text of any length.
   * @param room How much has to be left behind it.
   * @returns Where it ends.
   */
  put(text: string, at: number, room: number): number {
    // UTF-8 takes at most three bytes for each; of long texts the bytes are counted first.
    if (text.length > smallest) {
      const encoded = encoder.encode(text);
      if (this.bytes.length - at < encoded.length + room) this.grow(at, encoded.length + room);
      this.bytes.set(encoded, at);
      if (encoded.length !== text.length) this.wide = true;
      return at + encoded.length;
    }
    if (this.bytes.length - at < 3 * text.length + room) this.grow(at, 3 * text.length + room);
    const { written } = encoder.encodeInto(text, this.bytes.subarray(at));
    if (written !== text.length) this.wide = true;
    return at + written;
  }

  /**
   * Puts a string that is not short, behind its opening quote. The closing one is left to the caller. It is copied as it is and
   * looked through afterwards, four bytes at a time: that takes a third of the time that looking at characters takes.
   */
  putLong(value: string, at: number, room: number): number {
    const { length } = value;
    if (length > smallest) return this.put(JSON.stringify(value), at - 1, room) - 1;
    const most = 3 * length + room + 3;
    if (this.bytes.length - at < most) this.grow(at, most);
    const { written } = encoder.encodeInto(value, this.bytes.subarray(at));
    if ((written === length || (value as string & WellFormed).isWellFormed()) && this.isPlain(at, at + written)) {
      if (written !== length) {
        this.wide = true;
        this.wideBytes += written;
      }
      return at + written;
    }
    return this.put(JSON.stringify(value), at - 1, room) - 1;
  }

  /** Whether nothing in what stands there has to be an escape. There is room for three bytes behind it. */
  private isPlain(start: number, end: number): boolean {
    const { bytes, view } = this;
    bytes[end] = bytes[end + 1] = bytes[end + 2] = 0x20;
    let found = 0;
    for (let i = start; i < end; i += 4) {
      const four = view.getInt32(i, true);
      const quotes = four ^ 0x22222222;
      const slashes = four ^ 0x5c5c5c5c;
      // The highest bit of a byte is set where taking away brought it below zero, and it was not set before.
      found |= ((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes) | ((four - 0x20202020) & ~four);
    }
    return (found & 0x80808080) === 0;
  }

  /**
   * Puts a list of finite numbers, long ones as `JSON.stringify` prints them at once: numbers of many digits are text in between
   * otherwise.
   * @returns Where it ends; -1 where it is none.
   */
  putNumbers(list: readonly unknown[], at: number, room: number): number {
    const { length } = list;
    if (length > 8) {
      const copy = new Array<number>(length);
      for (let i = 0; i < length; i++) {
        const each = list[i];
        if (typeof each !== "number" || !Number.isFinite(each)) return -1;
        copy[i] = each;
      }
      return this.put(JSON.stringify(copy), at, room);
    }
    const most = length * (roomOfNumber + 1) + 2 + room;
    if (this.bytes.length - at < most) this.grow(at, most);
    const { bytes } = this;
    let end = at;
    bytes[end++] = 0x5b;
    for (let i = 0; i < length; i++) {
      const each = list[i];
      if (typeof each !== "number" || !Number.isFinite(each)) return -1;
      if (i > 0) bytes[end++] = 0x2c;
      end = putNumber(bytes, end, each);
    }
    bytes[end++] = 0x5d;
    return end;
  }

  /** Puts what another writer made. */
  putValue(value: unknown, at: number, room: number): number {
    if (typeof value === "string" && value.length <= shortString) {
      if (this.bytes.length - at < roomOfString + room) this.grow(at, roomOfString + room);
      this.bytes[at] = 0x22;
      const end = putString(this, this.bytes, at + 1, value);
      this.bytes[end] = 0x22;
      return end + 1;
    }
    return this.put(jsonText(value), at, room);
  }
}

/**
 * Puts a short string behind its opening quote, for which there is room. The closing one is left to the caller.
 * @param bytes Those of `text`, which the caller has at hand.
 */
export function putString(text: TextBuffer, bytes: Uint8Array, at: number, value: string): number {
  const { length } = value;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code >= 0x80 || code < 0x20 || code === 0x22 || code === 0x5c) return putRest(text, bytes, at + i, value, i);
    bytes[at + i] = code;
  }
  return at + length;
}

/** The rest of a string that is not only ASCII without escapes. */
function putRest(text: TextBuffer, bytes: Uint8Array, start: number, value: string, from: number): number {
  let at = start;
  for (let i = from; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x80) {
      if (code < 0x20 || code === 0x22 || code === 0x5c) at = putEscape(bytes, at, code);
      else bytes[at++] = code;
      continue;
    }
    if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6);
    else {
      const whole = value.codePointAt(i)!;
      if (whole > 0xffff) {
        i++;
        bytes[at++] = 0xf0 | (whole >> 18);
        bytes[at++] = 0x80 | ((whole >> 12) & 0x3f);
      } else if (code >= 0xd800 && code < 0xe000) {
        // UTF-8 has no word for half a pair.
        at = putAscii(bytes, at, `\\u${code.toString(16)}`);
        continue;
      } else bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((whole >> 6) & 0x3f);
      bytes[at++] = 0x80 | (whole & 0x3f);
      text.wide = true;
      continue;
    }
    bytes[at++] = 0x80 | (code & 0x3f);
    text.wide = true;
  }
  return at;
}

function putEscape(bytes: Uint8Array, at: number, code: number): number {
  return putAscii(bytes, at, escapes[code]!);
}

/** What JSON puts for the characters up to the backslash, where it has to. */
const escapes = Array.from({ length: 0x5d }, (_, code) => JSON.stringify(String.fromCharCode(code)).slice(1, -1));

/** Puts a finite number as `JSON.stringify` prints it. */
export function putNumber(bytes: Uint8Array, at: number, value: number): number {
  if ((value | 0) === value) {
    if (value >= 0) return putDigits(bytes, at, value);
  } else if (value >= 0.001 && value < 1e9) {
    // Of at most six decimals: then these digits are the shortest that mean this number, as fifteen digits always are.
    const millionths = Math.round(value * 1e6);
    if (millionths / 1e6 === value) return putDecimals(bytes, at, millionths);
  } else if (value >= 1e9 && value <= Number.MAX_SAFE_INTEGER && Number.isInteger(value)) {
    const above = Math.floor(value / 1e8);
    return putPadded(bytes, putDigits(bytes, at, above), value - above * 1e8, 8);
  }
  return putAscii(bytes, at, String(value));
}

function putDecimals(bytes: Uint8Array, at: number, millionths: number): number {
  const whole = Math.floor(millionths / 1e6);
  const point = putDigits(bytes, at, whole);
  let rest = millionths - whole * 1e6;
  let digits = 6;
  if (rest % 1e4 === 0) {
    rest /= 1e4;
    digits = 2;
  }
  while (rest % 10 === 0) {
    rest /= 10;
    digits--;
  }
  bytes[point] = 0x2e;
  return putPadded(bytes, point + 1, rest, digits);
}

/** Of an integer, with zeros in front of it. */
function putPadded(bytes: Uint8Array, at: number, value: number, digits: number): number {
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    const tenth = (rest / 10) | 0;
    bytes[i] = 0x30 + rest - tenth * 10;
    rest = tenth;
  }
  return at + digits;
}

/** Of an integer from 0 to 2^31. */
function putDigits(bytes: Uint8Array, at: number, value: number): number {
  if (value < 10) {
    bytes[at] = 0x30 + value;
    return at + 1;
  }
  let digits = 2;
  for (let bound = 100; bound <= value; bound *= 10) digits++;
  return putPadded(bytes, at, value, digits);
}

function putAscii(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}

let free: TextBuffer | undefined;
let lastCostly = false;

/** A buffer that nobody writes to: a getter of a handler's value may itself ask for a text. One that is lost is replaced. */
export function takeBuffer(): TextBuffer {
  const taken = free ?? new TextBuffer();
  taken.wide = false;
  taken.wideBytes = 0;
  free = undefined;
  return taken;
}

export function returnBuffer(buffer: TextBuffer): void {
  if (buffer.bytes.length <= largestKept) free = buffer;
}

/**
 * Whether the text that was finished last is one that `JSON.stringify` makes faster: mostly long strings beyond ASCII, which are
 * written as bytes only to be read again.
 */
export function wasCostly(): boolean {
  return lastCostly;
}

/** The text of what was written, and the buffer back. */
export function finishText(buffer: TextBuffer, end: number): string {
  const { bytes, wide } = buffer;
  lastCostly = 2 * buffer.wideBytes > end;
  returnBuffer(buffer);
  const text = wide ? decoder.decode(bytes.subarray(0, end)) : asciiText(bytes, end);
  rememberBytes(text, end);
  return text;
}
