/**
 * The request target: a slow reading of RFC 9112 and RFC 3986, the platform's URL, and what must hold of every canonical path,
 * whatever was sent: nobody who reads it again sees another one.
 */
import { encodedPath, parseTarget, type Target as RequestTarget } from "../../../src/exchange/target.ts";
import { holds, same, type Target } from "../target.ts";
import { decodeUtf8, percentDecoded } from "../unicode.ts";

const examples = [
  "/",
  "/items/1?q=x",
  "/a/../b",
  "/a/./b/..",
  "/%2e%2e/%2E/x",
  "/a%2fb",
  "/a\\b",
  "/a%5cb",
  "/a%00b",
  "/..%2f..%2fetc/passwd",
  "/%252e%252e/%252f",
  "/%c0%ae%c0%ae/",
  "/%e0%80%af",
  "//evil.example/x",
  "/a//b/",
  "http://host/path?q#f",
  "https://user:pw@host:80",
  "http:///x",
  "*",
  "host:443",
  "/a#b?c",
  "/caf\u00c3\u00a9",
  "/caf%C3%A9",
  "/.%2e/.%2e",
  "/...",
  "/a;b=c/d,e",
  "/%ef%bc%8f",
  "/%e2%80%ae",
  "/a%20b+c",
  "/.git/%2E%2e/x",
];
const tokens = [
  "/",
  "//",
  "/.",
  "/..",
  ".",
  "..",
  "%2e",
  "%2E",
  "%2f",
  "%5C",
  "\\",
  "%00",
  "%25",
  "%",
  "?",
  "#",
  "a",
  "%C3%A9",
  "%ff",
  "\u00e9",
  ":",
  "@",
  "http://h",
  "%0a",
  "%7f",
];

/** The path and query, or undefined for what is refused. */
function targetByRule(raw: string): RequestTarget | undefined {
  let rest = raw;
  if (!raw.startsWith("/")) {
    const scheme = ["http://", "https://"].find((each) => raw.toLowerCase().startsWith(each));
    if (scheme === undefined) return undefined;
    rest = raw.slice(scheme.length);
    while (rest !== "" && !"/?#\\".includes(rest[0]!)) rest = rest.slice(1);
    if (!rest.startsWith("/")) rest = `/${rest}`;
  }
  const before = rest.split("#")[0]!;
  const [path = "", ...queries] = before.split("?");
  for (const char of path) if (char < " " || char === "\\" || char === "\u007f") return undefined;
  for (const escape of ["%2f", "%5c", "%00"]) if (path.toLowerCase().includes(escape)) return undefined;
  // What a segment of two dots takes away nobody reads.
  const decoded = withoutDots(path).map((segment) => {
    if (segment.split("%").some((each, i) => i > 0 && !/^[0-9a-fA-F][0-9a-fA-F]/.test(each))) return undefined;
    const bytes = percentDecoded(segment, (char) => [char.charCodeAt(0)]);
    const text = decodeUtf8(bytes);
    // What is no UTF-8 cannot be written again as what it was.
    return Buffer.from(text).equals(Buffer.from(bytes)) ? text : undefined;
  });
  if (decoded.includes(undefined)) return undefined;
  return { path: `/${decoded.join("/")}`, query: queries.join("?") };
}

/** RFC 3986, section 5.2.4, one segment after the other; a dot may be escaped. */
function withoutDots(path: string): string[] {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  segments.forEach((segment, i) => {
    const dots = segment.toLowerCase().split("%2e").join(".");
    if (dots !== "." && dots !== "..") return kept.push(segment);
    if (dots === "..") kept.pop();
    if (i === segments.length - 1) kept.push("");
    return undefined;
  });
  return kept;
}

export const path: Target<string, RequestTarget | undefined> = {
  name: "path",
  make: (random) => (random.oneIn(5) ? "" : "/") + random.written(examples, tokens),
  read: parseTarget,
  judge(raw, found) {
    same("the target", found, targetByRule(raw));
    if (found === undefined) return;
    const { path: canonical, query } = found;
    holds("it begins with a slash", canonical.startsWith("/"));
    holds("a separator or NUL was smuggled in", !/[\\\0]/.test(canonical));
    const segments = canonical.slice(1).split("/");
    holds("a dot segment is left", !segments.some((each) => each === "." || each === ".."));
    const slashes = (text: string): number => text.split("/").length;
    holds("a slash was made", slashes(canonical) <= slashes(raw));
    // Written as an address and read again it is the same, once and twice.
    same("the path, read again", parseTarget(encodedPath(canonical)), { path: canonical, query: "" });
    same("both, read again", parseTarget(`${encodedPath(canonical)}?${query}`), found);
    samePlatform(raw, canonical);
  },
  series: [
    (size) => "/".repeat(size),
    (size) => "/a".repeat(size / 2),
    (size) => "/..".repeat(size / 3),
    (size) => `/${"a/../".repeat(size / 5)}`,
    (size) => `/${"%2e".repeat(size / 3)}`,
    (size) => `/${"%41".repeat(size / 3)}`,
    (size) => `/${"\u00c3\u00a9".repeat(size / 2)}`,
    (size) => `/${".".repeat(size)}`,
    (size) => `http://${"h".repeat(size)}/`,
    (size) => `/${"%E2%82%AC".repeat(size / 9)}/../`,
  ],
};

/** The platform resolves and escapes, but it also trims and forgives: only what needs neither is compared. */
function samePlatform(raw: string, canonical: string): void {
  if (!raw.startsWith("/")) return;
  const escaped = raw.replaceAll(/[\u0080-\u00ff]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  const asked = escaped.split(/[?#]/, 1)[0]!;
  if (asked.trim() !== asked) return;
  const { pathname } = new URL(`http://h${asked}`);
  // Some releases of Node leave a dot segment behind one that begins with a dot.
  if (/\/\.\.?(?:\/|$)/.test(pathname)) return;
  same("the path, by the platform", canonical, decodeURIComponent(pathname));
}
