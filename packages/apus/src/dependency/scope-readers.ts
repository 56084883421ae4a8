/** Which dependencies read the required scopes, themselves or through what they use; found once for each. */
import { ApusError } from "../diagnostic/index.ts";
import { isDependency, type Declaration } from "./depends.ts";
import { requiredScopes } from "./framework.ts";
import { labelOf, type Resolve } from "./lifetime.ts";
import type { Dependency } from "./types.ts";

/** As any other dependency, so that it can be compared with one. */
const reader: Dependency = requiredScopes;

export class ScopeReaders {
  readonly #resolve: Resolve;
  readonly #known = new Map<Declaration, boolean>();

  constructor(resolve: Resolve) {
    this.#resolve = resolve;
  }

  /** @param declaration After overriding. */
  reads(declaration: Declaration): boolean {
    if (declaration === reader) return true;
    const known = this.#known.get(declaration);
    if (known !== undefined) return known;
    // What depends on itself is refused elsewhere; here it only must not go on for ever.
    this.#known.set(declaration, false);
    const uses = [
      ...Object.values(declaration.input),
      ...(declaration.options.dependencies ?? []),
      ...(declaration.secures === undefined ? [] : [declaration.secures]),
    ];
    const found = uses.some((each) => isDependency(each) && this.reads(this.#resolve(each)));
    this.#known.set(declaration, found);
    return found;
  }

  /** @throws ApusError where nobody would check the scopes that `security()` asks for. */
  check(declaration: Declaration, scopes: readonly string[], operation: string, key: string): void {
    if (this.reads(declaration)) return;
    const label = labelOf(declaration, key);
    throw new ApusError(
      `APUS_SECURITY: ${operation}: security("${label}", ${JSON.stringify(scopes)}) asks for scopes, but nothing below reads them, so nobody would check them. Let "${label}" take \`requiredScopes\` among its inputs, or use it without security().`,
    );
  }
}
