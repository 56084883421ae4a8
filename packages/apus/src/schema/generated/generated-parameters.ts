/**
 * Generates the reading of an operation's parameters: one function that takes each text from its place, converts what is
 * plainly what its schema wants, and leaves every other text to the closure of that parameter.
 */
import { certain, isOneOf } from "./generated-checks.ts";
import { generate } from "./generated-program.ts";
import { isQuotable, quote, sourceUrl } from "./source-text.ts";
import type { Problem } from "../problem.ts";
import { isInteger } from "../reader/checks.ts";
import { plainInteger } from "../reader/scalar.ts";
import type { AnySchema } from "../types.ts";
import { checksOf, isZod, type ZodSchema } from "../zod.ts";

/** Where the text of a parameter stands: in the path, in the query, or where only a function can tell. */
type ParameterSource<E> =
  | { readonly kind: "path"; readonly index: number }
  | { readonly kind: "query"; readonly name: string; readonly raw: (exchange: E, path: readonly string[]) => unknown }
  | { readonly kind: "other"; readonly raw: (exchange: E, path: readonly string[]) => unknown };

export interface GeneratedParameter<E> {
  /** The key under which the handler gets it. */
  readonly name: string;
  /** Undefined for what only the closure can read. */
  readonly schema: AnySchema | undefined;
  readonly source: ParameterSource<E>;
  readonly read: (raw: unknown, into: Record<string, unknown>, problems: Problem[]) => void;
}

/** How queries are looked through. */
interface QueryAccess<E> {
  /** The query of an exchange, or undefined where `find` cannot be used on it. */
  readonly of: (exchange: E) => string | undefined;
  readonly find: (query: string, name: string) => string | undefined;
}

type ReadParameters<E> = (
  exchange: E,
  path: readonly string[],
  into: Record<string, unknown>,
  problems: Problem[],
) => void;

/** The source of the function and the constants beside it. */
export function parametersProgram<E>(
  parameters: readonly GeneratedParameter<E>[],
  query: QueryAccess<E>,
  name?: string,
): { readonly source: string; readonly constants: readonly unknown[] } {
  const known = new Map<unknown, string>();
  const constant = (value: unknown): string => {
    const found = known.get(value) ?? `c${known.size}`;
    known.set(value, found);
    return found;
  };
  const asks = parameters.some(({ source }) => source.kind === "query");
  const body = parameters.map((each, i) => {
    const raw = `r${i}`;
    const closure = `${constant(each.read)}(${raw}, into, problems);`;
    const value = plainValue(each.schema, raw, `v${i}`, constant);
    const take =
      value === undefined
        ? closure
        : `${value.code} if (${value.condition}) into[${quote(each.name)}] = ${value.value}; else ${closure}`;
    return `const ${raw} = ${textOf(each.source, query, constant)}; ${take}`;
  });
  const ask = asks ? `const query = ${constant(query.of)}(exchange);` : "";
  const made = `return (exchange, path, into, problems) => { ${[ask, ...body].join("\n")} };`;
  const names = [...known.values()].map((each, i) => `${each} = constants[${i}]`).join(", ");
  const lines = ['"use strict";', names === "" ? "" : `const ${names};`, made];
  return {
    source: [...lines, ...(name === undefined ? [] : [sourceUrl(name)])].join("\n"),
    constants: [...known.keys()],
  };
}

/** Only where the platform generates code. */
export function generateParameters<E>(
  parameters: readonly GeneratedParameter<E>[],
  query: QueryAccess<E>,
  name?: string,
): ReadParameters<E> {
  const { source, constants } = parametersProgram(parameters, query, name);
  return generate(source)(constants) as ReadParameters<E>;
}

function textOf<E>(source: ParameterSource<E>, query: QueryAccess<E>, constant: (value: unknown) => string): string {
  if (source.kind === "path") return `path[${source.index}]`;
  const raw = `${constant(source.raw)}(exchange, path)`;
  if (source.kind === "other") return raw;
  return `query === undefined ? ${raw} : ${constant(query.find)}(query, ${quote(source.name)})`;
}

/** Statements that make the value of a text, and the condition under which it is the right one. */
interface Plain {
  readonly code: string;
  readonly value: string;
  readonly condition: string;
}

function plainValue(
  schema: AnySchema | undefined,
  raw: string,
  value: string,
  constant: (value: unknown) => string,
): Plain | undefined {
  if (schema === undefined || !isZod(schema)) return undefined;
  const { core, absent } = layersOf(schema);
  if (core === undefined) return undefined;
  const whenAbsent = absent && (absent === "undefined" ? absent : `${constant(absent._zod.def)}.defaultValue`);
  const fits = certain(core, value, { constant });
  if (fits === undefined) return undefined;
  const otherwise = absent === "undefined" ? `${raw} === undefined || ` : "";
  const given =
    whenAbsent === undefined || absent === "undefined" ? raw : `${raw} === undefined ? ${whenAbsent} : ${raw}`;
  switch (core._zod.def.type) {
    case "string": {
      const condition = `${otherwise}typeof ${value} === "string" && ${fits}`;
      return { code: `const ${value} = ${given};`, value, condition };
    }
    case "number": {
      const type = `Number.${isInteger(core) ? "isInteger" : "isFinite"}(${value})`;
      const number = `typeof ${raw} === "string" ? ${constant(plainInteger)}(${raw}) : ${given}`;
      return { code: `const ${value} = ${number};`, value, condition: `${otherwise}${type} && ${fits}` };
    }
    case "boolean": {
      const code = `const ${value} = ${raw} === "true" ? true : ${raw} === "false" ? false : ${given};`;
      return { code, value, condition: `${otherwise}typeof ${value} === "boolean"` };
    }
    case "enum": {
      const members = [...(core._zod.values ?? [])];
      if (!members.every((each) => isQuotable(each) && typeof each === "string")) return undefined;
      const condition = `${otherwise}(${isOneOf(members, value, { constant })}) && ${fits}`;
      return { code: `const ${value} = ${given};`, value, condition };
    }
    default:
      return undefined;
  }
}

/**
 * The schema of one value inside what may stand around it, and what an absent text becomes: undefined, the default of a schema,
 * or (undefined) what the closure says.
 */
function layersOf(schema: ZodSchema): { core: ZodSchema | undefined; absent?: ZodSchema | "undefined" | undefined } {
  let absent: ZodSchema | "undefined" | undefined;
  let at = schema;
  for (let first = true; ; first = false) {
    const def = at._zod.def;
    if (def.wire !== undefined || def.coerce === true) return { core: undefined };
    const layer = def.type === "optional" || def.type === "nullable" || def.type === "default";
    if (!layer)
      return def.type === "string" && (def.format === "uuid" || def.format === "guid")
        ? { core: undefined }
        : { core: at, absent };
    if (checksOf(at).length > 0 || (def.type !== "nullable" && !first)) return { core: undefined };
    if (def.type === "optional") absent = "undefined";
    if (def.type === "default") absent = at;
    at = def.innerType!;
  }
}
