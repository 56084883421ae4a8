/**
 * The Cookie header against what Starlette's reader and Python's `http.cookies` are described to do, and Set-Cookie lines
 * against RFC 6265 read back.
 */
import { ApusError } from "apus";
import { parseCookies } from "../../../src/exchange/cookie.ts";
import type { Pairs } from "../../../src/exchange/query.ts";
import { setCookieLine } from "../../../src/exchange/set-cookie.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";
import { isTokenByRule, stripLatin1 } from "../unicode.ts";

const examples = [
  "a=1",
  "a=1; b=2; a=3",
  'a="1\\0542"; b="x\\"y"',
  "a",
  "=v; ;;",
  'a="',
  'a="\\012\\3770\\477\\8"',
  "a=b=c; __proto__=1; constructor=2",
  "__Host-session=x; \u00a0__Host-session=evil",
  "a = 1 ;\tb\t=\t2\t",
  'session="abc; def"; t=1',
  "a=%22x%22",
];
const tokens = [
  "=",
  ";",
  "; ",
  '"',
  "\\",
  "\\054",
  "\\3",
  "\\400",
  " ",
  "\t",
  ",",
  "a",
  "b=",
  "__Secure-",
  "\u0085",
  "\u001f",
];

function cookiesByRule(lines: readonly string[]): string[] {
  const pairs: string[] = [];
  for (const chunk of lines.join(";").split(";")) {
    const at = chunk.indexOf("=");
    let name = at < 0 ? "" : chunk.slice(0, at);
    while (/^[ \t]/.test(name)) name = name.slice(1);
    while (/[ \t]$/.test(name)) name = name.slice(0, -1);
    const value = stripLatin1(at < 0 ? chunk : chunk.slice(at + 1));
    if (name !== "" || value !== "") pairs.push(name, unquotedByRule(value));
  }
  return pairs;
}

function unquotedByRule(value: string): string {
  if (value.length < 2 || value[0] !== '"' || value.at(-1) !== '"') return value;
  const inner = value.slice(1, -1);
  let found = "";
  for (let i = 0; i < inner.length; i++) {
    if (inner[i] !== "\\" || i === inner.length - 1) found += inner[i];
    else if (/^[0-3][0-7][0-7]/.test(inner.slice(i + 1))) {
      const [hundreds, tens, ones] = inner
        .slice(i + 1, i + 4)
        .split("")
        .map(Number) as [number, number, number];
      found += String.fromCharCode(hundreds * 64 + tens * 8 + ones);
      i += 3;
    } else found += inner[++i];
  }
  return found;
}

export const cookies: Target<string[], Pairs> = {
  name: "cookies",
  make: (random) => [...random.list(2, () => ""), ""].map(() => random.written(examples, tokens)),
  read: parseCookies,
  judge(lines, pairs) {
    same("the cookies", pairs, cookiesByRule(lines));
  },
  series: [
    (size) => [";".repeat(size)],
    (size) => ["a;".repeat(size / 2)],
    (size) => [`a=${" ".repeat(size)}b`],
    (size) => [`${" ".repeat(size)}a=b`],
    (size) => [`a="${"\\".repeat(size)}"`],
    (size) => [`a="${"\\012".repeat(size / 4)}"`],
    (size) => Array.from({ length: size / 4 }, () => "a=b"),
  ],
};

interface Setting {
  readonly name: string;
  readonly value: string;
  readonly options: {
    readonly path?: string;
    readonly domain?: string;
    readonly maxAge?: number;
    readonly secure?: boolean;
  };
}

function setting(random: Random): Setting {
  const names = ["a", "session", "__Host-x", "x_y.z"];
  const texts = [
    "",
    "1",
    "a b",
    'say "x"',
    "a;b",
    "a,b",
    "\\",
    "\u00e9",
    "/",
    "/a;b",
    "example.com",
    "a\r\nset-cookie: b=c",
  ];
  const option = (): string => (random.oneIn(3) ? random.written(texts, tokens) : random.pick(texts));
  return {
    name: random.oneIn(4) ? random.written(names, tokens) : random.pick(names),
    value: random.written(texts, tokens, random.oneIn(9)),
    options: {
      ...(random.oneIn(2) ? { path: option() } : {}),
      ...(random.oneIn(3) ? { domain: option() } : {}),
      ...(random.oneIn(2) ? { maxAge: random.int(9) - 3 } : {}),
      ...(random.oneIn(2) ? { secure: true } : {}),
    },
  };
}

/** What an attribute may hold: no control character, and no semicolon, which ends it (RFC 6265, section 4.1.1). */
const isAttribute = (text: string): boolean => [...text].every((char) => char >= " " && char <= "~" && char !== ";");

export const setCookies: Target<Setting, string | ApusError> = {
  name: "set-cookie",
  cost: 2,
  make: setting,
  read({ name, value, options }) {
    try {
      return setCookieLine(name, value, options);
    } catch (error) {
      if (error instanceof ApusError) return error;
      throw error;
    }
  },
  judge({ name, value, options }, line) {
    const { path = "/", domain = "", maxAge, secure } = options;
    const possible =
      isTokenByRule(name) && isAttribute(path) && isAttribute(domain) && [...value].every((char) => char <= "\u00ff");
    if (line instanceof ApusError) return holds(`refused: ${line.message}`, !possible);
    holds("what no cookie can be is written", possible);
    holds(
      "a character that no header can hold",
      [...line].every((char) => char >= " " && char <= "~"),
    );
    const [pair = "", ...attributes] = line.split("; ");
    const expected = [
      ...(options.domain === undefined ? [] : [`Domain=${domain}`]),
      ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
      ...(path === "" ? [] : [`Path=${path}`]),
      "SameSite=lax",
      ...(secure === true ? ["Secure"] : []),
    ];
    same("the attributes", attributes, expected);
    same("what is read back", parseCookies([pair]), [name, value]);
  },
  series: [(size) => ({ name: "a", value: '"'.repeat(size), options: {} })],
};
