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
    ["GET", "/", null],
  ])("%s %s", (method, path, expected) => expect(told(matcher.find(method, path))).toEqual(expected));
});

/** One template after the other, segments compared one by one: FastAPI's rule, written as it is said. */
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
  const convertors: Record<string, string> = { int: "([0-9]+)", path: "([^]*)" };
  const pattern = source
    .split(/(\{[^}]*\})/)
    .map((part) =>
      part.startsWith("{")
        ? (convertors[part.slice(1, -1).split(":")[1] ?? ""] ?? "([^/]+)")
        : part.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${pattern}$`).exec(path)?.slice(1);
}

test("agrees with trying every template in order", () => {
  const part = fc.constantFrom("a", "b", "c", "", "1", "{x}", "{y}", "{n:int}");
  const source = fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "", "/{p:path}", "/a{p:path}"))
    .map(([parts, end]) => `/${parts.join("/")}${end}`)
    .filter((each) => {
      const names = [...each.matchAll(/\{(\w+)/g)].map((found) => found[1]);
      return new Set(names).size === names.length;
    });
  const made = fc
    .record({ source, methods: fc.subarray(["GET", "POST", "PUT"], { minLength: 1 }) })
    .map((each) => route(each.source, ...each.methods));
  const path = fc
    .array(fc.constantFrom("a", "b", "c", "", "1", "ab", "{x}"), { minLength: 1, maxLength: 5 })
    .map((parts) => `/${parts.join("/")}`);
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
    { numRuns: 4000, seed: 2 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(500);
});

test("a long path costs no more than its length", () => {
  const matcher = new Matcher([route("/{a}/{b}"), route("/a/{b}/c"), route("/f/{p:path}")]);
  const long = `/${"a/".repeat(2 ** 19)}`;
  expect(told(matcher.find("GET", long))).toBe(null);
  expect(matcher.find("GET", `/f${long}`)).toMatchObject({ kind: "match", values: [long.slice(1)] });
});
