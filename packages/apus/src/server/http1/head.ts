/**
 * Reads the head of a request (RFC 9112, sections 2 to 6) in one pass over its bytes. Strict: what another server on the way
 * might read differently is refused, and so is whatever exceeds a limit.
 */
import type { Bytes } from "./transport.ts";
import type { Settings } from "../options.ts";
import { isHost, refusals, type Refusal } from "../refusal.ts";
import { isBlank, RequestHead } from "./request-head.ts";

export type HeadLimits = Pick<Settings, "maxHeaderSize" | "maxHeadersCount" | "maxTargetLength" | "allowsHost">;

const { malformed, tooLarge, tooMany, tooLong, unknownCoding, ambiguous, unexpected, tunnel } = refusals;
const { notOneHost, otherHost } = refusals;

const [tab, lf, cr, space, slash, colon] = [9, 10, 13, 32, 47, 58];

/** What a byte may be part of: a name (RFC 9110, section 5.6.2), a value (section 5.5), a target. */
const [inName, inValue, inTarget] = [1, 2, 4];
const kinds = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const named = /[!#$%&'*+\-.^_`|~\w]/.test(String.fromCharCode(byte)) && byte < 128;
  const visible = byte > space && byte < 127;
  const valued = visible || byte > 127 || byte === space || byte === tab;
  kinds[byte] = (named ? inName : 0) | (valued ? inValue : 0) | (visible ? inTarget : 0);
}

export const isNameByte = (byte: number): boolean => (kinds[byte]! & inName) !== 0;

/** Passes over bytes of a kind. */
function pass(bytes: Uint8Array, from: number, to: number, kind: number): number {
  let at = from;
  while (at < to && (kinds[bytes[at]!]! & kind) !== 0) at++;
  return at;
}

/** Where the header lines of the head stand that is being read: name and value, beginning and end. One list for all. */
const marks: number[] = [];

/** One string for each method that is usual: looking it up is faster than with a new one. */
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/**
 * So many empty lines may stand before a request. A head that arrives line by line is read again with each of them: without
 * a limit on lines, also on those of the headers, small lines would cost the square of what was sent.
 */
const mostEmptyLines = 32;

const version = [..."HTTP/1.1\r\n"].map((char) => char.charCodeAt(0));

/**
 * Reads one head; empty lines before it are passed over.
 * @param bytes From `from` on, up to `to`.
 * @returns What there is, what refuses it, or undefined where it is not complete.
 */
export function readHead(
  bytes: Bytes,
  from: number,
  to: number,
  limits: HeadLimits,
): RequestHead | Refusal | undefined {
  let start = from;
  while (start + 1 < to && bytes[start] === cr && bytes[start + 1] === lf) start += 2;
  if (start - from > 2 * mostEmptyLines) return malformed;
  const more = to - from > limits.maxHeaderSize ? tooLarge : undefined;
  if (start === to || (bytes[start] === cr && start + 1 === to)) return more;
  const method = pass(bytes, start, to, inName);
  if (method === to) return more;
  if (method === start || bytes[method] !== space) return malformed;
  const target = pass(bytes, method + 1, to, inTarget);
  if (target === to) return more;
  if (target === method + 1 || bytes[target] !== space) return malformed;
  let at = target + 1;
  let minor = 1;
  for (let i = 0; i < version.length; i++, at++) {
    if (at === to) return more;
    if (bytes[at] === version[i]) continue;
    if (i !== 7 || bytes[at] !== 48) return malformed;
    minor = 0;
  }
  const lines = at;
  let count = 0;
  for (;;) {
    if (at === to) return more;
    if (bytes[at] === cr) break;
    const name = at;
    const nameEnd = pass(bytes, name, to, inName);
    if (nameEnd === to) return more;
    if (nameEnd === name || bytes[nameEnd] !== colon) return malformed;
    let value = nameEnd + 1;
    while (value < to && (bytes[value] === space || bytes[value] === tab)) value++;
    at = pass(bytes, value, to, inValue);
    if (at === to) return more;
    if (bytes[at] !== cr) return malformed;
    if (at + 1 === to) return more;
    if (bytes[at + 1] !== lf) return malformed;
    let valueEnd = at;
    while (valueEnd > value && (bytes[valueEnd - 1] === space || bytes[valueEnd - 1] === tab)) valueEnd--;
    marks[count] = name;
    marks[count + 1] = nameEnd;
    marks[count + 2] = value;
    marks[count + 3] = valueEnd;
    count += 4;
    at += 2;
    if (count > 4 * limits.maxHeadersCount) return tooMany;
  }
  if (at + 1 === to) return more;
  if (bytes[at + 1] !== lf) return malformed;
  const end = at + 2;
  if (end - from > limits.maxHeaderSize) return tooLarge;
  const asked = bytes.latin1Slice(method + 1, target);
  const head = new RequestHead(methodOf(bytes, start, method), asked, minor, bytes, lines, end);
  return understand(head, bytes, count, limits) ?? head;
}

