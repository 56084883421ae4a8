/**
 * Single values as text, as they stand in paths, queries, headers, cookies and forms: whole numbers, numbers, truth values,
 * UUIDs and addresses, by patterns made of the contract's tables.
 */
import { isIP } from "node:net";
import { types } from "apus/types";
import { z } from "zod";
import { compileReader, INVALID, type Problem } from "../../../src/schema/index.ts";
import type { Random } from "../random.ts";
import { same, type Target } from "../target.ts";

const schemas = {
  int: z.int(),
  number: z.number(),
  boolean: z.boolean(),
  uuid: z.uuid(),
  bigint: types.bigint(),
  ip: types.ip(),
  digits: z.enum({ zero: 0, one: 1, ten: 10 }),
  choice: z.enum(["a", "1", "__proto__"]),
  literal: z.literal([1, "1", true]),
};
type Name = keyof typeof schemas;
const names = Object.keys(schemas) as Name[];
const readers = names.map((name) => compileReader(schemas[name]));

type Outcome = { readonly value: string } | { readonly type: string };

const examples = ["1", "-1", "+5", " 7 ", "1_000", "1__0", "_1", "1.0", "1.00", "1.5", "1e3", ".5", "5.", "0x10", "inf", "-Infinity", "nan", "9007199254740993", "true", "False", "YES", "on", "t", " true", "", "0", "-0", "00012", "\u0661", "a", "__proto__", "12345678-1234-1234-8234-123456789abc", "{12345678-1234-1234-9234-123456789ABC}", "urn:uuid:12345678-1234-1234-9234-123456789abc", "12345678123412348234123456789abc", "127.0.0.1", "::1", "::ffff:1.2.3.4", "1.2.3", "fe80::1%1"]; // prettier-ignore
const tokens = ["0", "1", "9", "-", "+", "_", ".", ".0", "e", " ", "\t", "inf", "true", "y", "n", ":", "::", "ffff", "{", "}", "urn:uuid:", "1234", "12345678", "-1234", "-8234", "255", "256", "01", "\u00a0", "\u0085", "\ufeff"]; // prettier-ignore

/** What Rust trims: Unicode's White_Space. */
const trimmed = (text: string): string => text.replace(/^\p{White_Space}+/u, "").replace(/\p{White_Space}+$/u, "");

function integerByRule(text: string): bigint | "int_parsing" | "int_parsing_size" {
  const bare = trimmed(text);
  const found = /^([+-]?)([0-9]+(?:_[0-9]+)*)(?:\.0+)?$/.exec(bare);
  const digits = /^[+-]?[0_]*([0-9_]*)/.exec(bare)![1]!.replaceAll("_", "");
  if (digits.length > 4300) return "int_parsing_size";
  if (found === null) return "int_parsing";
  return BigInt(found[2]!.replaceAll("_", "")) * (found[1] === "-" ? -1n : 1n);
}

function numberByRule(text: string): Outcome {
  const bare = text.includes("_") ? (/^_|__|_$/.test(text) ? "" : text.replaceAll("_", "")) : trimmed(text);
  if (/^[-+]?(?:inf|infinity|nan)$/i.test(bare)) return { type: "finite_number" };
  if (!/^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/i.test(bare)) return { type: "float_parsing" };
  const value = Number.parseFloat(bare);
  return Number.isFinite(value) ? { value: String(value) } : { type: "finite_number" };
}

/** The canonical text of a UUID of RFC 9562, or undefined. */
function uuidByRule(text: string): string | undefined {
  const bare = /^\{(.*)\}$/s.exec(text)?.[1] ?? (text.startsWith("urn:uuid:") ? text.slice(9) : text);
  const hyphens = [...bare].flatMap((char, i) => (char === "-" ? [i] : [])).join();
  const digits = bare.replaceAll("-", "").toLowerCase();
  const simple = hyphens === "" && bare === text;
  if (digits.length !== 32 || !/^[0-9a-f]+$/.test(digits) || (hyphens !== "8,13,18,23" && !simple)) return undefined;
  const known = /^[1-8]$/.test(digits[12]!) && /^[89ab]$/.test(digits[16]!);
  if (!known && !/^(?:0+|f+)$/.test(digits)) return undefined;
  return [0, 8, 12, 16, 20].map((from, i, all) => digits.slice(from, all[i + 1] ?? 32)).join("-");
}

function byRule(name: Name, text: string): Outcome | undefined {
  const int = integerByRule(text);
  switch (name) {
    case "bigint":
      return typeof int === "bigint" ? { value: String(int) } : { type: int };
    case "int":
      if (typeof int !== "bigint") return { type: int };
      if (int > 2n ** 53n - 1n) return { type: "less_than_equal" };
      return int < 1n - 2n ** 53n ? { type: "greater_than_equal" } : { value: String(int) };
    case "digits":
      return [0n, 1n, 10n].includes(int as bigint) ? { value: String(int) } : { type: "enum" };
    case "number":
      return numberByRule(text);
    case "boolean":
      if (/^(?:1|true|t|y|yes|on)$/i.test(text)) return { value: "true" };
      return /^(?:0|false|f|n|no|off)$/i.test(text) ? { value: "false" } : { type: "bool_parsing" };
    case "choice":
      return ["a", "1", "__proto__"].includes(text) ? { value: text } : { type: "enum" };
    case "literal":
      return text === "1" ? { value: text } : { type: "literal_error" };
    case "uuid": {
      const found = uuidByRule(text);
      return found === undefined ? { type: "uuid_parsing" } : { value: found };
    }
    case "ip":
      // Zones are Python's: whether they are taken is told elsewhere.
      return text.includes("%") ? undefined : isIP(text) === 0 ? { type: "ip_any_address" } : undefined;
  }
}

export const scalars: Target<string, Outcome[]> = {
  name: "scalars",
  cost: 2,
  make(random: Random) {
    if (random.oneIn(1000))
      return `${random.pick(["", "-", "0_", "x"])}${random.pick(["1", "0", "9_9"]).repeat(4280 + random.int(40))}`;
    return random.written(examples, tokens, true);
  },
  read: (text) =>
    readers.map((read) => {
      const problems: Problem[] = [];
      const found = read(text, problems);
      return found === INVALID ? { type: problems.map((each) => each.type).join() } : { value: String(found) };
    }),
  judge(text, outcomes) {
    for (const [i, name] of names.entries()) {
      const expected = byRule(name, text);
      if (expected !== undefined) same(name, outcomes[i], expected);
    }
  },
  series: [
    (size) => "1".repeat(size),
    (size) => "0".repeat(size),
    (size) => "1_".repeat(size / 2),
    (size) => `${" ".repeat(size)}1`,
    (size) => `1${" ".repeat(size)}x`,
    (size) => `1.${"0".repeat(size)}x`,
    (size) => ":".repeat(size),
    (size) => "-".repeat(size),
  ],
};
