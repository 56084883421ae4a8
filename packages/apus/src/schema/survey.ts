/**
 * Looks once at every schema of an app when it starts, and tells those of which reading, writing and describing cannot fail:
 * only the others are compiled and described on trial, so that what is wrong with one still stops the start.
 */
import { checkCopy } from "../diagnostic/index.ts";
import { isAsync } from "./reader/async-schema.ts";
import { isSlow } from "./reader/backtracking.ts";
import { componentName } from "./json-schema/json-names.ts";
import type { AnySchema } from "./types.ts";
import { isZod, mayHaveMeta, metaOf, type ZodCheck, type ZodSchema } from "./zod.ts";

/** Deeper than schemas that people write: one that makes new schemas of itself without end is left to those who tell it. */
const deepest = 60;

/** Checks that are compiled and described from what they say, whatever it is. */
const knownChecks = new Set([
  "less_than",
  "greater_than",
  "multiple_of",
  "number_format",
  "min_length",
  "max_length",
  "length_equals",
  "overwrite",
]);

/** What has been found so far. */
interface Found {
  readonly known: Map<ZodSchema, boolean>;
  readonly ids: Map<string, ZodSchema>;
  readonly twins: ZodSchema[];
  slow: boolean;
}

export class Survey {
  readonly #found: Found = { known: new Map(), ids: new Map(), twins: [], slow: false };

