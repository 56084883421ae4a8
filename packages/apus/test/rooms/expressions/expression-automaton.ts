/**
 * Turns a regular expression into the automaton that a backtracking engine walks: one state per character it can consume,
 * with the characters told by samples. Look-arounds are left out of the walk and kept aside as expressions of their own.
 */

export interface State {
  /** Which of the samples it consumes. */
  readonly takes: ReadonlySet<string>;
  /** The states that may follow, and whether the expression can end here. */
  readonly next: Set<number>;
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

export function automatonOf(source: string, flags: string): Automaton {
  const states: State[] = [];
  const lookArounds: string[] = [];
  let at = 0;
  const whole = alternatives();
  if (at < source.length) throw new Error(`not understood at ${at}: ${source}`);
  for (const state of whole.last) states[state]!.ends = true;
  return { states, first: whole.first, anchored: /^\^(?![^(]*\|)/.test(source), lookArounds };

  function alternatives(): Part {
    let part = sequence();
    while (source[at] === "|") {
      at++;
      part = either(part, sequence());
    }
    return part;
  }

  function sequence(): Part {
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
    const max = sign === "?" ? 1 : sign !== undefined || (comma !== "" && most === "") ? Infinity : Number(most || least);
    let made = nothing;
    for (let copy = 0; copy < Math.min(Math.max(min, max === Infinity ? 1 : max), mostCopies); copy++) {
      at = start;
      const each = copy === 0 ? part : atom();
      if (at !== end && copy > 0) throw new Error(`a repetition is read differently: ${source}`);
      made = joined(made, copy < min ? each : { ...each, empty: true });
      if (max === Infinity && copy >= min - 1) {
        for (const last of each.last) for (const first of each.first) states[last]!.next.add(first);
      }
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
      const part = alternatives();
      if (source[at] !== ")") throw new Error(`a group does not end: ${source}`);
      at++;
      if (group[1] === undefined) return part;
      states.length = before;
      lookArounds.push(source.slice(start, at - 1));
      return nothing;
    }
    const found =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\[bB]|\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\[pP]\{\w+=?\w*\}|\\c[A-Za-z]|\\[^1-9]|[^\\])/su.exec(
        source.slice(at),
      );
    if (found === null) throw new Error(`not understood at ${at}: ${source}`);
    at += found[0].length;
    if (/^(?:[$^]|\\[bB])$/.test(found[0])) return nothing;
    const one = new RegExp(`^(?:${found[0]})$`, flags.replace(/[gym]/g, ""));
    const state = states.push({ takes: new Set(samples.filter((each) => one.test(each))), next: new Set(), ends: false });
    return { first: new Set([state - 1]), last: new Set([state - 1]), empty: false };
  }

  function joined(one: Part, two: Part): Part {
    for (const last of one.last) for (const first of two.first) states[last]!.next.add(first);
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
