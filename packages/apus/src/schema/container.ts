/**
 * Readers of what holds other values: lists, objects, records, tuples, sets and maps. Own properties only; a key called
 * `__proto__` is never copied from the wire.
 */
import { fail, INVALID, missing, prefix, problem, type Problem, type Step } from "./problem.ts";
import type { Compile, Read } from "./read.ts";
import { isZod, mayBeAbsent, type ZodSchema } from "./zod.ts";

const own = Object.prototype.hasOwnProperty;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a part and says where it stood when something was wrong with it. */
function at(read: Read, value: unknown, problems: Problem[], step: Step): unknown {
  const before = problems.length;
  const found = read(value, problems);
  if (problems.length > before) prefix(problems, before, step);
  return found;
}

function items(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof Set ? [...value] : undefined;
}

export function list(item: Read): Read {
  return (value, problems) => {
    const raw = items(value);
    if (raw === undefined) return fail(problems, problem("list_type", "Input should be a valid list", value));
    const found = new Array<unknown>(raw.length);
    let valid = true;
    for (let i = 0; i < raw.length; i++) if ((found[i] = at(item, raw[i], problems, i)) === INVALID) valid = false;
    return valid ? found : INVALID;
  };
}

export function set(item: Read): Read {
  const all = list(item);
  return (value, problems) => {
    if (items(value) === undefined) return fail(problems, problem("set_type", "Input should be a valid set", value));
    const found = all(value, problems);
    return found === INVALID ? INVALID : new Set(found as unknown[]);
  };
}

interface Field {
  readonly key: string;
  readonly read: Read;
  /** Whether an absent key is handed to the reader as undefined (optional, default) instead of being a problem. */
  readonly optional: boolean;
}

/** What an object does with keys that its shape does not name. */
type Rest = "strip" | "forbid" | "keep" | Read;

function restOf(schema: ZodSchema, compile: Compile): Rest {
  const catchall = schema._zod.def.catchall;
  if (catchall === undefined) return "strip";
  const type = catchall._zod.def.type;
  return type === "never" ? "forbid" : type === "unknown" || type === "any" ? "keep" : compile(catchall);
}

export function object(schema: ZodSchema, compile: Compile): Read {
  const shape = schema._zod.def.shape ?? {};
  const fields: Field[] = Object.keys(shape).map((key) => ({
    key,
    read: compile(shape[key]!),
    optional: mayBeAbsent(shape[key]!),
  }));
  const named = new Set(Object.keys(shape));
  const rest = restOf(schema, compile);
  return (value, problems) => {
    if (!isObject(value)) {
      return fail(
        problems,
        problem("model_attributes_type", "Input should be a valid dictionary or object to extract fields from", value),
      );
    }
    const before = problems.length;
    const found: Record<string, unknown> = {};
    for (const field of fields) readField(field, value, found, problems);
    if (rest !== "strip") readRest(rest, named, value, found, problems);
    return problems.length === before ? found : INVALID;
  };
}

function readField(
  { key, read, optional }: Field,
  from: Record<string, unknown>,
  into: Record<string, unknown>,
  problems: Problem[],
): void {
  if (!own.call(from, key) || from[key] === undefined) {
    if (!optional) {
      problems.push({ ...missing(from), loc: [key] });
      return;
    }
    const instead = read(undefined, problems);
    if (instead !== undefined) put(into, key, instead);
    return;
  }
  const before = problems.length;
  const found = read(from[key], problems);
  if (problems.length > before) prefix(problems, before, key);
  else put(into, key, found);
}

/** Plain assignment, except for the one name that would change the object's prototype instead of setting a key. */
function put(into: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
  } else into[key] = value;
}

function readRest(
  rest: Exclude<Rest, "strip">,
  named: ReadonlySet<string>,
  from: Record<string, unknown>,
  into: Record<string, unknown>,
  problems: Problem[],
): void {
  for (const key of Object.keys(from)) {
    if (named.has(key)) continue;
    if (rest === "forbid") {
      problems.push({ ...problem("extra_forbidden", "Extra inputs are not permitted", from[key]), loc: [key] });
    } else if (key !== "__proto__") {
      const found = rest === "keep" ? from[key] : at(rest, from[key], problems, key);
      if (found !== INVALID) into[key] = found;
    }
  }
}

export function record(schema: ZodSchema, compile: Compile): Read {
  const { keyType, valueType } = schema._zod.def;
  const readKey = keyType !== undefined && isZod(keyType) ? compile(keyType) : (key: unknown): unknown => key;
  const readValue = compile(valueType!);
  // An enum or literal as key type means that every one of its members has to be there.
  const expected = keyType?._zod.values;
  return (value, problems) => {
    if (!isObject(value)) return fail(problems, problem("dict_type", "Input should be a valid dictionary", value));
    const before = problems.length;
    const found = Object.create(null) as Record<string, unknown>;
    for (const key of expected ?? []) {
      const name = String(key);
      if (!own.call(value, name)) problems.push({ ...missing(value), loc: [name] });
    }
    for (const key of Object.keys(value)) {
      if (key === "__proto__") continue;
      const start = problems.length;
      const name = readKey(key, problems);
      for (let i = start; i < problems.length; i++) problems[i]!.loc.unshift(key, "[key]");
      const item = at(readValue, value[key], problems, key);
      if (name !== INVALID && item !== INVALID) found[String(name)] = item;
    }
    return problems.length === before ? found : INVALID;
  };
}

export function map(key: Read, item: Read): Read {
  return (value, problems) => {
    const entries = value instanceof Map ? [...value] : isObject(value) ? Object.entries(value) : undefined;
    if (entries === undefined) return fail(problems, problem("dict_type", "Input should be a valid dictionary", value));
    const before = problems.length;
    const found = new Map<unknown, unknown>();
    for (const [name, each] of entries)
      found.set(at(key, name, problems, "[key]"), at(item, each, problems, String(name)));
    return problems.length === before ? found : INVALID;
  };
}

export function tuple(schema: ZodSchema, compile: Compile): Read {
  const { items: members = [], rest } = schema._zod.def;
  const reads = members.map(compile);
  const optional = members.map(mayBeAbsent);
  const others = rest ? compile(rest) : undefined;
  return (value, problems) => {
    const raw = items(value);
    if (raw === undefined) return fail(problems, problem("tuple_type", "Input should be a valid tuple", value));
    const before = problems.length;
    const found: unknown[] = [];
    for (const [i, read] of reads.entries()) {
      if (i < raw.length) found.push(at(read, raw[i], problems, i));
      else if (!optional[i]) problems.push({ ...missing(value), loc: [i] });
    }
    if (raw.length > reads.length) {
      if (others === undefined) {
        const most = reads.length;
        return fail(
          problems,
          problem(
            "too_long",
            `Tuple should have at most ${most} item${most === 1 ? "" : "s"} after validation, not ${raw.length}`,
            value,
            { field_type: "Tuple", max_length: most, actual_length: raw.length },
          ),
        );
      }
      for (let i = reads.length; i < raw.length; i++) found.push(at(others, raw[i], problems, i));
    }
    return problems.length === before ? found : INVALID;
  };
}
