/**
 * Finds regular expressions that a backtracking engine can take forever over: from some place in them back to it there are two
 * ways over the same text, so that each further round doubles the ways to be tried where the rest does not match.
 */
import { automatonOf, type Automaton, type State } from "./expression-automaton.ts";
import { reached } from "../reached.ts";
import { checksOf, isZod, type ZodSchema } from "../zod.ts";
import type { AnySchema } from "../types.ts";

/** What is larger is not looked at: it would take longer than a start should. */
const mostStates = 200;
const mostSteps = 20_000;

type States = readonly State[];

/** The expressions among a schema's own that can take forever: those of `.regex()`. */
export function slowPatternsIn(schema: AnySchema): RegExp[] {
  if (!isZod(schema)) return [];
  const patterns = [...reached(schema).keys()].flatMap((part) => patternsOf(part));
  return [...new Set(patterns)].filter(isSlow);
}

function patternsOf(schema: ZodSchema): RegExp[] {
  return checksOf(schema).flatMap(({ _zod: { def } }) =>
    def.check === "string_format" && def.format === "regex" && def.pattern !== undefined ? [def.pattern] : [],
  );
}

/** Whether an expression can take forever. Of one that is too large nothing is known, and false is said. */
export function isSlow({ source, flags }: RegExp): boolean {
  try {
    return isExponential(automatonOf(source, flags, mostStates), flags, /\$|\\[bB]/.test(source));
  } catch {
    return false; // an expression that is not understood, or too large
  }
}

/** @param mustEnd Whether what matched so far can still turn out not to match: `(a+)+` never fails, `(a+)+$` does. */
function isExponential({ states, lookArounds }: Automaton, flags: string, mustEnd: boolean): boolean {
  const inner = lookArounds.map((each) => automatonOf(each, flags, mostStates));
  if (inner.some((each) => isExponential(each, flags, true))) return true;
  const decides = mustEnd || inner.length > 0;
  const budget = { steps: mostSteps };
  // States are numbered from left to right, so that only a repetition leads back, to all that lies between.
  const loops = states.flatMap(({ next }, from) => [...next.keys()].filter((to) => to <= from).map((to) => [to, from]));
  return [...states.keys()].some((each) => {
    const canFail = decides || !states[each]!.ends;
    const inLoop = loops.some(([start, end]) => start! <= each && each <= end!);
    return canFail && inLoop && hasTwoWaysBack(states, each, budget);
  });
}

/** Whether two different ways lead from a state back to itself over the same text. */
export function hasTwoWaysBack(states: States, state: number, budget: { steps: number }): boolean {
  const seen = new Set<string>();
  const open: (readonly [number, number, boolean])[] = [[state, state, false]];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [one, two, apart] = at;
    for (const [left, ways] of states[one]!.next) {
      for (const right of states[two]!.next.keys()) {
        if (budget.steps-- <= 0) return false;
        if (!overlap(states[left]!.takes, states[right]!.takes)) continue;
        const differ = apart || left !== right || (one === two && ways > 1);
        if (differ && left === state && right === state) return true;
        const key = `${left} ${right} ${differ}`;
        if (seen.has(key)) continue;
        seen.add(key);
        open.push([left, right, differ]);
      }
    }
  }
  return false;
}

/** Whether one character can be taken by both. */
function overlap(one: ReadonlySet<string>, two: ReadonlySet<string>): boolean {
  if (one === two) return one.size > 0;
  for (const char of one) if (two.has(char)) return true;
  return false;
}
