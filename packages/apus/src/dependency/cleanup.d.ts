import type { Declaration } from "./depends.ts";
import type { Scope } from "./types.ts";
/** A dependency that did not behave: yielded nothing or twice, or swallowed an error. Answered with 500. */
export declare class CleanupError extends Error {
  readonly name = "CleanupError";
}
/** The generators that one request, or the app, has entered and not yet left. */
export declare class Cleanup {
  #private;
  /** Whether anything has to be closed. */
  get pending(): boolean;
  /** Turns what a dependency's function returned into what it provides; a generator is entered and remembered. */
  enter(returned: unknown, declaration: Declaration, scope: Scope, key: string): Promise<unknown>;
  /**
   * Leaves what is open, last opened first.
   * @param scopes Which of them.
   * @param failure The error that ends them, boxed, or undefined where all went well.
   * @returns The error as the last of them left it, boxed: clean-up may replace it. Undefined where there is none.
   */
  exit(
    scopes: readonly Scope[],
    failure:
      | {
          readonly error: unknown;
        }
      | undefined,
  ): Promise<typeof failure>;
}
