/**
 * Finds what answers a path: a tree over path segments that gives the same result as trying every template in declaration
 * order, in time that depends on the path's length alone. First declared, first matched, as in FastAPI.
 */
import type { Template } from "./template.ts";

/** A target of the matcher: an operation's plan, with its methods and its place in the order of declaration. */
export interface Route {
  readonly template: Template;
  readonly methods: readonly string[];
}

export interface Match<R extends Route> {
  readonly route: R;
  /** The path parameters, in the template's order. */
  readonly values: readonly string[];
}

/** What a path and method come to. `methods` lists what the path would answer to, for the Allow header of a 405. */
export type Found<R extends Route> =
  | ({ readonly kind: "match" } & Match<R>)
  | { readonly kind: "method"; readonly methods: readonly string[] }
  | { readonly kind: "none" };

interface Entry<R extends Route> {
  readonly order: number;
  readonly route: R;
}

interface Node<R extends Route> {
  readonly statics: Map<string, Node<R>>;
  param?: Node<R>;
  readonly here: Entry<R>[];
  readonly rest: Entry<R>[];
}

const node = <R extends Route>(): Node<R> => ({ statics: new Map(), here: [], rest: [] });
const notFound = { kind: "none" } as const;

export class Matcher<R extends Route> {
  readonly #root = node<R>();
  /** Templates without parameters, by path: the common case answers with one look-up. */
  readonly #literal = new Map<string, Entry<R>[]>();
  #dynamic = false;

  /** @param routes In the order in which they are to be tried. */
  constructor(routes: readonly R[]) {
    for (const [order, route] of routes.entries()) this.#add({ order, route });
  }

  #add(entry: Entry<R>): void {
    const { template } = entry.route;
    if (template.names.length === 0) {
      const same = this.#literal.get(template.source);
      if (same === undefined) this.#literal.set(template.source, [entry]);
      else same.push(entry);
      return;
    }
    this.#dynamic = true;
    let at = this.#root;
    for (const segment of template.segments) {
      if (segment.kind === "rest") {
        at.rest.push(entry);
        return;
      }
      if (segment.kind === "param") at = at.param ??= node();
      else {
        let next = at.statics.get(segment.text);
        if (next === undefined) at.statics.set(segment.text, (next = node()));
        at = next;
      }
    }
    at.here.push(entry);
  }

  find(method: string, path: string): Found<R> {
    const literal = this.#literal.get(path);
    if (!this.#dynamic) return literal === undefined ? notFound : this.#choose(method, literal, []);
    // A literal that answers may still have been declared after a template that matches the same path.
    const entries = literal === undefined ? [] : [...literal];
    const segments = path.slice(1).split("/");
    collect(this.#root, segments, 0, entries);
    if (entries.length === 0) return notFound;
    if (entries.length > 1) entries.sort((a, b) => a.order - b.order);
    return this.#choose(method, entries, segments);
  }

  #choose(method: string, entries: readonly Entry<R>[], segments: readonly string[]): Found<R> {
    const methods = new Set<string>();
    for (const { route } of entries) {
      const values = valuesOf(route.template, segments);
      if (values === undefined) continue;
      if (answers(route, method)) return { kind: "match", route, values };
      for (const each of route.methods) methods.add(each);
    }
    if (methods.size === 0) return notFound;
    if (methods.has("GET")) methods.add("HEAD");
    return { kind: "method", methods: [...methods].sort() };
  }
}

/** HEAD is answered wherever GET is, through the same guards (RFC 9110, section 9.3.2). */
function answers(route: Route, method: string): boolean {
  return route.methods.includes(method) || (method === "HEAD" && route.methods.includes("GET"));
}

function collect<R extends Route>(at: Node<R>, segments: readonly string[], depth: number, into: Entry<R>[]): void {
  into.push(...at.rest);
  if (depth === segments.length) {
    into.push(...at.here);
    return;
  }
  const segment = segments[depth]!;
  const next = at.statics.get(segment);
  if (next !== undefined) collect(next, segments, depth + 1, into);
  if (at.param !== undefined && segment !== "") collect(at.param, segments, depth + 1, into);
}

function valuesOf(template: Template, segments: readonly string[]): readonly string[] | undefined {
  const values: string[] = [];
  for (const [i, segment] of template.segments.entries()) {
    if (segment.kind === "static") continue;
    const text = segments[i];
    if (segment.kind === "rest") {
      if (text === undefined || !text.startsWith(segment.before)) return undefined;
      values.push(segments.slice(i).join("/").slice(segment.before.length));
    } else {
      if (text === undefined || (segment.accepts !== null && !segment.accepts.test(text))) return undefined;
      values.push(text);
    }
  }
  return values;
}
