/** The matcher against the plain reading of the rule: try every template in order. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Matcher, type Found, type Route } from "./matcher.ts";
import { parseTemplate } from "./template.ts";

interface Named extends Route {
  readonly name: string;
}

const route = (source: string, ...methods: string[]): Named => ({
  name: source,
  template: parseTemplate(source),
  methods: methods.length > 0 ? methods : ["GET"],
});

/** `template value value`, the methods of a 405, or null. */
function told(found: Found<Named>): unknown {
  if (found.kind === "match") return [found.route.name, ...found.values].join(" ");
  return found.kind === "method" ? found.methods : null;
}

const find = (sources: string[], path: string): unknown =>
  told(new Matcher(sources.map((each) => route(each))).find("GET", path));

describe("paths", () => {
  test.each<[string[], string, unknown]>([
    [["/"], "/", "/"],
    [["/"], "//", null],
    [["/a"], "/a", "/a"],
    [["/a"], "/a/", null],
    [["/a/"], "/a", null],
    [["/a/"], "/a/", "/a/"],
    [["/a"], "/A", null],
    [["/{x}"], "/a", "/{x} a"],
    [["/{x}"], "/", null],
    [["/{x}"], "/a/", null],
    [["/{x}"], "/a/b", null],
    [["/{x}/"], "/a/", "/{x}/ a"],
    [["/a/{x}/b"], "/a//b", null],
    [["/{x}"], "/__proto__", "/{x} __proto__"],
    [["/a"], "/__proto__", null],
    [["/{x}/y"], "/constructor/y", "/{x}/y constructor"],
    [["/users/me", "/users/{id}"], "/users/me", "/users/me"],
    [["/users/{id}", "/users/me"], "/users/me", "/users/{id} me"],
    [["/{a}/x", "/b/{c}"], "/b/x", "/{a}/x b"],
    [["/b/{c}", "/{a}/x"], "/b/x", "/b/{c} x"],
    [["/{a}/{b}/c", "/a/{b}/d"], "/a/x/c", "/{a}/{b}/c a x"],
    [["/f/{p:path}"], "/f/", "/f/{p:path} "],
    [["/f/{p:path}"], "/f", null],
    [["/f/{p:path}"], "/f/a/b/", "/f/{p:path} a/b/"],
    [["/f/{p:path}"], "/f//a", "/f/{p:path} /a"],
    [["/{p:path}"], "/", "/{p:path} "],
    [["/v{p:path}"], "/v1/x", "/v{p:path} 1/x"],
    [["/v{p:path}"], "/w1", null],
    [["/f/{p:path}", "/f/x"], "/f/x", "/f/{p:path} x"],
    [["/f/x", "/f/{p:path}"], "/f/x", "/f/x"],
    [["/{n:int}", "/{s}"], "/12", "/{n:int} 12"],
    [["/{n:int}", "/{s}"], "/-12", "/{s} -12"],
    [["/{n:float}/x"], "/1.5/x", "/{n:float}/x 1.5"],
    [["/{u:uuid}"], "/12345678-1234-1234-1234-123456789abc", "/{u:uuid} 12345678-1234-1234-1234-123456789abc"],
    [["/v{n:int}", "/v{n}", "/{x}"], "/v12", "/v{n:int} 12"],
    [["/v{n:int}", "/v{n}", "/{x}"], "/vx", "/v{n} x"],
    [["/v{n:int}", "/v{n}", "/{x}"], "/v", "/{x} v"],
    [["/{x}", "/{name}.json"], "/a.json", "/{x} a.json"],
    [["/{name}.json", "/{x}"], "/a.json", "/{name}.json a"],
    [["/{name}.json", "/a.json"], "/a.json", "/{name}.json a"],
    [["/a.json", "/{name}.json"], "/a.json", "/a.json"],
    [["/{a}-{b}", "/{a:int}-x"], "/1-x", "/{a}-{b} 1 x"],
    [["/{a:int}-{b}", "/{a}-{b:int}", "/{a}-{b}"], "/x-y-1", "/{a}-{b:int} x-y 1"],
    [["/{a:int}-{b}", "/{a}-{b:int}", "/{a}-{b}"], "/x-y", "/{a}-{b} x y"],
    [["/{a}-{b}/x", "/{p:path}/x", "/a-b/x"], "/a-b/x", "/{a}-{b}/x a b"],
    [["/f/{p:path}/end", "/f/{p:path}", "/f/{x}/end"], "/f/a/end", "/f/{p:path}/end a"],
    [["/f/{p:path}/end", "/f/{p:path}"], "/f/end", "/f/{p:path} end"],
    [["/f/{x}/end", "/f/{p:path}/end"], "/f/a/end", "/f/{x}/end a"],
    [["/f/{x}.zip/{p:path}"], "/f/a.zip/", "/f/{x}.zip/{p:path} a "],
    [["/f{p:path}"], "/f", "/f{p:path} "],
    [["/{a}{b}"], "/😀😀", "/{a}{b} 😀 😀"],
    [["/{a}{b}"], "/😀", null],
    [[], "/", null],
  ])("%j %s", (sources, path, expected) => expect(find(sources, path)).toEqual(expected));
});

