/**
 * Finds what answers a path: a tree over path segments that gives the same result as trying every template in declaration
 * order, in time that depends on the path's length alone. First declared, first matched, as in FastAPI.
 */
import { convertors } from "./convertor.ts";
import { matchPattern, type Pattern } from "./pattern.ts";
import type { Segment, Template } from "./template.ts";

/** A target of the matcher: an operation's plan, with its methods and its place in the order of declaration. */
export interface Route {
  readonly template: Template;
  readonly methods: readonly string[];
}

interface Match<R extends Route> {
  readonly route: R;
  /** The path parameters, in the template's order. */
  readonly values: readonly string[];
}

/** What a path and method come to. `methods` lists what the path would answer to, for the Allow header of a 405. */
export type Found<R extends Route> =
  | ({ readonly kind: "match" } & Match<R>)
  | { readonly kind: "method"; readonly methods: readonly string[] }
  | { readonly kind: "none" };

/** What takes values, with its place among the segments. */
type Hole =
  | {
      readonly kind: "param";
      readonly at: number;
      /** null where every segment will do. */
      readonly accepts: RegExp | null;
    }
  | { readonly kind: "mixed" | "rest"; readonly at: number; readonly pattern: Pattern };

interface Entry<R extends Route> {
  readonly order: number;
  readonly route: R;
  readonly holes: readonly Hole[];
}

/** Segments that have the same text at their beginning and end. What is between decides later. */
interface Mixed<R extends Route> {
  readonly before: string;
  readonly after: string;
  readonly next: Node<R>;
}

interface Node<R extends Route> {
  readonly statics: Map<string, Node<R>>;
  param?: Node<R>;
  mixed?: Mixed<R>[];
  readonly here: Entry<R>[];
  readonly rest: Entry<R>[];
}

/** All that can answer one path, first declared first. */
interface Candidates<R extends Route> {
  readonly entries: Entry<R>[];
  readonly segments: readonly string[];
}

const node = <R extends Route>(): Node<R> => ({ statics: new Map(), here: [], rest: [] });
const notFound = { kind: "none" } as const;
const noValues: readonly string[] = [];

export class Matcher<R extends Route> {
  readonly #root = node<R>();
  /** Templates without parameters, by path, with the parametrised ones that match the same path: one look-up answers. */
  readonly #literal = new Map<string, Candidates<R>>();
  #dynamic = false;

  /** @param routes In the order in which they are to be tried. */
  constructor(routes: readonly R[]) {
    for (const [order, route] of routes.entries()) {
      this.#add({ order, route, holes: route.template.segments.flatMap(holesIn) });
    }
    if (this.#dynamic) for (const { entries, segments } of this.#literal.values()) this.#collect(segments, entries);
  }

  #add(entry: Entry<R>): void {
    const { source, segments } = entry.route.template;
    if (entry.holes.length === 0) {
      const same = this.#literal.get(source);
      if (same === undefined) this.#literal.set(source, { entries: [entry], segments: source.slice(1).split("/") });
      else same.entries.push(entry);
      return;
    }
    this.#dynamic = true;
    let at = this.#root;
    for (const segment of segments) {
      if (segment.kind === "rest") {
        at.rest.push(entry);
        return;
      }
      if (segment.kind === "param") at = at.param ??= node();
      else if (segment.kind === "mixed") at = mixedIn(at, segment.pattern);
      else {
        let next = at.statics.get(segment.text);
        if (next === undefined) at.statics.set(segment.text, (next = node()));
        at = next;
      }
    }
    at.here.push(entry);
  }

  #collect(segments: readonly string[], into: Entry<R>[]): void {
    collect(this.#root, segments, 0, into);
    if (into.length > 1) into.sort((a, b) => a.order - b.order);
  }

