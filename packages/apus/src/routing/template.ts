/** Path templates: `/items/{item_id}`, `/{name}.json`, `/files/{file_path:path}`; parsed once, at start-up. */
import { ApusError } from "../diagnostic/index.ts";
import { convertors, isConvertor, type ConvertorName } from "./convertor.ts";
import { matchPattern, type Parameter, type Pattern } from "./pattern.ts";

/** One part of a template between slashes. */
export type Segment =
  | { readonly kind: "static"; readonly text: string }
  /** A parameter that is the whole segment. */
  | ({ readonly kind: "param" } & Parameter)
  /** Parameters and text in one segment. */
  | { readonly kind: "mixed"; readonly pattern: Pattern }
  /** All from here on, where a `path` parameter takes slashes. Always the last part. */
  | { readonly kind: "rest"; readonly pattern: Pattern };

export interface Template {
  readonly source: string;
  readonly segments: readonly Segment[];
  readonly names: readonly string[];
}

const hole = /\{([^{}]*)\}/g;

/** The template as OpenAPI writes it: without convertors. */
export function withoutConvertors(source: string): string {
  if (!source.includes(":")) return source;
  return source.replaceAll(hole, (_, inside: string) => `{${inside.split(":")[0]!}}`);
}

export function parseTemplate(source: string): Template {
  if (!source.startsWith("/")) throw new ApusError(`APUS_PATH: the path "${source}" has to start with "/".`);
  if (!source.includes("{") && !source.includes("}")) return new Parsed(source, none);
  const segments = segmentsOf(source);
  const names: string[] = [];
  for (const segment of segments) {
    if (segment.kind === "param") names.push(segment.name);
    else if (segment.kind !== "static") for (const { name } of segment.pattern.parameters) names.push(name);
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new ApusError(`APUS_PATH: duplicated parameter name "${twice}" in the path "${source}".`);
  return new Parsed(source, names.slice(), segments);
}

const none: readonly never[] = [];

/**
 * Its segments are asked for once, when all templates are put together: it has them until then. They would be most of the memory
 * it takes, so that who asks later gets them anew.
 */
class Parsed implements Template {
  readonly source: string;
  readonly names: readonly string[];
  #segments: readonly Segment[] | undefined;

  constructor(source: string, names: readonly string[], segments?: readonly Segment[]) {
    this.source = source;
    this.names = names;
    this.#segments = segments;
  }

  get segments(): readonly Segment[] {
    const segments = this.#segments ?? segmentsOf(this.source);
    this.#segments = undefined;
    return segments;
  }
}

/** @throws ApusError for what is no template. */
function segmentsOf(source: string): Segment[] {
  const parts = source.slice(1).split("/");
  const segments: Segment[] = [];
  for (let i = 0; i < parts.length; i++) {
    const found = segment(parts[i]!, source);
    if (found.kind === "rest") {
      segments.push({ kind: "rest", pattern: patternOf(parts.slice(i).join("/"), source) });
      break;
    }
    segments.push(found);
  }
  return segments;
}

function literal(text: string): Segment {
  return { kind: "static", text };
}

function segment(part: string, source: string): Segment {
  if (!part.includes("{") && !part.includes("}")) return literal(part);
  // Most parameters: nothing else is in their segment.
  const inside = part.slice(1, -1);
  if (/^\{[\w:]+\}$/.test(part) && !inside.endsWith(":path")) return { kind: "param", ...parameterOf(inside, source) };
  const pattern = patternOf(part, source);
  const { texts, parameters } = pattern;
  const [first] = parameters;
  if (first === undefined) return { kind: "static", text: part };
  if (parameters.some(({ convertor }) => convertor === "path")) return { kind: "rest", pattern };
  if (texts.every((text) => text === "") && parameters.length === 1) return { kind: "param", ...first };
  return { kind: "mixed", pattern };
}

function patternOf(part: string, source: string): Pattern {
  const texts: string[] = [];
  const parameters: Parameter[] = [];
  let from = 0;
  for (let close = part.indexOf("}"); close !== -1; close = part.indexOf("}", close + 1)) {
    const open = part.lastIndexOf("{", close);
    if (open < from) continue; // a brace that closes nothing, of which the text around it tells
    texts.push(textOf(part.slice(from, open), source));
    parameters.push(parameterOf(part.slice(open + 1, close), source));
    from = close + 1;
  }
  texts.push(textOf(part.slice(from), source));
  return { texts, parameters };
}

function textOf(text: string, source: string): string {
  if (!/[{}]/.test(text)) return text;
  throw new ApusError(
    `APUS_PATH: a brace in "${text}" belongs to no parameter in the path "${source}". A parameter is "{item_id}", or with a convertor "{item_id:int}".`,
  );
}

function parameterOf(inside: string, source: string): Parameter {
  const [name = "", ...rest] = inside.split(":");
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
    throw new ApusError(
      `APUS_PATH: "{${name}}" in the path "${source}" is no parameter name; use letters, digits and "_".`,
    );
  }
  const convertor = rest.length === 0 ? "str" : rest.join(":");
  if (!isConvertor(convertor)) {
    throw new ApusError(
      `APUS_PATH: unknown path convertor "${convertor}" in "${source}". There are ${Object.keys(convertors).join(", ")}.`,
    );
  }
  return { name, convertor };
}

/** Puts a path together: `valueOf` gives the parameters in their order, `written` is told what stands between them. */
export function fillTemplate(
  { source }: Template,
  valueOf: (name: string, convertor: ConvertorName) => string,
  written: (text: string) => string = (text) => text,
): string {
  const { texts, parameters } = patternOf(source, source);
  const values = parameters.map(({ name, convertor }) => valueOf(name, convertor));
  return texts.map((text, i) => written(text) + (values[i] ?? "")).join("");
}

/** The values of the parameters of a decoded path, in the template's order; undefined where it does not match. */
export function readTemplate({ source }: Template, path: string): readonly string[] | undefined {
  const pattern = patternOf(source, source);
  return pattern.parameters.length > 0 ? matchPattern(pattern, path) : path === source ? [] : undefined;
}
