/** Routers: plain objects of operations. `router(items, { prefix: "/items" })` is the only way to compose. */
import type { ErrorShape } from "../error/index.ts";
import { type Declared } from "./declare.ts";
import type { RouterOptions, Routes } from "./types.ts";
/** Thrown for records of routes that cannot be composed; says which and why. */
export declare class RouterError extends TypeError {
  readonly name = "RouterError";
}
/**
 * Puts operations, or a whole module of them, under a prefix and shared options.
 *
 * @param routes A record of operations and routers, or a module namespace; everything else in it is left out.
 * @returns A plain object with the same keys, whose operations carry the options. Routers nest.
 * @throws RouterError for a bad prefix, or for one value under two keys of the record.
 * @example
 * import * as items from "./items.ts";
 * export const api = router({ items: router(items, { tags: ["items"] }) }, { prefix: "/api/v1" });
 */
export declare function router<
  T extends object,
  const X extends string = "",
  const Shape extends ErrorShape | undefined = undefined,
>(routes: T, options?: RouterOptions<X, Shape> | undefined): Routes<T, X, Shape>;
/** An operation with the keys that lead to it. */
export interface Routed {
  readonly operation: Declared;
  readonly keys: readonly string[];
}
/** All operations of a tree of routers, in declaration order. */
export declare function operationsOf(routes: object): Routed[];
