/** Which schemas a schema is made of, how often each stands in it, and whether any of them runs a user's own functions. */
import { checksOf, partsOf, resolveLazy, type ZodCheck, type ZodSchema } from "./zod.ts";

/** The types that generated code gives functions of their own where they stand in several places. */
export const composite: ReadonlySet<string> = new Set(["object", "array", "tuple", "record", "union"]);
const wrappers = new Set(["optional", "nullable", "default", "prefault", "nonoptional", "readonly", "lazy"]);

/** A schema and what its wrappers wrap, layer by layer; a schema that is nothing but itself ends as well. */
function layers(schema: ZodSchema): Set<ZodSchema> {
  const found = new Set<ZodSchema>();
  for (let current = schema; !found.has(current);) {
    found.add(current);
    const { type, innerType, wire } = current._zod.def;
    if (wire !== undefined || !wrappers.has(type)) break;
    current = type === "lazy" ? resolveLazy(current) : innerType!;
  }
  return found;
}

/** Whether generating is worth anything: single values are as fast without. */
export function holdsParts(schema: ZodSchema): boolean {
  const { type, wire } = [...layers(schema)].at(-1)!._zod.def;
  return wire === undefined && composite.has(type);
}

/** All schemas that can be reached from one, each with the number of places it stands in. A wrapper shares its places with what it wraps. */
export function reached(root: ZodSchema): ReadonlyMap<ZodSchema, number> {
  const found = new Map<ZodSchema, number>();
  const open: ZodSchema[] = [];
  const meet = (schema: ZodSchema): void => {
    for (const layer of layers(schema)) {
      const places = found.get(layer) ?? 0;
      found.set(layer, places + 1);
      if (places === 0) open.push(layer);
    }
  };
  meet(root);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    // What a wrapper wraps was met together with it.
    if (wrappers.has(next._zod.def.type) || next._zod.def.wire !== undefined) continue;
    for (const part of partsOf(next)) meet(part);
  }
  return found;
}

/**
 * Whether a schema stands somewhere inside itself. Alternatives that do are left to the closures, which remember what was
 * tried: trying them anew at every depth would take 2^depth attempts.
 */
export function holdsItself(schema: ZodSchema): boolean {
  return (reached(schema).get(schema) ?? 0) > 1;
}

/** A check that zod brings itself; a user's own function may throw, or count how often it is called. */
function isHarmless(check: ZodCheck): boolean {
  const { check: kind } = check._zod.def;
  if (kind === "string_format") return !(check as unknown as ZodSchema)._zod.traits.has("$ZodCustomStringFormat");
  return /^(?:(?:min|max)_length|length_equals|less_than|greater_than|multiple_of|number_format)$/.test(kind);
}

const plainTypes =
  "string number boolean null enum literal array object record tuple union optional nullable default readonly nonoptional lazy";

/**
 * Tells whether reading or writing a schema runs nothing but our own code. Closures go on after the first problem, and so
 * may still run into a user's function that throws; only where there is none can a refusal be told early.
 */
export class Purity {
  readonly #plain: ReadonlySet<string>;
  readonly #known = new Map<ZodSchema, boolean>();

  /** @param also Further types that run nothing but our own code. */
  constructor(...also: readonly string[]) {
    this.#plain = new Set([...plainTypes.split(" "), ...also]);
  }

  of(schema: ZodSchema): boolean {
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    const parts = [...reached(schema).keys()];
    const pure = parts.every((part) => this.#isPlain(part));
    this.#known.set(schema, pure);
    if (pure) for (const part of parts) this.#known.set(part, true);
    return pure;
  }

  #isPlain(part: ZodSchema): boolean {
    const { type, coerce, wire } = part._zod.def;
    return this.#plain.has(type) && coerce !== true && wire === undefined && checksOf(part).every(isHarmless);
  }
}
