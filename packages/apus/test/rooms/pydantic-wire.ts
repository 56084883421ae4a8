/**
 * What pydantic 2.13 said to texts and numbers that are decimals, base64, addresses, JSON, URLs and mail addresses, or nearly
 * so. Recorded by random generation; each row ends with the answer: a text, or which refusal it was.
 */
import { readFileSync } from "node:fs";
import { Refusal } from "../../src/wire/index.ts";

type Told = readonly [type: string, msg: string, ctx?: Readonly<Record<string, unknown>>];

/** A row: the input, what goes with it, and the answer. */
export type Row = readonly unknown[];

interface Table {
  readonly refusals: readonly Told[];
  readonly decimal: readonly Row[];
  readonly base64: readonly Row[];
  readonly ip: readonly Row[];
  readonly json: readonly Row[];
  readonly url: readonly Row[];
  readonly email: readonly Row[];
}

export const table = JSON.parse(readFileSync(new URL("pydantic-wire.json", import.meta.url), "utf8")) as Table;

/** The rows of a kind whose answer is another than `answer` gives: none. */
export function differing(rows: readonly Row[], answer: (...given: never[]) => unknown): unknown[] {
  return rows.flatMap((row) => {
    const told = row.at(-1);
    const expected = typeof told === "number" ? table.refusals[told] : told;
    const found = toldOf(answer(...(row.slice(0, -1) as never[])));
    return JSON.stringify(found) === JSON.stringify(expected) ? [] : [[row, found]];
  });
}

function toldOf(found: unknown): unknown {
  if (!(found instanceof Refusal)) return found;
  const { type, msg, ctx } = found;
  return ctx === undefined ? [type, msg] : [type, msg, ctx];
}
