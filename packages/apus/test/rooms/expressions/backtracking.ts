/**
 * Finds regular expressions whose matching takes time that grows faster than the text: two ways through the expression that
 * consume the same text again and again, so that a backtracking engine tries all their combinations when the rest fails.
 */
import { automatonOf, type Automaton } from "./expression-automaton.ts";

/** Where the text can be divided between two loops in as many ways as it has characters, or undefined where it cannot. */
export function slowness(expression: RegExp): string | undefined {
  return slownessOf(expression.source, expression.flags);
}

function slownessOf(source: string, flags: string): string | undefined {
  const automaton = automatonOf(source, flags);
  for (const inner of automaton.lookArounds) {
    const found = slownessOf(`^(?:${inner})`, flags);
    if (found !== undefined) return found;
  }
  // What follows the last state that takes part decides whether matching can fail after all: `\d+` never does, `\d+$` does.
  const mustEnd = automaton.lookArounds.length > 0 || /\$|\\[bB]/.test(source);
  const loops = withStart(automaton, flags.includes("y"));
  for (const [one, from] of loops.entries()) {
    if (!from.next.has(one) && !reaches(loops, one, one)) continue;
    for (const [two, to] of loops.entries()) {
      if (two === one ? !hasTwoWaysBack(loops, one) : !sharesALoop(loops, one, two)) continue;
      if (to.ends && !mustEnd) continue;
      return `${describe(from.takes)} and ${describe(to.takes)} can take the same text`;
    }
  }
  return undefined;
}

type States = Automaton["states"];

/** An expression that is searched for begins with a loop over anything: the places where it was tried before. */
function withStart(automaton: Automaton, sticky: boolean): States {
  if (automaton.anchored || sticky) return automaton.states;
  const all = new Set(automaton.states.flatMap((state) => [...state.takes]));
  const start = automaton.states.length;
  return [
    ...automaton.states,
    { takes: all, next: new Map([start, ...automaton.first].map((each) => [each, 1])), ends: false },
  ];
}

function reaches(states: States, from: number, to: number): boolean {
  const seen = new Set<number>();
  const open = [...states[from]!.next.keys()];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...states[next]!.next.keys());
  }
  return false;
}

const overlap = (states: States, ...all: number[]): boolean => {
  const [first, ...others] = all.map((each) => states[each]!.takes);
  for (const char of first!) if (others.every((takes) => takes.has(char))) return true;
  return false;
};

/** Whether several walkers, each taking the same characters, can go from their starts to their ends. */
function walk(states: States, starts: readonly number[], isEnd: (at: readonly number[]) => boolean): boolean {
  const seen = new Set<string>();
  const open: (readonly number[])[] = [starts];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const steps = at.map((each) => [...states[each]!.next.keys()]);
    for (const next of combinations(steps)) {
      if (!overlap(states, ...next)) continue;
      if (isEnd(next)) return true;
      const key = next.join(" ");
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(next);
    }
  }
  return false;
}

function combinations(all: readonly (readonly number[])[]): number[][] {
  let made: number[][] = [[]];
  for (const each of all) made = made.flatMap((some) => each.map((one) => [...some, one]));
  return made;
}

/** Exponential: from a state back to itself by two different ways over the same text. */
function hasTwoWaysBack(states: States, state: number): boolean {
  const seen = new Set<string>();
  const open: (readonly [number, number, boolean])[] = [[state, state, false]];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [one, two, apart] = at;
    for (const [left, ways] of states[one]!.next) {
      for (const right of states[two]!.next.keys()) {
        if (!overlap(states, left, right)) continue;
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

/** Polynomial: a text that leads from `one` back to `one`, from `one` to `two`, and from `two` back to `two`. */
function sharesALoop(states: States, one: number, two: number): boolean {
  if (!reaches(states, two, two) || !reaches(states, one, two)) return false;
  return walk(states, [one, one, two], (at) => at[0] === one && at[1] === two && at[2] === two);
}

function describe(takes: ReadonlySet<string>): string {
  const shown = [...takes].filter((char) => char > " ").slice(0, 6);
  return `[${shown.join("")}${takes.size > shown.length ? "…" : ""}]`;
}
