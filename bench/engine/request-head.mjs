// Reads the head of an HTTP/1.1 request (RFC 9112) from bytes, strictly: what two servers could read in two ways is refused.
// One pass over the bytes and one string for the whole head; single headers are looked for when they are asked for.

/** Most bytes of a head, of the request target in it, and most header lines, as with `serve`. */
const maxHeadSize = 16 * 1024;
const maxTargetLength = 8 * 1024;
const maxHeaders = 100;

/** What {@link readHead} found: one record for all requests, because it is taken over before the next head is read. */
export const head = {
  method: "",
  target: "",
  /** 0 or 1. */
  minor: 1,
  /** The head as Latin-1, and where in it the header lines begin. */
  text: "",
  fields: 0,
  /** Bytes of the body, or -1 for one in chunks. */
  length: 0,
  /** Whether the connection ends with the answer. */
  last: false,
  /** Whether the client waits for 100 (Continue) before it sends the body. */
  expects: false,
  /** Why the request is refused, where it is. */
  status: 0,
  detail: "",
};

/** The bytes that a header name, a target and a header value may have. */
export const inName = new Uint8Array(256);
const inTarget = new Uint8Array(256);
export const inValue = new Uint8Array(256);
for (const char of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
  inName[char.charCodeAt(0)] = 1;
}
inTarget.fill(1, 0x21, 0x7f).fill(1, 0x80);
inValue.fill(1, 0x20, 0x7f).fill(1, 0x80)[9] = 1;

const version = Buffer.from("HTTP/1.");
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]);

/** The head has not arrived in full. */
export const MORE = -1;
/** It is refused; `head` says why. */
export const REFUSED = -2;

function refuse(status, detail) {
  head.status = status;
  head.detail = detail;
  return REFUSED;
}

const malformed = () => refuse(400, "The request is malformed");

/** Not all of it is there: to be waited for, unless it is too long as it is. */
function unfinished(from, to) {
  return to - from > maxHeadSize ? refuse(431, "The headers of the request are too large") : MORE;
}

