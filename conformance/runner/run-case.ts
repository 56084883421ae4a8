// Runs one recorded case against a fresh application and judges each of its steps.
import { existsSync } from "node:fs";
import type { Rule } from "../rules/index.ts";
import { checkAnswer, jsonOf, valueAt } from "./check.ts";
import { Clients } from "./client.ts";
import type { Answer } from "./client.ts";
import { expectedAnswer } from "./expectation.ts";
import type { ExpectedAnswer } from "./expectation.ts";
import { importFresh } from "./load.ts";
import type { Exports } from "./load.ts";
import { absent } from "./match.ts";
import type { Mismatch } from "./match.ts";
import { camelCase } from "./names.ts";
import { enterSurroundings } from "./surroundings.ts";
import type { Surroundings } from "./surroundings.ts";
import { isHttpStep } from "./vector.ts";
import type { Case, HttpStep, SocketStep, Step } from "./vector.ts";

export type Verdict = "passed" | "differing" | "failed";

/** The judgement of one step. A step that could not be run has failed, with the reason in `error`. */
export interface StepResult {
  readonly name: string;
  readonly request: string;
  readonly verdict: Verdict;
  /** The rules that changed what was expected. */
  readonly rules: readonly string[];
  readonly mismatches: readonly Mismatch[];
  readonly error?: string;
  /** What the application and the framework printed meanwhile. */
  readonly printed: readonly string[];
}

export interface CaseContext {
  readonly vectorName: string;
  readonly recorded: Case;
  /** The application's file, and the directory of all applications. */
  readonly file: string;
  readonly directory: string;
  readonly rules: readonly Rule[];
}

/**
 * Runs the steps of a case in order, in an empty working directory of its own and with its environment variables.
 * A failed step does not stop the case; a case whose application cannot be imported fails with all its steps.
 */
export async function runCase(context: CaseContext): Promise<StepResult[]> {
  const surroundings = enterSurroundings(context.recorded);
  const results: StepResult[] = [];
  let clients: Clients | undefined;
  try {
    const problem = unsupportedCase(context.recorded);
    if (problem !== undefined) throw new Error(problem);
    await prepare(context);
    const exports = await importFresh(context.file, context.directory);
    clients = new Clients(exports, camelCase(context.recorded.app_var ?? "app"));
    for (const step of context.recorded.steps) {
      const result = await runStep(step, clients, context);
      results.push({ ...result, printed: surroundings.takePrinted() });
    }
  } catch (error) {
    const rest = context.recorded.steps.slice(results.length);
    const printed = surroundings.takePrinted();
    results.push(...rest.map((step) => ({ ...failedStep(context, step, explain(error)), printed })));
  } finally {
    await closeAndCheck(clients, surroundings, results);
    surroundings.leave();
  }
  return results;
}

/**
 * Files that a recording needs around it (`setup` says which, in words) are made by a module beside the application,
 * `tutorial001.setup.ts`, which exports `setup` and finds itself in the case's working directory.
 */
async function prepare({ file, directory, recorded }: CaseContext): Promise<void> {
  const beside = file.replace(/\.ts$/, ".setup.ts");
  if (recorded.setup === undefined || !existsSync(beside)) return;
  const { setup }: Exports = await importFresh(beside, directory);
  if (typeof setup !== "function") throw new Error(`${beside} has to export a function "setup"`);
  await setup();
}

function unsupportedCase(recorded: Case): string | undefined {
  if (recorded.app !== undefined) return `not supported: the case uses another application, ${recorded.app}`;
  if (recorded.app_local_to !== undefined) return "not supported: the case uses an application made inside the test";
  return undefined;
}

async function runStep(step: Step, clients: Clients, context: CaseContext): Promise<StepResult> {
  if (!isHttpStep(step)) return runSocketStep(step, clients, context);
  if (step.app !== undefined)
    return failedStep(context, step, `not supported: the step uses another application, ${step.app}`);
  try {
    const { expected, touched } = applyRules(context.rules, expectedAnswer(step), step, context.vectorName);
    const mismatches = await runHttpStep(step, expected, clients);
    const verdict = mismatches.length > 0 ? "failed" : touched.length > 0 ? "differing" : "passed";
    return { name: context.recorded.name, request: describe(step), verdict, rules: touched, mismatches, printed: [] };
  } catch (error) {
    return failedStep(context, step, explain(error));
  }
}