describe("methods", () => {
  const matcher = new Matcher([
    route("/a", "POST"),
    route("/{x}", "GET", "DELETE"),
    route("/a", "PUT"),
    route("/only", "POST"),
    route("/n/{n:int}", "PUT"),
    route("/m/{a}-{b}", "PUT"),
    route("/m/{n:int}-x", "GET"),
    route("/m/{p:path}.zip", "POST"),
  ]);
  test.each([
    ["POST", "/a", "/a"],
    ["PUT", "/a", "/a"],
    ["GET", "/a", "/{x} a"],
    ["HEAD", "/a", "/{x} a"],
    ["PATCH", "/a", ["DELETE", "GET", "HEAD", "POST", "PUT"]],
    ["get", "/b", ["DELETE", "GET", "HEAD"]],
    ["OPTIONS", "/b", ["DELETE", "GET", "HEAD"]],
    ["HEAD", "/n/1", ["PUT"]],
    ["PUT", "/n/x", null],
    ["GET", "/m/1-x", "/m/{n:int}-x 1"],
    ["DELETE", "/m/1-x", ["GET", "HEAD", "PUT"]],
    ["GET", "/m/1-x.zip", ["POST", "PUT"]],
    ["HEAD", "/m/a/1-x.zip", ["POST"]],
    ["PUT", "/m/a", null],
    ["GET", "/", null],
  ])("%s %s", (method, path, expected) => expect(told(matcher.find(method, path))).toEqual(expected));
});

/** One template after the other, each a regular expression that searches: FastAPI's rule, written as it is said. */
function naive(routes: readonly Named[], method: string, path: string): unknown {
  const allowed = new Set<string>();
  for (const each of routes) {
    const values = naiveMatch(each.name, path);
    if (values === undefined) continue;
    if (each.methods.includes(method) || (method === "HEAD" && each.methods.includes("GET")))
      return [each.name, ...values].join(" ");
    for (const other of each.methods) allowed.add(other).add(other === "GET" ? "HEAD" : other);
  }
  return allowed.size > 0 ? [...allowed].sort() : null;
}

function naiveMatch(source: string, path: string): string[] | undefined {
  const uuid = "([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})";
  const convertors: Record<string, string> = { int: "([0-9]+)", float: "([0-9]+(?:\\.[0-9]+)?)", path: "([^]*)", uuid };
  const pattern = source
    .split(/(\{[^}]*\})/)
    .map((part) =>
      part.startsWith("{")
        ? (convertors[part.slice(1, -1).split(":")[1] ?? ""] ?? "([^/]+)")
        : part.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${pattern}$`, "u").exec(path)?.slice(1);
}

const joined = (part: fc.Arbitrary<string>, sizes: fc.ArrayConstraints): fc.Arbitrary<string> =>
  fc.array(part, sizes).map((parts) => parts.join(""));
const id = "12345678-1234-1234-1234-123456789abc";

test.each([
  {
    what: "whole segments",
    part: fc.array(fc.constantFrom("a", "b", "c", "", "1", "{}", "{}", "{:int}"), { minLength: 1, maxLength: 4 }),
    ends: ["", "", "/{:path}", "/a{:path}"],
    word: fc.constantFrom("a", "b", "c", "", "1", "ab", "{x}"),
    longest: 5,
  },
  {
    what: "text and parameters in a segment",
    part: fc.array(
      joined(fc.constantFrom("a", "-", ".", "1", "{}", "{}", "{:int}", "{:float}", "{:uuid}"), {
        minLength: 1,
        maxLength: 5,
      }),
      { minLength: 1, maxLength: 2 },
    ),
    ends: ["", "", "", "/x{:path}", "/{:path}.a", "/{:path}-{:int}/a", "{:path}1{}"],
    word: joined(fc.constantFrom("a", "-", ".", "1", "1.1", "/", "😀", id), { maxLength: 6 }),
    longest: 2,
  },
])("agrees with trying every template in order: $what", ({ part, ends, word, longest }) => {
  const source = fc.tuple(part, fc.constantFrom(...ends)).map(([parts, end]) => {
    let names = 0;
    return `/${parts.join("/")}${end}`.replaceAll("{", () => `{p${names++}`);
  });
  const made = fc
    .record({ source, methods: fc.subarray(["GET", "POST", "PUT"], { minLength: 1 }) })
    .map((each) => route(each.source, ...each.methods));
  const path = fc.array(word, { minLength: 1, maxLength: longest }).map((parts) => `/${parts.join("/")}`);
  const seen = { match: 0, method: 0, none: 0 };
  fc.assert(
    fc.property(
      fc.array(made, { maxLength: 12 }),
      fc.array(path, { minLength: 1, maxLength: 6 }),
      fc.constantFrom("GET", "HEAD", "POST"),
      (routes, paths, method) => {
        const matcher = new Matcher(routes);
        for (const each of paths) {
          const found = matcher.find(method, each);
          expect(told(found)).toEqual(naive(routes, method, each));
          seen[found.kind]++;
        }
      },
    ),
    { numRuns: 1500, seed: 2 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
});

test("a long path costs no more than its length", () => {
  const matcher = new Matcher([route("/{a}/{b}"), route("/a/{b}/c"), route("/f/{p:path}")]);
  const long = `/${"a/".repeat(2 ** 19)}`;
  expect(told(matcher.find("GET", long))).toBe(null);
  expect(matcher.find("GET", `/f${long}`)).toMatchObject({ kind: "match", values: [long.slice(1)] });
  // A search would try every dash for every parameter: its steps are the length to the power of their number.
  const searched = new Matcher([
    route("/{a}-{b}-{c}-{d:int}x"),
    route("/{a:int}{b:int}{c:int}{d:int}x"),
    route("/{a:float}{b:float}{c:float}x"),
    route("/{p:path}-{q:path}-{r:path}/{s}x"),
  ]);
  for (const text of ["-", "1", "1-", "1.", "a-/"]) {
    expect(told(searched.find("GET", `/${text.repeat(100_000)}`))).toBe(null);
  }
  const begin = "a-".repeat(100_000);
  expect(searched.find("GET", `/${begin}b-c-7x`)).toMatchObject({ values: [begin.slice(0, -1), "b", "c", "7"] });
});
