/**
 * Remembers what parts of a value gave while alternatives are tried. All members of a union read the same value: in a schema
 * that holds itself each part would be read once for every way through the members around it, 2^depth times.
 */
import { conversions, rewind } from "../conversion.ts";
import { mostProblems, type Problem } from "../problem.ts";
import type { Read } from "../read.ts";

interface Attempt {
  readonly found: unknown;
  readonly conversions: number;
  readonly problems: readonly Problem[];
  /** How many steps the place of the first problem had then: those who read around it add theirs, to all of them alike. */
  readonly steps: number;
}

// Reading is synchronous: one state serves all.
let isGoingOn = false;
const remembered = new Set<Map<object, Attempt>>();

/**
 * A reader that reads no object twice for the alternatives of one outermost reading. What it found the first time is then
 * found again: the same value, or the same problems as far as they will be told.
 */
export function remembering(read: Read): Read {
  const attempts = new Map<object, Attempt>();
  return (value, problems) => {
    if (typeof value !== "object" || value === null) return read(value, problems);
    if (!isGoingOn) return outermost(read, value, problems);
    // What holds no parts is as quickly read again, and there may be very many of them.
    if (!holdsObjects(value)) return read(value, problems);
    const known = attempts.get(value);
    if (known !== undefined) return again(known, problems);
    const before = problems.length;
    const start = conversions();
    const found = read(value, problems);
    attempts.set(value, {
      found,
      conversions: conversions() - start,
      problems: problems.length > before ? problems.slice(before, before + mostProblems) : none,
      steps: problems[before]?.loc.length ?? 0,
    });
    remembered.add(attempts);
    return found;
  };
}

const none: readonly Problem[] = [];

function holdsObjects(value: object): boolean {
  if (Array.isArray(value)) return value.some(isObject);
  // A Set, a Map and an instance may hold them where nobody sees it.
  if (Object.getPrototypeOf(value) !== Object.prototype) return true;
  for (const key in value) if (isObject((value as Record<string, unknown>)[key])) return true;
  return false;
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

function outermost(read: Read, value: unknown, problems: Problem[]): unknown {
  isGoingOn = true;
  try {
    return read(value, problems);
  } finally {
    isGoingOn = false;
    for (const attempts of remembered) attempts.clear();
    remembered.clear();
  }
}

function again(attempt: Attempt, problems: Problem[]): unknown {
  rewind(conversions() + attempt.conversions);
  const added = (attempt.problems[0]?.loc.length ?? 0) - attempt.steps;
  for (const problem of attempt.problems) {
    problems.push({ ...problem, loc: problem.loc.slice(0, problem.loc.length - added) });
    // Beyond what will be told, one says that there is something.
    if (problems.length >= mostProblems) break;
  }
  return attempt.found;
}