async function runSocketStep(step: SocketStep, clients: Clients, context: CaseContext): Promise<StepResult> {
  try {
    const mismatches = await clients.socket(step);
    const verdict = mismatches.length > 0 ? "failed" : "passed";
    return { name: context.recorded.name, request: describe(step), verdict, rules: [], mismatches, printed: [] };
  } catch (error) {
    return failedStep(context, step, explain(error));
  }
}

/** Turns FastAPI's answer into ours, rule by rule, and says which rules changed it. */
export function applyRules(rules: readonly Rule[], answer: ExpectedAnswer, step: HttpStep, vector: string) {
  let expected = answer;
  const touched: string[] = [];
  for (const rule of rules) {
    const transformed = rule.transform(expected, { vector, request: step.request });
    if (transformed !== expected) touched.push(rule.id);
    expected = transformed;
  }
  return { expected, touched };
}

async function runHttpStep(step: HttpStep, expected: ExpectedAnswer, clients: Clients): Promise<Mismatch[]> {
  if (expected.raises !== undefined) return checkRaised(expected.raises, await clients.error(step));
  const answer = await clients.answer(step);
  const mismatches = checkAnswer(expected, answer, clients.captured);
  return [...mismatches, ...capture(step, answer, clients)];
}

/** Errors in which the framework says what is wrong with the program, and what ours are called. Their texts are their own. */
const frameworkErrors: ReadonlyMap<string, string> = new Map([
  ["FastAPIError", "ApusError"],
  ["ResponseValidationError", "ResponseValidationError"],
]);

/** The error's class, and its message where the program wrote it. */
function checkRaised({ type, message }: NonNullable<ExpectedAnswer["raises"]>, error: Error): Mismatch[] {
  const names = [error.name, error.constructor.name];
  const own = frameworkErrors.get(type);
  const mismatches: Mismatch[] = [];
  if (!names.includes(own ?? type)) mismatches.push({ at: "raises.type", expected: type, actual: names.join(", ") });
  if (own === undefined && message !== undefined && message !== error.message) {
    mismatches.push({ at: "raises.message", expected: message, actual: error.message });
  }
  return mismatches;
}

function capture(step: HttpStep, answer: Answer, clients: Clients): Mismatch[] {
  return Object.entries(step.capture ?? {}).flatMap(([name, path]) => {
    const value = valueAt(jsonOf(answer), path);
    if (value === absent) return [{ at: `capture ${name}`, expected: { path }, actual: answer.text }];
    clients.captured.set(name, value);
    return [];
  });
}

/** Ends the application and looks at the files that it should have written; what is wrong falls on the last step. */
async function closeAndCheck(clients: Clients | undefined, surroundings: Surroundings, results: StepResult[]) {
  const problems: string[] = [];
  await clients?.close().catch((error: unknown) => problems.push(`the shutdown failed: ${explain(error)}`));
  problems.push(...surroundings.problems());
  const last = results.pop();
  if (last === undefined) return;
  results.push(
    problems.length === 0
      ? last
      : { ...last, verdict: "failed", error: [last.error, ...problems].filter(Boolean).join("; ") },
  );
}

function failedStep({ recorded }: CaseContext, step: Step, error: string): StepResult {
  return {
    name: recorded.name,
    request: describe(step),
    verdict: "failed",
    rules: [],
    mismatches: [],
    error,
    printed: [],
  };
}

function describe(step: Step): string {
  if (!isHttpStep(step)) return `WebSocket ${step.ws.op} ${step.ws.path ?? ""}`.trimEnd();
  const { method, path, query } = step.request;
  return `${method} ${path}${query === undefined ? "" : `?${query}`}`;
}

function explain(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
