/** Header lines of an answer against a list of pairs, and what may be a header at all against RFC 9110, section 5. */
import { ApusError } from "apus";
import { HeaderList } from "../../../src/exchange/header-list.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";
import { isTokenByRule } from "../unicode.ts";

interface Change {
  readonly what: "set" | "append" | "delete" | "vary";
  readonly name: string;
  readonly value: string;
}

interface Told {
  readonly refused: readonly boolean[];
  readonly pairs: readonly string[];
  readonly read: readonly (string | null)[];
}

const names = ["a", "A", "vary", "Vary", "set-cookie", "x-b", "content-type", "__proto__"];
const values = ["", "1", "a, b", "*", "Origin", "origin", "a\r\nx: y", "\u00e9", " a ", "a\tb", "\u20ac"];
const tokens = ["a", "-", ",", " ", ":", "\r", "\n", "\0", "*", "\u00ff", "\u0100"];

function change(random: Random): Change {
  return {
    what: random.pick(["set", "append", "delete", "vary"]),
    name: random.oneIn(5) ? random.written(names, tokens, true) : random.pick(names),
    value: random.oneIn(3) ? random.written(values, tokens, true) : random.pick(values),
  };
}

const isValue = (text: string): boolean =>
  [...text].every((char) => char === "\t" || (char >= " " && char <= "~") || (char >= "\u0080" && char <= "\u00ff"));

/** The same changes to a list of pairs, one after the other. */
function byRule(changes: readonly Change[]): { refused: boolean[]; pairs: [string, string][] } {
  let pairs: [string, string][] = [];
  const refused = changes.map(({ what, name, value }) => {
    const key = name.toLowerCase();
    const lines = pairs.filter(([each]) => each === key);
    if (what === "delete") {
      pairs = pairs.filter(([each]) => each !== key);
      return false;
    }
    if (what === "vary") {
      const line = pairs.filter(([each]) => each === "vary").map(([, each]) => each).join(", "); // prettier-ignore
      const there = line.split(",").map((each) => each.trim().toLowerCase());
      if (there.includes("*") || there.includes(key)) return false;
      if (!isValue(name)) return true;
      const had = pairs.some(([each]) => each === "vary");
      pairs = [...pairs.filter(([each]) => each !== "vary"), ["vary", had ? `${line}, ${name}` : name]];
      return false;
    }
    if (!isTokenByRule(name) || !isValue(value)) return true;
    pairs =
      what === "set" ? [...pairs.filter((each) => !lines.includes(each)), [key, value]] : [...pairs, [key, value]];
    return false;
  });
  return { refused, pairs };
}

export const headers: Target<Change[], Told> = {
  name: "headers",
  make: (random) => random.list(8, () => change(random)),
  read(changes) {
    const list = new HeaderList();
    const refused = changes.map(({ what, name, value }) => {
      try {
        if (what === "delete") list.delete(name);
        else if (what === "vary") list.vary(name);
        else list[what](name, value);
        return false;
      } catch (error) {
        if (error instanceof ApusError) return true;
        throw error;
      }
    });
    return { refused, pairs: list.pairs, read: changes.map(({ name }) => list.get(name)) };
  },
  judge(changes, told) {
    const { refused, pairs } = byRule(changes);
    same("what is refused", told.refused, refused);
    same("the lines", told.pairs, pairs.flat());
    const read = changes.map(({ name }) => {
      const lines = pairs.filter(([each]) => each === name.toLowerCase()).map(([, value]) => value);
      return lines.length === 0 ? null : lines.join(", ");
    });
    same("what is read", told.read, read);
    // The platform takes each of them, and makes no second line of any.
    const platform = new Headers();
    for (const [name, value] of pairs) platform.append(name, value);
    for (const [name] of platform)
      holds(
        `the platform has a header ${name}`,
        pairs.some(([each]) => each === name),
      );
  },
};
