/** Puts dependencies into the order in which they run, and tells which of them run before the body is read. */
import { ApusError } from "../diagnostic/index.ts";
import {
  isDependency,
  labelOf,
  type Declaration,
  type Entry,
  type RequiredScopes,
  type Requirement,
} from "../dependency/index.ts";
import type { ErrorClass } from "../error/index.ts";
import { compileParameters, inBody, locate, type Field } from "../input/index.ts";
import { checkErrors, checkInput, checkRecord } from "./declaration.ts";
import type { LinkContext } from "./link-context.ts";
import type { Plan, Step } from "./plan.ts";

/** How a dependency is come upon: as a guard or as an input, under which scopes. */
interface Way {
  readonly guard: boolean;
  readonly scopes: readonly string[];
}

/** What a step that runs early has to have, besides not needing the body. */
type Early = Pick<Step, "bodyFields" | "after">;

export class StepOrder {
  readonly steps: Step[] = [];
  readonly fields: Field[] = [];
  readonly errors: ErrorClass[] = [];
  /** What is asked of the client's credentials, each with the scopes of all its uses, in order of first appearance. */
  readonly security = new Map<Requirement, Set<string>>();
  /** Whether any dependency has been replaced: then inputs of the original may be missing. */
  overridden = false;
  /** The places of what has been added, by dependency and by the scopes it was told, where it reads them. */
  readonly #known = new Map<Declaration, Map<string, number>>();
  readonly #names: readonly string[];
  readonly #label: string;
  readonly #context: LinkContext;

  constructor(names: readonly string[], label: string, context: LinkContext) {
    this.#names = names;
    this.#label = label;
    this.#context = context;
  }

  /** Adds a guard, whose value nobody asks for. */
  guard(declaration: Declaration): void {
    this.#add(declaration, "a guard", { guard: true, scopes: [] });
  }

  /** Splits an operation's record into wire inputs and dependencies, adding the latter. */
  own(input: Readonly<Record<string, Entry>>): Pick<Plan, "uses" | "fields"> {
    return this.#record(input, { guard: false, scopes: [] });
  }

  /** Adds a dependency and what it needs. @returns its place among the steps. */
  #add(original: Declaration, key: string, way: Way): number {
    const declaration = this.#context.resolve(original);
    if (declaration !== original) this.overridden = true;
    if (declaration.secures !== undefined) return this.#secured(declaration, key, way);
    this.#ask(declaration, way.scopes);
    // The same scopes in another order share a value, as in FastAPI; only who reads them is told the order of its own way.
    const inOrder = declaration.give === undefined ? way.scopes.toSorted() : way.scopes;
    const scopeKey = this.#context.readers.reads(declaration) ? inOrder.join("\n") : "";
    const known = this.#known.get(original)?.get(scopeKey);
    if (known !== undefined) {
      if (way.guard) this.#advance(known);
      return known;
    }
    const scope = this.#context.lifetimes.of(declaration, this.#label, key);
    const errors = original.options.errors ?? [];
    checkErrors(errors, `${this.#label}, dependency "${labelOf(original, key)}"`);
    this.errors.push(...errors);
    const place = this.steps.push(this.#stepOf(declaration, key, scope, way)) - 1;
    if (original.options.cache !== false) {
      const places = this.#known.get(original) ?? new Map<string, number>();
      this.#known.set(original, places.set(scopeKey, place));
    }
    return place;
  }

  #secured({ secures, scopes = [] }: Declaration, key: string, way: Way): number {
    this.#context.declared.check(secures!, scopes, this.#label, key);
    return this.#add(secures!, key, { guard: true, scopes: [...new Set([...way.scopes, ...scopes])] });
  }

  #ask({ requirement }: Declaration, scopes: readonly string[]): void {
    if (requirement === undefined) return;
    const asked = this.security.get(requirement) ?? new Set();
    for (const scope of scopes) asked.add(scope);
    this.security.set(requirement, asked);
  }

  #stepOf(declaration: Declaration, key: string, scope: Step["scope"], way: Way): Step {
    if (declaration.give !== undefined) return valueStep(declaration, key, "request", told(way.scopes));
    if (declaration.options.scope === "app") return valueStep(declaration, key, "app", told([]));
    return this.#step(declaration, key, scope, way);
  }

  /** What a guard needs runs before the body as well, even if other dependencies asked for it first. */
  #advance(place: number): void {
    const step = this.steps[place]!;
    if (step.phase === 1 || this.#needsBody(step)) return;
    for (const each of step.after) this.#advance(each);
    this.steps[place] = { ...step, phase: 1 };
  }

  #needsBody({ bodyFields, after }: Early): boolean {
    return bodyFields.length > 0 || after.some((place) => this.#needsBody(this.steps[place]!));
  }

  #step(declaration: Declaration, key: string, scope: Step["scope"], way: Way): Step {
    const place = this.fields.length;
    const guards = (declaration.options.dependencies ?? []).map((each) => {
      if (isDependency(each)) return this.#add(each, "a guard", { ...way, guard: true });
      throw new ApusError(
        `APUS_GUARD: ${this.#label}: the dependency "${labelOf(declaration, key)}" lists a guard that is no dependency.`,
      );
    });
    // What it uses is early only if it is itself: for a guard that needs the body, nothing is opened before the body is there.
    const { fields, uses } = this.#record(declaration.input, { ...way, guard: false });
    this.fields.splice(place, 0, ...fields); // in front of those of what it needs: the document lists them depth first
    const bodyFields = fields.filter(inBody);
    const after = [...guards, ...uses.map((use) => use.step)];
    const label = `${this.#label}, dependency "${labelOf(declaration, key)}"`;
    // Whatever stands on a security scheme is a guard, wherever it is listed: strangers are refused before the body is read.
    const secured = declaration.requirement !== undefined || after.some((place) => this.steps[place]!.secured);
    const early = (way.guard || secured) && !this.#needsBody({ bodyFields, after });
    if (early) for (const place of after) this.#advance(place);
    return {
      key,
      declaration,
      scope,
      phase: early ? 1 : 3,
      secured,
      scopes: told(way.scopes),
      uses,
      after,
      parameters: compileParameters(fields, this.#names, label),
      bodyFields,
    };
  }

  /** Splits a record into wire inputs and dependencies, adding the latter. */
  #record(input: Readonly<Record<string, Entry>>, way: Way): Pick<Plan, "uses" | "fields"> {
    checkRecord(input, this.#label);
    const uses: { name: string; step: number }[] = [];
    const fields: Field[] = [];
    for (const [name, entry] of Object.entries(input)) {
      if (isDependency(entry)) uses.push({ name, step: this.#add(entry, name, way) });
      else {
        checkInput(name, entry, this.#label);
        fields.push(locate(name, entry, this.#names, this.#label));
      }
    }
    return { uses, fields };
  }
}

function told(scopes: readonly string[]): RequiredScopes {
  return { list: scopes, text: scopes.join(" ") };
}

/** A step that needs nothing of the request: a value of the framework, or one that is open already. */
function valueStep(declaration: Declaration, key: string, scope: Step["scope"], scopes: RequiredScopes): Step {
  return {
    key,
    declaration,
    scope,
    phase: 1,
    secured: false,
    scopes,
    uses: [],
    after: [],
    parameters: undefined,
    bodyFields: [],
  };
}