  /** Whether nothing can be wrong with a schema, be it read, written or described. Of a schema that holds itself it is not known. */
  isPlain(schema: AnySchema): boolean {
    if (!isZod(schema)) return false;
    const { known } = this.#found;
    const before = known.get(schema);
    if (before !== undefined) return before;
    const plain = look(schema, this.#found, 0);
    // What is asked for once is asked for again.
    known.set(schema, plain);
    return plain;
  }

  /** Whether an expression has been seen that a client can keep the process busy with. */
  get slow(): boolean {
    return this.#found.slow;
  }
  set slow(slow: boolean) {
    this.#found.slow = slow;
  }

  /** The component names that schemas have asked for, each with the first schema that did. */
  get ids(): ReadonlyMap<string, ZodSchema> {
    return this.#found.ids;
  }

  /** Schemas that describe something under a name that another schema has. */
  get twins(): readonly ZodSchema[] {
    return this.#found.twins;
  }

  /** Forgets the schemas, for the sake of the memory. */
  clear(): void {
    const { known, ids, twins } = this.#found;
    known.clear();
    ids.clear();
    twins.length = 0;
  }
}

type Definition = ZodSchema["_zod"]["def"];

/**
 * Each property is read once, and only where it can be there: schemas are thousands of objects that no cache holds, so that
 * reading them is what takes the time.
 */
function look(schema: ZodSchema, found: Found, depth: number): boolean {
  const { def, parent } = schema._zod;
  const { type } = def;
  // Only through these a schema can hold itself; looking at others anew costs less than remembering them.
  const isRemembered = type === "object" || type === "union" || type === "record";
  if (isRemembered) {
    const known = found.known.get(schema);
    if (known !== undefined) return known;
    // While it is looked at it is none, and so is whatever meets it inside itself.
    found.known.set(schema, false);
  }
  // All are asked in any case: they take note of ids and expressions.
  const said = saysPlain(schema, def.checks, parent, found, depth);
  const plain = isPlainKind(schema, def, found, depth) && said;
  if (isRemembered && plain) found.known.set(schema, true);
  return plain;
}

/** Whether a schema is of a kind that is nothing but its parts, and they are plain. */
function isPlainKind(schema: ZodSchema, def: Definition, found: Found, depth: number): boolean {
  switch (def.type) {
    case "null":
    case "any":
    case "unknown":
      return true;
    case "boolean":
    case "date":
      return def.coerce !== true;
    case "string":
    case "number":
    case "bigint":
      return def.coerce !== true && isPlainFormat(schema, def, found);
    case "custom":
      return def.wire === undefined && isPlainFormat(schema, def, found);
    case "enum":
      return isUnwired(def) && Object.values(def.entries ?? {}).every(isPlainText);
    case "literal":
      return isUnwired(def) && (def.values ?? []).every(isPlainText);
    case "array":
      return deeper(def.element, found, depth) && isUnwired(def);
    case "object": {
      const fields = areFieldsPlain(def.shape, found, depth);
      return fields && takesPlain(def.catchall, found, depth) && isUnwired(def);
    }
    case "record":
      return arePlain([def.keyType, def.valueType], found, depth) && isUnwired(def);
    case "union":
      return arePlain(def.options ?? [undefined], found, depth) && def.discriminator === undefined && isUnwired(def);
    case "default":
    case "prefault":
      return deeper(def.innerType, found, depth) && isPlainDefault(def.defaultValue) && isUnwired(def);
    case "pipe":
      return isPlainCodec(def, found, depth) && (isUnwired(def) || isOwnScalar(def));
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
      return deeper(def.innerType, found, depth) && isUnwired(def);
    default:
      return false;
  }
}

/** Whether a schema is none of our types. */
function isUnwired(def: Definition): boolean {
  return def.wire === undefined;
}

/** Whether a schema that is a check itself, as `z.int()` and `z.email()` are, is a plain one. */
function isPlainFormat(schema: ZodSchema, def: Definition, found: Found): boolean {
  return def.check === undefined || isPlainCheck(schema as unknown as ZodCheck, found);
}

/** Whether checks and metadata are such, and the component that it was made from. */
function saysPlain(
  schema: ZodSchema,
  checks: Definition["checks"],
  parent: ZodSchema | undefined,
  found: Found,
  depth: number,
): boolean {
  let plain = true;
  if (checks !== undefined) {
    for (let i = 0; i < checks.length; i++) plain = isPlainCheck(checks[i]!, found) && plain;
  }
  if (!mayHaveMeta(schema, parent)) return plain;
  const said = metaOf(schema);
  plain = isPlainMeta(said, schema, found) && plain;
  // Without an id of its own it may be described by what it was made from.
  if (said["id"] === undefined) {
    for (let at = parent; at !== undefined; at = at._zod.parent) {
      if (metaOf(at)["id"] !== undefined) return deeper(at, found, depth) && plain;
    }
  }
  return plain;
}

function isPlainMeta(said: Readonly<Record<string, unknown>>, schema: ZodSchema, { ids, twins }: Found): boolean {
  const { id } = said;
  if (typeof id === "string" && id !== "") {
    const name = componentName(id);
    const known = ids.get(name);
    if (known === undefined) ids.set(name, schema);
    else if (known !== schema) twins.push(schema);
  }
  return Object.values(said).every(isPlainText);
}

function isPlainCheck(check: ZodCheck, found: Found): boolean {
  const { def } = check._zod;
  if (def.check === "string_format") {
    if (def.format === "regex" && def.pattern !== undefined && isSlow(def.pattern)) found.slow = true;
    return !(check as unknown as ZodSchema)._zod.traits.has("$ZodCustomStringFormat");
  }
  if (knownChecks.has(def.check)) return true;
  return def.check === "custom" && !isAsync(def.fn) && !isAsync(check._zod.check);
}

/** Whether a codec is a type of ours for a single value. */
function isOwnScalar({ wire }: Definition): boolean {
  if (wire?.holds !== "one") return false;
  try {
    checkCopy(wire, "");
    return true;
  } catch {
    return false; // another copy of the package made it, which is told where the schema is compiled
  }
}

/** A codec can be turned round, and at once. */
function isPlainCodec(
  { in: sent, out: given, transform, reverseTransform }: Definition,
  found: Found,
  depth: number,
): boolean {
  const turns = reverseTransform !== undefined && !isAsync(reverseTransform) && !isAsync(transform);
  return arePlain([sent, given], found, depth) && turns;
}

/** Whether further keys of an object are plain; `z.never()` is how a strict one says that it takes none. */
function takesPlain(catchall: Definition["catchall"], found: Found, depth: number): boolean {
  return catchall === undefined || catchall._zod.def.type === "never" || deeper(catchall, found, depth);
}

/** All of them are looked at, even once the answer is known. zod reads a shape in the same way. */
function areFieldsPlain(shape: Definition["shape"], found: Found, depth: number): boolean {
  let plain = true;
  for (const name in shape) plain = deeper(shape[name], found, depth) && plain;
  return plain;
}

/** All of them are looked at, even once the answer is known. */
function arePlain(schemas: readonly (ZodSchema | undefined)[], found: Found, depth: number): boolean {
  let plain = true;
  for (let i = 0; i < schemas.length; i++) plain = deeper(schemas[i], found, depth) && plain;
  return plain;
}

function deeper(schema: ZodSchema | null | undefined, found: Found, depth: number): boolean {
  // Where a circular import has left none, those who look for holes say where.
  return depth < deepest && schema?._zod !== undefined && look(schema, found, depth + 1);
}

/** Whether a value is its own form in JSON. */
function isPlainText(value: unknown): boolean {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

/** An empty list or object is made anew each time; what holds something may hold anything. */
function isPlainDefault(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === null || isPlainText(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Array.prototype || prototype === Object.prototype) && Object.keys(value).length === 0;
}
