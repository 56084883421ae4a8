/** Names and values as tests write them: of queries, forms, headers and cookies. */
import { ApusError } from "../diagnostic/index.ts";

type Pair = readonly [name: string, value: string];

/**
 * Fields of a query or a form: by name, with lists for repeated names, or as pairs. `undefined` leaves a field out, `null`
 * sends it empty.
 */
export type Fields = Readonly<Record<string, unknown>> | Iterable<Pair>;

/** Headers: by name, with lists for repeated ones, as pairs, or as `Headers`. `null` leaves out a header that would be sent. */
export type HeaderFields =
  | Readonly<Record<string, string | readonly string[] | null | undefined>>
  | Iterable<readonly [name: string, value: string]>;

/** @throws ApusError for a value that has no text of its own. */
export function pairsOf(what: string, fields: Fields): [string, string][] {
  const pairs: Iterable<readonly [string, unknown]> = isIterable(fields)
    ? pairsIn(what, fields)
    : Object.entries(fields);
  return [...pairs].flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value])
      .filter((each) => each !== undefined)
      .map((each): [string, string] => [name, textOf(`${what}: "${name}"`, each)]),
  );
}

/** Header lines, names in lower case, and the names that are left out. */
export function linesOf(what: string, headers: HeaderFields): { lines: [string, string][]; without: string[] } {
  const lines: [string, string][] = [];
  const without: string[] = [];
  const pairs = isIterable(headers) ? pairsIn(what, headers) : Object.entries(headers);
  for (const [given, value] of pairs) {
    const name = given.toLowerCase();
    if (value === null) without.push(name);
    else if (value !== undefined) {
      for (const each of typeof value === "string" ? [value] : [value].flat()) lines.push([name, each as string]);
    }
  }
  return { lines, without };
}

/** A list of texts is iterable as well, and what begins each of them is no name. */
function pairsIn(what: string, pairs: Iterable<unknown>): [string, unknown][] {
  const list = typeof pairs === "string" ? [pairs] : [...pairs];
  if (list.every((each) => Array.isArray(each) && each.length === 2 && typeof each[0] === "string")) {
    return list as [string, unknown][];
  }
  throw new ApusError(`APUS_TEST_REQUEST: ${what} is a list of something else than pairs: [["name", "value"]].`);
}

function textOf(what: string, value: unknown): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" || typeof value === "function" || typeof value === "symbol") {
    throw new ApusError(`APUS_TEST_REQUEST: ${what} is no text, number, boolean or list of such.`);
  }
  return String(value);
}

function isIterable<T>(value: object): value is Iterable<T> {
  return Symbol.iterator in value;
}
