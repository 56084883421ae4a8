/**
 * JSON bodies: the platform's parser for what is valid, a small automaton for what is not, whose words and positions are those
 * that CPython documents (contract of FastAPI: 0-based, in code points).
 */
import {
  dropPrototypeKeys,
  JsonSyntaxError,
  mayHoldPrototypeKeys,
  parseExactJson,
  parseJson,
} from "../../../src/exchange/json.ts";
import { IntegralFloat } from "../../../src/wire/index.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";
import { wellFormed } from "../unicode.ts";

const examples = [
  '{"a":[1,2.5,-0,1e3,true,false,null],"b":"x\\u00e9\\n"}',
  "[[[[]]]]",
  '{"a":1,}',
  "[1,]",
  '{"a" 1}',
  '{"a":01}',
  "nul",
  '{"a":"x',
  '{"a":"\\q"}',
  '{"a":"\\u12"}',
  "NaN",
  "[Infinity,-Infinity]",
  "   ",
  "",
  '{"__proto__":{"a":1},"a":2}',
  '{"\\u005f_proto__":1}',
  '{"a":1,"a":2}',
  "12345678901234567890",
  "1.0",
  "1e400",
  "[1.0,1E2,9007199254740993]",
  '"\\ud83d\\ude00\\ud800"',
  '"\u{1f600}" x',
  "\ufeff1",
  "-",
  "1.",
  "[1 2]",
  '"\u2028"',
  '{"constructor":{"prototype":{"a":1}}}',
];
const tokens = ["{", "}", "[", "]", ",", ":", '"', '"a"', "\\", "\\u", "\\u00e9", "\\ud800", "1", "-", ".", "e", "0", "true", "null", "NaN", "Infinity", "-Infinity", " ", "\n", "\t", "__proto__", '{"a":', "1.0", "\u{1f600}"]; // prettier-ignore

function valueText(random: Random, depth: number): string {
  switch (depth <= 0 ? random.int(5) : random.int(8)) {
    case 0:
      return random.pick(["null", "true", "false", "NaN", "-Infinity"]);
    case 1:
      return random.pick(["0", "-0", "1.0", "1e2", "0.1", "123456789012345678901", "-1E-5", "9007199254740993"]);
    case 2:
      return String(random.int(1000));
    case 3:
    case 4:
      return wellFormed(JSON.stringify(random.oneIn(2) ? random.latin1(6) : random.snag(true)));
    case 5:
    case 6:
      return `[${random.list(3, () => valueText(random, depth - 1)).join(",")}]`;
    default:
      return `{${random.list(3, () => `"${random.pick(["a", "b", "__proto__", "\\u005f_proto__", "1"])}": ${valueText(random, depth - 1)}`).join(",")}}`;
  }
}

type Read = { value: unknown; exact: unknown } | { error: [message: string, position: number] | "depth" };

function reading(text: string): Read {
  try {
    return { value: parseJson(text), exact: plainly(parseExactJson(text)) };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { error: [error.message, error.position] };
    if (error instanceof RangeError) return { error: "depth" };
    throw error;
  }
}

/** Exact numbers as plain ones. */
function plainly(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof IntegralFloat) return value.value;
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== "object" || value === null) return value;
  const found = {};
  for (const [key, each] of Object.entries(value)) {
    Object.defineProperty(found, key, { value: plainly(each), enumerable: true, configurable: true, writable: true });
  }
  return found;
}

type State = "value" | "value or ]" | "key" | "key or }" | ":" | ", or ]" | ", or }" | "end";
const complaints: Record<State, string> = {
  value: "Expecting value",
  "value or ]": "Expecting value",
  key: "Expecting property name enclosed in double quotes",
  "key or }": "Expecting property name enclosed in double quotes",
  ":": "Expecting ':' delimiter",
  ", or ]": "Expecting ',' delimiter",
  ", or }": "Expecting ',' delimiter",
  end: "Extra data",
};
const scalars = /true|false|null|NaN|Infinity|-Infinity|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;

