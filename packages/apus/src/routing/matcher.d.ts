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
  | ({
      readonly kind: "match";
    } & Match<R>)
  | {
      readonly kind: "method";
      readonly methods: readonly string[];
    }
  | {
      readonly kind: "none";
    };
export declare class Matcher<R extends Route> {
  #private;
  /** @param routes In the order in which they are to be tried. */
  constructor(routes: readonly R[]);
  find(method: string, path: string): Found<R>;
}
