/**
 * Random route tables against the rule as it is said: every template in the order of declaration, compared with a pattern made of
 * it; the first that has path and method answers. Once on the matcher alone, once on an App with its 405, HEAD, slash redirects and
 * mounted applications.
 */
import { App, operation } from "apus";
import { z } from "zod";
import { Matcher, parseTemplate, type Route } from "../../../src/routing/index.ts";
import { exchangeOf } from "../incoming.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";

interface Declared {
  readonly path: string;
  readonly methods: string[];
}

interface Table {
  readonly routes: Declared[];
  /** Prefixes under which applications are mounted, each declared before so many routes. */
  readonly mounts: { readonly prefix: string; readonly before: number }[];
  readonly asks: { readonly method: string; readonly path: string; readonly query: string }[];
}

type Told = readonly (readonly [
  status: number,
  allow: string | undefined,
  location: string | undefined,
  body: string,
])[];

const methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"];
const statics = ["a", "b", "ab", "1", "1.5", "", "A", "%", "\u00e9", "{", "__proto__", "a.b", "..."];
const convertors = ["", "", "", ":str", ":int", ":float", ":uuid"];
const between = ["", "", "-", ".", "v", "a", ".json", "1", "--", "(", "%", "\u00e9"];
const uuid = "12345678-1234-1234-1234-123456789abc";
const words = [
  ...statics,
  "a-b",
  "v1",
  "a.json",
  "1.5-a.b",
  "\u{1f600}",
  "2",
  "007",
  "1.",
  uuid,
  "x y",
  "a?b",
  "#",
  "constructor",
  "-1",
  "\u0661",
];

function template(random: Random): string {
  let names = 0;
  const parts = Array.from({ length: 1 + random.int(4) }, () => {
    if (random.oneIn(2)) return random.pick(statics.filter((each) => each !== "{"));
    if (random.oneIn(2)) return `{p${names++}${random.pick(convertors)}}`;
    // Text and parameters in one segment, also side by side.
    return Array.from({ length: 1 + random.int(3) }, () => `${random.pick(between)}{p${names++}${random.pick(convertors)}}`).join("") + random.pick(between); // prettier-ignore
  });
  if (random.oneIn(5)) parts[parts.length - 1] = `${random.pick(["", "", "v", "a"])}{rest:path}`;
  if (random.oneIn(8)) parts[random.int(parts.length)] = `${random.pick(between)}{more:path}${random.pick(between)}`;
  return `/${parts.join("/")}`;
}

function table(random: Random): Table {
  const routes = Array.from({ length: 1 + random.int(9) }, () => ({
    path: template(random),
    methods: random.oneIn(3) ? [random.pick(methods), "PATCH"] : [random.pick(methods.slice(0, 3))],
  }));
  const path = (): string => {
    const like = random.pick(routes).path.replaceAll(/\{[^}]*\}/g, () => random.pick(words));
    const any = `/${random.list(4, () => random.pick(words)).join("/")}`;
    const found = random.oneIn(3) ? any : like;
    return random.oneIn(4) ? (found.endsWith("/") ? found.slice(0, -1) || "/" : `${found}/`) : found;
  };
  return {
    routes,
    mounts: random.oneIn(4)
      ? [{ prefix: random.pick(["/a", "/b", "/a/1"]), before: random.int(routes.length + 1) }]
      : [],
    asks: Array.from({ length: 12 }, () => ({
      method: random.oneIn(8) ? random.pick(["get", "TRACE", "PATCH"]) : random.pick(methods),
      path: path(),
      query: random.pick(["", "", "q=%2F", "a=b&c"]),
    })),
  };
}

const accepted: Record<string, string> = {
  int: "[0-9]+",
  float: "[0-9]+(?:[.][0-9]+)?",
  uuid: "[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}",
  path: "[^]*",
};

/** The pattern that a template is. */
function patternOf(path: string): RegExp {
  const parts = path.split(/(\{[^}]*\})/).map((part) => {
    const hole = /^\{(\w+)(?::(\w+))?\}$/.exec(part);
    if (hole === null) return part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    return `(?<${hole[1]!}>${accepted[hole[2] ?? "str"] ?? "[^/]+"})`;
  });
  return new RegExp(`^${parts.join("")}$`, "u");
}

type Decision =
  | { readonly answered: number; readonly values: Readonly<Record<string, string>> }
  | { readonly mounted: number; readonly rest: string }
  | { readonly allowed: readonly string[] }
  | "nothing";

function decisionByRule({ routes, mounts }: Table, method: string, path: string): Decision {
  const allowed = new Set<string>();
  for (const [i, route] of routes.entries()) {
    for (const [at, mount] of mounts.entries()) {
      if (mount.before <= i && path.startsWith(`${mount.prefix}/`))
        return { mounted: at, rest: path.slice(mount.prefix.length) };
    }
    const found = patternOf(route.path).exec(path);
    if (found === null) continue;
    const has = (each: string): boolean => route.methods.includes(each);
    if (has(method) || (method === "HEAD" && has("GET"))) return { answered: i, values: { ...found.groups } };
    for (const each of route.methods) allowed.add(each);
    if (has("GET")) allowed.add("HEAD");
  }
  // Declared behind all of them, it still has the path to itself.
  const last = mounts.findIndex(({ prefix }) => path.startsWith(`${prefix}/`));
  if (last >= 0) return { mounted: last, rest: path.slice(mounts[last]!.prefix.length) };
  return allowed.size > 0 ? { allowed: [...allowed].toSorted() } : "nothing";
}

