/** Header lines in their order, and the check that keeps a value from becoming two of them. */
import { ApusError } from "../diagnostic/index.ts";
import type { Pairs } from "./query.ts";
import { isToken } from "./token.ts";

/** Names that were found to be some, with their lower case: there are few, and each answer has the same ones. */
const names = new Map<string, string>();
/** Whoever makes up names gets no memory for them. */
const mostNames = 1_000;

const fieldValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/**
 * @returns The name in lower case.
 * @throws ApusError for a name or a value that no header can have (RFC 9110, sections 5.1 and 5.5): a line break in one
 *   would start another header. It is a programming error, not an answer.
 */
export function checkedHeader(name: string, value: string): string {
  if (typeof name !== "string" || typeof value !== "string") {
    throw new ApusError(`APUS_HEADER: the header "${String(name)}" is given a ${typeof value}; give text.`);
  }
  const known = names.get(name);
  if (known === undefined && !isToken(name)) {
    throw new ApusError(`APUS_HEADER: ${JSON.stringify(name)} is no header name (RFC 9110, section 5.1).`);
  }
  if (!fieldValue.test(value)) {
    throw new ApusError(
      `APUS_HEADER: the value of the header "${name}" holds a line break, a control character or a character beyond Latin-1.`,
    );
  }
  return known ?? lowered(name);
}

function lowered(name: string): string {
  const key = name.toLowerCase();
  if (names.size < mostNames) names.set(name, key);
  return key;
}

let completed: (list: HeaderList, pairs: Pairs) => void;

/**
 * Adds the headers that are not there yet.
 * @param pairs Name and value in turn, names in lower case, already checked: no method, because nobody else is to add such.
 */
export function completeHeaders(list: HeaderList, pairs: Pairs): void {
  completed(list, pairs);
}

/**
 * Headers of an answer, with the methods of the web's `Headers`; repeated lines such as Set-Cookie stay apart.
 * Names are in lower case.
 */
export class HeaderList {
  static {
    completed = (list, pairs) => {
      const missing: string[] = [];
      for (let i = 0; i < pairs.length; i += 2) if (!list.has(pairs[i]!)) missing.push(pairs[i]!, pairs[i + 1]!);
      if (missing.length > 0) list.#pairs = [...list.#pairs, ...missing];
    };
  }

  /** Replaced rather than changed: the list that it began with, and one that was given away, stay as they are. */
  #pairs: Pairs;

  /** @param pairs Name and value in turn, names in lower case, already checked. */
  constructor(pairs: Pairs = []) {
    this.#pairs = pairs;
  }

  /** Name and value in turn. */
  get pairs(): Pairs {
    return this.#pairs;
  }

  /** The value of a header, its lines joined by commas; null where there is none. */
  get(name: string): string | null {
    const lines = this.getAll(name);
    return lines.length === 0 ? null : lines.join(", ");
  }

  /** Each line of a header. */
  getAll(name: string): string[] {
    const key = name.toLowerCase();
    return this.#pairs.filter((_, i) => i % 2 === 1 && this.#pairs[i - 1] === key);
  }

  has(name: string): boolean {
    const key = name.toLowerCase();
    for (let i = 0; i < this.#pairs.length; i += 2) if (this.#pairs[i] === key) return true;
    return false;
  }

  /** Replaces all lines of a header by one. @throws ApusError for what no header can be. */
  set(name: string, value: string): void {
    const key = checkedHeader(name, value);
    this.#pairs = this.has(key) ? [...this.#without(key), key, value] : [...this.#pairs, key, value];
  }

  /** Adds a line. @throws ApusError for what no header can be. */
  append(name: string, value: string): void {
    this.#pairs = [...this.#pairs, checkedHeader(name, value), value];
  }

  delete(name: string): void {
    this.#pairs = this.#without(name.toLowerCase());
  }

  #without(key: string): string[] {
    return this.#pairs.filter((_, i) => this.#pairs[i - (i % 2)] !== key);
  }

  /** Adds a token to `Vary`, once: the answer depends on that header of the request (RFC 9110, section 12.5.5). */
  vary(name: string): void {
    const present = (this.get("vary") ?? "").split(",").map((each) => each.trim().toLowerCase());
    if (present.includes("*") || present.includes(name.toLowerCase())) return;
    const before = this.get("vary");
    this.set("vary", before === null ? name : `${before}, ${name}`);
  }

  *[Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    for (let i = 0; i < this.#pairs.length; i += 2) yield [this.#pairs[i]!, this.#pairs[i + 1]!];
  }
}
