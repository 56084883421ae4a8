/** What lives as long as the app: opened once, on start-up or at first use, and closed in reverse order at shutdown. */
import { Cleanup } from "./cleanup.ts";
import { isDependency, type Declaration } from "./depends.ts";
import { labelOf, type Resolve } from "./lifetime.ts";

type Slot =
  { readonly state: "open"; readonly value: unknown } | { readonly state: "opening"; readonly value: Promise<unknown> };

export class AppScope {
  readonly #resolve: Resolve;
  readonly #slots = new Map<Declaration, Slot>();
  #cleanup = new Cleanup();

  constructor(resolve: Resolve) {
    this.#resolve = resolve;
  }

  /** The value of an app-scoped dependency: at once where it is open, as a promise where it has to be opened first. */
  get(declaration: Declaration, key: string): unknown {
    const slot = this.#slots.get(declaration);
    if (slot !== undefined) return slot.value;
    // One that fails to open is tried again at the next use: a database may come back.
    const opening = this.#openOne(declaration, key).then(
      (value) => {
        this.#slots.set(declaration, { state: "open", value });
        return value;
      },
      (error: unknown) => {
        this.#slots.delete(declaration);
        throw error;
      },
    );
    this.#slots.set(declaration, { state: "opening", value: opening });
    return opening;
  }

  async #openOne(declaration: Declaration, key: string): Promise<unknown> {
    for (const guard of declaration.options.dependencies ?? []) {
      const resolved = isDependency(guard) ? this.#resolve(guard) : undefined;
      if (resolved !== undefined) await this.get(resolved, labelOf(resolved));
    }
    const values: Record<string, unknown> = {};
    for (const [name, entry] of Object.entries(declaration.input)) {
      if (isDependency(entry)) values[name] = await this.get(this.#resolve(entry), name);
    }
    const run = declaration.run as ((values: unknown) => unknown) | undefined;
    return run === undefined ? values : this.#cleanup.enter(run(values), declaration, "app", key);
  }

  /**
   * Closes everything, last opened first. What fails to close does not keep the rest from closing.
   * @throws The first error of a clean-up.
   */
  async close(): Promise<void> {
    // What is being opened may be followed by more: a start that is closed before it is through.
    for (let opening = this.#opening(); opening.length > 0; opening = this.#opening())
      await Promise.allSettled(opening);
    const cleanup = this.#cleanup;
    this.#cleanup = new Cleanup();
    this.#slots.clear();
    const errors = await cleanup.close();
    if (errors.length > 0) throw errors[0];
  }

  #opening(): unknown[] {
    return [...this.#slots.values()].filter((slot) => slot.state === "opening").map((slot) => slot.value);
  }
}
