/**
 * Parameters with text between them: `{name}.json`, `{a}-{b}`, `{p:path}/end`. Gives what a greedy regular expression would, in
 * steps that the length of the text and the number of parameters bound: nothing is tried twice.
 */
import { convertors, type ConvertorName, type Stops } from "./convertor.ts";

export interface Parameter {
  readonly name: string;
  readonly convertor: ConvertorName;
}

export interface Pattern {
  /** What stands in front of each parameter, and last what stands behind all of them. */
  readonly texts: readonly string[];
  /** One or more. */
  readonly parameters: readonly Parameter[];
}

/** @returns The values of the parameters, each as long as those behind it allow; undefined where the text does not match. */
export function matchPattern({ texts, parameters }: Pattern, text: string): readonly string[] | undefined {
  const count = parameters.length;
  const before = texts[0]!;
  const after = texts[count]!;
  const end = text.length - after.length;
  if (end < before.length || !text.startsWith(before) || !text.endsWith(after)) return undefined;
  if (count === 1) {
    const value = text.slice(before.length, end);
    return convertors[parameters[0]!.convertor].accepts.test(value) ? [value] : undefined;
  }
  // Most templates that do not match are found out here.
  let from = before.length;
  for (let i = 1; i < count; i++) {
    from = text.indexOf(texts[i]!, from);
    if (from < 0) return undefined;
    from += texts[i]!.length;
  }
  return from > end ? undefined : divide(texts, parameters, text.slice(before.length, end));
}

/**
 * From the last parameter to the first: for each place of the text, where a value would end so that all behind it matches. What is
 * longest for the first one then decides about the others.
 */
function divide(texts: readonly string[], parameters: readonly Parameter[], text: string): string[] | undefined {
  let stops: Stops = new Uint8Array(text.length + 1);
  stops[text.length] = 1;
  const ends = new Array<Int32Array>(parameters.length);
  for (let i = parameters.length - 1; ; i--) {
    ends[i] = convertors[parameters[i]!.convertor].longest(text, stops);
    if (i === 0) break;
    stops = stopsBefore(texts[i]!, text, ends[i]!);
  }
  const values: string[] = [];
  let at = 0;
  for (let i = 0; i < parameters.length; i++) {
    const end = ends[i]![at]!;
    if (end < 0) return undefined;
    values.push(text.slice(at, end));
    at = end + (texts[i + 1]?.length ?? 0);
  }
  return values;
}

/** Where the value of a parameter may end: in front of the text between it and the next one, where that one has a value. */
function stopsBefore(between: string, text: string, next: Int32Array): Stops {
  const stops = new Uint8Array(text.length + 1);
  for (let at = text.length - between.length; at >= 0; at--) {
    if (next[at + between.length]! < 0) continue;
    if (between === "" ? !isHalf(text, at) : text.startsWith(between, at)) stops[at] = 1;
  }
  return stops;
}

/** Whether a place lies inside of a character that takes two units of UTF-16. */
function isHalf(text: string, at: number): boolean {
  return at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
