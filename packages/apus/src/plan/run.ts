/**
 * Follows a plan: guards, body, dependencies, handler. An operation without dependencies and without a body is answered
 * without a single promise; every other goes through the four phases.
 */
import { isThenable, type Answering } from "../around/index.ts";
import { Cleanup, labelOf } from "../dependency/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import { HTTPException, RequestValidationError } from "../error/index.ts";
import { InterruptedError, type Answer, type Exchange } from "../exchange/index.ts";
import type { BodyPlan } from "../input/index.ts";
import { Reply } from "../response/index.ts";
import type { Problem } from "../schema/index.ts";
import { failureOf, giveUp, underDeadline } from "./deadline.ts";
import { ClientGoneError, failure, tell } from "./failure.ts";
import { drafted, finish } from "./finish.ts";
import type { Plan, Step } from "./plan.ts";

type Values = Record<string, unknown>;
type Parsed = Parameters<BodyPlan["read"]>[1];

/** Answers one request, middleware included. Never throws and never rejects: every failure is an answer. */
export function run(plan: Plan, exchange: Exchange, path: readonly string[]): Answer | Promise<Answer> {
  exchange.pathNames = plan.template.names;
  exchange.pathValues = path;
  exchange.bodyLimit = plan.settings.bodyLimit;
  exchange.bodyTimeout = plan.settings.bodyTimeout;
  exchange.errorShape = plan.settings.errorShape;
  return plan.around === undefined ? follow(plan, exchange) : plan.around(exchange);
}

/** Answers one request that has been matched. */
export function follow(plan: Plan, exchange: Exchange): Answer | Promise<Answer> {
  if (exchange.course.interrupted !== undefined) return failure(exchange.course.interrupted, exchange, plan);
  const answer = start(plan, exchange);
  return answer instanceof Promise ? underDeadline(plan, exchange, answer) : answer;
}

function start(plan: Plan, exchange: Exchange): Answer | Promise<Answer> {
  if (plan.steps.length > 0) return new Run(plan, exchange).answer();
  if (plan.body !== undefined) return withBody(plan, exchange);
  try {
    const values: Values = {};
    const problems: Problem[] = [];
    plan.parameters?.(exchange, exchange.pathValues, values, problems);
    if (problems.length > 0) throw new RequestValidationError(problems);
    if (plan.behind !== undefined) return plan.behind(exchange);
    const returned = plan.operation.handler(values as never);
    if (isThenable(returned)) return settle(plan, exchange, returned);
    const answer = finish(plan, exchange, returned);
    return answer instanceof Promise ? answer.catch((error: unknown) => failureOf(error, exchange, plan)) : answer;
  } catch (error) {
    return failure(error, exchange, plan);
  }
}

async function settle(plan: Plan, exchange: Exchange, returned: PromiseLike<unknown>): Promise<Answer> {
  try {
    const answer = finish(plan, exchange, await returned);
    // Waiting for what is there already would cost each answer another turn.
    return answer instanceof Promise ? await answer : answer;
  } catch (error) {
    return failureOf(error, exchange, plan);
  }
}

/** What is not begun any more once the server has ended the request. */
function stopWhenInterrupted(exchange: Exchange): void {
  if (exchange.course.interrupted !== undefined) throw exchange.course.interrupted;
}

async function withBody(plan: Plan, exchange: Exchange): Promise<Answer> {
  try {
    const values: Values = {};
    const problems: Problem[] = [];
    if (exchange.course.awaitsBody) await exchange.course.announceBody();
    const parsed = await parseBody(plan, exchange);
    plan.parameters?.(exchange, exchange.pathValues, values, problems);
    for (const field of plan.bodyFields) plan.body!.read(field, parsed!, values, problems);
    if (problems.length > 0) throw new RequestValidationError(problems, bodyOf(parsed));
    const returned = plan.operation.handler(values as never);
    const answer = finish(plan, exchange, isThenable(returned) ? await returned : returned);
    return answer instanceof Promise ? await answer : answer;
  } catch (error) {
    return failureOf(error, exchange, plan);
  }
}

async function parseBody(plan: Plan, exchange: Exchange): Promise<Parsed | undefined> {
  if (plan.body === undefined) return undefined;
  stopWhenInterrupted(exchange);
  const parsed = await plan.body.parse(exchange);
  if ("kind" in parsed) return parsed;
  // Broken syntax is reported alone: nothing else has been looked at.
  if (parsed.status === 422) throw new RequestValidationError(parsed.problems, parsed.text);
  const headers = parsed.status === 400 ? undefined : { connection: "close" };
  throw new HTTPException(parsed.status, parsed.detail, { headers });
}

const lenient = new TextDecoder("utf-8");

/** What error handlers see of a body that was read: the parsed value, the text of what is no JSON, the fields of a form. */
function bodyOf(parsed: Parsed | undefined): unknown {
  if (parsed?.kind === "json") return parsed.value;
  if (parsed?.kind === "raw") return lenient.decode(parsed.bytes);
  if (parsed?.kind !== "form") return null;
  const fields = Object.create(null) as Values;
  for (let i = 0; i < parsed.pairs.length; i += 2) fields[parsed.pairs[i]!] = parsed.pairs[i + 1];
  return fields;
}

/** A guard that returns its 401 instead of throwing it would let everybody in. */
function refuseAnswer(provided: unknown, { declaration, key }: Step): void {
  if (!(provided instanceof Reply || provided instanceof HTTPException)) return;
  throw new ApusError(
    `APUS_RETURNED: the dependency "${labelOf(declaration, key)}" returned an answer, which nobody would send; throw it: throw new HTTPException(401).`,
  );
}

