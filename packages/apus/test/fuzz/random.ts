/**
 * A small generator of random numbers, made anew for each input: seed and index say which input it is. What it makes is cheap,
 * so that a hundred thousand inputs take a moment.
 */

/** Characters that parsers of the wire look for, and their neighbours. */
const special = "\"%&'()*+,-./:;<=>?@[\\]^_`{|}~! \t";
const hostile = [
  "\0",
  "\r\n",
  "\n",
  "\u007f",
  "\u0080",
  "\u0085",
  "\u00a0",
  "\u00ad",
  "\u00e9",
  "\u00ff",
  "%00",
  "%2f",
  "%2F",
  "%5c",
  "%2e",
  "%c0%af",
  "%ff",
  "%E2%82",
  "%f0%9f%98%80",
  "%",
  "%4",
  "%zz",
  "__proto__",
  "constructor",
  "..",
  "\u001c",
  "1e999",
  "99999999999999999999",
  "-0",
];
const wide = ["\u0130", "\u0660", "\u2028", "\u2212", "\u3000", "\ufeff", "\uffff", "\ufffd", "\u{1f600}", "\u{1d7ce}"];

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  /** @param index Which input of the seed it is for. */
  constructor(seed: number, index = 0) {
    this.#a = seed >>> 0;
    this.#b = index >>> 0;
    this.#c = Math.floor(index / 2 ** 32) >>> 0;
    // The first numbers of neighbouring indexes are alike.
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** sfc32, by Chris Doty-Humphrey: 32 random bits. */
  #next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** A whole number from 0 to `below - 1`. */
  int(below: number): number {
    return Math.floor((this.#next() / 2 ** 32) * below);
  }

  /** Whether something that happens once in so many times happens. */
  oneIn(times: number): boolean {
    return this.int(times) === 0;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.int(from.length)]!;
  }

  /** So many, seldom many: the sizes that structures have. */
  size(most: number): number {
    return this.int(this.int(most + 1) + 1);
  }

  list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.size(most) }, make);
  }

  /** Characters of a text, as many as `size` says. */
  text(most: number, alphabet: string): string {
    let text = "";
    for (let left = this.size(most); left > 0; left--) text += alphabet[this.int(alphabet.length)]!;
    return text;
  }

  /** Bytes as Latin-1 characters: what a header or a request target can hold at worst. */
  latin1(most: number): string {
    let text = "";
    for (let left = this.size(most); left > 0; left--) text += String.fromCharCode(this.int(256));
    return text;
  }

  /** One character or sequence that a parser may trip over; Latin-1 unless `beyond`. */
  snag(beyond = false): string {
    const kind = this.int(beyond ? 5 : 4);
    if (kind === 0) return special[this.int(special.length)]!;
    if (kind === 1) return this.pick(hostile);
    if (kind === 2) return String.fromCharCode(this.int(256));
    if (kind === 3) return "0123456789aZ"[this.int(12)]!;
    return this.pick(wide);
  }

  /**
   * A text with one to four changes: something left out, repeated, cut off, put in or replaced.
   * @param tokens What the format is made of.
   */
  mutated(text: string, tokens: readonly string[], beyond = false): string {
    let found = text;
    for (let left = 1 + this.int(4); left > 0; left--) {
      const at = this.int(found.length + 1);
      const end = Math.min(found.length, at + 1 + this.size(8));
      switch (this.int(7)) {
        case 0:
          found = found.slice(0, at) + found.slice(end);
          break;
        case 1:
          found = found.slice(0, end) + found.slice(at);
          break;
        case 2:
          found = this.oneIn(2) ? found.slice(0, at) : found.slice(at);
          break;
        case 3:
          found = found.slice(0, at) + this.snag(beyond) + found.slice(at + 1);
          break;
        case 4:
          found = found.slice(0, at) + this.snag(beyond) + found.slice(at);
          break;
        default:
          found = found.slice(0, at) + this.pick(tokens) + found.slice(this.oneIn(2) ? at : end);
      }
    }
    return found.length > 4000 ? found.slice(0, 4000) : found;
  }

  /** The three ways to a text: pieces in a row, a changed example, or anything at all. */
  written(examples: readonly string[], tokens: readonly string[], beyond = false): string {
    switch (this.int(8)) {
      case 0:
        return this.latin1(40);
      case 1:
        return this.pick(examples);
      case 2:
      case 3:
      case 4:
        return this.mutated(this.pick(examples), tokens, beyond);
      default: {
        let text = "";
        for (let left = this.size(14); left > 0; left--) text += this.oneIn(8) ? this.snag(beyond) : this.pick(tokens);
        return text;
      }
    }
  }
}
