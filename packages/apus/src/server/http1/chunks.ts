/** Reads a body in chunks (RFC 9112, section 7.1), strictly: one state for each place in its grammar. */

/** Most bytes of extensions, and of what stands behind the last chunk. */
const mostExtension = 16 * 1024;

const [size, extension, sizeEnd, data, dataEnd, dataLf, trailer, trailerLine, trailerLf, lastLf] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
];
const [tab, lf, cr, space, semicolon] = [9, 10, 13, 32, 59];

function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

const isText = (byte: number): boolean => byte === tab || (byte >= space && byte !== 127);

export class Chunks {
  ended = false;
  broken: "malformed" | "extensions" | undefined = undefined;
  private state = size;
  private left = 0;
  private digits = 0;
  private extra = 0;

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
      case extension:
        if (byte === cr) this.state = sizeEnd;
        else if (!isText(byte)) this.broken = "malformed";
        else if (++this.extra > mostExtension) this.broken = "extensions";
        return;
      case sizeEnd:
        this.expect(byte, lf, this.left === 0 ? trailer : data);
        this.digits = 0;
        return;
      case dataEnd:
        return this.expect(byte, cr, dataLf);
      case dataLf:
        return this.expect(byte, lf, size);
      // Trailers are passed over: merged into the headers they could say what nobody has checked.
      case trailer:
        if (byte === cr) this.state = lastLf;
        else if (byte > space && byte < 127) this.state = trailerLine;
        else this.broken = "malformed";
        return;
      case trailerLine:
        if (byte === cr) this.state = trailerLf;
        else if (!isText(byte) || ++this.extra > mostExtension) this.broken = "malformed";
        return;
      case trailerLf:
        return this.expect(byte, lf, trailer);
      default:
        if (byte === lf) this.ended = true;
        else this.broken = "malformed";
    }
  }

  private afterSize(byte: number): void {
    if (byte === cr) this.state = sizeEnd;
    else if (byte === semicolon) this.state = extension;
    else this.broken = "malformed";
  }

  private expect(byte: number, expected: number, next: number): void {
    if (byte === expected) this.state = next;
    else this.broken = "malformed";
  }
}
