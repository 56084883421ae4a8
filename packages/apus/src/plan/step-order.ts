/** Puts dependencies into the order in which they run, and tells which of them run before the body is read. */
import { ApusError } from "../diagnostic/index.ts";
import { isDependency, labelOf, type Declaration, type Entry, type RequiredScopes } from "../dependency/index.ts";
import { inBody, locate, type Field } from "../input/index.ts";
import { checkErrors, checkInput, checkParameters, checkRecord } from "./declaration.ts";
import type { Guarded, LinkContext, LocatedRecord, Ordered, OrderState } from "./link-context.ts";
import type { Plan, Step } from "./plan.ts";

/** How a dependency is come upon: as a guard or as an input, under which scopes. */
interface Way {
  readonly guard: boolean;
  readonly scopes: readonly string[];
}

const none: readonly never[] = [];

/** What a step that runs early has to have, besides not needing the body. */
type Early = Pick<Step, "bodyFields" | "after">;

/** Begins with the guards, which are put in order once for all operations that have the same ones. */
export function orderAfter(
  guards: readonly Declaration[],
  names: readonly string[],
  label: string,
  context: LinkContext,
): StepOrder {
  let known = context.guarded.get(guards);
  if (known === undefined) context.guarded.set(guards, (known = []));
  for (let i = 0; i < known.length; i++) {
    if (known[i]!.names === names) return new StepOrder(names, label, context, known[i]);
  }
  const made = new StepOrder(names, label, context).guards(guards);
  known.push(made);
  return new StepOrder(names, label, context, made);
}

class StepOrder {
  /** The guards, as long as nothing was added to them. */
  #guarded: Guarded | undefined;
  #state: OrderState;
  readonly #names: readonly string[];
  readonly #label: string;
  readonly #context: LinkContext;

