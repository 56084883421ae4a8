/** What the plans of an app have in common is held once: lists, steps and what is asked of credentials that are equal. */
import type { Requirement } from "../dependency/index.ts";
import type { Asked, Step } from "./plan.ts";

const none: readonly never[] = [];

/** Lives as long as plans are linked. */
export class Sharing {
  readonly #lists = new Map<unknown, (readonly unknown[])[]>();
  readonly #steps = new Map<Step["declaration"], Step[]>();
  readonly #asked = new Map<Requirement, Asked[]>();

  /** A list of the same values, in the same order. Nobody changes it. */
  list<T>(items: readonly T[]): readonly T[] {
    if (items.length === 0) return none;
    const known = this.#lists.get(items[0]);
    if (known === undefined) {
      this.#lists.set(items[0], [items]);
      return items;
    }
    const found = known.find((each) => areEqual(each, items));
    if (found === undefined) known.push(items);
    return (found as readonly T[] | undefined) ?? items;
  }

  /** A step that does the same. */
  step(step: Step): Step {
    const known = this.#steps.get(step.declaration);
    if (known === undefined) {
      this.#steps.set(step.declaration, [step]);
      return step;
    }
    const found = known.find((each) => doesTheSame(each, step));
    if (found === undefined) known.push(step);
    return found ?? step;
  }

  asked(requirement: Requirement, scopes: readonly string[]): Asked {
    const known = this.#asked.get(requirement) ?? [];
    const found = known.find((each) => areEqual(each.scopes, scopes));
    if (found !== undefined) return found;
    const made = { requirement, scopes };
    this.#asked.set(requirement, [...known, made]);
    return made;
  }

  /** Forgets everything, once all plans are linked. */
  clear(): void {
    this.#lists.clear();
    this.#steps.clear();
    this.#asked.clear();
  }
}

function areEqual(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, i) => each === other[i]);
}

function doesTheSame(one: Step, other: Step): boolean {
  return (
    one.key === other.key &&
    one.phase === other.phase &&
    one.scope === other.scope &&
    one.secured === other.secured &&
    one.fields === other.fields &&
    one.names === other.names &&
    areEqual(one.scopes.list, other.scopes.list) &&
    areEqual(one.after, other.after) &&
    one.uses.length === other.uses.length &&
    one.uses.every((use, i) => use.name === other.uses[i]!.name && use.step === other.uses[i]!.step)
  );
}