/** Whether the bytes from `at` are a text in lower case, whatever their case. */
function spells(bytes, at, text) {
  for (let i = 0; i < text.length; i++) {
    const byte = bytes[at + i];
    if ((byte >= 65 && byte <= 90 ? byte + 32 : byte) !== text.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * Reads a request line and header lines.
 *
 * @param {Buffer} bytes
 * @param {number} from where the request begins
 * @param {number} to where what has arrived ends
 * @returns {number} where the body begins, and what was found in {@link head}; or MORE, or REFUSED
 */
export function readHead(bytes, from, to) {
  const start = from;
  // One empty line in front is passed over (RFC 9112, section 2.2).
  if (bytes[from] === 13) {
    if (from + 1 === to) return MORE;
    if (bytes[from + 1] !== 10) return malformed();
    from += 2;
    if (from === to) return MORE;
  }
  let at = from;
  while (at < to && inName[bytes[at]] === 1) at++;
  if (at === to) return at - from > 16 ? malformed() : MORE;
  if (bytes[at] !== 32 || at === from) return malformed();
  const methodEnd = at;
  const targetAt = ++at;
  while (at < to && inTarget[bytes[at]] === 1) at++;
  const targetEnd = at;
  if (targetEnd - targetAt > maxTargetLength) return refuse(414, "The address of the request is too long");
  if (at === to) return MORE;
  if (bytes[at] !== 32 || at === targetAt) return malformed();
  if (at + 11 > to) return MORE;
  for (let i = 0; i < version.length; i++) if (bytes[at + 1 + i] !== version[i]) return malformed();
  if (bytes[at + 9] !== 13 || bytes[at + 10] !== 10) return malformed();
  const minor = bytes[at + 8] - 48;
  if (minor !== 1 && minor !== 0) return malformed();
  at += 11;
  head.fields = at - from;

  let lines = 0;
  let hosts = 0;
  let length = -1;
  let chunked = false;
  head.last = minor === 0;
  head.expects = false;
  for (;;) {
    if (at === to) return unfinished(from, to);
    const nameAt = at;
    while (at < to && inName[bytes[at]] === 1) at++;
    if (at === to) return unfinished(from, to);
    if (at === nameAt) {
      if (bytes[at] !== 13) return malformed();
      if (at + 1 === to) return unfinished(from, to);
      if (bytes[at + 1] !== 10) return malformed();
      at += 2;
      break;
    }
    if (bytes[at] !== 58) return malformed();
    const nameLength = at - nameAt;
    at++;
    while (at < to && (bytes[at] === 32 || bytes[at] === 9)) at++;
    const valueAt = at;
    while (at < to && inValue[bytes[at]] === 1) at++;
    if (at + 1 >= to) return at === to || bytes[at] === 13 ? unfinished(from, to) : malformed();
    if (bytes[at] !== 13 || bytes[at + 1] !== 10) return malformed();
    if (++lines > maxHeaders) return refuse(431, "The request has too many header lines");
    let valueEnd = at;
    while (valueEnd > valueAt && (bytes[valueEnd - 1] === 32 || bytes[valueEnd - 1] === 9)) valueEnd--;
    at += 2;

    if (nameLength === 4) {
      if (spells(bytes, nameAt, "host")) hosts++;
    } else if (nameLength === 14) {
      if (!spells(bytes, nameAt, "content-length")) continue;
      if (length >= 0) return ambiguous();
      length = lengthIn(bytes, valueAt, valueEnd);
      if (length < 0) return malformed();
    } else if (nameLength === 17) {
      if (!spells(bytes, nameAt, "transfer-encoding")) continue;
      if (chunked) return ambiguous();
      chunked = true;
      if (valueEnd - valueAt !== 7 || !spells(bytes, valueAt, "chunked")) {
        return refuse(501, "The only transfer coding understood is chunked");
      }
    } else if (nameLength === 10) {
      if (!spells(bytes, nameAt, "connection")) continue;
      if (valueEnd - valueAt === 10 && spells(bytes, valueAt, "keep-alive")) continue;
      if (/(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(bytes.latin1Slice(valueAt, valueEnd))) head.last = true;
    } else if (nameLength === 6) {
      if (!spells(bytes, nameAt, "expect")) continue;
      if (valueEnd - valueAt !== 12 || !spells(bytes, valueAt, "100-continue")) {
        return refuse(417, "The only expectation understood is 100-continue");
      }
      head.expects = minor === 1;
    }
  }
  if (at - start > maxHeadSize) return refuse(431, "The headers of the request are too large");
  if (chunked && (length >= 0 || minor === 0)) return ambiguous();
  if (hosts > 1 || (hosts === 0 && minor === 1)) return refuse(400, "A request has exactly one Host header");
  const text = bytes.latin1Slice(from, at);
  const method = methodEnd - from === 3 && bytes[from] === 71 ? "GET" : text.slice(0, methodEnd - from);
  if (method === "GET" ? !text.startsWith("GET") : !methods.has(method)) {
    return refuse(501, "The method of the request is not understood");
  }
  head.method = method;
  head.minor = minor;
  head.target = text.slice(targetAt - from, targetEnd - from);
  head.text = text;
  head.length = chunked ? -1 : length < 0 ? 0 : length;
  return at;
}

const ambiguous = () => refuse(400, "The length of the request is ambiguous");

/** A length in decimal digits and nothing else; -1 for anything else, and for more than a number can count. */
function lengthIn(bytes, at, end) {
  if (at === end || end - at > 15) return -1;
  let length = 0;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) return -1;
    length = length * 10 + digit;
  }
  return length;
}

/**
 * The first line of a head under a name.
 *
 * @param {string} text a head that was read
 * @param {number} at where its header lines begin, or where to go on looking
 * @param {string} name in lower case
 * @param {string[]} [all] takes all lines under the name
 * @returns {string | undefined}
 */
export function fieldIn(text, at, name, all) {
  const { length } = name;
  while (text.charCodeAt(at) !== 13) {
    const end = text.indexOf("\r\n", at);
    if (text.charCodeAt(at + length) === 58 && isName(text, at, name)) {
      const value = trimmed(text, at + length + 1, end);
      if (all === undefined) return value;
      all.push(value);
    }
    at = end + 2;
  }
  return undefined;
}

/** All of them, name in lower case and value in turn. */
export function fieldsOf(text, at) {
  const pairs = [];
  while (text.charCodeAt(at) !== 13) {
    const end = text.indexOf("\r\n", at);
    const colon = text.indexOf(":", at);
    pairs.push(text.slice(at, colon).toLowerCase(), trimmed(text, colon + 1, end));
    at = end + 2;
  }
  return pairs;
}

function isName(text, at, name) {
  for (let i = 0; i < name.length; i++) {
    const code = text.charCodeAt(at + i);
    if ((code >= 65 && code <= 90 ? code + 32 : code) !== name.charCodeAt(i)) return false;
  }
  return true;
}

/** Without the spaces and tabs around it, and nothing else. */
function trimmed(text, at, end) {
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  while (at < end && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(at, end);
}

const isBlank = (code) => code === 32 || code === 9;
