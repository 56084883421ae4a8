/** Texts and bytes by the letter of the standards, slowly: what the targets hold our parsers against. */

/** UTF-8 by the table of RFC 3629, section 4; each longest beginning of a character that is none becomes one U+FFFD. */
export function decodeUtf8(bytes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]!;
    const [length, low, high] = lead(first);
    if (length === 0) {
      text += "\ufffd";
      at++;
      continue;
    }
    let code = length === 1 ? first : first & (0xff >> (length + 1));
    let taken = 1;
    while (taken < length) {
      const next = bytes[at + taken];
      const [from, to] = taken === 1 ? [low, high] : [0x80, 0xbf];
      if (next === undefined || next < from || next > to) break;
      code = code * 64 + (next - 0x80);
      taken++;
    }
    text += taken === length ? String.fromCodePoint(code) : "\ufffd";
    at += taken;
  }
  return text;
}

/** How many bytes a character has that begins so, and between what its second lies. */
function lead(byte: number): [length: number, low: number, high: number] {
  if (byte < 0x80) return [1, 0, 0];
  if (byte >= 0xc2 && byte <= 0xdf) return [2, 0x80, 0xbf];
  if (byte === 0xe0) return [3, 0xa0, 0xbf];
  if (byte === 0xed) return [3, 0x80, 0x9f];
  if (byte >= 0xe1 && byte <= 0xef) return [3, 0x80, 0xbf];
  if (byte === 0xf0) return [4, 0x90, 0xbf];
  if (byte === 0xf4) return [4, 0x80, 0x8f];
  if (byte >= 0xf1 && byte <= 0xf3) return [4, 0x80, 0xbf];
  return [0, 0, 0];
}

/** The bytes of a text in UTF-8. */
export function utf8(text: string): number[] {
  return [...Buffer.from(text, "utf8")];
}

const hex = "0123456789abcdef";

function hexValue(char: string | undefined): number {
  return char === undefined || char === "" ? -1 : hex.indexOf(char.toLowerCase());
}

/**
 * The bytes that a percent-encoded text stands for (WHATWG URL, section 1.3); what is no escape stays.
 * @param plain The bytes of any other character.
 */
export function percentDecoded(text: string, plain: (char: string) => readonly number[]): number[] {
  const bytes: number[] = [];
  const chars = [...text];
  for (let i = 0; i < chars.length; i++) {
    const [one, two] = [hexValue(chars[i + 1]), hexValue(chars[i + 2])];
    if (chars[i] === "%" && one >= 0 && two >= 0) {
      bytes.push(one * 16 + two);
      i += 2;
    } else bytes.push(...plain(chars[i]!));
  }
  return bytes;
}

/** The white space that Python's `str.strip` takes away, of Latin-1. */
const pythonSpaces = [9, 10, 11, 12, 13, 28, 29, 30, 31, 32, 0x85, 0xa0];

/** `str.strip` of a Latin-1 text. */
export function stripLatin1(text: string): string {
  const chars = [...text];
  while (chars.length > 0 && pythonSpaces.includes(chars[0]!.charCodeAt(0))) chars.shift();
  while (chars.length > 0 && pythonSpaces.includes(chars.at(-1)!.charCodeAt(0))) chars.pop();
  return chars.join("");
}

const tokenSigns = "!#$%&'*+-.^_`|~";

/** RFC 9110, section 5.6.2. */
export function isTokenByRule(text: string): boolean {
  return text !== "" && [...text].every((char) => tokenSigns.includes(char) || isAlphanumeric(char));
}

function isAlphanumeric(char: string): boolean {
  return (char >= "0" && char <= "9") || (char >= "a" && char <= "z") || (char >= "A" && char <= "Z");
}

/** The text with U+FFFD for each half of a character, which no bytes can say. */
export function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