  find(method: string, path: string): Found<R> {
    const literal = this.#literal.get(path);
    if (literal !== undefined) return choose(method, literal.entries, path, literal.segments);
    if (!this.#dynamic) return notFound;
    const segments = path.slice(1).split("/");
    const entries: Entry<R>[] = [];
    this.#collect(segments, entries);
    return entries.length === 0 ? notFound : choose(method, entries, path, segments);
  }
}

function holesIn(segment: Segment, at: number): Hole[] {
  if (segment.kind === "static") return [];
  if (segment.kind !== "param") return [{ ...segment, at }];
  // That it is not empty, the tree has seen; a slash is in no segment.
  const accepts = segment.convertor === "str" ? null : convertors[segment.convertor].accepts;
  return [{ kind: "param", at, accepts }];
}

function mixedIn<R extends Route>(at: Node<R>, { texts }: Pattern): Node<R> {
  const before = texts[0]!;
  const after = texts[texts.length - 1]!;
  at.mixed ??= [];
  const same = at.mixed.find((each) => each.before === before && each.after === after);
  if (same !== undefined) return same.next;
  const next = node<R>();
  at.mixed.push({ before, after, next });
  return next;
}

function choose<R extends Route>(
  method: string,
  entries: readonly Entry<R>[],
  path: string,
  segments: readonly string[],
): Found<R> {
  let methods: Set<string> | undefined;
  for (let i = 0; i < entries.length; i++) {
    const { route, holes } = entries[i]!;
    const values = holes.length === 0 ? noValues : valuesOf(entries[i]!, path, segments);
    if (values === undefined) continue;
    if (answers(route, method)) return { kind: "match", route, values };
    methods ??= new Set();
    for (const each of route.methods) methods.add(each);
  }
  if (methods === undefined) return notFound;
  if (methods.has("GET")) methods.add("HEAD");
  return { kind: "method", methods: [...methods].sort() };
}

/** HEAD is answered wherever GET is, through the same guards (RFC 9110, section 9.3.2). */
function answers(route: Route, method: string): boolean {
  return route.methods.includes(method) || (method === "HEAD" && route.methods.includes("GET"));
}

function collect<R extends Route>(at: Node<R>, segments: readonly string[], depth: number, into: Entry<R>[]): void {
  for (const entry of at.rest) into.push(entry);
  if (depth === segments.length) {
    for (const entry of at.here) into.push(entry);
    return;
  }
  const segment = segments[depth]!;
  const next = at.statics.get(segment);
  if (next !== undefined) collect(next, segments, depth + 1, into);
  if (segment === "") return;
  if (at.param !== undefined) collect(at.param, segments, depth + 1, into);
  if (at.mixed === undefined) return;
  for (const { before, after, next } of at.mixed) {
    // A parameter in a segment takes at least one character.
    if (segment.length <= before.length + after.length) continue;
    if (segment.startsWith(before) && segment.endsWith(after)) collect(next, segments, depth + 1, into);
  }
}

function valuesOf<R extends Route>(
  { route, holes }: Entry<R>,
  path: string,
  segments: readonly string[],
): readonly string[] | undefined {
  const values = new Array<string>(route.template.names.length);
  let filled = 0;
  for (let i = 0; i < holes.length; i++) {
    const hole = holes[i]!;
    const text = segments[hole.at];
    if (text === undefined) return undefined;
    if (hole.kind === "param") {
      if (hole.accepts !== null && !hole.accepts.test(text)) return undefined;
      values[filled++] = text;
    } else {
      const found = matchPattern(hole.pattern, hole.kind === "rest" ? fromSegment(path, segments, hole.at) : text);
      if (found === undefined) return undefined;
      for (let k = 0; k < found.length; k++) values[filled++] = found[k]!;
    }
  }
  return values;
}

/** What is left of a path from one of its segments on. */
function fromSegment(path: string, segments: readonly string[], at: number): string {
  let offset = 1;
  for (let i = 0; i < at; i++) offset += segments[i]!.length + 1;
  return path.slice(offset);
}