  constructor(names: readonly string[], label: string, context: LinkContext, guarded?: Guarded) {
    this.#names = names;
    this.#label = label;
    this.#context = context;
    this.#guarded = guarded;
    this.#state = guarded?.state ?? {
      steps: [],
      fields: [],
      errors: [],
      security: new Map(),
      overridden: false,
      known: new Map(),
      told: new Map(),
    };
  }

  /** Adds guards, whose values nobody asks for. */
  guards(guards: readonly Declaration[]): Guarded {
    for (const guard of guards) this.#add(guard, "a guard", { guard: true, scopes: none });
    return { ...this.ordered(), names: this.#names, state: this.#state };
  }

  /** What has been added, in order. */
  ordered(): Ordered {
    if (this.#guarded !== undefined) return this.#guarded;
    const { sharing } = this.#context;
    const { steps, fields, errors, security, overridden } = this.#state;
    return {
      steps: sharing.list(steps),
      fields: sharing.list(fields),
      errors: sharing.list([...new Set(errors)]),
      security: sharing.list([...security].map(([requirement, scopes]) => sharing.asked(requirement, [...scopes]))),
      overridden,
    };
  }

  /** The state to add to: that of the guards is not this operation's alone. */
  #own(): OrderState {
    if (this.#guarded === undefined) return this.#state;
    const { steps, fields, errors, security, overridden, known, told } = this.#state;
    this.#guarded = undefined;
    return (this.#state = {
      steps: [...steps],
      fields: [...fields],
      errors: [...errors],
      security: new Map([...security].map(([requirement, scopes]) => [requirement, new Set(scopes)])),
      overridden,
      known: new Map(known),
      told: new Map([...told].map(([declaration, places]) => [declaration, new Map(places)])),
    });
  }

  /** Splits an operation's record into wire inputs and dependencies, adding the latter. */
  own(input: Readonly<Record<string, Entry>>): Pick<Plan, "uses" | "fields"> {
    checkRecord(input, this.#label);
    const uses: { name: string; step: number }[] = [];
    const fields: Field[] = [];
    for (const name of Object.keys(input)) {
      const entry = input[name]!;
      if (isDependency(entry)) uses.push({ name, step: this.#add(entry, name, { guard: false, scopes: none }) });
      else fields.push(this.#locate(name, entry));
    }
    // A slice has no room for more, which a list that grew has plenty of.
    return { uses: uses.length === 0 ? none : uses.slice(), fields: fields.length === 0 ? none : fields.slice() };
  }

  /** Adds a dependency and what it needs. @returns its place among the steps. */
  #add(original: Declaration, key: string, way: Way): number {
    const declaration = this.#context.resolve(original);
    if (declaration !== original) this.#own().overridden = true;
    if (declaration.secures !== undefined) return this.#secured(declaration, key, way);
    this.#ask(declaration, way.scopes);
    // The same scopes in another order share a value, as in FastAPI; only who reads them is told the order of its own way.
    const inOrder = declaration.give === undefined && way.scopes.length > 0 ? way.scopes.toSorted() : way.scopes;
    const told = this.#context.readers.reads(declaration) ? inOrder.join("\n") : "";
    const known = told === "" ? this.#state.known.get(original) : this.#state.told.get(original)?.get(told);
    if (known !== undefined) {
      if (way.guard) this.#advance(known);
      return known;
    }
    const scope = this.#context.lifetimes.of(declaration, this.#label, key);
    const state = this.#own();
    const errors = original.options.errors ?? none;
    if (errors !== none) {
      checkErrors(errors, `${this.#label}, dependency "${labelOf(original, key)}"`);
      state.errors.push(...errors);
    }
    const place = state.steps.push(this.#context.sharing.step(this.#stepOf(declaration, key, scope, way))) - 1;
    if (original.options.cache === false) return place;
    if (told === "") state.known.set(original, place);
    else state.told.set(original, (state.told.get(original) ?? new Map<string, number>()).set(told, place));
    return place;
  }

  #secured({ secures, scopes = [] }: Declaration, key: string, way: Way): number {
    this.#context.declared.check(secures!, scopes, this.#label, key);
    return this.#add(secures!, key, { guard: true, scopes: [...new Set([...way.scopes, ...scopes])] });
  }

  #ask({ requirement }: Declaration, scopes: readonly string[]): void {
    if (requirement === undefined) return;
    const { security } = this.#own();
    const asked = security.get(requirement) ?? new Set();
    for (const scope of scopes) asked.add(scope);
    security.set(requirement, asked);
  }

  #stepOf(declaration: Declaration, key: string, scope: Step["scope"], way: Way): Step {
    if (declaration.give !== undefined) return valueStep(declaration, key, "request", told(way.scopes));
    if (declaration.options.scope === "app") return valueStep(declaration, key, "app", told([]));
    return this.#step(declaration, key, scope, way);
  }

  /** What a guard needs runs before the body as well, even if other dependencies asked for it first. */
  #advance(place: number): void {
    const step = this.#state.steps[place]!;
    if (step.phase === 1 || this.#needsBody(step)) return;
    for (const each of step.after) this.#advance(each);
    this.#own().steps[place] = this.#context.sharing.step({ ...step, phase: 1 });
  }

  #needsBody({ bodyFields, after }: Early): boolean {
    return bodyFields.length > 0 || after.some((place) => this.#needsBody(this.#state.steps[place]!));
  }

  #step(declaration: Declaration, key: string, scope: Step["scope"], way: Way): Step {
    const { steps, fields: allFields } = this.#own();
    const place = allFields.length;
    const guards = (declaration.options.dependencies ?? []).map((each) => {
      if (isDependency(each)) return this.#add(each, "a guard", { ...way, guard: true });
      throw new ApusError(
        `APUS_GUARD: ${this.#label}: the dependency "${labelOf(declaration, key)}" lists a guard that is no dependency.`,
      );
    });
    // What it uses is early only if it is itself: for a guard that needs the body, nothing is opened before the body is there.
    const { fields, names, dependencies } = this.#recordOf(declaration, key);
    const below = { ...way, guard: false };
    const uses = dependencies.map(({ name, dependency }) => ({ name, step: this.#add(dependency, name, below) }));
    allFields.splice(place, 0, ...fields); // in front of those of what it needs: the document lists them depth first
    const bodyFields = fields.filter(inBody);
    const after = [...guards, ...uses.map((use) => use.step)];
    // Whatever stands on a security scheme is a guard, wherever it is listed: strangers are refused before the body is read.
    const secured = declaration.requirement !== undefined || after.some((place) => steps[place]!.secured);
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
      fields,
      names,
      parameters: undefined,
      bodyFields,
    };
  }

  /** Splits the record of a dependency into wire inputs and dependencies. */
  #recordOf(declaration: Declaration, key: string): LocatedRecord {
    const { input } = declaration;
    const { records } = this.#context;
    const known = records.get(declaration);
    const found = known?.find(({ names }) => names === this.#names || (names.length === 0 && !this.#mentions(input)));
    if (found !== undefined) return found;
    const label = `${this.#label}, dependency "${labelOf(declaration, key)}"`;
    checkRecord(input, this.#label);
    const dependencies: { name: string; dependency: Declaration }[] = [];
    const fields: Field[] = [];
    for (const [name, entry] of Object.entries(input)) {
      if (isDependency(entry)) dependencies.push({ name, dependency: entry });
      else fields.push(this.#locate(name, entry));
    }
    const ofPath = fields.some(({ location }) => location === "path") || this.#mentions(input);
    checkParameters(fields, label, this.#context.survey);
    const made = { names: ofPath ? this.#names : none, fields, dependencies };
    records.set(declaration, [...(known ?? []), made]);
    return made;
  }

  /** Whether a record has an entry with the name of a parameter of the path. */
  #mentions(input: object): boolean {
    return this.#names.some((name) => Object.hasOwn(input, name));
  }

  #locate(name: string, entry: Entry): Field {
    checkInput(name, entry, this.#label, this.#context.survey);
    return locate(name, entry, this.#names, this.#label);
  }
}

const nothingTold: RequiredScopes = { list: none, text: "" };

function told(scopes: readonly string[]): RequiredScopes {
  if (scopes.length === 0) return nothingTold;
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
    uses: none,
    after: none,
    fields: none,
    names: none,
    parameters: undefined,
    bodyFields: none,
  };
}
