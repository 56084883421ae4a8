/**
 * Reads the head of a request (RFC 9112, sections 2 to 6) in one pass over its bytes. Strict: what another server on the way
 * might read differently is refused, and so is whatever exceeds a limit.
 */
import type { Bytes } from "./transport.ts";
import type { Settings } from "../options.ts";
import { refusals, type Refusal } from "../refusal.ts";

/** A head that was read. */
export class RequestHead {
  readonly method: string;
  readonly target: string;
  /** 0 or 1: the digit behind `HTTP/1.`. */
  readonly minor: number;
  /** Everything, as Latin-1. */
  readonly text: string;
  /** For each header line: where in `text` its name begins and ends, and its value. */
  readonly fields: readonly number[];
  /** Where what follows the head begins. */
  readonly end: number;
  /** How long the body is, in bytes; -1 for one in chunks. */
  length = 0;
  /** Whether the client ends the connection with the answer. */
  last: boolean;
  /** Whether the client sends the body only when it is asked to: `Expect: 100-continue`. */
  awaited = false;

  constructor(text: string, method: number, target: number, minor: number, fields: readonly number[], end: number) {
    this.method = text.slice(0, method);
    this.target = text.slice(method + 1, target);
    this.minor = minor;
    this.text = text;
    this.fields = fields;
    this.end = end;
    this.last = minor === 0;
  }

  /** The first header line under a lower-case name. */
  header(name: string): string | undefined {
    const { text, fields } = this;
    for (let i = 0; i < fields.length; i += 4) {
      if (this.#isNamed(i, name)) return text.slice(fields[i + 2], fields[i + 3]);
    }
    return undefined;
  }

  headerLines(name: string): string[] {
    const { text, fields } = this;
    const lines: string[] = [];
    for (let i = 0; i < fields.length; i += 4) {
      if (this.#isNamed(i, name)) lines.push(text.slice(fields[i + 2], fields[i + 3]));
    }
    return lines;
  }

  headers(): string[] {
    const { text, fields } = this;
    const pairs: string[] = [];
    for (let i = 0; i < fields.length; i += 4) {
      pairs.push(text.slice(fields[i], fields[i + 1]).toLowerCase(), text.slice(fields[i + 2], fields[i + 3]));
    }
    return pairs;
  }

  #isNamed(i: number, name: string): boolean {
    const { text, fields } = this;
    const from = fields[i]!;
    const to = fields[i + 1]!;
    return to - from === name.length && text.slice(from, to).toLowerCase() === name;
  }
}

export type HeadLimits = Pick<Settings, "maxHeaderSize" | "maxHeadersCount" | "maxTargetLength" | "allowsHost">;

const { malformed, tooLarge, tooMany, tooLong, unknownCoding, ambiguous, notOneHost, otherHost, unexpected } = refusals;

const [tab, lf, cr, space, colon] = [9, 10, 13, 32, 58];

/** What a byte may be part of: a name (RFC 9110, section 5.6.2), a value (section 5.5), a target. */
const [inName, inValue, inTarget] = [1, 2, 4];
const kinds = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const named = /[!#$%&'*+\-.^_`|~\w]/.test(String.fromCharCode(byte)) && byte < 128;
  const visible = (byte > space && byte < 127) || byte > 127;
  kinds[byte] =
    (named ? inName : 0) | (visible ? inTarget | inValue : 0) | (byte === space || byte === tab ? inValue : 0);
}

/** Passes over bytes of a kind. */
function pass(bytes: Uint8Array, from: number, to: number, kind: number): number {
  let at = from;
  while (at < to && (kinds[bytes[at]!]! & kind) !== 0) at++;
  return at;
}

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
  const fields: number[] = [];
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
    fields.push(name - start, nameEnd - start, value - start, valueEnd - start);
    at += 2;
  }
  if (at + 1 === to) return more;
  if (bytes[at + 1] !== lf) return malformed;
  const end = at + 2;
  if (end - from > limits.maxHeaderSize) return tooLarge;
  const head = new RequestHead(bytes.latin1Slice(start, end), method - start, target - start, minor, fields, end);
  return understand(head, limits) ?? head;
}

/** Takes from the header lines what the connection is about. @returns What refuses the request. */
function understand(head: RequestHead, limits: HeadLimits): Refusal | undefined {
  const { text, fields, minor } = head;
  if (fields.length > 4 * limits.maxHeadersCount) return tooMany;
  if (head.target.length > limits.maxTargetLength) return tooLong;
  let hosts = 0;
  let codings = 0;
  let lengths = 0;
  let host = "";
  let length = "";
  let coding = "";
  let expectation = "";
  for (let i = 0; i < fields.length; i += 4) {
    const size = fields[i + 1]! - fields[i]!;
    if (size !== 4 && size !== 6 && size !== 10 && size !== 14 && size !== 17) continue;
    const name = text.slice(fields[i], fields[i + 1]).toLowerCase();
    const value = text.slice(fields[i + 2], fields[i + 3]);
    if (name === "host") {
      hosts++;
      host = value;
    } else if (name === "connection") {
      if (closes(value)) head.last = true;
    } else if (name === "content-length") {
      lengths++;
      length = value;
    } else if (name === "transfer-encoding") {
      codings++;
      coding = value;
    } else if (name === "expect") expectation = value;
  }
  if (codings > 0) {
    if (codings > 1 || lengths > 0 || minor === 0) return ambiguous;
    const names = coding.toLowerCase().split(",");
    const at = names.findIndex((each) => each.trim() === "chunked");
    if (at >= 0 && at < names.length - 1) return ambiguous;
    if (names.length > 1 || at < 0) return unknownCoding;
    head.length = -1;
  } else if (lengths > 0) {
    if (lengths > 1) return ambiguous;
    if (length.length === 0 || length.length > 15 || !/^\d+$/.test(length)) return malformed;
    head.length = Number(length);
  }
  if (hosts > 1 || (hosts === 0 && minor > 0)) return notOneHost;
  if (limits.allowsHost !== undefined && hosts === 1 && !limits.allowsHost(host)) return otherHost;
  if (expectation !== "" && minor > 0) {
    if (expectation.toLowerCase() !== "100-continue") return unexpected;
    head.awaited = head.length !== 0;
  }
  return undefined;
}

/** Whether a Connection header asks for the end (RFC 9110, section 7.6.1). */
function closes(value: string): boolean {
  if (value.length < 5) return false;
  const lower = value.toLowerCase();
  return lower === "close" || lower.split(",").some((each) => each.trim() === "close");
}
