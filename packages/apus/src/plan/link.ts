/** Links an operation into a plan: locates its inputs, orders its dependencies, compiles what reads and what writes. */
import { ApusError } from "../diagnostic/index.ts";
import {
  isDependency,
  labelOf,
  Lifetimes,
  type AppScope,
  type Declaration,
  type Entry,
  type Resolve,
} from "../dependency/index.ts";
import type { ErrorClass } from "../error/index.ts";
import { compileBody, compileParameters, inBody, locate, type Field } from "../input/index.ts";
import type { Routed } from "../operation/index.ts";
import { parseTemplate } from "../routing/index.ts";
import { compileWriter } from "../schema/index.ts";
import { checkAnswer, checkErrors, checkInput, checkRecord, refuseGenerator } from "./declaration.ts";
import type { Plan, Reporter, Step } from "./plan.ts";
import { settle, type AppSettings } from "./settings.ts";

/** What all plans of an app share. */
interface LinkContext {
  readonly app: AppSettings;
  readonly resolve: Resolve;
  readonly lifetimes: Lifetimes;
  readonly appScope: AppScope;
  readonly report: Reporter;
}

/** Makes the context for one linking; overrides are part of `resolve`. */
export function linkContext(app: AppSettings, resolve: Resolve, appScope: AppScope, report: Reporter): LinkContext {
  return { app, resolve, lifetimes: new Lifetimes(resolve), appScope, report };
}

/** @throws ApusError: it names the operation and the fix. */
export function link(routed: Routed, context: LinkContext): Plan {
  const { operation } = routed;
  const { options } = operation;
  const settings = settle(routed, context.app);
  const template = naming(settings.label, () => parseTemplate(operation.path));
  const order = new StepOrder(template.names, settings.label, context);
  for (const guard of settings.guards) order.add(guard, "a guard", true);
  const own = order.record(options.input ?? {}, false);
  checkAnswer(options, settings.label);
  checkErrors(options.errors ?? [], settings.label);
  refuseGenerator(operation.handler, settings.label);

  const fields = [...own.fields, ...order.fields];
  const undeclared = template.names.find(
    (name) => !fields.some((each) => each.location === "path" && each.alias === name),
  );
  if (undeclared !== undefined && !order.overridden) {
    throw new ApusError(
      `APUS_PATH: ${settings.label}: the path parameter "${undeclared}" is not declared; add it to \`input\`.`,
    );
  }
  const unknown = fields.find((each) => each.location === "path" && !template.names.includes(each.alias));
  if (unknown !== undefined) {
    throw new ApusError(
      `APUS_PATH: ${settings.label}: "${unknown.alias}" is marked path(), but the path has no {${unknown.alias}}.`,
    );
  }
  const bodyFields = fields.filter(inBody);
  const source = operation.method + operation.path;
  return {
    template,
    methods: operation.methods,
    operation,
    settings,
    fields,
    errors: [...new Set([...(options.errors ?? []), ...order.errors])] as ErrorClass[],
    steps: order.steps,
    uses: own.uses,
    parameters: compileParameters(own.fields, template.names, settings.label),
    bodyFields: own.fields.filter(inBody),
    body:
      bodyFields.length === 0
        ? undefined
        : compileBody(bodyFields, {
            operation: settings.label,
            source,
            limit: settings.bodyLimit,
            strictContentType: settings.strictContentType,
            mode: settings.strictTypes ? "strict" : "lax",
          }),
    write:
      options.output === undefined
        ? undefined
        : naming(settings.label, () => compileWriter(options.output!, options, `${source}/output`)),
    appScope: context.appScope,
    report: context.report,
  };
}

/** Puts the operation into the message of what does not know it, after the code: `APUS_PATH: GET /items (readItems): …`. */
function naming<T>(label: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ApusError(
      error.message.replace(/^(?:(APUS_\w+): )?/, (_, code = "APUS_SCHEMA") => `${code}: ${label}: `),
      {
        cause: error,
      },
    );
  }
}

/** Puts dependencies into the order in which they run, each once unless it says otherwise. */
class StepOrder {
  readonly steps: Step[] = [];
  readonly fields: Field[] = [];
  readonly errors: ErrorClass[] = [];
  /** Whether any dependency has been replaced: then inputs of the original may be missing. */
  overridden = false;
  readonly #known = new Map<Declaration, number>();
  readonly #names: readonly string[];
  readonly #label: string;
  readonly #context: LinkContext;

  constructor(names: readonly string[], label: string, context: LinkContext) {
    this.#names = names;
    this.#label = label;
    this.#context = context;
  }

  /** Adds a dependency and what it needs. @returns its place among the steps. */
  add(original: Declaration, key: string, guard: boolean): number {
    const known = this.#known.get(original);
    if (known !== undefined) {
      if (guard) this.#advance(known);
      return known;
    }
    const declaration = this.#context.resolve(original);
    if (declaration !== original) this.overridden = true;
    const scope = this.#context.lifetimes.of(declaration, this.#label, key);
    const errors = original.options.errors ?? [];
    checkErrors(errors, `${this.#label}, dependency "${labelOf(original, key)}"`);
    this.errors.push(...errors);
    const step =
      declaration.options.scope === "app"
        ? this.#appStep(declaration, key)
        : this.#step(declaration, key, scope, guard);
    const place = this.steps.push(step) - 1;
    if (original.options.cache !== false) this.#known.set(original, place);
    return place;
  }

  #appStep(declaration: Declaration, key: string): Step {
    return { key, declaration, scope: "app", phase: 1, uses: [], after: [], parameters: undefined, bodyFields: [] };
  }

  /** What a guard needs runs before the body as well, even if other dependencies asked for it first. */
  #advance(place: number): void {
    const step = this.steps[place]!;
    if (step.phase === 1 || this.#needsBody(step)) return;
    for (const each of step.after) this.#advance(each);
    this.steps[place] = { ...step, phase: 1 };
  }

  #needsBody({ bodyFields, after }: Pick<Step, "bodyFields" | "after">): boolean {
    return bodyFields.length > 0 || after.some((place) => this.#needsBody(this.steps[place]!));
  }

  #step(declaration: Declaration, key: string, scope: Step["scope"], guard: boolean): Step {
    const guards = (declaration.options.dependencies ?? []).map((each) => {
      if (isDependency(each)) return this.add(each, "a guard", true);
      throw new ApusError(
        `APUS_GUARD: ${this.#label}: the dependency "${labelOf(declaration, key)}" lists a guard that is no dependency.`,
      );
    });
    const { fields, uses } = this.record(declaration.input, guard);
    this.fields.push(...fields);
    const bodyFields = fields.filter(inBody);
    const after = [...guards, ...uses.map((use) => use.step)];
    const label = `${this.#label}, dependency "${labelOf(declaration, key)}"`;
    return {
      key,
      declaration,
      scope,
      phase: guard && !this.#needsBody({ bodyFields, after }) ? 1 : 3,
      uses,
      after,
      parameters: compileParameters(fields, this.#names, label),
      bodyFields,
    };
  }

  /** Splits a record into wire inputs and dependencies, adding the latter. */
  record(input: Readonly<Record<string, Entry>>, guard: boolean): Pick<Plan, "uses" | "fields"> {
    checkRecord(input, this.#label);
    const uses: { name: string; step: number }[] = [];
    const fields: Field[] = [];
    for (const [name, entry] of Object.entries(input)) {
      if (isDependency(entry)) uses.push({ name, step: this.add(entry, name, guard) });
      else {
        checkInput(name, entry, this.#label);
        fields.push(locate(name, entry, this.#names, this.#label));
      }
    }
    return { uses, fields };
  }
}