/** One request with dependencies: the values so far, and what has to be closed. */
class Run {
  readonly #plan: Plan;
  readonly #exchange: Exchange;
  readonly #problems: Problem[] = [];
  readonly #cleanup = new Cleanup();
  /** What each step provides; a step whose inputs were invalid has no entry, and neither have those that use it. */
  readonly #provided = new Map<number, unknown>();
  readonly #inputs = new Map<number, Values>();
  /** What follows the answer of what is behind the guards, whatever becomes of that answer. */
  #behindAfter: Answer["after"];

  constructor(plan: Plan, exchange: Exchange) {
    this.#plan = plan;
    this.#exchange = exchange;
  }

  async answer(): Promise<Answer> {
    const plan = this.#plan;
    const exchange = this.#exchange;
    try {
      await this.#phase(1);
      stopWhenInterrupted(exchange);
      const refused = this.#problems.length > 0;
      if (!refused && plan.body !== undefined) await exchange.course.announceBody();
      const parsed = refused ? undefined : await parseBody(plan, exchange);
      const values = this.#read(parsed);
      if (this.#problems.length > 0) throw new RequestValidationError(this.#problems, bodyOf(parsed));
      await this.#phase(3);
      stopWhenInterrupted(exchange);
      for (const { name, step } of plan.uses) values[name] = this.#provided.get(step);
      const finished =
        plan.behind === undefined
          ? finish(plan, exchange, await plan.operation.handler(values as never), exchange.drafted)
          : this.#askBehind(plan.behind);
      const answer = finished instanceof Promise ? await finished : finished;
      const follows = this.#cleanup.pending || exchange.backgroundAsked !== undefined;
      if (!follows) return answer;
      await this.#commit(answer);
      return { ...answer, after: () => this.#after(answer.after) };
    } catch (error) {
      return this.#fail(error);
    }
  }

  async #askBehind(behind: Answering): Promise<Answer> {
    const exchange = this.#exchange;
    if (this.#plan.limitsGuards) exchange.course.stopClock();
    const answer = drafted(await behind(exchange), exchange.drafted);
    this.#behindAfter = answer.after;
    return answer;
  }

  /** Reads what the steps after the body and the operation itself take, so that all problems are reported together. */
  #read(parsed: Parsed | undefined): Values {
    const plan = this.#plan;
    for (const [i, step] of plan.steps.entries()) {
      if (step.phase === 3) this.#inputs.set(i, this.#readRecord(step, parsed));
    }
    return this.#readRecord(plan, parsed);
  }

  #readRecord({ parameters, bodyFields }: Pick<Step, "parameters" | "bodyFields">, parsed: Parsed | undefined): Values {
    const values: Values = {};
    parameters?.(this.#exchange, this.#exchange.pathValues, values, this.#problems);
    if (parsed !== undefined) {
      for (const field of bodyFields) this.#plan.body!.read(field, parsed, values, this.#problems);
    }
    return values;
  }

  async #phase(phase: 1 | 3): Promise<void> {
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
      const before = this.#problems.length;
      const values = this.#inputs.get(i) ?? this.#readRecord(step, undefined);
      if (this.#problems.length > before || step.after.some((place) => !this.#provided.has(place))) continue;
      for (const use of step.uses) values[use.name] = this.#provided.get(use.step);
      const { run: make } = step.declaration;
      const made = make === undefined ? values : make(values as never);
      const provided = await this.#cleanup.enter(made, step.declaration, this.#scopeOf(step), step.key);
      refuseAnswer(provided, step);
      this.#provided.set(i, provided);
    }
  }

  /** A generator found out only at run time lives for the request, as one that was known does. */
  #scopeOf(step: Step): "request" | "function" {
    return step.scope === "function" ? "function" : "request";
  }

  /** Function-scoped work ends before the answer is sent: a failed commit is the answer. */
  async #commit(answer: Answer): Promise<void> {
    const { course } = this.#exchange;
    const { ended } = course;
    const left =
      ended === undefined || ended instanceof InterruptedError ? ended : new ClientGoneError("The client left");
    // What failed behind the guards has been answered there; what the guards did is rolled back all the same.
    const behind = this.#plan.behind !== undefined && answer.unanswered === true ? course.failure : undefined;
    const cause = left ?? behind;
    const failed = await this.#cleanup.exit(["function"], cause === undefined ? undefined : { error: cause });
    if (failed === undefined || (behind !== undefined && failed.error === behind)) return;
    giveUp(answer);
    throw failed.error;
  }

  /**
   * Background work, then the request-scoped clean-ups, which see the error of the work at their `yield`. Where the stream
   * broke off they see that, and the work is dropped.
   */
  async #after(first: Answer["after"]): Promise<void> {
    await first?.();
    const { course, backgroundAsked: work } = this.#exchange;
    const { broken } = course;
    let failed = broken;
    try {
      if (broken === undefined) await work?.run();
    } catch (error) {
      failed = { error };
    }
    const last = await this.#cleanup.exit(["request"], failed);
    // Whoever sent the stream has told of its error.
    if (last === undefined || last.error === broken?.error) return;
    course.failure ??= last.error;
    tell(this.#plan.report, last.error, this.#exchange);
  }

  async #fail(error: unknown): Promise<Answer> {
    const afterFunction = await this.#cleanup.exit(["function"], { error });
    const last = await this.#cleanup.exit(["request"], afterFunction);
    const answer = await failureOf(last!.error, this.#exchange, this.#plan);
    return this.#behindAfter === undefined ? answer : { ...answer, after: this.#behindAfter };
  }
}
