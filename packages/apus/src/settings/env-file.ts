/**
 * Reads the text of a `.env` file by the rules of python-dotenv, which pydantic-settings uses. Node's own `util.parseEnv`
 * cuts `secret#1` and `"a\"b"` short without a word and knows no line numbers, so it is not used.
 */

/** A variable and where it stands. */
interface EnvLine {
  readonly name: string;
  readonly value: string;
  readonly line: number;
  /** Whether its `${NAME}` are to be replaced: everywhere but in single quotes. */
  readonly expands: boolean;
}

interface EnvFile {
  readonly lines: readonly EnvLine[];
  /** Numbers of lines that are no `NAME=value`. */
  readonly malformed: readonly number[];
}

const blank = /\s*/y;
const exported = /export[^\S\n]+/y;
const quotedName = /'([^'\n]+)'/y;
const plainName = /(?!')([^=#\s]+)/y;
const equals = /[^\S\n]*=([^\S\n]*)/y;
const toEnd = /[^\n]*/y;
const nothingMore = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y;

/** @param source Its text, decoded. */
export function readEnvFile(source: string): EnvFile {
  const text = source.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const lines: EnvLine[] = [];
  const malformed: number[] = [];
  let at = 0;
  let line = 1;
  let counted = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text) ?? undefined;
    if (found !== undefined) at = pattern.lastIndex;
    return found;
  };
  const lineHere = (): number => {
    for (; counted < at; counted++) if (text[counted] === "\n") line++;
    return line;
  };
  const binding = (): Omit<EnvLine, "line"> | undefined => {
    take(exported);
    const name = (take(quotedName) ?? take(plainName))?.[1];
    const gap = take(equals)?.[1];
    if (name === undefined || gap === undefined) return undefined;
    const first = text[at];
    if (first === "'" || first === '"') {
      const end = closing(text, at);
      if (end === -1) return undefined;
      const raw = text.slice(at + 1, end);
      at = end + 1;
      return take(nothingMore) && { name, value: unescaped(raw, first), expands: first === '"' };
    }
    // `KEY= # comment` is empty; in `KEY=#1` and `KEY=a#b` the sign belongs to the value.
    const value = gap !== "" && first === "#" ? "" : withoutComment(text.slice(at, endOfLine(text, at)));
    take(toEnd);
    return { name, value, expands: true };
  };
  for (take(blank); at < text.length; take(blank)) {
    const number = lineHere();
    if (text[at] === "#") {
      take(toEnd);
      continue;
    }
    const found = binding();
    if (found !== undefined) lines.push({ ...found, line: number });
    else {
      malformed.push(number);
      take(toEnd);
    }
  }
  return { lines, malformed };
}

/** Where the quote that opens at `open` is closed; a backslash takes the next character's meaning. */
function closing(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === text[open]) return i;
  }
  return -1;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

/** An unquoted value ends where a `#` follows a space. */
function withoutComment(value: string): string {
  const comment = value.search(/\s#/);
  return (comment === -1 ? value : value.slice(0, comment)).trimEnd();
}

const escapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function unescaped(raw: string, quote: string): string {
  const known = quote === "'" ? /\\([\\'])/g : /\\([\\'"abfnrtv])/g;
  return raw.replaceAll(known, (_, letter: string) => escapes[letter] ?? letter);
}

/**
 * Replaces `${NAME}` and `${NAME:-default}`.
 * @param valueOf What a name stands for; undefined where it is set nowhere, null where its own references have grown too long.
 * @param most How long the result may be.
 * @returns undefined where something without a default is set nowhere, null where the result would be too long.
 */
export function expanded(
  value: string,
  valueOf: (name: string) => string | null | undefined,
  most: number,
): string | null | undefined {
  let result = "";
  let done = 0;
  // Looked for again only when passed: a text of many `${` takes no longer than another.
  let close = -1;
  let colon = -2;
  for (let open = value.indexOf("${"); open !== -1; open = value.indexOf("${", Math.max(done, open + 2))) {
    if (close < open) close = value.indexOf("}", open);
    if (close === -1) break;
    if (colon !== -1 && colon < open) colon = value.indexOf(":", open);
    const isPlain = colon === -1 || colon > close;
    // `${a:b}` is no variable, but text.
    if (!isPlain && value[colon + 1] !== "-") continue;
    const name = value.slice(open + 2, isPlain ? close : colon);
    let found = valueOf(name);
    if (found === undefined && !isPlain) found = value.slice(colon + 2, close);
    if (found === undefined || found === null) return found;
    if (result.length + found.length > most) return null;
    result += value.slice(done, open) + found;
    done = close + 1;
  }
  const rest = value.length - done;
  return result.length + rest > most ? null : result + value.slice(done);
}
