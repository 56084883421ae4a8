/**
 * Between text and bytes where more is known than the platform could: text of bytes that are ASCII, by the fastest way there is,
 * and how many bytes a text has that was made of them.
 */

/** What makes a text of the first `end` bytes. */
type AsciiText = (bytes: Uint8Array, end: number) => string;

const decoder = new TextDecoder();

let way: AsciiText = (bytes, end) => decoder.decode(bytes.subarray(0, end));

/** Called by an adapter whose platform has a way of its own that is faster than a TextDecoder: for short texts that counts. */
export function useAsciiText(own: AsciiText): void {
  way = own;
}

export function asciiText(bytes: Uint8Array, end: number): string {
  return way(bytes, end);
}

/** What is longer is not kept for it. */
const longestKept = 64 * 1024;

let last = "";
let bytesOfLast = 0;

/** Remembers how many bytes in UTF-8 a text has that was just made. */
export function rememberBytes(text: string, bytes: number): void {
  if (text.length > longestKept) return;
  last = text;
  bytesOfLast = bytes;
}

/** How many bytes in UTF-8 a text has, if it is the one that was made last. */
export function knownBytes(text: string): number | undefined {
  return text === last ? bytesOfLast : undefined;
}
