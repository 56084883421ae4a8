/** Routers: plain objects of operations, sockets and front ends. `router(items, { prefix: "/items" })` is the only way to compose. */
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import type { Dependency, ErrorsOfAll, Listed, NeedsOfAll } from "../dependency/index.ts";
import type { ErrorClass, ErrorShape, InvalidInput } from "../error/index.ts";
import { isSchema } from "../schema/index.ts";
import { isStaticFiles } from "../static-files/index.ts";
import type { Declared } from "./declare.ts";
import { routerOptions } from "./option-names.ts";
import { isPlaced, Placing, type Placed } from "./placed.ts";
import type { RouterOptions, Routes } from "./types.ts";

/**
 * Puts operations, or a whole module of them, under a prefix and shared options.
 *
 * @param routes A record of operations and routers, or a module namespace; everything else in it is left out.
 * @returns A plain object with the same keys, whose operations carry the options. Routers nest.
 * @throws ApusError for a bad prefix, an option that there is not, or for one value under two keys of the record.
 * @example
 * import * as items from "./items.ts";
 * export const api = router({ items: router(items, { tags: ["items"] }) }, { prefix: "/api/v1" });
 */
export function router<
  T extends object,
  const X extends string = "",
  const Shape extends ErrorShape | undefined = undefined,
  const E extends readonly ErrorClass[] = [],
  const D extends readonly Dependency[] = [],
>(
  routes: T,
  options?: RouterOptions<X, Shape, E, D> | undefined,
): Routes<
  T,
  X,
  Shape,
  // Written out: declarations that TypeScript emits could not name an alias.
  Listed<E> | ErrorsOfAll<D> | ([keyof NeedsOfAll<D>] extends [never] ? never : InvalidInput),
  NeedsOfAll<D>
>;
export function router(routes: object, options: RouterOptions = {}): object {
  checkRoutes("router()", routes);
  checkOptionNames("router()", options, routerOptions);
  checkPrefix(options.prefix);
  return layered(routes, new Placing(options), []);
}

/** @throws ApusError for what cannot hold operations, with what it most likely was meant to be. */
export function checkRoutes(what: string, routes: unknown): asserts routes is object {
  const found =
    routes === undefined || routes === null
      ? `${String(routes)}: most likely two modules import each other, and it was not there yet`
      : typeof routes === "function"
        ? "a function: give it the operation, get(path, handler)"
        : typeof routes !== "object"
          ? `a ${typeof routes}`
          : routes instanceof Promise
            ? "a promise: await it"
            : "fetch" in routes && "include" in routes
              ? "an App: app.mount(prefix, other) puts an App under a prefix"
              : isStaticFiles(routes)
                ? 'static files: app.mount("/static", staticFiles(directory)) serves them'
                : undefined;
  if (found === undefined) return;
  throw new ApusError(
    `APUS_EMPTY: ${what} takes a record of operations and routers, or a module of them; it got ${found}.`,
  );
}

function checkPrefix(prefix: string | undefined): void {
  if (prefix === undefined || prefix === "") return;
  if (!prefix.startsWith("/")) throw new ApusError(`APUS_PREFIX: the prefix "${prefix}" has to start with "/".`);
  if (prefix.endsWith("/")) {
    throw new ApusError(`APUS_PREFIX: the prefix "${prefix}" must not end with "/", as the paths start with it.`);
  }
}

function layered(routes: object, placing: Placing, above: readonly object[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const seen = new Map<unknown, string>();
  for (const [key, value] of entriesOf(routes)) {
    const twin = seen.get(value);
    if (twin !== undefined) {
      throw new ApusError(
        `APUS_TWICE: the keys "${twin}" and "${key}" of a router hold the same value; give one of them up.`,
      );
    }
    if (isPlaced(value)) {
      seen.set(value, key);
      found[key] = placing.place(value);
    } else if (isRoutes(value)) {
      if (above.includes(value)) {
        if (!Object.values(value).some(isPlaced)) continue; // data that refers to itself
        throw new ApusError(`APUS_CYCLE: the router at the key "${key}" contains itself.`);
      }
      const inner = layered(value, placing, [...above, value]);
      if (Object.keys(inner).length === 0) continue; // data that a module exports
      seen.set(value, key);
      found[key] = inner;
    }
  }
  return found;
}

function entriesOf(routes: object): [string, unknown][] {
  const found: [string, unknown][] = [];
  // Not Object.keys: it already fails for a module that is still being loaded, without saying for which key.
  for (const key of Reflect.ownKeys(routes)) {
    if (typeof key !== "string") continue;
    try {
      if (Object.prototype.propertyIsEnumerable.call(routes, key)) {
        found.push([key, (routes as Record<string, unknown>)[key]]);
      }
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      throw new ApusError(
        `APUS_CIRCULAR_IMPORT: "${key}" is not initialised yet: two modules import each other. Put what both need into a third.`,
        { cause: error },
      );
    }
  }
  return found;
}

/** Plain objects and module namespaces are walked; instances, schemas, dependencies and the rest are not. */
function isRoutes(value: unknown): value is object {
  if (typeof value !== "object" || value === null || isSchema(value)) return false;
  if ("kind" in value && typeof value.kind === "string") return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** An operation with the keys that lead to it. */
export interface Routed {
  readonly operation: Declared;
  readonly keys: readonly string[];
  /** Whether its function gives another operation its name, too. */
  readonly namesakes?: boolean;
}

/** What has a place, with the keys that lead to it. */
interface Found {
  readonly placed: Placed;
  readonly keys: readonly string[];
}

/** All that has a place in a tree of routers, in declaration order. */
export function placedIn(routes: object): Found[] {
  if (isPlaced(routes)) return [{ placed: routes, keys: [] }];
  const found: Found[] = [];
  const walk = (at: object, keys: readonly string[], above: readonly object[]): void => {
    for (const [key, value] of entriesOf(at)) {
      if (isPlaced(value)) found.push({ placed: value, keys: keys.concat(key) });
      else if (isRoutes(value) && !above.includes(value)) walk(value, keys.concat(key), above.concat(value));
    }
  };
  walk(routes, [], [routes]);
  return found.sort((a, b) => a.placed.order - b.placed.order);
}
