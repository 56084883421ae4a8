/**
 * Base64 (RFC 4648) as pydantic reads it: `any` is what `val_json_bytes="base64"` takes (either alphabet, padding optional,
 * nothing else), `standard` and `url` are `Base64Bytes` and `Base64UrlBytes` (padding needed, strange characters skipped).
 */
import { Refusal } from "./refusal.ts";
import { utf8Bytes } from "./utf8.ts";

/** Which letters stand for 62 and 63, and how strictly a text is read. */
export type Base64Alphabet = "any" | "standard" | "url";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const pad = 0x3d;
const standard = tableOf("+/");
const urlSafe = tableOf("-_");
/** Python's URL-safe reader turns `-_` into `+/` first, so it takes both. */
const both = standard.map((value, code) => Math.min(value, urlSafe[code]!));

function tableOf(last: string): Uint8Array {
  const table = new Uint8Array(256).fill(255);
  for (const [value, char] of [...letters, ...last].entries()) table[char.charCodeAt(0)] = value;
  return table;
}

/** The bytes a text stands for, or what is wrong with it. */
export function decodeBase64(text: string, alphabet: Base64Alphabet): Uint8Array | Refusal {
  const raw = utf8Bytes(text);
  if (!(raw instanceof Uint8Array)) return raw;
  if (alphabet !== "any") return skipping(raw, alphabet === "url" ? both : standard);
  let error = exactError(raw, urlSafe);
  // Only a letter of the other alphabet, met before anything else is wrong, makes it the other alphabet's text.
  if (error !== undefined && /^Invalid symbol 4[37],/.test(error)) error = exactError(raw, standard);
  if (error === undefined) return bytesOf(raw, both);
  const ctx = { encoding: "base64", encoding_error: error };
  return new Refusal("bytes_invalid_encoding", `Data should be valid base64: ${error}`, ctx);
}

/** What is wrong with base64 that may hold nothing but its letters, and `=` at the end; in the words of pydantic's decoder. */
function exactError(raw: Uint8Array, table: Uint8Array): string | undefined {
  const invalid = (at: number): string => `Invalid symbol ${raw[at]}, offset ${at}.`;
  const left = raw.length % 4;
  const last = raw.length - 1;
  if (left === 1 && raw[last] !== pad && table[raw[last]!] === 255) return invalid(last);
  const tail = Math.max(0, raw.length - (left === 0 ? 4 : left));
  for (let i = 0; i < tail; i++) if (table[raw[i]!] === 255) return invalid(i);
  let end = raw.length;
  for (let i = tail; i < raw.length; i++) {
    if (raw[i] === pad) {
      if (i - tail < 2) return invalid(i);
      end = Math.min(end, i);
    } else if (end < i) return invalid(end);
    else if (table[raw[i]!] === 255) return invalid(i);
  }
  const count = end - tail;
  if (raw.length > 0 && count < 2) return `Invalid input length: ${tail + count}`;
  const unused = count === 2 ? 0x0f : count === 3 ? 0x03 : 0;
  const symbol = raw[end - 1];
  if (symbol === undefined || (table[symbol]! & unused) === 0) return undefined;
  return `Invalid last symbol ${symbol}, offset ${end - 1}.`;
}

/** As Python's binascii reads: what is no letter is passed over, padding ends the data. */
function skipping(raw: Uint8Array, table: Uint8Array): Uint8Array | Refusal {
  let count = 0;
  let pads = 0;
  for (const code of raw) {
    if (code === pad) {
      if (count % 4 >= 2 && (count % 4) + ++pads >= 4) return bytesOf(raw, table, count);
    } else if (table[code] !== 255) {
      count++;
      pads = 0;
    }
  }
  if (count % 4 === 0) return bytesOf(raw, table, count);
  const error =
    count % 4 === 1
      ? `Invalid base64-encoded string: number of data characters (${count}) cannot be 1 more than a multiple of 4`
      : "Incorrect padding";
  return new Refusal("base64_decode", `Base64 decoding error: '${error}'`, { error });
}

/** @param most How many letters count; the rest is not looked at. */
function bytesOf(raw: Uint8Array, table: Uint8Array, most = raw.length): Uint8Array {
  const found = new Uint8Array(Math.floor((most * 3) / 4));
  let bits = 0;
  let held = 0;
  let length = 0;
  let count = 0;
  for (const code of raw) {
    const value = table[code]!;
    if (value === 255) continue;
    if (++count > most) break;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) found[length++] = (held >> (bits -= 8)) & 0xff;
  }
  return found.subarray(0, length);
}

/** The text of bytes, with padding. `any` writes the URL-safe alphabet, as `ser_json_bytes="base64"` does. */
export function encodeBase64(bytes: Uint8Array, alphabet: Base64Alphabet): string {
  const chars = letters + (alphabet === "standard" ? "+/" : "-_");
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += chars[triple >> 18]! + chars[(triple >> 12) & 63]!;
    text += i + 1 < bytes.length ? chars[(triple >> 6) & 63]! : "=";
    text += i + 2 < bytes.length ? chars[triple & 63]! : "=";
  }
  return text;
}
