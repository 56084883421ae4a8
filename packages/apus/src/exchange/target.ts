/**
 * The request target, read once: one canonical path and one raw query string that the router, the guards, the handlers and
 * the log all share. Encoded separators are refused rather than interpreted, so that nobody can see another path.
 */

/** The target after its one reading. */
export interface Target {
  /** Percent-decoded path, dot segments resolved. Begins with `/`; an encoded `/`, `\` or NUL never gets here. */
  readonly path: string;
  /** What follows the first `?`, still percent-encoded, without the `?`. */
  readonly query: string;
}

/** What stands for itself in a path, whatever is before it. A dot may begin a segment that means another one. */
const plain = new Uint8Array(256);
for (let code = 0; code < 256; code++) plain[code] = /[\w\-./~!$&'()*+,;=:@]/.test(String.fromCharCode(code)) ? 1 : 0;
const [slash, dot, mark] = [0x2f, 0x2e, 0x3f];

const encodedSeparator = /%2f|%5c|%00/i;
const dotSegment = /\/(?:\.|%2e){1,2}(?=\/|$)/i;

/**
 * Reads a request target (RFC 9112, section 3.2): origin form, or absolute form with its authority ignored.
 * @returns undefined for a target that is refused: malformed percent-encoding, an encoded `/`, `\` or NUL, a raw `\` or
 *   control character, or no path at all.
 */
export function parseTarget(raw: string): Target | undefined {
  const end = plainEnd(raw);
  if (end > 0 && end === raw.length) return { path: raw, query: "" };
  if (end > 0 && raw.charCodeAt(end) === mark && !raw.includes("#", end)) {
    return { path: raw.slice(0, end), query: raw.slice(end + 1) };
  }
  const origin = raw.startsWith("/") ? raw : originForm(raw);
  if (origin === undefined) return undefined;
  const hash = origin.indexOf("#");
  const whole = hash < 0 ? origin : origin.slice(0, hash);
  const asks = whole.indexOf("?");
  const path = asks < 0 ? whole : whole.slice(0, asks);
  const query = asks < 0 ? "" : whole.slice(asks + 1);
  const canonical = canonicalPath(path);
  return canonical === undefined ? undefined : { path: canonical, query };
}

/** Where a target in origin form stops being a path that is read as it stands; 0 for one that does not begin with a slash. */
function plainEnd(raw: string): number {
  let before = raw.charCodeAt(0);
  if (before !== slash) return 0;
  let at = 1;
  for (; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (plain[code] !== 1 || (code === dot && before === slash)) break;
    before = code;
  }
  return at;
}

/** A decoded path as it stands in an address. What `encodeURI` leaves alone would begin a query or a fragment. */
export function encodedPath(path: string): string {
  return encodeURI(path).replaceAll("?", "%3F").replaceAll("#", "%23");
}

function originForm(raw: string): string | undefined {
  const absolute = /^https?:\/\/[^/?#\\]*/i.exec(raw);
  if (absolute === null) return undefined;
  const rest = raw.slice(absolute[0].length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function canonicalPath(path: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  if (/[\\\u0000-\u001f\u007f]/.test(path) || encodedSeparator.test(path)) return undefined;
  const resolved = dotSegment.test(path) ? withoutDotSegments(path) : path;
  try {
    // Bytes above ASCII arrive as Latin-1 characters; written as escapes they are decoded as the UTF-8 they are.
    return decodeURIComponent(resolved.replace(/[\u0080-\u00ff]/g, (char) => `%${char.charCodeAt(0).toString(16)}`));
  } catch {
    return undefined;
  }
}

/** Resolves `.` and `..`, plain or encoded, as the WHATWG URL parser does for adapters that see a parsed URL. */
function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.slice(1).split("/");
  for (const [i, segment] of segments.entries()) {
    const name = segment.replaceAll(/%2e/gi, ".");
    const last = i === segments.length - 1;
    if (name === "..") {
      kept.pop();
      if (last) kept.push("");
    } else if (name === ".") {
      if (last) kept.push("");
    } else kept.push(segment);
  }
  return `/${kept.join("/")}`;
}
