/**
 * What stands in a problem's `input` in place of a secret: a 422 never echoes a value that was declared secret, neither alone
 * nor inside the object, list or text that is echoed.
 */
import type { Read } from "../read.ts";
import { partsOf, resolveLazy, type ZodSchema } from "../zod.ts";

/** What is shown of a secret. */
const mask = "**********";

type Redact = (value: unknown) => unknown;

/**
 * Wraps the readers of a schema and its parts so that their problems do not echo secrets.
 * @param root The schema that is compiled; where it holds no secret, nothing is wrapped.
 */
export function redacting(root: ZodSchema): (schema: ZodSchema, read: Read) => Read {
  if (!holdsSecret(root, new Set())) return (_, read) => read;
  const made = new Map<ZodSchema, Redact>();
  const redactor = (schema: ZodSchema): Redact => {
    const known = made.get(schema);
    if (known !== undefined) return known;
    // A schema that contains itself finds this while its own is being made.
    let own: Redact = () => mask;
    made.set(
      schema,
      once((value) => own(value)),
    );
    own = compileRedact(schema, redactor);
    return made.get(schema)!;
  };
  return (schema, read) => {
    if (!holdsSecret(schema, new Set())) return read;
    const redact = redactor(schema);
    return (value, problems) => {
      const before = problems.length;
      const found = read(value, problems);
      for (let i = before; i < problems.length; i++) {
        const each = problems[i]!;
        if (Object.is(each.input, value)) problems[i] = { ...each, input: redact(value) };
      }
      return found;
    };
  };
}

/** Hides each object once, however many problems echo it or something around it. */
function once(redact: Redact): Redact {
  const shown = new WeakMap<object, unknown>();
  return (value) => {
    if (typeof value !== "object" || value === null) return redact(value);
    let found = shown.get(value);
    if (found === undefined) shown.set(value, (found = redact(value)));
    return found;
  };
}

function holdsSecret(schema: ZodSchema, seen: Set<ZodSchema>): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  return schema._zod.def.wire?.secret === true || partsOf(schema).some((part) => holdsSecret(part, seen));
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** How to hide what is secret in a value of a schema. What has not the shape that the secret stands in is hidden whole. */
function compileRedact(schema: ZodSchema, redactor: (part: ZodSchema) => Redact): Redact {
  const hides = (part: ZodSchema): Redact | undefined => (holdsSecret(part, new Set()) ? redactor(part) : undefined);
  const def = schema._zod.def;
  if (def.wire?.secret === true) return hidden;
  switch (def.type) {
    case "object": {
      const keys = new Map(
        Object.entries(def.shape ?? {}).flatMap(([key, part]) => {
          const hide = hides(part);
          return hide === undefined ? [] : [[key, hide] as const];
        }),
      );
      const rest = def.catchall === undefined ? undefined : hides(def.catchall);
      // What stands where nothing was declared may be the secret under another key, or one level too deep.
      return inRecord((key) => keys.get(key) ?? (Object.hasOwn(def.shape ?? {}, key) ? undefined : (rest ?? hidden)));
    }
    case "record":
    case "map": {
      // A secret that is a key leaves nothing to show.
      if (hides(def.keyType!) !== undefined) return hidden;
      const value = hides(def.valueType!);
      return inRecord(() => value);
    }
    case "array":
    case "set": {
      const item = hides((def.element ?? def.valueType)!);
      return inList(() => item);
    }
    case "tuple": {
      const items = (def.items ?? []).map(hides);
      const rest = def.rest ? hides(def.rest) : undefined;
      return inList((i) => (i < items.length ? items[i] : rest));
    }
    case "lazy":
      return redactor(resolveLazy(schema));
    case "pipe": {
      // What was sent has the shape of the first side; a step of the author's own in front of it may be given anything.
      const sent = def.in!._zod.def.type === "transform" ? undefined : hides(def.in!);
      return sent ?? hidden;
    }
    default: {
      const parts = partsOf(schema).flatMap((part) => hides(part) ?? []);
      return (value) => parts.reduce((shown, hide) => hide(shown), value);
    }
  }
}

/** That there is nothing is no secret. */
function hidden(value: unknown): unknown {
  return value === null || value === undefined ? value : mask;
}

function inList(of: (index: number) => Redact | undefined): Redact {
  return (value) => {
    const list = value instanceof Set ? [...value] : value;
    return isList(list) ? list.map((each, i) => (of(i) ?? same)(each)) : hidden(value);
  };
}

function inRecord(of: (key: string) => Redact | undefined): Redact {
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return hidden(value);
    const entries = value instanceof Map ? [...(value as Map<unknown, unknown>)] : Object.entries(value);
    return Object.fromEntries(entries.map(([key, each]) => [key, (of(String(key)) ?? same)(each)]));
  };
}

const same: Redact = (value) => value;
