/** What routers hold and put at a path: operations, sockets and front ends. All three are values with a kind. */
import { isOfKind } from "../diagnostic/index.ts";
import type { RouterOptions } from "./types.ts";

export interface Placed {
  readonly kind: string;
  /** The path, with the prefixes of the routers around it. */
  readonly path: string;
  /** Its number in the order of declaration, which is the order of matching. */
  readonly order: number;
  /** The options of the routers around it, outermost first. */
  readonly layers: readonly RouterOptions[];
}

const kinds: readonly string[] = ["operation", "socket", "frontend"];

/**
 * Whether a value is one of those that have a place in an app.
 * @throws ApusError where it is, but another copy of the package made it.
 */
export function isPlaced(value: unknown): value is Placed {
  return kinds.some((kind) => isOfKind(value, kind));
}

/** Puts values under the prefix and the options of one router. */
export class Placing {
  readonly #options: RouterOptions;
  /** What had equal layers has equal ones again: they are the same list, and what is settled by them is settled once. */
  readonly #layers = new Map<Placed["layers"], Placed["layers"]>();

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  /** The same value in the router. */
  place<T extends Placed>(value: T): T {
    let layers = this.#layers.get(value.layers);
    if (layers === undefined) this.#layers.set(value.layers, (layers = [this.#options, ...value.layers]));
    return { ...value, path: (this.#options.prefix ?? "") + value.path, layers };
  }
}
