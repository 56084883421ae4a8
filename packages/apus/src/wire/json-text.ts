/**
 * JSON inside a text as pydantic's own reader takes it for `Json[T]`, and why a text is none, in the words that clients see:
 * what was expected, with line and column in bytes of UTF-8.
 */
import { exactNumber } from "./exact-number.ts";

/** How deep that reader goes. */
const deepest = 201;
/** The longest integer that it takes. */
const mostDigits = 4300;

class Found extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/**
 * The value of a text, or what is wrong with it. NaN and Infinity are fine to it; of equal keys the last wins.
 * @param numbers Whether numbers are given as `exactNumber` gives them.
 */
export function readJsonText(
  text: string,
  numbers: "plain" | "exact",
): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: new Walk(text, numbers === "exact" ? exactNumber : Number).document() };
  } catch (error) {
    if (!(error instanceof Found)) throw error;
    return { error: `${error.message} at ${place(text, error.at)}` };
  }
}

/** A line break belongs to the line behind it. */
function place(text: string, at: number): string {
  const upTo = text.slice(0, at + 1);
  const line = upTo.split("\n").length;
  const start = upTo.lastIndexOf("\n") + 1;
  const column =
    new TextEncoder().encode(text.slice(start, at)).length + (at < text.length && text[at] !== "\n" ? 1 : 0);
  return `line ${line} column ${column}`;
}

/** Follows the grammar and stops at the first thing that does not belong. */
class Walk {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  readonly #numberOf: (text: string) => unknown;

  constructor(text: string, numberOf: (text: string) => unknown) {
    this.#text = text;
    this.#numberOf = numberOf;
  }

  document(): unknown {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail("trailing characters");
    return value;
  }

  #fail(message: string, at = this.#at): never {
    throw new Found(message, at);
  }

  #end(what: string): never {
    return this.#fail(`EOF while parsing ${what}`, this.#text.length);
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #space(): void {
    for (let char = this.#peek(); char === " " || char === "\n" || char === "\t" || char === "\r"; char = this.#peek())
      this.#at++;
  }

  #value(): unknown {
    this.#space();
    const char = this.#peek();
    if (char === undefined) this.#end("a value");
    if (char === '"') return this.#string();
    if (char === "[") return this.#array();
    if (char === "{") return this.#object();
    if (char === "-" || (char >= "0" && char <= "9")) return this.#number();
    const word = words.find(([first]) => first[0] === char);
    return word === undefined ? this.#fail("expected value") : this.#word(...word);
  }

  #word(word: string, value: unknown): unknown {
    for (const [i, char] of [...word].entries()) {
      if (this.#at + i >= this.#text.length) this.#end("a value");
      if (this.#text[this.#at + i] !== char) this.#fail("expected ident", this.#at + i);
    }
    this.#at += word.length;
    return value;
  }

  #digits(): number {
    const start = this.#at;
    for (let char = this.#peek(); char !== undefined && char >= "0" && char <= "9"; char = this.#peek()) this.#at++;
    return this.#at - start;
  }

  #someDigits(): void {
    if (this.#digits() > 0) return;
    if (this.#at >= this.#text.length) this.#end("a value");
    this.#fail("invalid number");
  }

  #number(): unknown {
    const start = this.#at;
    if (this.#peek() === "-") {
      this.#at++;
      if (this.#peek() === "I") return this.#word("Infinity", Number.NEGATIVE_INFINITY);
    }
    const zero = this.#peek() === "0";
    const whole = this.#at;
    this.#someDigits();
    if (zero && this.#at > whole + 1) this.#fail("invalid number", whole + 1);
    let isFloat = false;
    if (this.#peek() === ".") {
      isFloat = true;
      this.#at++;
      this.#someDigits();
    }
    if (this.#peek() === "e" || this.#peek() === "E") {
      isFloat = true;
      this.#at++;
      if (this.#peek() === "+" || this.#peek() === "-") this.#at++;
      this.#someDigits();
    }
    if (!isFloat && this.#at - whole > mostDigits) this.#fail("number out of range", start + mostDigits + 1);
    return this.#numberOf(this.#text.slice(start, this.#at));
  }

  #enter(): void {
    if (++this.#depth >= deepest) this.#fail("recursion limit exceeded", this.#at + 1);
    this.#at++;
    this.#space();
  }

  #array(): unknown[] {
    const found: unknown[] = [];
    this.#enter();
    if (this.#peek() === undefined) this.#end("a list");
    if (this.#peek() !== "]") {
      for (;;) {
        found.push(this.#value());
        if (this.#separator("]", "a list")) break;
      }
    }
    this.#depth--;
    this.#at++;
    return found;
  }

  /** Goes past a comma; says whether the closing bracket stands there instead. */
  #separator(closing: string, what: string): boolean {
    this.#space();
    const char = this.#peek();
    if (char === closing) return true;
    if (char === undefined) this.#end(what);
    if (char !== ",") this.#fail(`expected \`,\` or \`${closing}\``);
    this.#at++;
    this.#space();
    if (this.#peek() === closing) this.#fail("trailing comma");
    return false;
  }

  #object(): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    this.#enter();
    if (this.#peek() === undefined) this.#end("an object");
    if (this.#peek() !== "}") {
      for (;;) {
        if (this.#peek() === undefined) this.#end("a value");
        if (this.#peek() !== '"') this.#fail("key must be a string");
        const key = this.#string();
        this.#space();
        if (this.#peek() === undefined) this.#end("an object");
        if (this.#peek() !== ":") this.#fail("expected `:`");
        this.#at++;
        const value = this.#value();
        Object.defineProperty(found, key, { value, enumerable: true, configurable: true, writable: true });
        if (this.#separator("}", "an object")) break;
      }
    }
    this.#depth--;
    this.#at++;
    return found;
  }

  #string(): string {
    const start = this.#at++;
    for (let char = this.#peek(); char !== '"'; char = this.#peek()) {
      if (char === undefined) this.#end("a string");
      if (char < " ") this.#fail("control character (\\u0000-\\u001F) found while parsing a string");
      this.#at++;
      if (char === "\\") this.#escape();
    }
    // It has been found to be right, so the platform may make sense of its escapes.
    return JSON.parse(this.#text.slice(start, ++this.#at)) as string;
  }

  #escape(): void {
    const char = this.#peek();
    if (char === undefined) this.#end("a string");
    this.#at++;
    if (char !== "u") {
      if (!'"\\/bfnrt'.includes(char)) this.#fail("invalid escape", this.#at - 1);
      return;
    }
    const high = this.#hex();
    if (high < 0xd800 || high > 0xdfff) return;
    if (high >= 0xdc00) this.#fail("lone leading surrogate in hex escape", this.#at - 1);
    for (const expected of "\\u") {
      if (this.#peek() === undefined) this.#end("a string");
      if (this.#peek() !== expected) this.#fail("unexpected end of hex escape");
      this.#at++;
    }
    const low = this.#hex();
    if (low < 0xdc00 || low > 0xdfff) this.#fail("lone leading surrogate in hex escape", this.#at - 1);
  }

  #hex(): number {
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (new TextEncoder().encode(digits).length < 4) this.#end("a string");
    const wrong = digits.search(/[^\da-f]/i);
    if (wrong >= 0) this.#fail("invalid escape", this.#at + wrong);
    this.#at += 4;
    return Number.parseInt(digits, 16);
  }
}

const words: readonly (readonly [string, unknown])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
];
