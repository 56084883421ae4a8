/** Runs the steps of a plan for one request or socket, and leaves again what they opened. */
import { isThenable } from "../around/index.ts";
import { Cleanup, labelOf } from "../dependency/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import { HTTPException } from "../error/index.ts";
import type { Exchange } from "../exchange/index.ts";
import type { BodyPlan } from "../input/index.ts";
import { Reply } from "../response/index.ts";
import type { Problem } from "../schema/index.ts";
import { tell } from "./failure.ts";
import type { Plan, Step } from "./plan.ts";

export type Values = Record<string, unknown>;
export type Parsed = Parameters<BodyPlan["read"]>[1];

/** What is not begun any more once the server has ended the request. */
export function stopWhenInterrupted(exchange: Exchange): void {
  const interrupted = exchange.courseSoFar?.interrupted;
  if (interrupted !== undefined) throw interrupted;
}

/** A guard that returns its 401 instead of throwing it would let everybody in. */
function refuseAnswer(provided: unknown, { declaration, key }: Step): void {
  if (!(provided instanceof Reply || provided instanceof HTTPException)) return;
  throw new ApusError(
    `APUS_RETURNED: the dependency "${labelOf(declaration, key)}" returned an answer, which nobody would send; throw it: throw new HTTPException(401).`,
  );
}

/** In the place of what a step provides: its inputs were invalid, or those of a step that it stands on. */
const nothing = Symbol("nothing");

/** The values so far, and what has to be closed. */
export class StepRun {
  readonly problems: Problem[] = [];
  readonly cleanup = new Cleanup();
  readonly #plan: Plan;
  readonly #exchange: Exchange;
  /** What each step provides. */
  readonly #provided: unknown[] = [];
  /** What the steps after the body take; those before it have none. */
  #inputs: (Values | undefined)[] | undefined = undefined;

  constructor(plan: Plan, exchange: Exchange) {
    this.#plan = plan;
    this.#exchange = exchange;
    for (let i = 0; i < plan.steps.length; i++) this.#provided.push(nothing);
  }

  /** Reads what the steps after the body and the operation itself take, so that all problems are reported together. */
  read(parsed: Parsed | undefined): Values {
    const { steps } = this.#plan;
    for (let i = 0; i < steps.length; i++) {
      if (steps[i]!.phase === 3) (this.#inputs ??= [])[i] = this.#readRecord(steps[i]!, parsed);
    }
    return this.#readRecord(this.#plan, parsed);
  }

  #readRecord({ parameters, bodyFields }: Pick<Step, "parameters" | "bodyFields">, parsed: Parsed | undefined): Values {
    const values: Values = {};
    parameters?.(this.#exchange, this.#exchange.pathValues, values, this.problems);
    if (parsed !== undefined) {
      for (const field of bodyFields) this.#plan.body!.read(field, parsed, values, this.problems);
    }
    return values;
  }

  /** @returns A promise only where there is something to wait for. */
  phase(phase: 1 | 3, from = 0): Promise<void> | undefined {
    const { steps } = this.#plan;
    for (let i = from; i < steps.length; i++) {
      if (steps[i]!.phase !== phase) continue;
      const provided = this.#enter(steps[i]!, i);
      if (isThenable(provided)) {
        return Promise.resolve(provided).then((value) => {
          this.#keep(steps[i]!, i, value);
          return this.phase(phase, i + 1);
        });
      }
      this.#keep(steps[i]!, i, provided);
    }
    return undefined;
  }

  #enter(step: Step, i: number): unknown {
    stopWhenInterrupted(this.#exchange);
    const { give, run: make } = step.declaration;
    if (give !== undefined) return give(this.#exchange, step.scopes);
    if (step.declaration.options.scope === "app") return this.#plan.appScope.get(step.declaration, step.key);
    const before = this.problems.length;
    const values = this.#inputs?.[i] ?? this.#readRecord(step, undefined);
    if (this.problems.length > before) return nothing;
    for (const place of step.after) if (this.#provided[place] === nothing) return nothing;
    for (const use of step.uses) values[use.name] = this.#provided[use.step];
    const made = make === undefined ? values : make(values as never);
    return this.cleanup.enter(made, step.declaration, this.#scopeOf(step), step.key);
  }

  #keep(step: Step, i: number, provided: unknown): void {
    if (typeof provided === "object") refuseAnswer(provided, step);
    this.#provided[i] = provided;
  }

  /** A generator found out only at run time lives for the request, as one that was known does. */
  #scopeOf(step: Step): "request" | "function" {
    return step.scope === "function" ? "function" : "request";
  }

  /** Puts what the dependencies provide beside what was read. */
  inject(values: Values): void {
    for (const { name, step } of this.#plan.uses) {
      const provided = this.#provided[step];
      values[name] = provided === nothing ? undefined : provided;
    }
  }

  /**
   * Background work, then the request-scoped clean-ups, which see the error of the work at their `yield`. Where the stream
   * broke off they see that, and the work is dropped.
   */
  async after(): Promise<void> {
    const { course, backgroundAsked: work } = this.#exchange;
    const { broken } = course;
    let failed = broken;
    try {
      if (broken === undefined) await work?.run();
    } catch (error) {
      failed = { error };
    }
    const last = await this.cleanup.exit(["request"], failed);
    // Whoever sent the stream has told of its error.
    if (last === undefined || last.error === broken?.error) return;
    course.failure ??= last.error;
    tell(this.#plan.report, last.error, this.#exchange);
  }

  /** Leaves everything with the error. @returns The error as the clean-ups left it, inside: a promise by itself would be waited for. */
  async fail(error: unknown): Promise<{ readonly error: unknown }> {
    const afterFunction = await this.cleanup.exit(["function"], { error });
    const last = await this.cleanup.exit(["request"], afterFunction);
    return last!;
  }
}
