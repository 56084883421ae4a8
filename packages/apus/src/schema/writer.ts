/**
 * The answer schema: compiles an output schema into the function that checks a handler's value, filters it to the declared
 * keys, turns codecs round and fills in defaults. The result is ready for JSON. Compiled once, at start-up.
 */
import { compileChecks, isInteger, refuseAsync, report } from "./checks.ts";
import { encode } from "./encode.ts";
import { INVALID, prefix, problem, type Problem } from "./problem.ts";
import { compileReader, copyOf } from "./reader.ts";
import type { Read } from "./read.ts";
import type { AnySchema } from "./types.ts";
import { isZod, resolveLazy, type Payload, type ZodSchema } from "./zod.ts";

/** Thrown while linking an operation whose output cannot be written. */
export class OutputError extends TypeError {
  override readonly name = "OutputError";
}

/** The function that turns a handler's value into its JSON-compatible wire form, or adds problems and says INVALID. */
export function compileWriter(schema: AnySchema): Read {
  if (!isZod(schema)) {
    const read = compileReader(schema, "strict");
    return (value, problems) => {
      const found = read(value, problems);
      return found === INVALID ? INVALID : encode(found);
    };
  }
  const seen = new Map<ZodSchema, { write?: Read }>();
  const compile = (part: ZodSchema): Read => {
    const known = seen.get(part);
    if (known !== undefined) return known.write ?? ((value, problems) => known.write!(value, problems));
    const slot: { write?: Read } = {};
    seen.set(part, slot);
    const write = base(part, compile);
    const check = compileChecks(part);
    slot.write =
      check === undefined
        ? write
        : (value, problems) => (check(value, problems) === INVALID ? INVALID : write(value, problems));
    return slot.write;
  };
  return compile(schema);
}

const mismatch = (expected: string, value: unknown, problems: Problem[]): typeof INVALID => {
  problems.push(problem("output_mismatch", `The handler's value should be ${expected}`, value));
  return INVALID;
};

function typed(expected: string, accepts: (value: unknown) => boolean): Read {
  return (value, problems) => (accepts(value) ? value : mismatch(expected, value, problems));
}

function base(schema: ZodSchema, compile: (part: ZodSchema) => Read): Read {
  const def = schema._zod.def;
  switch (def.type) {
    case "string":
    case "template_literal":
      return typed("a string", (value) => typeof value === "string");
    case "number":
      return isInteger(schema) ? typed("an integer", Number.isInteger) : typed("a finite number", Number.isFinite);
    case "boolean":
      return typed("a boolean", (value) => typeof value === "boolean");
    case "null":
      return typed("null", (value) => value === null);
    case "undefined":
    case "void":
      return typed("undefined", (value) => value === undefined);
    case "enum":
    case "literal": {
      const members = schema._zod.values ?? new Set();
      return typed(`one of ${[...members].map(String).join(", ")}`, (value) => members.has(value));
    }
    case "bigint":
      return (value, problems) => (typeof value === "bigint" ? encode(value) : mismatch("a bigint", value, problems));
    case "date":
      return (value, problems) =>
        value instanceof Date && !Number.isNaN(value.getTime())
          ? value.toISOString()
          : mismatch("a valid Date", value, problems);
    case "any":
    case "unknown":
    case "custom":
      return (value) => encode(value);
    case "array":
      return writeList("an array", compile(def.element!));
    case "set":
      return writeList("a set", compile(def.valueType!));
    case "tuple":
      return writeTuple(schema, compile);
    case "object":
      return writeObject(schema, compile);
    case "record":
    case "map":
      return writeRecord(compile(def.valueType!));
    case "union":
      return writeUnion(def.options!.map(compile));
    case "intersection":
      return writeBoth(compile(def.left!), compile(def.right!));
    case "optional": {
      const inner = compile(def.innerType!);
      return (value, problems) => (value === undefined ? undefined : inner(value, problems));
    }
    case "nullable": {
      const inner = compile(def.innerType!);
      return (value, problems) => (value === null ? null : inner(value, problems));
    }
    case "default":
    case "prefault": {
      const inner = compile(def.innerType!);
      return (value, problems) => inner(value === undefined ? copyOf(def.defaultValue) : value, problems);
    }
    case "catch":
    case "nonoptional":
    case "readonly":
      return compile(def.innerType!);
    case "lazy":
      return compile(resolveLazy(schema));
    case "pipe":
      return writePipe(schema, compile);
    default:
      throw new OutputError(
        `APUS_OUTPUT_TYPE: a "${def.type}" schema cannot be written as an answer. Use z.codec(wire, value, { decode, encode }), which says how.`,
      );
  }
}

