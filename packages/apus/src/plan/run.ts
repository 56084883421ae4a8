/**
 * Follows a plan: guards, body, dependencies, handler. An operation without dependencies and without a body is answered
 * without a single promise; every other goes through the four phases.
 */
import { attempt, isThenable, onward, type Answering } from "../around/index.ts";
import { HTTPException, RequestValidationError } from "../error/index.ts";
import { InterruptedError, type Answer, type Exchange } from "../exchange/index.ts";
import { refusalOf, type BodyPlan } from "../input/index.ts";
import type { Problem } from "../schema/index.ts";
import { failureOf, giveUp, underDeadline } from "./deadline.ts";
import { ClientGoneError, failure } from "./failure.ts";
import { drafted, finish } from "./finish.ts";
import type { Plan } from "./plan.ts";
import { prepare } from "./prepare.ts";
import { SocketRun } from "./socket-run.ts";
import { StepRun, stopWhenInterrupted, type Parsed, type Values } from "./step-run.ts";

/** Answers one request, middleware included. Never throws and never rejects: every failure is an answer. */
export function run(plan: Plan, exchange: Exchange, path: readonly string[]): Answer | Promise<Answer> {
  if (!plan.ready) prepare(plan);
  exchange.pathNames = plan.template.names;
  exchange.pathValues = path;
  exchange.bodyLimit = plan.settings.bodyLimit;
  exchange.bodyTimeout = plan.settings.bodyTimeout;
  exchange.errorShape = plan.settings.errorShape;
  return plan.around === undefined ? follow(plan, exchange) : plan.around(exchange);
}

/** Answers one request that has been matched. */
export function follow(plan: Plan, exchange: Exchange): Answer | Promise<Answer> {
  const interrupted = exchange.courseSoFar?.interrupted;
  if (interrupted !== undefined) return failure(interrupted, exchange, plan);
  const answer = start(plan, exchange);
  if (!(answer instanceof Promise)) return answer;
  // Only forms leave anything behind: files, whether anybody wants them or not.
  const kind = plan.body?.kind;
  return underDeadline(plan, exchange, kind === "form" || kind === "multipart" ? tidied(exchange, answer) : answer);
}

/** Whatever becomes of the request: its files go when nobody can read them any more. */
async function tidied({ course }: Exchange, work: Promise<Answer>): Promise<Answer> {
  const answer = await work;
  if (!course.leaves) return answer;
  const after = async (): Promise<void> => {
    try {
      await answer.after?.();
    } finally {
      await course.tidy();
    }
  };
  return { ...answer, after };
}

