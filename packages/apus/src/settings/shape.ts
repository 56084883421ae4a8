/** What a schema makes of a variable: a text as it is, JSON, or parts that have variables of their own. */
import { partsOf, preprocesses, unwrap, type ZodSchema } from "../schema/index.ts";
import { variableName, type Fold } from "./names.ts";

const containers = new Set(["array", "object", "record", "tuple", "set", "map", "intersection"]);

/** Whether a text is taken as it is, has to be JSON, or is JSON only if it says a list or an object. */
export function textForm(schema: ZodSchema): "text" | "json" | "either" {
  // A preprocess step of the author's own is given what was written.
  if (preprocesses(schema)) return "text";
  const { type, wire, options } = unwrap(schema)._zod.def;
  if (wire !== undefined) return wire.holds === "many" ? "json" : "text";
  if (type !== "union") return containers.has(type) ? "json" : "text";
  const forms = options!.filter((option) => unwrap(option)._zod.def.type !== "null").map(textForm);
  if (forms.every((form) => form === "json")) return "json";
  return forms.some((form) => form !== "text") ? "either" : "text";
}

/** Whether a schema holds a list of values. */
export function isList(schema: ZodSchema): boolean {
  const { type, wire } = unwrap(schema)._zod.def;
  return wire === undefined ? type === "array" || type === "set" || type === "tuple" : wire.holds === "many";
}

/** The objects and records that a schema may be, whose parts can be named. */
export function groupsIn(schema: ZodSchema, around: readonly ZodSchema[] = []): ZodSchema[] {
  if (preprocesses(schema)) return [];
  const inner = unwrap(schema);
  const { type, wire, options, left, right } = inner._zod.def;
  if (wire !== undefined || around.includes(inner)) return [];
  const within = (part: ZodSchema): ZodSchema[] => groupsIn(part, [...around, inner]);
  if (type === "union") return options!.flatMap(within);
  if (type === "intersection") return [...within(left!), ...within(right!)];
  return type === "object" || type === "record" ? [inner] : [];
}

/** The fields of an object, or none. */
export function fieldsOf(group: ZodSchema): Readonly<Record<string, ZodSchema>> {
  return group._zod.def.shape ?? {};
}

/** The key that a name means in a group, and its schema. Undefined where the group has no such key. */
export function keyNamed(name: string, group: ZodSchema, fold: Fold): readonly [string, ZodSchema] | undefined {
  const { keyType, valueType } = group._zod.def;
  if (valueType !== undefined) {
    const keys = [...(keyType!._zod.values ?? [])].map(String);
    return [keys.find((key) => fold(variableName(key)) === name) ?? name, valueType];
  }
  return Object.entries(fieldsOf(group)).find(([key]) => fold(variableName(key)) === name);
}

/** A place inside a setting that a name leads to. */
interface Place {
  readonly path: readonly string[];
  readonly schema: ZodSchema | undefined;
  /** Whether the schema knows the place. */
  readonly known: boolean;
  /** Whether it only knows that anything may be there. */
  readonly anything?: boolean;
}

/**
 * Follows what stands behind the delimiter of a variable's name into a schema. Names are looked for as a whole, so that a
 * delimiter that is also part of names (`_`) leads to the right place.
 *
 * @param rest `pool_size` of DB__POOL_SIZE, folded.
 */
export function placeOf(schema: ZodSchema, rest: string, delimiter: string, fold: Fold): Place {
  const groups = groupsIn(schema);
  for (const group of groups) {
    const found = placeIn(group, rest, delimiter, fold);
    if (found !== undefined) return found;
  }
  // An object decides for itself what becomes of keys that it does not name.
  const open = groups.find(({ _zod: { def } }) => def.catchall !== undefined && def.catchall._zod.def.type !== "never");
  const catchall = open?._zod.def.catchall;
  if (catchall !== undefined && holdsAnything(catchall))
    return { path: rest.split(delimiter), schema: catchall, known: true, anything: true };
  return { path: [rest], schema: catchall, known: open !== undefined };
}

/** Whether a schema takes every value: parts that a name says it has are as good as any. */
function holdsAnything(schema: ZodSchema): boolean {
  if (preprocesses(schema)) return false;
  const { type, wire } = unwrap(schema)._zod.def;
  return wire === undefined && (type === "any" || type === "unknown");
}

function placeIn(group: ZodSchema, rest: string, delimiter: string, fold: Fold): Place | undefined {
  const { valueType } = group._zod.def;
  if (valueType !== undefined && holdsAnything(valueType)) {
    const [first, ...inner] = rest.split(delimiter);
    const [key, schema] = keyNamed(first!, group, fold)!;
    return { path: [key, ...inner], schema, known: true, anything: inner.length > 0 };
  }
  if (valueType !== undefined) {
    const end = groupsIn(valueType).length > 0 ? rest.indexOf(delimiter) : -1;
    const [key, part] = keyNamed(end < 1 ? rest : rest.slice(0, end), group, fold)!;
    return end < 1
      ? { path: [key], schema: part, known: true }
      : deeper(key, placeOf(part, rest.slice(end + delimiter.length), delimiter, fold));
  }
  const named = keyNamed(rest, group, fold);
  if (named !== undefined) return { path: [named[0]], schema: named[1], known: true };
  for (const [key, part] of Object.entries(fieldsOf(group))) {
    const start = fold(variableName(key)) + delimiter;
    if (!rest.startsWith(start)) continue;
    const found = placeOf(part, rest.slice(start.length), delimiter, fold);
    // What holds no parts that can be named says so; a text of a longer name is somebody else's.
    if (found.known || textForm(part) !== "text") return deeper(key, found);
  }
  return undefined;
}

const deeper = (key: string, place: Place): Place => ({ ...place, path: [key, ...place.path] });

/** Whether a setting is a record, and never null or absent. */
export function isRecord(schema: ZodSchema): boolean {
  const { type, innerType } = schema._zod.def;
  if (type === "default" || type === "prefault" || type === "readonly") return isRecord(innerType!);
  return type === "record";
}

/** Every key that some object inside a schema declares: what may be shown of the way to a problem. */
export function declaredKeys(root: ZodSchema): Set<string> {
  const keys = new Set<string>();
  const seen = new Set([root]);
  for (const schema of seen) {
    for (const key of Object.keys(fieldsOf(schema))) keys.add(key);
    for (const part of partsOf(schema)) seen.add(part);
  }
  return keys;
}
