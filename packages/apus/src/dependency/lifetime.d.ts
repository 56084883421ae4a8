/** How long a dependency lives, and the start-up errors for one that uses what exits earlier. */
import type { Declaration } from "./depends.ts";
import type { Scope } from "./types.ts";
/** Thrown while linking for dependencies that cannot work together; says which and what to change. */
export declare class DependencyError extends TypeError {
  readonly name = "DependencyError";
}
/** What a dependency is called in messages: its name, its function's name, or its place in the record that uses it. */
export declare function labelOf(declaration: Declaration, key?: string): string;
/** A function that is known to make a generator before it has run. One that only returns one is found out when it does. */
export declare function makesGenerator(declaration: Declaration): boolean;
/** Answers what an overridden dependency is replaced by. */
export type Resolve = (declaration: Declaration) => Declaration;
/** Computes lifetimes once per dependency, refusing cycles and uses of what exits earlier. */
export declare class Lifetimes {
  #private;
  constructor(resolve: Resolve);
  /** @param declaration After overriding. */
  of(declaration: Declaration, operation: string, key?: string): Scope;
}
