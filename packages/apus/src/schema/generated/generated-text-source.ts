/** The statements of generated text: literals, strings and numbers, and the room in the buffer that a function asks for. */
import type { Written } from "./generated-text.ts";
import { putNumber, putString, roomOfNumber, roomOfString, shortString } from "../writer/text-buffer.ts";
import type { Program } from "./generated-program.ts";

const encoder = new TextEncoder();

/**
 * In the generated functions `bytes` and `view` are those of the buffer `text`, and `at` is where the text ends. There are `room`
 * bytes behind it at the start of a function and of a loop's turn, and after everything that takes as much as it wants.
 */
export class TextSource {
  readonly changed = "bytes = text.bytes; view = text.view;";
  readonly room = `if (bytes.length - at < room) { text.grow(at, room); ${this.changed} }`;
  readonly #program: Program;
  #room = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /** A new function, for which nothing has been written yet. */
  begin(): void {
    this.#room = 0;
  }

  /** What stands before the statements of a function, once they are there. */
  head(): string {
    return `const room = ${this.#room}; let { bytes, view } = text; ${this.room}`;
  }

  /** A text that is the same each time, four bytes at a time; what is written too much is written over. */
  literal(text: string): string {
    const { length } = encoder.encode(text);
    if (length === 0) return "";
    const bytes = new Uint8Array(length + 3).fill(0x20);
    encoder.encodeInto(text, bytes);
    this.#room += bytes.length;
    const wide = length === text.length ? "" : "text.wide = true; ";
    if (length === 1) return `bytes[at++] = ${bytes[0]!};`;
    const view = new DataView(bytes.buffer);
    let code = wide;
    for (let i = 0; i < length; i += 4) code += `view.setInt32(at + ${i}, ${view.getInt32(i, true)}, true); `;
    return `${code}at += ${length};`;
  }

  /** @param head What makes sure that the value is a string. */
  string(head: string, from: string, before: string): Written {
    this.#room += roomOfString;
    const short = `at = ${this.#program.constant(putString)}(text, bytes, at, ${from});`;
    const long = `at = text.putLong(${from}, at, room); ${this.changed}`;
    const open = this.literal(`${before}"`);
    return { code: `${head} ${open} if (${from}.length > ${shortString}) { ${long} } else ${short}`, after: '"' };
  }

  /** @param head What makes sure that the value is a finite number. */
  number(head: string, from: string, before: string): Written {
    this.#room += roomOfNumber;
    const put = `at = ${this.#program.constant(putNumber)}(bytes, at, ${from});`;
    return { code: `${head} ${this.literal(before)} ${put}`, after: "" };
  }
}
