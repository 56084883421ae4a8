/** Runs the steps of a plan for one request or socket, and leaves again what they opened. */
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
  if (exchange.course.interrupted !== undefined) throw exchange.course.interrupted;
}

/** A guard that returns its 401 instead of throwing it would let everybody in. */
function refuseAnswer(provided: unknown, { declaration, key }: Step): void {
  if (!(provided instanceof Reply || provided instanceof HTTPException)) return;
  throw new ApusError(
    `APUS_RETURNED: the dependency "${labelOf(declaration, key)}" returned an answer, which nobody would send; throw it: throw new HTTPException(401).`,
  );
}

/** The values so far, and what has to be closed. */
export class StepRun {
  readonly problems: Problem[] = [];
  readonly cleanup = new Cleanup();
  readonly #plan: Plan;
  readonly #exchange: Exchange;
  /** What each step provides; a step whose inputs were invalid has no entry, and neither have those that use it. */
  readonly #provided = new Map<number, unknown>();
  readonly #inputs = new Map<number, Values>();

  constructor(plan: Plan, exchange: Exchange) {
    this.#plan = plan;
    this.#exchange = exchange;
  }

  /** Reads what the steps after the body and the operation itself take, so that all problems are reported together. */
  read(parsed: Parsed | undefined): Values {
    const plan = this.#plan;
    for (const [i, step] of plan.steps.entries()) {
      if (step.phase === 3) this.#inputs.set(i, this.#readRecord(step, parsed));
    }
    return this.#readRecord(plan, parsed);
  }

  #readRecord({ parameters, bodyFields }: Pick<Step, "parameters" | "bodyFields">, parsed: Parsed | undefined): Values {
    const values: Values = {};
    parameters?.(this.#exchange, this.#exchange.pathValues, values, this.problems);
    if (parsed !== undefined) {
      for (const field of bodyFields) this.#plan.body!.read(field, parsed, values, this.problems);
    }
    return values;
  }

  async phase(phase: 1 | 3): Promise<void> {
    for (const [i, step] of this.#plan.steps.entries()) {
      if (step.phase !== phase) continue;
      stopWhenInterrupted(this.#exchange);
      const { give } = step.declaration;
      if (give !== undefined) {
        this.#provided.set(i, give(this.#exchange, step.scopes));
        continue;
      }
      if (step.declaration.options.scope === "app") {
        this.#provided.set(i, await this.#plan.appScope.get(step.declaration, step.key));
        continue;
      }
      const before = this.problems.length;
      const values = this.#inputs.get(i) ?? this.#readRecord(step, undefined);
      if (this.problems.length > before || step.after.some((place) => !this.#provided.has(place))) continue;
      for (const use of step.uses) values[use.name] = this.#provided.get(use.step);
      const { run: make } = step.declaration;
      const made = make === undefined ? values : make(values as never);
      const provided = await this.cleanup.enter(made, step.declaration, this.#scopeOf(step), step.key);
      refuseAnswer(provided, step);
      this.#provided.set(i, provided);
    }
  }

  /** A generator found out only at run time lives for the request, as one that was known does. */
  #scopeOf(step: Step): "request" | "function" {
    return step.scope === "function" ? "function" : "request";
  }

  /** Puts what the dependencies provide beside what was read. */
  inject(values: Values): void {
    for (const { name, step } of this.#plan.uses) values[name] = this.#provided.get(step);
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
