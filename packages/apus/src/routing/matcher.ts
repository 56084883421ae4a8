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

/** A place in the tree. What it does not have takes no memory: large apps have thousands. */
interface Node<R extends Route> {
  statics: Map<string, Node<R>> | undefined;
  param: Node<R> | undefined;
  mixed: Mixed<R>[] | undefined;
  here: Entry<R>[] | undefined;
  rest: Entry<R>[] | undefined;
}

const node = <R extends Route>(): Node<R> => ({
  statics: undefined,
  param: undefined,
  mixed: undefined,
  here: undefined,
  rest: undefined,
});
const notFound = { kind: "none" } as const;
const noValues: readonly string[] = [];
const noHoles: readonly Hole[] = [];

export class Matcher<R extends Route> {
  readonly #root = node<R>();
  /** Templates without parameters, by path, with the parametrised ones that match the same path: one look-up answers. */
  readonly #literal = new Map<string, Entry<R>[]>();
  #dynamic = false;

  /** @param routes In the order in which they are to be tried. */
  constructor(routes: readonly R[]) {
    const holes = new Map<string, Hole>();
    for (let order = 0; order < routes.length; order++) this.#add(order, routes[order]!, holes);
    if (this.#dynamic) for (const [path, entries] of this.#literal) this.#collect(segmentsOf(path), entries);
  }

  /** @param holes Those of other templates: equal ones are one. */
  #add(order: number, route: R, holes: Map<string, Hole>): void {
    const { source, names } = route.template;
    if (names.length === 0) {
      const entry = { order, route, holes: noHoles };
      const same = this.#literal.get(source);
      if (same === undefined) this.#literal.set(source, [entry]);
      else same.push(entry);
      return;
    }
    const { segments } = route.template;
    const entry = { order, route, holes: holesIn(segments, holes) };
    this.#dynamic = true;
    let at = this.#root;
    for (const segment of segments) {
      if (segment.kind === "rest") {
        if (at.rest === undefined) at.rest = [entry];
        else at.rest.push(entry);
        return;
      }
      if (segment.kind === "param") at = at.param ??= node();
      else if (segment.kind === "mixed") at = mixedIn(at, segment.pattern);
      else {
        at.statics ??= new Map();
        let next = at.statics.get(segment.text);
        if (next === undefined) at.statics.set(segment.text, (next = node()));
        at = next;
      }
    }
    if (at.here === undefined) at.here = [entry];
    else at.here.push(entry);
  }

  #collect(segments: readonly string[], into: Entry<R>[]): void {
    collect(this.#root, segments, 0, into);
    if (into.length > 1) into.sort((a, b) => a.order - b.order);
  }

  find(method: string, path: string): Found<R> {
    const literal = this.#literal.get(path);
    if (literal !== undefined) return choose(method, literal, path, undefined);
    if (!this.#dynamic) return notFound;
    const segments = segmentsOf(path);
    let entries = onlyPlace(this.#root, segments);
    if (entries === undefined) this.#collect(segments, (entries = []));
    return entries.length === 0 ? notFound : choose(method, entries, path, segments);
  }
}

/** What stands where a path leads to, where no place on the way leads to more than one other; undefined where one does. */
function onlyPlace<R extends Route>(root: Node<R>, segments: readonly string[]): Entry<R>[] | undefined {
  let at = root;
  for (let i = 0; i < segments.length; i++) {
    const { statics, param } = at;
    if (at.rest !== undefined || at.mixed !== undefined) return undefined;
    const segment = segments[i]!;
    const named = statics === undefined ? undefined : statics.get(segment);
    if (named !== undefined && param !== undefined && segment !== "") return undefined;
    const next = named ?? (segment === "" ? undefined : param);
    if (next === undefined) return [];
    at = next;
  }
  return at.rest === undefined ? (at.here ?? []) : undefined;
}

/** What stands behind each slash. */
function segmentsOf(path: string): readonly string[] {
  const segments: string[] = [];
  for (let from = 1; ;) {
    const end = path.indexOf("/", from);
    if (end < 0) {
      segments.push(path.slice(from));
      return segments;
    }
    segments.push(path.slice(from, end));
    from = end + 1;
  }
}

function holesIn(segments: readonly Segment[], known: Map<string, Hole>): Hole[] {
  const holes: Hole[] = [];
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at]!;
    if (segment.kind === "static") continue;
    if (segment.kind !== "param") {
      holes.push({ ...segment, at });
      continue;
    }
    const key = `${at} ${segment.convertor}`;
    let hole = known.get(key);
    if (hole === undefined) {
      // That it is not empty, the tree has seen; a slash is in no segment.
      const accepts = segment.convertor === "str" ? null : convertors[segment.convertor].accepts;
      known.set(key, (hole = { kind: "param", at, accepts }));
    }
    holes.push(hole);
  }
  // A slice has no room for more.
  return holes.slice();
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
  split: readonly string[] | undefined,
): Found<R> {
  let methods: Set<string> | undefined;
  let segments = split;
  for (let i = 0; i < entries.length; i++) {
    const { route, holes } = entries[i]!;
    const values = holes.length === 0 ? noValues : valuesOf(entries[i]!, path, (segments ??= segmentsOf(path)));
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
  if (at.rest !== undefined) for (const entry of at.rest) into.push(entry);
  if (depth === segments.length) {
    if (at.here !== undefined) for (const entry of at.here) into.push(entry);
    return;
  }
  const segment = segments[depth]!;
  const next = at.statics?.get(segment);
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