function writePipe(schema: ZodSchema, compile: (part: ZodSchema) => Read): Read {
  const def = schema._zod.def;
  const reverse = def.reverseTransform;
  if (def.in!._zod.def.type === "transform" || def.out!._zod.def.type === "transform" || reverse === undefined) {
    if (def.in!._zod.def.type === "transform") return compile(def.out!); // preprocess concerns inputs only
    if (def.out!._zod.def.type !== "transform") return compile(def.in!); // a plain pipe has one value on both sides
    throw new OutputError(
      "APUS_ONE_WAY_TRANSFORM: an output with .transform() cannot be turned round. Use z.codec(wire, value, { decode, encode }) instead.",
    );
  }
  const wire = compile(def.in!);
  const decoded = compileChecks(def.out!);
  return (value, problems) => {
    if (decoded !== undefined && decoded(value, problems) === INVALID) return INVALID;
    const payload: Payload = { value, issues: [] };
    const found = reverse(value, payload);
    refuseAsync(found);
    return payload.issues.length > 0 ? report(payload.issues, value, problems) : wire(found, problems);
  };
}

function writeList(expected: string, item: Read): Read {
  return (value, problems) => {
    const raw = Array.isArray(value) ? (value as unknown[]) : value instanceof Set ? [...value] : undefined;
    if (raw === undefined) return mismatch(expected, value, problems);
    const found = new Array<unknown>(raw.length);
    let valid = true;
    for (let i = 0; i < raw.length; i++) {
      const before = problems.length;
      if ((found[i] = item(raw[i], problems)) === INVALID) {
        valid = false;
        prefix(problems, before, i);
      }
    }
    return valid ? found : INVALID;
  };
}

function writeTuple(schema: ZodSchema, compile: (part: ZodSchema) => Read): Read {
  const { items = [], rest } = schema._zod.def;
  const writes = items.map(compile);
  const others = rest ? compile(rest) : undefined;
  return (value, problems) => {
    if (!Array.isArray(value) || (others === undefined && value.length > writes.length)) {
      return mismatch(`a tuple of ${writes.length}`, value, problems);
    }
    const before = problems.length;
    const found = writes.map((write, i) => write(value[i], problems));
    if (others !== undefined) for (const each of value.slice(writes.length)) found.push(others(each, problems));
    return problems.length > before ? INVALID : found;
  };
}

function writeObject(schema: ZodSchema, compile: (part: ZodSchema) => Read): Read {
  const { shape = {}, catchall } = schema._zod.def;
  const keys = Object.keys(shape);
  const writes = keys.map((key) => compile(shape[key]!));
  const rest = catchall === undefined || catchall._zod.def.type === "never" ? undefined : compile(catchall);
  return (value, problems) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return mismatch("an object", value, problems);
    const from = value as Record<string, unknown>;
    const found: Record<string, unknown> = {};
    let valid = true;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      const before = problems.length;
      // Getters and class instances are read too, but never what every object inherits ("constructor", "toString").
      const raw = key in Object.prototype && !Object.hasOwn(from, key) ? undefined : from[key];
      const each = writes[i]!(raw, problems);
      if (each === INVALID) {
        valid = false;
        prefix(problems, before, key);
      } else if (each !== undefined) found[key] = each;
    }
    if (rest !== undefined) {
      for (const key of Object.keys(from)) {
        if (Object.hasOwn(shape, key) || key === "__proto__") continue;
        const each = rest(from[key], problems);
        if (each === INVALID) valid = false;
        else found[key] = each;
      }
    }
    return valid ? found : INVALID;
  };
}

function writeRecord(item: Read): Read {
  return (value, problems) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return mismatch("an object", value, problems);
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    const before = problems.length;
    const found = Object.create(null) as Record<string, unknown>;
    for (const [key, raw] of entries) {
      const start = problems.length;
      const each = item(raw, problems);
      if (each === INVALID) prefix(problems, start, String(key));
      else if (key !== "__proto__") found[String(key)] = each;
    }
    return problems.length > before ? INVALID : found;
  };
}

function writeUnion(members: readonly Read[]): Read {
  return (value, problems) => {
    const found: Problem[] = [];
    for (const write of members) {
      const each = write(value, found);
      if (each !== INVALID) return each;
    }
    problems.push(...found);
    return INVALID;
  };
}

function writeBoth(left: Read, right: Read): Read {
  return (value, problems) => {
    const one = left(value, problems);
    const other = right(value, problems);
    return one === INVALID || other === INVALID ? INVALID : { ...(one as object), ...(other as object) };
  };
}
