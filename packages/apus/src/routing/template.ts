/** Path templates: `/items/{item_id}`, `/files/{file_path:path}`; parsed once, at start-up. */
import { ApusError } from "../diagnostic/index.ts";

/** The convertors of a template and what their segment may hold, as in FastAPI. */
const convertors: Readonly<Record<string, RegExp | null>> = {
  str: null,
  path: null,
  int: /^\d+$/,
  float: /^\d+(?:\.\d+)?$/,
  uuid: /^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$/,
};

/** One part of a template between slashes. */
export type Segment =
  | { readonly kind: "static"; readonly text: string }
  | { readonly kind: "param"; readonly name: string; readonly accepts: RegExp | null }
  /** Takes the rest of the path, slashes included. Always the last part. */
  | { readonly kind: "rest"; readonly name: string; readonly before: string };

export interface Template {
  readonly source: string;
  readonly segments: readonly Segment[];
  readonly names: readonly string[];
}

const hole = /\{([^{}]*)\}/g;

/** The parameter names of a template, convertors left out. */
export function templateNames(source: string): string[] {
  return [...source.matchAll(hole)].map((found) => found[1]!.split(":")[0]!);
}

/** The template as OpenAPI writes it: without convertors. */
export function withoutConvertors(source: string): string {
  return source.replaceAll(hole, (_, inside: string) => `{${inside.split(":")[0]!}}`);
}

export function parseTemplate(source: string): Template {
  if (!source.startsWith("/")) throw new ApusError(`APUS_PATH: the path "${source}" has to start with "/".`);
  const names = templateNames(source);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new ApusError(`APUS_PATH: duplicated parameter name "${twice}" in the path "${source}".`);
  const parts = source.slice(1).split("/");
  const segments = parts.map((part, i) => segment(part, source, i === parts.length - 1));
  return { source, segments, names };
}

function segment(part: string, source: string, last: boolean): Segment {
  const found = /^([^{}]*)\{([^{}:]*)(?::([^{}]*))?\}$/.exec(part);
  if (found === null) {
    if (/[{}]/.test(part)) {
      throw new ApusError(
        `APUS_PATH: "${part}" in the path "${source}" is not supported: a parameter takes a whole segment, as in "/items/{item_id}".`,
      );
    }
    return { kind: "static", text: part };
  }
  const [, before = "", name = "", convertor = "str"] = found;
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
    throw new ApusError(
      `APUS_PATH: "{${name}}" in the path "${source}" is no parameter name; use letters, digits and "_".`,
    );
  }
  if (!Object.hasOwn(convertors, convertor)) {
    throw new ApusError(
      `APUS_PATH: unknown path convertor "${convertor}" in "${source}". There are ${Object.keys(convertors).join(", ")}.`,
    );
  }
  if (convertor === "path") {
    if (!last) {
      throw new ApusError(
        `APUS_PATH: "{${name}:path}" takes the rest of the path, so it has to stand at the end of "${source}".`,
      );
    }
    return { kind: "rest", name, before };
  }
  if (before !== "") {
    throw new ApusError(
      `APUS_PATH: "${part}" in the path "${source}" is not supported: a parameter takes a whole segment, as in "/items/{item_id}".`,
    );
  }
  return { kind: "param", name, accepts: convertors[convertor]! };
}
