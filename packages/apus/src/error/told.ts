/**
 * What a 422 tells of the problems that were found: the first of them, and no more text than a request may have. One long
 * key or value would otherwise come back once for every problem inside it.
 */
import { jsonForm, type Problem } from "../schema/index.ts";

/** A list of a million wrong items is told by its first problems. */
const mostProblems = 1000;
/** In characters, all problems together: as much as the default limit of a body. */
const mostText = 1024 * 1024;
/** What a problem weighs besides its texts. */
const overhead = 64;

/** @throws EncodeError for an input that is nested too deeply to be echoed. */
export function told(problems: readonly Problem[]): Problem[] {
  const found: Problem[] = [];
  let left = mostText;
  let echoing = true;
  for (const problem of problems.slice(0, mostProblems)) {
    left -= overhead + weigh([problem.loc, problem.msg, problem.ctx], mostText);
    if (left < 0 && found.length > 0) break;
    const weight = echoing ? weigh(problem.input, left) : 0;
    // One that does not fit ends the echoing: weighing the others would take as long as writing them.
    if (weight > left) echoing = false;
    else left -= weight;
    found.push({ ...problem, input: echoing ? echo(jsonForm(problem.input, "echo")) : null });
  }
  return found;
}

/** About how many characters a value is as JSON; counting ends beyond `most`. */
function weigh(value: unknown, most: number): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 8;
  let weight = 2;
  for (const key of Object.keys(value)) {
    weight +=
      (Array.isArray(value) ? 1 : key.length + 4) + weigh((value as Record<string, unknown>)[key], most - weight);
    if (weight > most) break;
  }
  return weight;
}

/** What stands for an input; `jsonForm` has seen to it that nothing is nested without end. */
function echo(input: unknown): unknown {
  if (input === undefined) return null;
  if (typeof input === "number" && !Number.isFinite(input)) return String(input);
  if (Array.isArray(input)) return input.map(echo);
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(Object.entries(input).map(([key, each]) => [key, echo(each)]));
}