export const matcher: Target<Table, unknown[]> = {
  name: "matcher",
  cost: 60,
  make: (random) => ({ ...table(random), mounts: [] }),
  // What an expression that searches takes many turns for.
  series: [
    ["/{a}-{b}-{c}-{d:int}", "-"],
    ["/{a:int}{b:int}{c:int}{d:uuid}", "1"],
    ["/{a:float}{b:float}{c:float}{d:int}", "1."],
    ["/{a:path}/{b:path}/{c:path}/{d:int}", "/"],
    ["/{a:path}-{b}-{c}{d:int}", "a-"],
  ].map(([path = "", text = ""]) => (size) => ({
    routes: [{ path, methods: ["GET"] }],
    mounts: [],
    asks: [{ method: "GET", path: `/${text.repeat(size)}`, query: "" }],
  })),
  read({ routes, asks }) {
    const made = new Matcher<Route>(
      routes.map((each) => ({ template: parseTemplate(each.path), methods: each.methods })),
    );
    return asks.map(({ method, path }) => {
      const found = made.find(method, path);
      if (found.kind !== "match") return found.kind === "method" ? { allowed: found.methods } : "nothing";
      const { names, source } = found.route.template;
      return { answered: source, values: Object.fromEntries(found.values.map((value, i) => [names[i], value])) };
    });
  },
  judge(all, told) {
    for (const [i, { method, path }] of all.asks.entries()) {
      const rule = decisionByRule(all, method, path);
      same(`${method} ${path}`, told[i], typeof rule === "object" && "answered" in rule ? { ...rule, answered: all.routes[rule.answered]!.path } : rule); // prettier-ignore
    }
  },
};

const quiet = { report: () => {}, docsUrl: null, redocUrl: null, openapiUrl: null } as const;

/** A path as it stands on the wire: every byte that is not plain as an escape. */
const written = (path: string): string =>
  [...Buffer.from(path)].map((byte) => (/[\w/.~-]/.test(String.fromCharCode(byte)) && byte < 128 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, "0")}`)).join(""); // prettier-ignore

async function told({ routes, mounts, asks }: Table): Promise<Told> {
  const app = new App(quiet);
  const mountBefore = (i: number): void => {
    for (const [at, { prefix, before }] of mounts.entries()) {
      if (before !== i) continue;
      const inner = new App(quiet);
      inner.include({
        any: operation(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"], "/{rest:path}" as "/{rest}", { input: { rest: z.string() } }, ({ rest }) => ({ mounted: at, rest: `/${rest}` })), // prettier-ignore
      });
      app.mount(prefix, inner);
    }
  };
  for (const [i, { path, methods: of }] of routes.entries()) {
    mountBefore(i);
    const names = [...path.matchAll(/\{(\w+)/g)].map((found) => found[1]!);
    const input = Object.fromEntries(names.map((name) => [name, z.string()]));
    app.include({ [`r${i}`]: operation(of as ["GET"], path as "/", { input } as object, (values: unknown) => ({ answered: i, values })) }); // prettier-ignore
  }
  mountBefore(routes.length);
  const answers: [number, string | undefined, string | undefined, string][] = [];
  for (const { method, path, query } of asks) {
    const answer = await app.handle(exchangeOf({ method, target: written(path) + (query && `?${query}`) }));
    const header = (name: string): string | undefined => answer.headers[answer.headers.indexOf(name) + 1 || -1];
    answers.push([answer.status, header("allow"), header("location"), String(answer.body)]);
  }
  return answers;
}

export const routing: Target<Table, Promise<Told>> = {
  name: "routing",
  cost: 500,
  make: table,
  read: told,
  judge(all, answers) {
    for (const [i, ask] of all.asks.entries()) judgeAnswer(all, ask, answers[i]!);
  },
};

function judgeAnswer(all: Table, { method, path, query }: Table["asks"][number], answer: Told[number]): void {
  const [status, allow, location, body] = answer;
  const what = `${method} ${path}`;
  const dotted = path.split("/").some((each) => each === "." || each === "..");
  if (dotted || path.includes("\\") || path.includes("\0")) return;
  const rule = decisionByRule(all, method, path);
  if (rule !== "nothing" && !("allowed" in rule)) {
    // An application answers whatever the method; one that nobody knows is its 405.
    if ("mounted" in rule && status === 405) return holds(what, !methods.concat("PATCH", "TRACE").includes(method));
    same(`${what}: status`, status, 200);
    return same(what, JSON.parse(body), rule);
  }
  if (rule !== "nothing") return same(what, [status, allow], [405, rule.allowed.join(", ")]);
  const other = path.endsWith("/") ? path.replace(/\/+$/, "") : `${path}/`;
  const leads =
    path !== "/" &&
    !path.startsWith("//") &&
    (decisionByRule(all, method, other) !== "nothing" || all.mounts.some(({ prefix }) => prefix === path));
  same(`${what}: status`, status, leads ? 307 : 404);
  if (!leads) return;
  holds(`${what}: the address begins with one slash`, /^\/(?!\/)[!-~]*$/.test(location!));
  const [to = "", ...rest] = location!.split("?");
  same(`${what}: where it leads`, decodeURIComponent(to), other);
  same(`${what}: its query`, rest.join("?"), query);
}
