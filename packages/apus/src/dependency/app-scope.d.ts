import { type Declaration } from "./depends.ts";
import { type Resolve } from "./lifetime.ts";
export declare class AppScope {
  #private;
  constructor(resolve: Resolve);
  /** The value of an app-scoped dependency: at once where it is open, as a promise where it has to be opened first. */
  get(declaration: Declaration, key: string): unknown;
  /**
   * Closes everything, last opened first. What fails to close does not keep the rest from closing.
   * @throws The first error of a clean-up.
   */
  close(): Promise<void>;
}
