/**
 * The query string as FastAPI reads it: `application/x-www-form-urlencoded`, pairs separated by `&` only, `+` is a space,
 * bad UTF-8 becomes U+FFFD, order and repetitions kept (WHATWG URL, section 5.1).
 */

/** Name and value in turn: `["q", "1", "q", "2"]`. Never an object, so that no name can touch a prototype. */
export type Pairs = readonly string[];

const none: Pairs = [];

export function parseQuery(raw: string): Pairs {
  if (raw === "") return none;
  const pairs: string[] = [];
  for (let start = 0; start <= raw.length;) {
    let end = raw.indexOf("&", start);
    if (end < 0) end = raw.length;
    if (end > start) {
      // Looked for inside the pair only: over the whole rest, many pairs without "=" would take quadratic time.
      const pair = raw.slice(start, end);
      const equals = pair.indexOf("=");
      pairs.push(decode(equals < 0 ? pair : pair.slice(0, equals)), equals < 0 ? "" : decode(pair.slice(equals + 1)));
    }
    start = end + 1;
  }
  return pairs;
}

/** Longer queries are parsed as a whole: looking through them anew for each of many names would take long. */
const shortQuery = 256;

/** Whether single names can be looked for in a query string as it is: no name in it is written in escapes. */
export function isPlainQuery(raw: string): boolean {
  return raw.length <= shortQuery && !raw.includes("%");
}

/** Whether a name stands in a plain query as itself. */
export function isPlainName(name: string): boolean {
  return !/[ +&=%]/.test(name);
}

/** What `lastOf(parseQuery(raw), name)` gives for a plain query and a plain name, without the list of all pairs. */
export function lastInPlain(raw: string, name: string): string | undefined {
  let found: string | undefined;
  for (let start = 0; start < raw.length;) {
    let end = raw.indexOf("&", start);
    if (end < 0) end = raw.length;
    const after = start + name.length;
    if (end > start && after <= end && raw.startsWith(name, start)) {
      if (after === end) found = "";
      else if (raw.charCodeAt(after) === 0x3d) found = raw.slice(after + 1, end);
    }
    start = end + 1;
  }
  return found?.includes("+") === true ? found.replaceAll("+", " ") : found;
}

/** The last value under a name, or undefined. */
export function lastOf(pairs: Pairs, name: string): string | undefined {
  for (let i = pairs.length - 2; i >= 0; i -= 2) if (pairs[i] === name) return pairs[i + 1];
  return undefined;
}

/** All values under a name, in order. */
export function allOf(pairs: Pairs, name: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === name) found.push(pairs[i + 1]!);
  return found;
}

const escaped = /[%+]/;

function decode(text: string): string {
  if (!escaped.test(text)) return text;
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return decodeLeniently(spaced);
  }
}

const encoder = new TextEncoder();
/** Like `decodeURIComponent` it keeps a byte order mark: it is part of the value. */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Percent-decoding that never fails: what is no escape stays as it is, bytes that are no UTF-8 become U+FFFD. On bytes and in place,
 * since a form of one such field may have a megabyte.
 */
function decodeLeniently(text: string): string {
  const bytes = encoder.encode(text);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    const value = byte === 0x25 ? hexValue(bytes[i + 1]) * 16 + hexValue(bytes[i + 2]) : -1;
    if (value >= 0) i += 2;
    bytes[length++] = value >= 0 ? value : byte;
  }
  return utf8.decode(bytes.subarray(0, length));
}

/** What a hexadecimal digit says, or so little that no sum with it is a byte. */
function hexValue(code: number | undefined): number {
  if (code === undefined) return -256;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -256;
}
