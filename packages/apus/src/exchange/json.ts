/**
 * JSON text to values, with the errors of Python's `json` module, which FastAPI's clients see: position and wording
 * (contract of FastAPI, section 3.4). The platform's parser does the work; this one is asked only when that one refuses.
 */

/** Malformed JSON: where (0-based character index) and what, in the words of CPython 3.11. */
export class JsonSyntaxError extends SyntaxError {
  override readonly name = "JsonSyntaxError";
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** JSON that is nested too deeply to be read safely. */
export class JsonDepthError extends RangeError {
  override readonly name = "JsonDepthError";
}

const deepest = 1000;

/** Parses JSON text. Like Python it accepts NaN and Infinity; the last of duplicate keys wins. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return new Parser(text).document();
  }
}

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

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    this.#space();
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail("Extra data");
    return value;
  }

  #fail(message: string, at = this.#at): never {
    throw new JsonSyntaxError(message, at);
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
    return Number(found[0]);
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest) throw new JsonDepthError(`JSON is nested deeper than ${deepest} levels`);
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
    for (;;) {
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
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail("Invalid \\uXXXX escape", this.#at + 1);
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