function start(plan: Plan, exchange: Exchange): Answer | Promise<Answer> {
  if (plan.socket !== undefined) return new SocketRun(plan, plan.socket, exchange).answer();
  if (plan.steps.length > 0 || plan.body !== undefined) return new Run(plan, exchange).answer();
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

const lenient = new TextDecoder("utf-8");

/** What error handlers see of a body that was read: the parsed value, the text of what is no JSON, the fields of a form without the content of files. */
function bodyOf(parsed: Parsed | undefined): unknown {
  if (parsed?.kind === "json") return parsed.value;
  if (parsed?.kind === "raw") return lenient.decode(parsed.bytes);
  if (parsed?.kind !== "form") return null;
  const fields = Object.create(null) as Values;
  for (let i = 0; i < parsed.pairs.length; i += 2) {
    const value = parsed.pairs[i + 1]!;
    fields[parsed.pairs[i] as string] = typeof value === "string" ? value : value.toJSON();
  }
  return fields;
}

/** @throws HTTPException or RequestValidationError for a body that is none. */
function readable(parsed: ReturnType<NonNullable<BodyPlan["take"]>>): Parsed {
  if ("kind" in parsed) return parsed;
  // Broken syntax is reported alone: nothing else has been looked at.
  if (parsed.status === 422) throw new RequestValidationError(parsed.problems, parsed.text);
  const headers = parsed.status === 400 ? undefined : { connection: "close" };
  throw new HTTPException(parsed.status, parsed.detail, { headers });
}

/** One request with dependencies or a body: what it has opened, and what follows its answer. Nothing waits that need not. */
class Run {
  readonly #plan: Plan;
  readonly #exchange: Exchange;
  readonly #steps: StepRun;
  /** What follows the answer of what is behind the guards, whatever becomes of that answer. */
  #behindAfter: Answer["after"];

  constructor(plan: Plan, exchange: Exchange) {
    this.#plan = plan;
    this.#exchange = exchange;
    this.#steps = new StepRun(plan, exchange);
  }

  /** Never throws and never rejects. */
  answer(): Answer | Promise<Answer> {
    return attempt(
      () => onward(this.#steps.phase(1), () => this.#admitted()),
      (error) => this.#fail(error),
    );
  }

  /** The guards are through. */
  #admitted(): Answer | Promise<Answer> {
    stopWhenInterrupted(this.#exchange);
    const { body } = this.#plan;
    if (this.#steps.problems.length > 0 || body === undefined) return this.#arrived(undefined);
    const course = this.#exchange.courseSoFar;
    return course?.awaitsBody === true ? course.announceBody().then(() => this.#read(body)) : this.#read(body);
  }

  #read(body: BodyPlan): Answer | Promise<Answer> {
    const exchange = this.#exchange;
    stopWhenInterrupted(exchange);
    if (body.take === undefined) return body.parse(exchange).then((parsed) => this.#arrived(readable(parsed)));
    const { take } = body;
    const present = exchange.present(exchange.bodyLimit);
    if (present !== undefined) return this.#arrived(readable(take(exchange, present)));
    return new Promise((resolve, reject) => {
      exchange.take(
        exchange.bodyLimit,
        (bytes) => {
          try {
            resolve(this.#arrived(readable(take(exchange, bytes))));
          } catch (error) {
            reject(error);
          }
        },
        (error) => {
          try {
            readable(refusalOf(error));
          } catch (refusal) {
            reject(refusal);
          }
        },
      );
    });
  }

  #arrived(parsed: Parsed | undefined): Answer | Promise<Answer> {
    const steps = this.#steps;
    const values = steps.read(parsed);
    if (steps.problems.length > 0) return this.#refuse(parsed);
    return onward(steps.phase(3), () => this.#handle(values));
  }

  /** Nobody will read the files of a request that is refused. */
  #refuse(parsed: Parsed | undefined): Promise<never> {
    const { course } = this.#exchange;
    const { problems } = this.#steps;
    if (!course.leaves) throw new RequestValidationError(problems, bodyOf(parsed));
    return course.tidy().then(() => {
      throw new RequestValidationError(problems, bodyOf(parsed));
    });
  }

  #handle(values: Values): Answer | Promise<Answer> {
    const plan = this.#plan;
    stopWhenInterrupted(this.#exchange);
    this.#steps.inject(values);
    if (plan.behind !== undefined) return this.#askBehind(plan.behind).then((answer) => this.#answered(answer));
    return onward(plan.operation.handler(values as never), (returned) => {
      const answer = finish(plan, this.#exchange, returned, this.#exchange.drafted);
      return onward(answer, (made) => this.#answered(made));
    });
  }

  #answered(answer: Answer): Answer | Promise<Answer> {
    const follows = this.#steps.cleanup.pending || this.#exchange.backgroundAsked !== undefined;
    if (!follows) return answer;
    const left = this.#left();
    if (left !== undefined && this.#plan.behind !== undefined) return this.#abandon(answer, left);
    return this.#commit(answer, left).then(() => ({ ...answer, after: () => this.#after(answer.after) }));
  }

  async #askBehind(behind: Answering): Promise<Answer> {
    const exchange = this.#exchange;
    exchange.guardsPassed = true;
    if (this.#plan.limitsGuards) exchange.course.stopClock();
    const answer = drafted(await behind(exchange), exchange.drafted);
    this.#behindAfter = answer.after;
    return answer;
  }

  /** Why nobody waits for the answer any more. */
  #left(): Error | undefined {
    const { ended } = this.#exchange.course;
    return ended === undefined || ended instanceof InterruptedError ? ended : new ClientGoneError("The client left");
  }

  /** Function-scoped work ends before the answer is sent: a failed commit is the answer. */
  async #commit(answer: Answer, left: Error | undefined): Promise<void> {
    const { course } = this.#exchange;
    // What failed behind the guards has been answered there; what the guards did is rolled back all the same.
    const behind = this.#plan.behind !== undefined && answer.unanswered === true ? course.failure : undefined;
    const cause = left ?? behind;
    const failed = await this.#steps.cleanup.exit(["function"], cause === undefined ? undefined : { error: cause });
    if (failed === undefined || (behind !== undefined && failed.error === behind)) return;
    giveUp(answer);
    throw failed.error;
  }

  async #after(first: Answer["after"]): Promise<void> {
    await first?.();
    await this.#steps.after();
  }

  async #fail(error: unknown): Promise<Answer> {
    if (this.#behindAfter !== undefined) return this.#failing(error);
    const left = await this.#steps.fail(error);
    return await failureOf(left.error, this.#exchange, this.#plan);
  }

  /** Nobody waits for what is behind the guards: what they opened is rolled back, but not under what still uses it. */
  async #abandon(answer: Answer, left: Error): Promise<Answer> {
    giveUp(answer);
    if (!(left instanceof InterruptedError)) return this.#failing(left);
    return { ...answer, after: () => this.#rollBack(left) };
  }

  async #failing(error: unknown): Promise<Answer> {
    const answer = await failureOf(error, this.#exchange, this.#plan);
    return { ...answer, after: () => this.#rollBack(error) };
  }

  /** Leaves what the guards opened once what is behind them has settled. */
  async #rollBack(error: unknown): Promise<void> {
    await this.#behindAfter?.();
    const left = await this.#steps.fail(error);
    // Too late for an answer; asked for all the same, because it reports what clean-ups made of the error.
    if (left.error !== error) await failureOf(left.error, this.#exchange, this.#plan);
  }
}
