/**
 * Turns a regular expression into the automaton that a backtracking engine walks: one state per character it can consume,
 * with the characters told by samples. Look-arounds are left out of the walk and kept aside as expressions of their own.
 */

export interface State {
  /** Which of the samples it consumes. */
  readonly takes: ReadonlySet<string>;
  /** The states that may follow, each with the number of ways to get there. */
  readonly next: Map<number, number>;
  /** Whether the expression can end here. */
  ends: boolean;
}

export interface Automaton {
  readonly states: readonly State[];
  readonly first: ReadonlySet<number>;
  /** Whether it matches only from the beginning of the text; otherwise the engine tries every place. */
  readonly anchored: boolean;
  readonly lookArounds: readonly string[];
}

/** One character of each kind that expressions tell apart. */
const samples = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ..."\u0085\u00a0\u00ad\u00e9\u034f\u0661\u2028\u200b\u3002\ufeff\uff11\u4e2d",
  "\ud800",
  "\u{1f600}",
  "\u{10ffff}",
];

/** How often a counted repetition is written out; more of the same adds no new kind of way through it. */
const mostCopies = 24;

/** A part of an expression: where it can begin and end, and whether it can match nothing. */
interface Part {
  readonly first: ReadonlySet<number>;
  readonly last: ReadonlySet<number>;
  readonly empty: boolean;
}

const nothing: Part = { first: new Set(), last: new Set(), empty: true };

/**
 * @param mostStates A larger automaton is given up.
 * @throws Error for a larger one, and for what it does not understand: back references, and classes within classes.
 */
export function automatonOf(source: string, flags: string, mostStates: number): Automaton {
  const states: State[] = [];
  const taken = new Map<string, ReadonlySet<string>>();
  const lookArounds: string[] = [];
  let at = 0;
  let depth = 0;
  let anchored = true;
  if (flags.includes("v")) throw new Error(`not understood with the flag v: ${source}`);
  const whole = alternatives();
  if (at < source.length) throw new Error(`not understood at ${at}: ${source}`);
  for (const state of whole.last) states[state]!.ends = true;
  return { states, first: whole.first, anchored, lookArounds };

  function alternatives(): Part {
    let part = sequence();
    while (source[at] === "|") {
      at++;
      part = either(part, sequence());
    }
    return part;
  }

  function sequence(): Part {
    if (depth === 0 && source[at] !== "^") anchored = false;
    let part = nothing;
    while (at < source.length && source[at] !== "|" && source[at] !== ")") part = joined(part, repeated());
    return part;
  }

  function repeated(): Part {
    const start = at;
    const part = atom();
    const end = at;
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at));
    if (found === null) return part;
    at += found[0].length;
    const after = at;
    const [, sign, least = "0", comma = "", most = ""] = found;
    const min = sign === "+" ? 1 : Number(least);
    const max =
      sign === "?" ? 1 : sign !== undefined || (comma !== "" && most === "") ? Infinity : Number(most || least);
    const copies = [part];
    while (copies.length < Math.min(Math.max(min, max === Infinity ? 1 : max), mostCopies)) {
      at = start;
      copies.push(atom());
      if (at !== end) throw new Error(`a repetition is read differently: ${source}`);
    }
    if (max === Infinity) {
      const { first, last } = copies.at(-1)!;
      for (const from of last) for (const to of first) connect(from, to);
    }
    // `x{1,3}` is `x(?:x(?:x)?)?`: a copy is only reached through those before it.
    let made = nothing;
    for (const [index, copy] of [...copies.entries()].reverse()) {
      made = joined(copy, made);
      if (index >= min) made = { ...made, empty: true };
    }
    at = after;
    return made;
  }

  function atom(): Part {
    const group = /^\((?:\?(?:(<?[=!])|:|<\w+>))?/.exec(source.slice(at));
    if (group !== null) {
      at += group[0].length;
      const start = at;
      const before = states.length;
      depth++;
      const part = alternatives();
      depth--;
      if (source[at] !== ")") throw new Error(`a group does not end: ${source}`);
      at++;
      if (group[1] === undefined) return part;
      states.length = before;
      lookArounds.push(source.slice(start, at - 1));
      return nothing;
    }
    const found =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\[bB]|\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\[pP]\{\w+=?\w*\}|\\c[A-Za-z]|\\[^1-9k]|[^\\])/su.exec(
        source.slice(at),
      );
    if (found === null) throw new Error(`not understood at ${at}: ${source}`);
    at += found[0].length;
    if (/^(?:[$^]|\\[bB])$/.test(found[0])) return nothing;
    if (states.length === mostStates) throw new Error(`too large: ${source}`);
    const state = states.push({ takes: takenBy(found[0]), next: new Map(), ends: false });
    return { first: new Set([state - 1]), last: new Set([state - 1]), empty: false };
  }

  /** Equal parts share their set. */
  function takenBy(part: string): ReadonlySet<string> {
    let takes = taken.get(part);
    if (takes === undefined) {
      const one = new RegExp(`^(?:${part})$`, flags.replace(/[gym]/g, ""));
      taken.set(part, (takes = new Set(samples.filter((each) => one.test(each)))));
    }
    return takes;
  }

  function connect(from: number, to: number): void {
    const { next } = states[from]!;
    next.set(to, (next.get(to) ?? 0) + 1);
  }

  function joined(one: Part, two: Part): Part {
    for (const last of one.last) for (const first of two.first) connect(last, first);
    return {
      first: one.empty ? new Set([...one.first, ...two.first]) : one.first,
      last: two.empty ? new Set([...one.last, ...two.last]) : two.last,
      empty: one.empty && two.empty,
    };
  }
}

const either = (one: Part, two: Part): Part => ({
  first: new Set([...one.first, ...two.first]),
  last: new Set([...one.last, ...two.last]),
  empty: one.empty || two.empty,
});
