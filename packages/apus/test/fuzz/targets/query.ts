/** The query string against the rules of WHATWG URL, section 5.1, spelled out, and against the platform's URLSearchParams. */
import { allOf, lastOf, parseQuery, type Pairs } from "../../../src/exchange/query.ts";
import type { Random } from "../random.ts";
import { same, type Target } from "../target.ts";
import { decodeUtf8, percentDecoded, utf8, wellFormed } from "../unicode.ts";

const examples = [
  "",
  "q=1",
  "q=1&q=2&r=",
  "a+b=c+d",
  "a=%C3%A9&b=%F0%9F%98%80",
  "a=%ff%fe&b=%c3",
  "a;b=c;d",
  "=v&&=&k",
  "?a=1",
  "%61%3D=%26",
  "a=b=c",
  "__proto__=1&constructor=2",
  "filter[a][b]=1&list[]=1&list[]=2",
  "a=%00%0d%0a",
  "%EF%BB%BFa=%EF%BB%BF",
  "q=%u0041",
];
const tokens = [
  "&",
  "=",
  "+",
  ";",
  "%",
  "%41",
  "%2B",
  "%26",
  "%3D",
  "%C3",
  "%A9",
  "%E2%82%AC",
  "%ED%A0%80",
  "%F4%90",
  "a",
  "q=",
  "&q=",
];

/** A query or an urlencoded form. */
export const queryText = (random: Random): string => wellFormed(random.written(examples, tokens, true));

export function pairsByRule(raw: string): string[] {
  return raw
    .split("&")
    .filter((pair) => pair !== "")
    .flatMap((pair) => {
      const equals = pair.includes("=") ? pair.indexOf("=") : pair.length;
      return [pair.slice(0, equals), pair.slice(equals + 1)].map((part) =>
        decodeUtf8(percentDecoded(part.replaceAll("+", " "), utf8)),
      );
    });
}

export const query: Target<string, Pairs> = {
  name: "query",
  make: queryText,
  read: parseQuery,
  judge(raw, pairs) {
    same("the pairs", pairs, pairsByRule(raw));
    // The "&" keeps a "?" at the beginning from being taken off, and Node takes other characters beside escapes for bytes.
    const platform = new URLSearchParams(`&${raw.replaceAll(/[^\0-\x7f]/gu, encodeURIComponent)}`);
    same("the pairs, by the platform", pairs, [...platform].flat());
    for (const name of new Set(platform.keys())) {
      same(`all of ${name}`, allOf(pairs, name), platform.getAll(name));
      same(`the last of ${name}`, lastOf(pairs, name), platform.getAll(name).at(-1));
    }
    same("a name that is not there", lastOf(pairs, "absent in all of them"), undefined);
  },
  series: [
    (size) => "&".repeat(size),
    (size) => "a&".repeat(size / 2),
    (size) => "a=&".repeat(size / 3),
    (size) => "%".repeat(size),
    (size) => "%ff".repeat(size / 3),
    (size) => `a=${"+%".repeat(size / 2)}`,
    (size) => "=".repeat(size),
  ],
};
