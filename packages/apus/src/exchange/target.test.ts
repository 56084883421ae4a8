/** Request targets: one canonical path each, or a refusal; the same through a web Request where it can say the target at all. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTarget } from "./target.ts";
import { WebIncoming } from "./web.ts";

const refused = undefined;

/** Raw target; canonical path or refusal; query where there is one. */
const targets: [raw: string, path: string | undefined, query?: string][] = [
  ["/", "/"],
  ["/items/1", "/items/1"],
  ["/items/", "/items/"],
  ["/a//b", "/a//b"],
  ["//host/path", "//host/path"],
  ["//", "//"],
  ["/a?b=c", "/a", "b=c"],
  ["/a?b?c#d", "/a", "b?c"],
  ["/a?", "/a", ""],
  ["/?a=%2F%00", "/", "a=%2F%00"],
  ["/a#b?c", "/a"],
  ["/a;b=1/c;", "/a;b=1/c;"],
  ["/~a/b_c-d.e/!$&'()*+,=:@", "/~a/b_c-d.e/!$&'()*+,=:@"],
  ["/caf%C3%A9", "/café"],
  ["/%F0%9F%98%80", "/😀"],
  ["/a%20b", "/a b"],
  ["/a+b", "/a+b"],
  ["/%61%62", "/ab"],
  ["/a|b^c`{d}", "/a|b^c`{d}"],
  ["/%7Bx%7D", "/{x}"],
  // What could be read as another path by somebody else.
  ["/a%2Fb", refused],
  ["/a%2fb", refused],
  ["/a%5Cb", refused],
  ["/a%5cb", refused],
  ["/a%00", refused],
  ["/%252F", "/%2F"],
  ["/%252e%252e/a", "/%2e%2e/a"],
  ["/%25", "/%"],
  // Dot segments, plain and encoded, and what only looks like them.
  ["/.", "/"],
  ["/..", "/"],
  ["/./a", "/a"],
  ["/a/.", "/a/"],
  ["/a/..", "/"],
  ["/a/../", "/"],
  ["/a/b/..", "/a/"],
  ["/a/b/%2e.", "/a/"],
  ["/a/../b", "/b"],
  ["/../../etc/passwd", "/etc/passwd"],
  ["/a/./b/../c", "/a/c"],
  ["/a//../b", "/a/b"],
  ["/a/%2e%2e/b", "/b"],
  ["/a/%2E./b", "/b"],
  ["/a/.%2e", "/"],
  ["/a/%2e/b", "/a/b"],
  ["/a/.../b", "/a/.../b"],
  ["/.hidden", "/.hidden"],
  ["/a/..b", "/a/..b"],
  ["/a/..;/b", "/a/..;/b"],
  ["/a/b..", "/a/b.."],
  // Malformed percent-encoding.
  ["/%", refused],
  ["/%4", refused],
  ["/%zz", refused],
  ["/%ff", refused],
  ["/%c3", refused],
  ["/%c0%af", refused],
  ["/%ed%a0%80", refused],
];

/** What only a raw request line can hold. */
const rawOnly: typeof targets = [
  ["", refused],
  ["*", refused],
  ["items", refused],
  ["?a=b", refused],
  ["#", refused],
  ["host:80", refused],
  ["ftp://host/a", refused],
  ["javascript://x/a", refused],
  ["http:/a", refused],
  ["/a\\b", refused],
  ["\\a", refused],
  ["/a\\..\\b", refused],
  ["/a\u0000b", refused],
  ["/a\nb", refused],
  ["/a\tb", refused],
  ["/a\u007f", refused],
  ["/a b", "/a b"],
  ["/caf\u00c3\u00a9", "/café"],
  ["/caf\u00e9", refused],
  ["http://host", "/"],
  ["http://host?x=1", "/", "x=1"],
  ["http://host/a/../b?x=1", "/b", "x=1"],
  ["HTTPS://user:pw@host:8443/a%20b", "/a b"],
  ["http://host\\a", refused],
  ["http://host//a", "//a"],
  ["http://host#a", "/"],
];

const expected = (path: string | undefined, query = ""): unknown => (path === undefined ? refused : { path, query });

describe("raw targets", () => {
  test.each([...targets, ...rawOnly])("%j", (raw, path, query) =>
    expect(parseTarget(raw)).toEqual(expected(path, query)),
  );
});

describe("the same through a web Request", () => {
  test.each(targets)("%j", (raw, path, query) => {
    const incoming = new WebIncoming(new Request(`http://host:8000${raw}`));
    expect(parseTarget(incoming.target)).toEqual(expected(path, query));
  });
});

test("a canonical path has no dot segment and no raw separator from an escape, and reading never throws", () => {
  const piece = fc.constantFrom(
    "/",
    ".",
    "..",
    "%2e",
    "%2E",
    "a",
    "%",
    "%2",
    "%25",
    "%5c",
    "\\",
    ";",
    "?",
    "#",
    "é",
    "%C3%A9",
    " ",
    "\0",
    "//",
  );
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const raw = `/${pieces.join("")}`;
      const found = parseTarget(raw);
      if (found === undefined) return;
      accepted++;
      expect(found.path).toMatch(/^\//);
      // A decoded path may hold the text %2e or a dot of %252e, but never a segment that is one.
      expect(found.path.split("/").filter((segment) => segment === "." || segment === "..")).toEqual([]);
      expect(found.path).not.toMatch(/[\\\0]/);
      expect(found.query).not.toContain("#");
    }),
    { numRuns: 5000, seed: 9 },
  );
  expect(accepted).toBeGreaterThan(1000);
});

test("1 MiB of anything is read in one go", () => {
  for (const unit of ["/", "/.", "/..", "%", "%2", "%41", "a", "?", "#", "é", "/%2e"]) {
    const raw = `/${unit.repeat(2 ** 20 / unit.length)}`;
    expect([undefined, "string"]).toContain(parseTarget(raw)?.path === undefined ? undefined : "string");
  }
});
