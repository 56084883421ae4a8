/**
 * Text seen as pydantic's parsers see it: as UTF-8 bytes. They measure lengths in bytes, and the one sign beyond ASCII that
 * they know, U+2212 (minus), they know by its bytes.
 */

const beyondAscii = /[\u0080-\uffff]/;
const everyBeyondAscii = /[\u0080-\u{10ffff}]/gu;
const halfPair = /\p{Surrogate}/u;

/** U+2212 in UTF-8, one character per byte. */
export const minus = "\u00e2\u0088\u0092";

/** Bytes that no parser takes for anything. */
const opaque = "\u0080\u0080\u0080\u0080";

/** The text with one character per UTF-8 byte, or undefined if it is not well-formed. */
export function asBytes(text: string): string | undefined {
  if (!beyondAscii.test(text)) return text;
  if (halfPair.test(text)) return undefined;
  return text.replace(everyBeyondAscii, (char) => {
    const code = char.codePointAt(0)!;
    return code === 0x2212 ? minus : opaque.slice(0, code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  });
}

/** The digit at a position, or -1 where there is none. */
export function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** The number that two digits at a position make, or -1 unless both are there. */
export function pairAt(text: string, at: number): number {
  const first = digitAt(text, at);
  const second = digitAt(text, at + 1);
  return first < 0 || second < 0 ? -1 : first * 10 + second;
}
