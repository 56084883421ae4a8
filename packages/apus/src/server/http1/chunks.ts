/** Reads a body in chunks (RFC 9112, section 7.1), strictly: one state for each place in its grammar. */
import { isNameByte } from "./head.ts";

/** Most bytes of a body's extensions and of what stands behind its last chunk, together. */
const mostExtension = 16 * 1024;

const [size, sizeEnd, data, dataEnd, dataLf] = [0, 1, 2, 3, 4];
const [trailer, trailerName, trailerValue, trailerLf, lastLf] = [5, 6, 7, 8, 9];
/** Of an extension: its name and its value, which begin and go on, or a value in quotes. All after `lastLf`. */
const [name, inName, value, inValue, quoted, escaped, unquoted] = [10, 11, 12, 13, 14, 15, 16];
const [tab, lf, cr, space, quote, colon, semicolon, equals, backslash] = [9, 10, 13, 32, 34, 58, 59, 61, 92];

function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** What no trailer may be called (RFC 9110, section 6.5.1): whoever merged it would end the request elsewhere. */
const framing: ReadonlySet<string> = new Set(["content-length", "transfer-encoding"]);

const isText = (byte: number): boolean => byte === tab || (byte >= space && byte !== 127);

/**
 * What follows in an extension, of which nobody takes notice: its form counts, since two servers that end it at different places
 * would read different requests. White space around its signs is refused, as most servers do.
 * @returns -1 for a byte that cannot stand there.
 */
function nextInExtension(state: number, byte: number): number {
  if (state === quoted) return byte === quote ? unquoted : byte === backslash ? escaped : isText(byte) ? quoted : -1;
  if (state === escaped) return isText(byte) ? quoted : -1;
  if (state === value && byte === quote) return quoted;
  if (state !== unquoted && isNameByte(byte)) return state === name ? inName : state === value ? inValue : state;
  if (state === name || state === value) return -1;
  if (state === inName && byte === equals) return value;
  return byte === semicolon ? name : byte === cr ? sizeEnd : -1;
}

export class Chunks {
  ended = false;
  broken: "malformed" | "extensions" | undefined = undefined;
  private state = size;
  private left = 0;
  private digits = 0;
  private extra = 0;
  /** The name of the trailer that is read. */
  private named = "";

  /**
   * @param found Told where in `bytes` content stands.
   * @returns Where what follows the body begins.
   */
  read(bytes: Uint8Array, from: number, to: number, found: (start: number, end: number) => void): number {
    let at = from;
    while (at < to && !this.ended && this.broken === undefined) {
      if (this.state === data) {
        const end = Math.min(to, at + this.left);
        found(at, end);
        this.left -= end - at;
        at = end;
        if (this.left === 0) this.state = dataEnd;
      } else this.step(bytes[at++]!);
    }
    return at;
  }

  private step(byte: number): void {
    switch (this.state) {
      case size: {
        const digit = digitOf(byte);
        // More digits would be more bytes than can be counted exactly.
        if (digit >= 0 && ++this.digits <= 12) this.left = this.left * 16 + digit;
        else if (digit >= 0 || this.digits === 0) this.broken = "malformed";
        else this.afterSize(byte);
        return;
      }
      case sizeEnd:
        this.expect(byte, lf, this.left === 0 ? trailer : data);
        this.digits = 0;
        return;
      case dataEnd:
        return this.expect(byte, cr, dataLf);
      case dataLf:
        return this.expect(byte, lf, size);
      // Trailers are passed over: merged into the headers they could say what nobody has checked. They have the form of
      // headers all the same, or what is taken for them might be a request to somebody else.
      case trailer:
        if (byte === cr) this.state = lastLf;
        else this.inTrailer(isNameByte(byte), trailerName);
        this.named = String.fromCharCode(byte);
        return;
      case trailerName:
        if (byte !== colon) this.named += String.fromCharCode(byte);
        else if (framing.has(this.named.toLowerCase())) this.broken = "malformed";
        return this.inTrailer(byte === colon || isNameByte(byte), byte === colon ? trailerValue : trailerName);
      case trailerValue:
        return this.inTrailer(byte === cr || isText(byte), byte === cr ? trailerLf : trailerValue);
      case trailerLf:
        return this.inTrailer(byte === lf, trailer);
      case lastLf:
        if (byte === lf) this.ended = true;
        else this.broken = "malformed";
        return;
      default: {
        const next = nextInExtension(this.state, byte);
        if (next < 0) this.broken = "malformed";
        else if (next !== sizeEnd && ++this.extra > mostExtension) this.broken = "extensions";
        else this.state = next;
      }
    }
  }

  private afterSize(byte: number): void {
    if (byte === cr) this.state = sizeEnd;
    else if (byte === semicolon) this.state = name;
    else this.broken = "malformed";
  }

  private inTrailer(fits: boolean, next: number): void {
    if (!fits || ++this.extra > mostExtension) this.broken = "malformed";
    this.state = next;
  }

  private expect(byte: number, expected: number, next: number): void {
    if (byte === expected) this.state = next;
    else this.broken = "malformed";
  }
}
