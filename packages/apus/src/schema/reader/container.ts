/**
 * Readers of what holds other values: lists, objects, records, tuples, sets and maps. Own properties only; a key called
 * `__proto__` is never copied from the wire.
 */
import {
  fail,
  INVALID,
  isEnough,
  missing,
  prefix,
  problem,
  tooManyItems,
  type Problem,
  type Step,
} from "../problem.ts";
import type { Compile, Read } from "../read.ts";
import { anything } from "./scalar.ts";
import { rememberUnset } from "../unset.ts";
import { absenceOf, isZod, mayBeAbsent, type ZodSchema } from "../zod.ts";

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

/** @param most A list with more items is refused before any of them is read. */
export function list(item: Read, most: number): Read {
  return (value, problems) => {
    const raw = items(value);
    if (raw === undefined) return fail(problems, problem("list_type", "Input should be a valid list", value));
    if (raw.length > most) return fail(problems, tooManyItems("List", most, raw.length, value));
    const found = new Array<unknown>(raw.length);
    let valid = true;
    const before = problems.length;
    for (let i = 0; i < raw.length && (valid || !isEnough(problems, before)); i++) {
      if ((found[i] = at(item, raw[i], problems, i)) === INVALID) valid = false;
    }
    return valid ? found : INVALID;
  };
}

/** @param most Reading stops at the first member that is one too many. */
export function set(item: Read, most: number): Read {
  return (value, problems) => {
    const raw = items(value);
    if (raw === undefined) return fail(problems, problem("set_type", "Input should be a valid set", value));
    const before = problems.length;
    const found = new Set<unknown>();
    for (const [i, each] of raw.entries()) {
      const told = isEnough(problems, before) ? problems.length : Infinity;
      const member = at(item, each, problems, i);
      // Whether there are too many members is still to be seen.
      if (problems.length > told) problems.length = told;
      if (member !== INVALID) found.add(member);
      if (found.size > most) {
        problems.length = before;
        return fail(problems, tooManyItems("Set", most, null, value));
      }
    }
    return problems.length === before ? found : INVALID;
  };
}

interface Field {
  readonly key: string;
  readonly read: Read;
  /** What an absent key is: a problem; nothing at all; or undefined to the reader, which has something that stands for it. */
  readonly absent: "missing" | "nothing" | "asked";
}

function fieldOf(key: string, schema: ZodSchema, compile: Compile): Field {
  const absence = absenceOf(schema);
  const nothing = absence === "optional" && schema._zod.optout === "optional";
  const absent = absence === undefined ? "missing" : nothing ? "nothing" : "asked";
  return { key, read: compile(schema), absent };
}

/** What an object does with keys that its shape does not name. */
type Rest = "strip" | "forbid" | "keep" | Read;

function restOf(schema: ZodSchema, compile: Compile): Rest {
  const catchall = schema._zod.def.catchall;
  if (catchall === undefined) return "strip";
  if (catchall._zod.def.type === "never") return "forbid";
  const read = compile(catchall);
  return read === anything ? "keep" : read;
}

export function object(schema: ZodSchema, compile: Compile): Read {
  const shape = schema._zod.def.shape ?? {};
  const fields = Object.keys(shape).map((key) => fieldOf(key, shape[key]!, compile));
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
    let filled: string[] | undefined;
    for (const field of fields) {
      if (readField(field, value, found, problems)) (filled ??= []).push(field.key);
    }
    if (filled !== undefined) rememberUnset(found, filled);
    if (rest !== "strip") readRest(rest, named, value, found, problems, before);
    return problems.length === before ? found : INVALID;
  };
}

/** @returns whether the value is one that stands for an absent key. */
function readField(
  { key, read, absent }: Field,
  from: Record<string, unknown>,
  into: Record<string, unknown>,
  problems: Problem[],
): boolean {
  const value = own.call(from, key) ? from[key] : undefined;
  if (value === undefined && absent !== "asked") {
    if (absent === "missing") problems.push({ ...missing(from), loc: [key] });
    return false;
  }
  const found = at(read, value, problems, key);
  if (found === INVALID || found === undefined) return false;
  put(into, key, found);
  return value === undefined;
}

