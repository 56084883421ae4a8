/** The head of a request that was read: its line, its header lines as they arrived, and what the connection has to know of them. */
import type { Bytes } from "./transport.ts";

const [tab, cr, space] = [9, 13, 32];

/** Whether at a place of a text a name stands, in whatever case. @param name In lower case. */
function isNamed(text: string, from: number, to: number, name: string): boolean {
  if (to - from !== name.length) return false;
  for (let i = 0; i < name.length; i++) {
    const code = text.charCodeAt(from + i);
    if ((code >= 65 && code <= 90 ? code + 32 : code) !== name.charCodeAt(i)) return false;
  }
  return true;
}

export const isBlank = (code: number): boolean => code === space || code === tab;

export class RequestHead {
  readonly method: string;
  readonly target: string;
  /** 0 or 1: the digit behind `HTTP/1.`. */
  readonly minor: number;
  /** How long the body is, in bytes; -1 for one in chunks. */
  length = 0;
  /** Whether the client ends the connection with the answer. */
  last: boolean;
  /** Whether the client sends the body only when it is asked to: `Expect: 100-continue`. */
  awaited = false;
  /** Whether the client offers to go on with another protocol. */
  offers = false;
  /** Where what follows the head begins. */
  readonly end: number;
  private bytes: Bytes | undefined;
  private readonly lines: number;
  private readText = "";
  private found: readonly number[] | undefined = undefined;

  /** @param lines Where in `bytes` the header lines begin, well-formed, and `end` where they end. */
  constructor(method: string, target: string, minor: number, bytes: Bytes, lines: number, end: number) {
    this.method = method;
    this.target = target;
    this.minor = minor;
    this.bytes = bytes;
    this.lines = lines;
    this.end = end;
    this.last = minor === 0;
  }

  /** The header lines, as Latin-1. Many requests are never asked. */
  private get text(): string {
    if (this.bytes !== undefined) {
      this.readText = this.bytes.latin1Slice(this.lines, this.end);
      this.bytes = undefined;
    }
    return this.readText;
  }

  /** For each header line: where in the text its name begins and ends, and its value. */
  private get fields(): readonly number[] {
    return (this.found ??= fieldsOf(this.text));
  }

  /** The first header line under a lower-case name. */
  header(name: string): string | undefined {
    const { text, fields } = this;
    for (let i = 0; i < fields.length; i += 4) {
      if (isNamed(text, fields[i]!, fields[i + 1]!, name)) return text.slice(fields[i + 2], fields[i + 3]);
    }
    return undefined;
  }

  headerLines(name: string): string[] {
    const { text, fields } = this;
    const lines: string[] = [];
    for (let i = 0; i < fields.length; i += 4) {
      if (isNamed(text, fields[i]!, fields[i + 1]!, name)) lines.push(text.slice(fields[i + 2], fields[i + 3]));
    }
    return lines;
  }

  headers(): string[] {
    const { text, fields } = this;
    const pairs: string[] = [];
    for (let i = 0; i < fields.length; i += 4) {
      pairs.push(text.slice(fields[i], fields[i + 1]).toLowerCase(), text.slice(fields[i + 2], fields[i + 3]));
    }
    return pairs;
  }
}

function fieldsOf(text: string): number[] {
  const fields: number[] = [];
  for (let at = 0; text.charCodeAt(at) !== cr;) {
    const colon = text.indexOf(":", at);
    const end = text.indexOf("\r", colon);
    let value = colon + 1;
    while (value < end && isBlank(text.charCodeAt(value))) value++;
    let valueEnd = end;
    while (valueEnd > value && isBlank(text.charCodeAt(valueEnd - 1))) valueEnd--;
    fields.push(at, colon, value, valueEnd);
    at = end + 2;
  }
  return fields;
}
