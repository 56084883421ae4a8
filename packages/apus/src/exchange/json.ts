/**
 * JSON text to values, with the errors of Python's `json` module, which FastAPI's clients see: position and wording
 * (contract of FastAPI, section 3.4). The platform's parser does the work; this one is asked only when that one refuses.
 */

import { exactNumber } from "../wire/index.ts";

/** Malformed JSON: where (0-based index in code points, as Python counts) and what, in the words of CPython 3.11. */
export class JsonSyntaxError extends SyntaxError {
  override readonly name = "JsonSyntaxError";
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** JSON that is nested too deeply to be read safely, or that has an object of too many keys. */
export class JsonLimitError extends RangeError {
  override readonly name = "JsonLimitError";
}

const deepest = 1000;
/**
 * Keys of one object. Names can be chosen so that an engine's hash table finds each only after all others; time then grows with the
 * square of their number.
 */
const mostKeys = 10_000;
/** What is shorter has no more keys than that, give or take a few. */
const mayHoldTooMany = 6 * mostKeys;

/** Numbers that a JavaScript number may not tell: many digits, a fraction of zeros, an exponent. Also found inside strings. */
const inexact = /\d{16}|\d\.0|\d[eE]/;

/** Whether a text may hold numbers that only `parseExactJson` gives as they were written. */
export function holdsInexactNumbers(text: string): boolean {
  return inexact.test(text);
}

/**
 * Parses JSON text as `parseJson` does, but loses nothing of its numbers: integers beyond 2^53 are bigints, and a number that
 * is integral but was written with a fraction or exponent (`1.0`) is an `IntegralFloat`. Slower: for texts that need it.
 *
 * @throws RangeError for an integer of more than 4300 digits.
 */
export function parseExactJson(text: string): unknown {
  return new Parser(text, true).document();
}

/** Parses JSON text. Like Python it accepts NaN and Infinity; the last of duplicate keys wins. */
export function parseJson(text: string): unknown {
  let found: unknown;
  const long = text.length > mayHoldTooMany;
  if (long) refuseShape(text);
  try {
    found = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return new Parser(text).document();
  }
  // A document that deep has at least as many opening brackets, and as many closing ones.
  if (!long && text.length > 2 * deepest) refuseShape(text);
  return found;
}

/** Escapes that may spell it. */
const spelled = /\\u00[4-7]/;

/**
 * Whether a JSON text may hold keys called `__proto__`: worth a look at the value. Looking for a text is several times as
 * fast as an expression, so there is one only where there are escapes.
 */
export function mayHoldPrototypeKeys(text: string): boolean {
  return text.includes("__proto__") || (text.includes("\\u00") && spelled.test(text));
}

/**
 * Deletes the keys called `__proto__` from a parsed value, at every depth: `Object.assign({}, value)` would give the copy
 * another prototype.
 * @returns Whether there were any.
 */
export function dropPrototypeKeys(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  let dropped = Object.hasOwn(value, "__proto__") && Reflect.deleteProperty(value, "__proto__");
  for (const each of Object.values(value)) if (dropPrototypeKeys(each)) dropped = true;
  return dropped;
}

/**
 * The platform's parser takes any depth, but what reads and writes the value would run out of stack; and it has filled the hash
 * table of an object before anybody can count its keys. What is no JSON may pass: the parser says what is wrong with it.
 */
function refuseShape(text: string): void {
  // How many keys the open objects have by now; of arrays, which have none, a number that no text can bring to the limit.
  const keys = new Int32Array(deepest + 1);
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) {
      if (++depth > deepest) throw tooDeep();
      keys[depth] = code === 0x7b ? 1 : -0x40000000;
    } else if (code === 0x5d || code === 0x7d) {
      if (--depth < 0) return;
    } else if (code === 0x2c) {
      if (++keys[depth]! > mostKeys) throw tooManyKeys();
    } else if (code === 0x22) {
      i = endOfString(text, i);
      if (i < 0) return;
    }
  }
}

/** Where the string that begins at `start` ends: the first quote with an even number of backslashes before it. -1 where it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

const tooManyKeys = (): JsonLimitError => new JsonLimitError(`A JSON object has more than ${mostKeys} keys`);
const tooDeep = (): JsonLimitError => new JsonLimitError(`JSON is nested deeper than ${deepest} levels`);

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  readonly #exact: boolean;

  constructor(text: string, exact = false) {
    this.#text = text;
    this.#exact = exact;
  }

  document(): unknown {
    this.#space();
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail("Extra data");
    return value;
  }

  #fail(message: string, at = this.#at): never {
    let position = at;
    for (let i = 0; i < at; i++) {
      if (this.#text.codePointAt(i)! > 0xffff) {
        position--;
        i++;
      }
    }
    throw new JsonSyntaxError(message, position);
  }

  #space(): void {
    while (this.#at < this.#text.length && " \t\n\r".includes(this.#text[this.#at]!)) this.#at++;
  }

  #value(): unknown {
    const char = this.#text[this.#at];
    if (char === '"') return this.#string();
    if (char === "{") return this.#nested(() => this.#object());
    if (char === "[") return this.#nested(() => this.#array());
    for (const [word, value] of words) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    number.lastIndex = this.#at;
    const found = number.exec(this.#text);
    if (found === null) this.#fail("Expecting value");
    this.#at += found[0].length;
    return this.#exact ? exactNumber(found[0]) : Number(found[0]);
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest) throw tooDeep();
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === "}") {
      this.#at++;
      return found;
    }
    for (let keys = 1; ; keys++) {
      if (keys > mostKeys) throw tooManyKeys();
      if (this.#text[this.#at] !== '"') this.#fail("Expecting property name enclosed in double quotes");
      const key = this.#string();
      this.#space();
      if (this.#text[this.#at] !== ":") this.#fail("Expecting ':' delimiter");
      this.#at++;
      this.#space();
      const value = this.#value();
      Object.defineProperty(found, key, { value, enumerable: true, configurable: true, writable: true });
      this.#space();
      const next = this.#text[this.#at];
      if (next === "}") break;
      if (next !== ",") this.#fail("Expecting ',' delimiter");
      this.#at++;
      this.#space();
    }
    this.#at++;
    return found;
  }

  #array(): unknown[] {
    const found: unknown[] = [];
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === "]") {
      this.#at++;
      return found;
    }
    for (;;) {
      found.push(this.#value());
      this.#space();
      const next = this.#text[this.#at];
      if (next === "]") break;
      if (next !== ",") this.#fail("Expecting ',' delimiter");
      this.#at++;
      this.#space();
    }
    this.#at++;
    return found;
  }

  #string(): string {
    const start = this.#at++;
    let found = "";
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) this.#fail("Unterminated string starting at", start);
      if (char === '"') break;
      if (char === "\\") found += this.#escape(start);
      else if (char < " ") this.#fail("Invalid control character at");
      else {
        found += char;
        this.#at++;
      }
    }
    this.#at++;
    return found;
  }

  #escape(start: number): string {
    const char = this.#text[this.#at + 1];
    if (char === undefined) this.#fail("Unterminated string starting at", start);
    if (char === "u") {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      // Python wants to see the character after the digits before it looks at them.
      if (!/^[0-9a-fA-F]{4}$/.test(digits) || this.#at + 6 >= this.#text.length)
        this.#fail("Invalid \\uXXXX escape", this.#at + 1);
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const plain = escapes[char];
    if (plain === undefined) this.#fail("Invalid \\escape", this.#at);
    this.#at += 2;
    return plain;
  }
}

const words: readonly (readonly [string, unknown])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
];

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