function methodOf(bytes: Bytes, from: number, to: number): string {
  const first = bytes[from];
  for (const method of methods) {
    if (method.length === to - from && method.charCodeAt(0) === first && isAt(bytes, from, method)) return method;
  }
  return bytes.latin1Slice(from, to);
}

function isAt(bytes: Bytes, from: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text.charCodeAt(i)) return false;
  return true;
}

/**
 * Takes from the header lines what the connection is about.
 * @param count How many marks there are.
 * @returns What refuses the request.
 */
function understand(head: RequestHead, bytes: Bytes, count: number, limits: HeadLimits): Refusal | undefined {
  const { minor } = head;
  if (head.target.length > limits.maxTargetLength) return tooLong;
  let hosts = 0;
  let codings = 0;
  let lengths = 0;
  let host = "";
  let length = "";
  let coding = "";
  let awaits = false;
  let expects = false;
  for (let i = 0; i < count; i += 4) {
    const name = knownAt(bytes, marks[i]!, marks[i + 1]!);
    if (name === undefined) continue;
    if (name === "host") {
      hosts++;
      host = hostAt(bytes, marks[i + 2]!, marks[i + 3]!);
      continue;
    }
    const value = bytes.latin1Slice(marks[i + 2]!, marks[i + 3]!);
    if (name === "connection") {
      if (closes(value)) head.last = true;
    } else if (name === "content-length") {
      lengths++;
      length = value;
    } else if (name === "transfer-encoding") {
      codings++;
      coding = value;
    } else if (name === "upgrade") head.offers = true;
    else {
      awaits = true;
      if (value.toLowerCase() !== "100-continue") expects = true;
    }
  }
  if (codings > 0) {
    if (codings > 1 || lengths > 0 || minor === 0) return ambiguous;
    const names = coding.toLowerCase().split(",");
    const at = names.findIndex((each) => trimmed(each) === "chunked");
    if (at >= 0 && at < names.length - 1) return ambiguous;
    if (names.length > 1 || at < 0) return unknownCoding;
    head.length = -1;
  } else if (lengths > 0) {
    if (lengths > 1) return ambiguous;
    if (length.length === 0 || length.length > 15 || !/^\d+$/.test(length)) return malformed;
    head.length = Number(length);
  }
  // What followed would be for somebody else, and who opens tunnels is no application.
  if (head.method === "CONNECT") return tunnel;
  if (hosts > 1 || (hosts === 0 && minor > 0)) return notOneHost;
  if (head.target.charCodeAt(0) !== slash && !isOtherTarget(head.target)) return malformed;
  if (limits.allowsHost !== undefined && hosts === 1 && !limits.allowsHost(host)) return otherHost;
  if (minor > 0) {
    if (expects) return unexpected;
    head.awaited = awaits && head.length !== 0;
  }
  return undefined;
}

const known = ["host", "expect", "upgrade", "connection", "content-length", "transfer-encoding"] as const;
/** By length: no two are equally long. */
const knownOf: ((typeof known)[number] | undefined)[] = Array.from({ length: 20 }, () => undefined);
for (const each of known) knownOf[each.length] = each;

/** Which of the headers that the connection is about stands at a place. */
function knownAt(bytes: Bytes, from: number, to: number): (typeof known)[number] | undefined {
  const name = knownOf[to - from];
  if (name === undefined) return undefined;
  for (let i = 0; i < name.length; i++) {
    const byte = bytes[from + i]!;
    if ((byte >= 65 && byte <= 90 ? byte + 32 : byte) !== name.charCodeAt(i)) return undefined;
  }
  return name;
}

/** Most requests of a server name the same. */
let lastHost = "";

function hostAt(bytes: Bytes, from: number, to: number): string {
  if (lastHost.length === to - from && isAt(bytes, from, lastHost)) return lastHost;
  return (lastHost = bytes.latin1Slice(from, to));
}

/** A target in absolute form, without user information, or the one of the server itself (RFC 9112, section 3.2). */
function isOtherTarget(target: string): boolean {
  const absolute = /^[a-z]+:\/\/([^/?#]+)/i.exec(target);
  return absolute === null ? target === "*" : isHost(absolute[1]!);
}

/** What spaces and tabs surround; `trim` would take what is not white space in a header, such as 0xA0 and line ends. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/** Whether a Connection header asks for the end (RFC 9110, section 7.6.1). */
function closes(value: string): boolean {
  if (value.length < 5) return false;
  const lower = value.toLowerCase();
  return lower === "close" || lower.split(",").some((each) => trimmed(each) === "close");
}
