/** Writers of what holds other values: lists, tuples, objects, records, unions and intersections. */
import { remembering } from "../reader/attempts.ts";
import { put } from "../reader/container.ts";
import { leavesByValue, type Leaving } from "./leaving.ts";
import { merge } from "../merge.ts";
import { fail, INVALID, outputMismatch, prefix, type Problem, type Step } from "../problem.ts";
import type { Compile, Read } from "../read.ts";
import { unsetOf } from "../unset.ts";
import { mayBeAbsent, resolveLazy, type ZodSchema } from "../zod.ts";

export function writeList(expected: string, item: Read): Read {
  return (value, problems) => {
    const raw = Array.isArray(value) ? (value as unknown[]) : value instanceof Set ? [...value] : undefined;
    if (raw === undefined) return fail(problems, outputMismatch(expected, value));
    const found = new Array<unknown>(raw.length);
    let valid = true;
    for (let i = 0; i < raw.length; i++) {
      if ((found[i] = writeAt(item, raw[i], problems, i)) === INVALID) valid = false;
    }
    return valid ? found : INVALID;
  };
}

/** Writes a part and says where it stood when it did not fit. */
function writeAt(write: Read, value: unknown, problems: Problem[], step: Step): unknown {
  const before = problems.length;
  const found = write(value, problems);
  if (found === INVALID) prefix(problems, before, step);
  return found;
}

export function writeTuple(schema: ZodSchema, compile: Compile): Read {
  const { items = [], rest } = schema._zod.def;
  const writes = items.map(compile);
  const others = rest ? compile(rest) : undefined;
  const required = items.findLastIndex((item) => item._zod.optout !== "optional") + 1;
  return (value, problems) => {
    if (!Array.isArray(value) || (others === undefined && value.length > writes.length)) {
      return fail(problems, outputMismatch(`a list of ${writes.length} item${writes.length === 1 ? "" : "s"}`, value));
    }
    const raw = value as unknown[];
    const before = problems.length;
    const found: unknown[] = [];
    // What may be left out at the end is left out; JSON has no other word for undefined than null.
    for (let i = 0; i < Math.max(raw.length, required); i++) {
      found.push(writeAt(writes[i] ?? others!, raw[i], problems, i));
    }
    return problems.length > before ? INVALID : found;
  };
}

/** @param leaving What is left out of it. */
export function writeObject(schema: ZodSchema, compile: Compile, leaving: Leaving): Read {
  const { shape = {}, catchall } = schema._zod.def;
  const keys = Object.keys(shape);
  const writes = keys.map((key) => compile(shape[key]!));
  const leavesOut = keys.map((key, i) => leftOut(shape[key]!, writes[i]!, leaving));
  const rest = catchall === undefined || catchall._zod.def.type === "never" ? undefined : compile(catchall);
  return (value, problems) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return fail(problems, outputMismatch("an object", value));
    const from = value as Record<string, unknown>;
    const found: Record<string, unknown> = {};
    const unset = leaving.excludeUnset === true ? unsetOf(value) : none;
    let valid = true;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      // Getters and class instances are read too, but never what every object inherits ("constructor", "toString").
      const raw = key in Object.prototype && !Object.hasOwn(from, key) ? undefined : from[key];
      const each = writeAt(writes[i]!, raw, problems, key);
      if (each === INVALID) valid = false;
      else if (each !== undefined && !unset.includes(key) && leavesOut[i]?.(raw, each) !== true) put(found, key, each);
    }
    if (rest !== undefined) {
      for (const key of Object.keys(from)) {
        if (Object.hasOwn(shape, key) || key === "__proto__") continue;
        const each = writeAt(rest, from[key], problems, key);
        if (each === INVALID) valid = false;
        else if (each !== null || leaving.excludeNull !== true) found[key] = each;
      }
    }
    return valid ? found : INVALID;
  };
}

const none: readonly string[] = [];

/** Decides of one key, by what the handler gave and what was written of it; undefined where everything is kept. */
function leftOut(
  schema: ZodSchema,
  write: Read,
  leaving: Leaving,
): ((raw: unknown, written: unknown) => boolean) | undefined {
  if (!leavesByValue(leaving)) return undefined;
  const { excludeUnset, excludeDefaults, excludeNull } = leaving;
  // What is written where nothing was given is the default, whatever stands around it.
  const isDefault = (written: unknown): boolean => {
    const instead = write(undefined, []);
    return instead !== INVALID && JSON.stringify(instead) === JSON.stringify(written);
  };
  const hasDefault = excludeDefaults === true && mayBeAbsent(schema);
  return (raw, written) =>
    (excludeUnset === true && raw === undefined) ||
    (excludeNull === true && written === null) ||
    (hasDefault && isDefault(written));
}

export function writeRecord(schema: ZodSchema, compile: Compile): Read {
  const { keyType, valueType, partial = false } = schema._zod.def;
  const item = compile(valueType!);
  // Only the keys of an enum or literal can be told without decoding; they are all of the object that goes out.
  const names = keyType?._zod.values === undefined ? undefined : new Set([...keyType._zod.values].map(String));
  return (value, problems) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return fail(problems, outputMismatch("an object", value));
    const given = new Map<string, unknown>(
      value instanceof Map ? [...value].map(([key, each]) => [String(key), each]) : Object.entries(value),
    );
    const before = problems.length;
    const found = Object.create(null) as Record<string, unknown>;
    for (const key of names ?? given.keys()) {
      if (key === "__proto__" || (partial && !given.has(key))) continue;
      const each = writeAt(item, given.get(key), problems, key);
      if (each !== INVALID && each !== undefined) found[key] = each;
    }
    return problems.length > before ? INVALID : found;
  };
}

export function writeUnion(schema: ZodSchema, compile: Compile): Read {
  const { options, discriminator } = schema._zod.def;
  const first = firstOf(options!.map(compile));
  if (discriminator === undefined) return first;
  const byTag = new Map<unknown, Read>();
  for (const option of options!) {
    for (const tag of resolveLazy(option)._zod.propValues?.[discriminator] ?? []) byTag.set(tag, compile(option));
  }
  return (value, problems) => {
    const tag = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[discriminator] : null;
    return (byTag.get(tag) ?? first)(value, problems);
  };
}

function firstOf(members: readonly Read[]): Read {
  return remembering((value, problems) => {
    const found: Problem[] = [];
    for (const write of members) {
      const each = write(value, found);
      if (each !== INVALID) return each;
    }
    problems.push(...found);
    return INVALID;
  });
}

export function writeBoth(left: Read, right: Read): Read {
  return remembering((value, problems) => {
    const one = left(value, problems);
    const other = right(value, problems);
    if (one === INVALID || other === INVALID) return INVALID;
    const joined = merge(one, other);
    return joined === INVALID
      ? fail(problems, outputMismatch("the same to both halves of the intersection", value))
      : joined;
  });
}
