/** How long a dependency lives, and the start-up errors for one that uses what exits earlier. */
import { ApusError } from "../diagnostic/index.ts";
import type { Declaration } from "./depends.ts";
import { isDependency } from "./depends.ts";
import type { Scope } from "./types.ts";

const length: Readonly<Record<Scope, number>> = { function: 0, request: 1, app: 2 };

/** What a dependency is called in messages: its name, its function's name, or its place in the record that uses it. */
export function labelOf(declaration: Declaration, key?: string): string {
  return declaration.options.name ?? (declaration.run?.name || undefined) ?? key ?? "an unnamed dependency";
}

/** A function that is known to make a generator before it has run. One that only returns one is found out when it does. */
function makesGenerator(declaration: Declaration): boolean {
  return /Generator/.test(Object.prototype.toString.call(declaration.run));
}

/** Answers what an overridden dependency is replaced by. */
export type Resolve = (declaration: Declaration) => Declaration;

/** Computes lifetimes once per dependency, refusing cycles and uses of what exits earlier. */
export class Lifetimes {
  readonly #resolve: Resolve;
  readonly #known = new Map<Declaration, Scope>();
  readonly #open: Declaration[] = [];

  constructor(resolve: Resolve) {
    this.#resolve = resolve;
  }

  /** @param declaration After overriding. */
  of(declaration: Declaration, operation: string, key?: string): Scope {
    const known = this.#known.get(declaration);
    if (known !== undefined) return known;
    if (this.#open.includes(declaration)) {
      const cycle = [...this.#open.slice(this.#open.indexOf(declaration)), declaration].map((each) => labelOf(each));
      throw new ApusError(`APUS_DEPENDENCY_CYCLE: ${operation}: ${cycle.join(" → ")} depend on each other.`);
    }
    this.#open.push(declaration);
    const scope = this.#compute(declaration, operation, key);
    this.#open.pop();
    this.#known.set(declaration, scope);
    return scope;
  }

  #compute(declaration: Declaration, operation: string, key: string | undefined): Scope {
    if (declaration.give !== undefined) return "request";
    if (declaration.secures !== undefined) {
      const scope = this.of(this.#resolve(declaration.secures), operation, key);
      // Whatever stands under it, its scopes are asked of a client.
      return scope === "app" ? "request" : scope;
    }
    const label = labelOf(declaration, key);
    const explicit = declaration.options.scope;
    if (explicit !== undefined && !Object.hasOwn(length, explicit)) {
      throw new ApusError(
        `APUS_SCOPE: ${operation}: the dependency "${label}" has the scope "${String(explicit)}"; use "app", "request" or "function".`,
      );
    }
    const own = explicit ?? (makesGenerator(declaration) ? "request" : undefined);
    let shortest: Scope = "app";
    const uses = [
      ...Object.entries(declaration.input),
      ...(declaration.options.dependencies ?? []).map((each) => ["a guard", each] as const),
    ];
    for (const [name, entry] of uses) {
      const scope = isDependency(entry) ? this.of(this.#resolve(entry), operation, name) : "request";
      if (own !== undefined && length[scope] < length[own]) throw tooShort(operation, label, own, name, scope, entry);
      if (length[scope] < length[shortest]) shortest = scope;
    }
    return own ?? shortest;
  }
}

function tooShort(operation: string, label: string, own: Scope, name: string, scope: Scope, entry: unknown): ApusError {
  const told = `APUS_SCOPE: ${operation}: the dependency "${label}" has scope "${own}", so it cannot`;
  if (!isDependency(entry)) {
    return new ApusError(
      `${told} read the input "${name}" from a request. Give it the scope "request", or take the value elsewhere.`,
    );
  }
  if (entry.give !== undefined || (own === "app" && entry.secures !== undefined)) {
    return new ApusError(`${told} use "${name}", which belongs to one request. Give it the scope "request".`);
  }
  return new ApusError(
    `${told} use "${name}" of scope "${scope}", which exits earlier. Give "${label}" the scope "${scope}", or "${name}" the scope "${own}".`,
  );
}