/** Plain assignment, except for the one name that would change the object's prototype instead of setting a key. */
export function put(into: Record<string, unknown>, key: string, value: unknown): void {
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
  before: number,
): void {
  for (const key of Object.keys(from)) {
    if (named.has(key)) continue;
    if (isEnough(problems, before)) return;
    if (rest === "forbid") {
      problems.push({ ...problem("extra_forbidden", "Extra inputs are not permitted", from[key]), loc: [key] });
    } else if (key !== "__proto__") {
      const found = rest === "keep" ? from[key] : at(rest, from[key], problems, key);
      if (found !== INVALID) into[key] = found;
    }
  }
}

export function record(schema: ZodSchema, compile: Compile): Read {
  const { keyType, valueType, partial = false, mode } = schema._zod.def;
  const readKey = keyType !== undefined && isZod(keyType) ? keyReader(compile(keyType)) : (key: string): string => key;
  const readValue = compile(valueType!);
  // An enum or literal as key type means that every one of its members has to be there.
  const expected = partial ? [] : [...(keyType?._zod.values ?? [])].map(String).filter((name) => name !== "__proto__");
  return (value, problems) => {
    if (!isObject(value)) return fail(problems, problem("dict_type", "Input should be a valid dictionary", value));
    const before = problems.length;
    const found = Object.create(null) as Record<string, unknown>;
    for (const key of expected) {
      if (own.call(value, key)) continue;
      const instead = readValue(undefined, []);
      if (instead === INVALID) problems.push({ ...missing(value), loc: [key] });
      else if (instead !== undefined) found[key] = instead;
    }
    for (const key of Object.keys(value)) {
      if (isEnough(problems, before)) break;
      if (key === "__proto__") continue;
      const start = problems.length;
      const name = readKey(key, problems);
      if (name === INVALID && mode === "loose") {
        problems.length = start;
        found[key] = value[key];
        continue;
      }
      for (let i = start; i < problems.length; i++) problems[i]!.loc.push("[key]", key);
      const item = at(readValue, value[key], problems, key);
      if (name !== INVALID && item !== INVALID && name !== "__proto__") found[String(name)] = item;
    }
    return problems.length === before ? found : INVALID;
  };
}

/** Keys are text on the wire; where the schema wants a number, the number that the text says is tried as well. */
function keyReader(read: Read): Read {
  return (key, problems) => {
    const before = problems.length;
    const found = read(key, problems);
    if (found !== INVALID || !/^-?\d+(?:\.\d+)?$/.test(key as string)) return found;
    const instead = read(Number(key), []);
    if (instead !== INVALID) problems.length = before;
    return instead;
  };
}

export function map(key: Read, item: Read): Read {
  return (value, problems) => {
    const entries = value instanceof Map ? [...value] : isObject(value) ? Object.entries(value) : undefined;
    if (entries === undefined) return fail(problems, problem("dict_type", "Input should be a valid dictionary", value));
    const before = problems.length;
    const found = new Map<unknown, unknown>();
    for (const [name, each] of entries) {
      if (isEnough(problems, before)) break;
      found.set(at(key, name, problems, "[key]"), at(item, each, problems, String(name)));
    }
    return problems.length === before ? found : INVALID;
  };
}

export function tuple(schema: ZodSchema, compile: Compile): Read {
  const { items: members = [], rest } = schema._zod.def;
  const reads = members.map(compile);
  const others = rest ? compile(rest) : undefined;
  const isOptional = (member: ZodSchema): boolean => mayBeAbsent(member) && member._zod.optout === "optional";
  // Only what nothing required follows can be left out without leaving a gap.
  const least = members.findLastIndex((member) => !isOptional(member)) + 1;
  return (value, problems) => {
    const raw = items(value);
    if (raw === undefined) return fail(problems, problem("tuple_type", "Input should be a valid tuple", value));
    if (others === undefined && raw.length > reads.length) {
      return fail(problems, tooManyItems("Tuple", reads.length, raw.length, value));
    }
    const before = problems.length;
    const found: unknown[] = [];
    for (const [i, read] of reads.entries()) {
      if (i < raw.length) found.push(at(read, raw[i], problems, i));
      else if (!mayBeAbsent(members[i]!)) problems.push({ ...missing(value), loc: [i] });
      else if (i < least || absenceOf(members[i]!) === "defaulted") found.push(at(read, undefined, problems, i));
      else break;
    }
    for (let i = reads.length; i < raw.length && !isEnough(problems, before); i++) {
      found.push(at(others!, raw[i], problems, i));
    }
    return problems.length === before ? found : INVALID;
  };
}