/** The text as strict JSON, or what CPython complains of, at which UTF-16 position. */
function strictly(text: string): { strict: string } | { error: [string, number] | "depth" } {
  const open: ("]" | "}")[] = [];
  let strict = "";
  let state: State = "value";
  const after = (): State => (open.length === 0 ? "end" : open.at(-1) === "]" ? ", or ]" : ", or }");
  for (let at = 0; ;) {
    while (at < text.length && [" ", "\t", "\n", "\r"].includes(text[at]!)) at++;
    const char = text[at] ?? "";
    if (char === "" && state === "end") return { strict };
    const wantsValue: boolean = state === "value" || state === "value or ]";
    if (wantsValue && (char === "[" || char === "{")) {
      open.push(char === "[" ? "]" : "}");
      if (open.length > 1000) return { error: "depth" };
      state = char === "[" ? "value or ]" : "key or }";
      strict += char;
      at++;
    } else if (char !== "" && char === open.at(-1) && state.endsWith(char)) {
      open.pop();
      state = after();
      strict += char;
      at++;
    } else if (char === '"' && (wantsValue || state.startsWith("key"))) {
      const end = stringEnd(text, at);
      if (typeof end !== "number") return { error: end };
      strict += text.slice(at, end);
      at = end;
      state = wantsValue ? after() : ":";
    } else if (wantsValue) {
      scalars.lastIndex = at;
      const found = scalars.exec(text)?.[0];
      if (found === undefined) return { error: [complaints[state], at] };
      strict += /[NI]/.test(found) ? "null" : found;
      at += found.length;
      state = after();
    } else if (char === ":" && state === ":") {
      state = "value";
      strict += char;
      at++;
    } else if (char === "," && state.startsWith(",")) {
      state = state === ", or ]" ? "value" : "key";
      strict += char;
      at++;
    } else return { error: [complaints[state], at] };
  }
}

function stringEnd(text: string, start: number): number | [string, number] {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') return at + 1;
    if (text[at]! < " ") return ["Invalid control character at", at];
    if (text[at] !== "\\") continue;
    if (at + 1 === text.length) break;
    if (text[at + 1] === "u") {
      if (!/^[0-9a-fA-F]{4}[^]/.test(text.slice(at + 2))) return ["Invalid \\uXXXX escape", at + 1];
      at += 5;
    } else if ('"\\/bfnrt'.includes(text[at + 1]!)) at++;
    else return ["Invalid \\escape", at];
  }
  return ["Unterminated string starting at", start];
}

export const json: Target<string, Read> = {
  name: "json",
  make(random) {
    const kind = random.int(6);
    if (kind < 2) return valueText(random, 3);
    if (kind === 2) return wellFormed(random.mutated(valueText(random, 3), tokens, true));
    if (kind === 3 && random.oneIn(200)) return "[".repeat(990 + random.int(20)) + "]".repeat(random.int(1010));
    return wellFormed(random.written(examples, tokens, true));
  },
  read: reading,
  judge(text, found) {
    const expected = strictly(text);
    if ("error" in expected) {
      const error =
        expected.error === "depth" ? "depth" : [expected.error[0], Array.from(text.slice(0, expected.error[1])).length];
      return same("the error", "error" in found ? found.error : "none", error);
    }
    if ("error" in found) throw new Error(`valid JSON is refused: ${JSON.stringify(found.error)}`);
    same("the value", found.value, JSON.parse(expected.strict));
    same("the value with exact numbers", found.exact, JSON.parse(expected.strict));
    const hasKey =
      /"(?:_|\\u005[fF]){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006[fF])(?:t|\\u0074)(?:o|\\u006[fF])(?:_|\\u005[fF]){2}"\s*:/.test(
        text,
      );
    holds("a key __proto__ is overlooked", mayHoldPrototypeKeys(text) || !hasKey);
    dropPrototypeKeys(found.value);
    JSON.stringify(found.value, (key, each: unknown) => (holds("a key __proto__ is left", key !== "__proto__"), each));
  },
  series: [
    (size) => `[${"1,".repeat(size / 2)}1]`,
    (size) => `[${"1,".repeat(size / 2)}]`,
    (size) => "[".repeat(size),
    (size) => '{"a":'.repeat(size / 5),
    (size) => `"${"\\".repeat(size)}"`,
    (size) => `["${"\\\\".repeat(size / 2)}"]`,
    (size) => `"${"\\u0041".repeat(size / 6)}`,
    (size) => `{${'"a":1,'.repeat(size / 6)}"b":NaN}`,
    (size) => `[${`"${'\\"'.repeat(4)}",`.repeat(size / 11)}NaN]`,
    (size) => `[${"1.0,".repeat(size / 4)}1]`,
    (size) => `${" ".repeat(size)}x`,
    (size) => `"${"\u{1f600}".repeat(size / 2)}" x`,
  ],
};
