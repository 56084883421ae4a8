/**
 * Opens dependencies and closes them again. A generator gives its value at the `yield`; what follows is clean-up, run in
 * reverse order of opening, with the request's error thrown at the `yield` where there is one.
 */
import { isThenable } from "../around/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import { labelOf } from "./lifetime.ts";
import { isProvide, type Declaration } from "./depends.ts";
import type { Scope } from "./types.ts";

type AnyGenerator = Generator<unknown, unknown, unknown> | AsyncGenerator<unknown, unknown, unknown>;

type Result = IteratorResult<unknown, unknown>;

interface Open {
  readonly generator: AnyGenerator;
  readonly scope: Scope;
  readonly label: string;
}

/** Only a generator can be thrown into; what merely iterates, such as `map.values()`, is a value. */
function isGenerator(value: unknown): value is AnyGenerator {
  return (
    typeof value === "object" &&
    value !== null &&
    ["next", "throw", "return"].every((name) => typeof (value as Record<string, unknown>)[name] === "function") &&
    (Symbol.asyncIterator in value || Symbol.iterator in value)
  );
}

/** The generators that one request, or the app, has entered and not yet left. */
export class Cleanup {
  readonly #open: Open[] = [];

  /** Whether anything has to be closed. */
  get pending(): boolean {
    return this.#open.length > 0;
  }

  /**
   * Turns what a dependency's function returned into what it provides; a generator is entered and remembered.
   * @returns A promise only where there is something to wait for.
   */
  enter(returned: unknown, declaration: Declaration, scope: Scope, key: string): unknown {
    if (isThenable(returned)) {
      return Promise.resolve(returned).then((value) => this.#entered(value, declaration, scope, key));
    }
    return this.#entered(returned, declaration, scope, key);
  }

  #entered(value: unknown, declaration: Declaration, scope: Scope, key: string): unknown {
    if (isProvide(value)) return value.value;
    if (!isGenerator(value)) return value;
    const label = labelOf(declaration, key);
    const opened = (first: Result): unknown => {
      if (first.done === true) {
        throw new ApusError(`APUS_NO_YIELD: the dependency "${label}" is a generator that did not yield a value.`);
      }
      this.#open.push({ generator: value, scope, label });
      return first.value;
    };
    const first: Result | PromiseLike<Result> = value.next();
    return isThenable(first) ? Promise.resolve(first).then(opened) : opened(first);
  }

  /**
   * Leaves what is open, last opened first.
   * @param scopes Which of them.
   * @param failure The error that ends them, boxed, or undefined where all went well.
   * @returns The error as the last of them left it, boxed: clean-up may replace it. Undefined where there is none.
   */
  async exit(scopes: readonly Scope[], failure: { readonly error: unknown } | undefined): Promise<typeof failure> {
    let current = failure;
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i]!;
      if (!scopes.includes(open.scope)) continue;
      this.#open.splice(i, 1);
      current = current === undefined ? await finish(open) : await abort(open, current.error);
    }
    return current;
  }

  /**
   * Leaves everything, last opened first, each as if all were well: what fails to close is no concern of the others.
   * @returns The errors of clean-ups.
   */
  async close(): Promise<readonly unknown[]> {
    const errors: unknown[] = [];
    for (let open = this.#open.pop(); open !== undefined; open = this.#open.pop()) {
      const failed = await finish(open);
      if (failed !== undefined) errors.push(failed.error);
    }
    return errors;
  }
}

async function finish({ generator, label }: Open): Promise<{ error: unknown } | undefined> {
  try {
    const last = await generator.next();
    if (last.done === true) return undefined;
    await generator.return(undefined);
    return { error: new ApusError(`APUS_TWO_YIELDS: the dependency "${label}" yielded more than once.`) };
  } catch (error) {
    return { error };
  }
}

async function abort({ generator, label }: Open, error: unknown): Promise<{ error: unknown }> {
  try {
    const last = await generator.throw(error);
    if (last.done !== true) await generator.return(undefined);
    const said = last.done === true ? "caught the request's error without throwing it on" : "yielded after an error";
    return {
      error: new ApusError(`APUS_SWALLOWED: the dependency "${label}" ${said}; throw it again after the clean-up.`, {
        cause: error,
      }),
    };
  } catch (thrown) {
    return { error: thrown };
  }
}
