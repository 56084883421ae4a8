/**
 * Every regular expression of the package, and every one of zod's formats, takes time that grows no faster than the text. What
 * only ever sees the author's own texts may do as it likes; it is listed here with the reason.
 * Here that means any growth: two ways through an expression that consume the same text, one after the other, are found too.
 */
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript6";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { hasTwoWaysBack } from "./backtracking.ts";
import { automatonOf, type Automaton } from "./expression-automaton.ts";

const root = new URL("../../", import.meta.url);

/** Expressions that can be slow, and why nobody from outside can make them so. */
const excused = new Map([
  [String.raw`/^Cannot find (?:module|package) '(.+?)'.* imported from (.+?)$/m`, "a message of the module loader"],
  [
    String.raw`/^\s+at (?:async )?(?:.* \()?((?:file:\/\/|[A-Za-z]:[\\/]|\/).+?):(\d+):(\d+)\)?$/`,
    "a line of a stack trace, seen by the command line",
  ],
  [String.raw`/\/+$/`, "the addresses of the documentation pages, as the author set them"],
  [String.raw`/([A-Z]+)([A-Z][a-z])/g`, "names of handlers"],
  [String.raw`/0+$/`, "six digits"],
  [String.raw`/^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/`, "a pattern of a schema"],
  [
    String.raw`/^(?:\[(?:\\.|[^\]\\])*\]|\\[bB]|\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\[pP]\{\w+=?\w*\}|\\c[A-Za-z]|\\[^1-9k]|[^\\])/su`,
    "a pattern of a schema",
  ],
]);

interface Found {
  readonly place: string;
  readonly text: string;
}

function expressions(): readonly Found[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /(?<!\.test|\.test-d|\.d)\.ts$/.test(file));
  return files.flatMap((file) => {
    const found: Found[] = [];
    const source = ts.createSourceFile(file, readFileSync(new URL(file, root), "utf8"), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const { line } = source.getLineAndCharacterOfPosition(node.pos);
      if (ts.isRegularExpressionLiteral(node)) found.push({ place: `${file}:${line + 1}`, text: node.text });
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function compiled(text: string): RegExp {
  const end = text.lastIndexOf("/");
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}

/** Where the text can be divided between two loops in as many ways as it has characters, or undefined where it cannot. */
function slowness(expression: RegExp): string | undefined {
  return slownessOf(expression.source, expression.flags);
}

function slownessOf(source: string, flags: string): string | undefined {
  const automaton = automatonOf(source, flags, Infinity);
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
      if (two === one ? !hasTwoWaysBack(loops, one, { steps: Infinity }) : !sharesALoop(loops, one, two)) continue;
      if (to.ends && !mustEnd) continue;
      return `${shown(from.takes)} and ${shown(to.takes)} can take the same text`;
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

/** Polynomial: a text that leads from `one` back to `one`, from `one` to `two`, and from `two` back to `two`. */
function sharesALoop(states: States, one: number, two: number): boolean {
  if (!reaches(states, two, two) || !reaches(states, one, two)) return false;
  return walk(states, [one, one, two], (at) => at[0] === one && at[1] === two && at[2] === two);
}

function shown(takes: ReadonlySet<string>): string {
  const chars = [...takes].filter((char) => char > " ").slice(0, 6);
  return `[${chars.join("")}${takes.size > chars.length ? "…" : ""}]`;
}

describe("the check itself", () => {
  test.each([
    /(a+)+$/,
    /^(a|a)*$/,
    /^a*a*$/,
    /^\d+\.?\d*$/,
    /\s+$/,
    /^(?:a|b|ab)*c$/,
    /x*y/,
    /^(a+)+$/,
    /^(?:a*)*b/,
    /^(?=(?:\w+)+,)/,
    /^[\p{L}]+\w*$/u,
    /^(?:.{2}|.{3})*x/,
  ])("%s is slow", (expression) => expect(slowness(expression)).toBeDefined());

  test.each([
    /\d+/,
    /^\s+/,
    /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/,
    /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/,
    /^(?:a+b)*$/,
    /^(?:ab*)*c$/,
    /^_|__|_$/,
    /^[a-z](?:[a-z-]{0,61}[a-z])?$/,
    /^(?:a|b|c)*d$/,
    /\d+/y,
  ])("%s is not", (expression) => expect(slowness(expression)).toBeUndefined());
});

describe("the package", () => {
  const all = expressions();

  test("its expressions are found", () => expect(all.length).toBeGreaterThan(60));

  test("none is slow that a client can reach", () => {
    const slow = all.flatMap(({ place, text }) => {
      const found = excused.has(text) ? undefined : slowness(compiled(text));
      return found === undefined ? [] : [`${place} ${text}: ${found}`];
    });
    expect(slow).toEqual([]);
  });

  test("nothing is excused that is not there", () => {
    for (const text of excused.keys()) expect(all.some((each) => each.text === text)).toBe(true);
  });
});

test("zod's formats", () => {
  const options = [undefined, {}, 4, { local: true, offset: true }, { precision: 3 }, ":"];
  let count = 0;
  for (const [name, given] of Object.entries(z.regexes) as [string, unknown][]) {
    for (const option of typeof given === "function" ? options : [undefined]) {
      let expression: unknown = given;
      if (typeof given === "function") {
        try {
          expression = (given as (option: unknown) => unknown)(option);
        } catch {
          continue; // not an option of this one
        }
      }
      if (!(expression instanceof RegExp)) continue;
      expect(slowness(expression), `${name} ${expression}`).toBeUndefined();
      count++;
    }
  }
  expect(count).toBeGreaterThan(40);
});
