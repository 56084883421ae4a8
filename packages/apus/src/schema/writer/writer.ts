/**
 * The answer schema: compiles an output schema into the function that checks a handler's value, filters it to the declared
 * keys, turns codecs round and fills in defaults. The result is ready for JSON. Compiled once, at start-up.
 */
import { ApusError, checkCopy } from "../../diagnostic/index.ts";
import { printJsonDate } from "../../wire/index.ts";
import { refuseAsync, refuseAsyncFunctions } from "../reader/async-schema.ts";
import { compileChecks, isInteger, report } from "../reader/checks.ts";
import { writeBoth, writeList, writeObject, writeRecord, writeTuple, writeUnion } from "./container-writer.ts";
import { copyOf } from "../copy.ts";
import { outputForm } from "./json-form.ts";
import { checkSelection, prune, type Leaving } from "./leaving.ts";
import { fail, INVALID, outputMismatch, placed } from "../problem.ts";
import { interpretReader, type Interpreted } from "../reader/reader.ts";
import type { Compile, Read } from "../read.ts";
import type { AnySchema } from "../types.ts";
import { isPreprocess, isZod, resolveLazy, unwrap, type Payload, type ZodSchema } from "../zod.ts";

/** The writer of a schema as closures: the one that tells the problems, and serves alone where no code may be generated. */
export function interpretWriter(schema: AnySchema, leaving: Leaving = {}): Interpreted {
  if (!isZod(schema)) {
    const read = interpretReader(schema, "strict").whole;
    const whole: Read = (value, problems) => {
      const found = read(value, problems);
      return found === INVALID ? INVALID : outputForm(found);
    };
    return { whole, part: () => whole };
  }
  const seen = new Map<ZodSchema, { write?: Read }>();
  const compile: Compile = (part) => {
    const known = seen.get(part);
    if (known !== undefined) return known.write ?? ((value, problems) => known.write!(value, problems));
    const slot: { write?: Read } = {};
    seen.set(part, slot);
    refuseAsyncFunctions(part, "reverseTransform");
    const write = base(part, compile, leaving);
    const check = compileChecks(part);
    slot.write = check === undefined ? write : writeChecked(write, check);
    return slot.write;
  };
  return { whole: placed(compile(schema)), part: compile };
}

/** Keeps or drops the keys that the answer names, once everything is written. */
export function selecting(write: Read, schema: AnySchema, leaving: Leaving): Read {
  const { only, without } = leaving;
  if (only === undefined && without === undefined) return write;
  checkSelection(schema, leaving);
  return (value, problems) => {
    let found = write(value, problems);
    if (found === INVALID) return INVALID;
    if (only !== undefined) found = prune(found, only, true);
    return without === undefined ? found : prune(found, without, false);
  };
}

/** Checks see the handler's own value, once writing has shown that it has their type. */
function writeChecked(write: Read, check: Read): Read {
  return (value, problems) => {
    const written = write(value, problems);
    if (written === INVALID) return INVALID;
    const checked = check(value, problems);
    if (checked === INVALID) return INVALID;
    return Object.is(checked, value) ? written : write(checked, problems); // .trim() and its like
  };
}

function typed(expected: string, accepts: (value: unknown) => boolean): Read {
  return (value, problems) => (accepts(value) ? value : fail(problems, outputMismatch(expected, value)));
}

function base(schema: ZodSchema, compile: Compile, leaving: Leaving): Read {
  const def = schema._zod.def;
  if (def.wire !== undefined) {
    checkCopy(def.wire, "a type of apus/types");
    return def.wire.writer(compile);
  }
  switch (def.type) {
    case "string":
      return typed("a string", (value) => typeof value === "string");
    case "number":
      return isInteger(schema) ? typed("an integer", Number.isInteger) : typed("a finite number", Number.isFinite);
    case "boolean":
      return typed("a boolean", (value) => typeof value === "boolean");
    case "template_literal":
      return interpretReader(schema as unknown as AnySchema, "strict").whole;
    case "never":
      return typed("left out", () => false);
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
      return (value, problems) =>
        typeof value === "bigint" ? outputForm(value) : fail(problems, outputMismatch("a bigint", value));
    case "date":
      return (value, problems) =>
        value instanceof Date && !Number.isNaN(value.getTime())
          ? printJsonDate(value)
          : fail(problems, outputMismatch("a valid Date", value));
    case "any":
    case "unknown":
    case "custom":
      return (value) => outputForm(value);
    case "array":
      return writeList("an array", compile(def.element!));
    case "set":
      return writeList("a set", compile(def.valueType!));
    case "tuple":
      return writeTuple(schema, compile);
    case "object":
      return writeObject(schema, compile, leaving);
    case "record":
    case "map":
      return writeRecord(schema, compile);
    case "union":
      return writeUnion(schema, compile);
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
    case "default": {
      const inner = compile(def.innerType!);
      return (value, problems) => inner(value === undefined ? copyOf(def.defaultValue) : value, problems);
    }
    case "prefault": {
      const inner = compile(def.innerType!);
      // A prefault stands for what is on the wire, so it is there already.
      return (value, problems) => (value === undefined ? outputForm(copyOf(def.defaultValue)) : inner(value, problems));
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
      throw new ApusError(
        `APUS_OUTPUT_TYPE: a "${def.type}" schema cannot be written as an answer. Use z.codec(wire, value, { decode, encode }), which says how.`,
      );
  }
}

function writePipe(schema: ZodSchema, compile: Compile): Read {
  const def = schema._zod.def;
  const reverse = def.reverseTransform;
  // A preprocess step is for what is on the wire; what the handler gives is on the other side of it.
  if (isPreprocess(schema)) return compile(def.out!);
  if (def.out!._zod.def.type === "transform" || reverse === undefined) {
    if (def.out!._zod.def.type !== "transform") return compile(def.in!); // a plain pipe has one value on both sides
    throw new ApusError(
      "APUS_ONE_WAY_TRANSFORM: an output with .transform() cannot be turned round. Use z.codec(wire, value, { decode, encode }) instead.",
    );
  }
  const wire = compile(def.in!);
  const decoded = decodedReader(def.out!, compile);
  return (given, problems) => {
    const value = decoded(given, problems);
    if (value === INVALID) return INVALID;
    const payload: Payload = { value, issues: [] };
    const found = reverse(value, payload);
    refuseAsync(found);
    return payload.issues.length > 0 ? report(payload.issues, value, problems) : wire(found, problems);
  };
}

const containers = new Set(["array", "object", "record", "tuple", "set", "map", "union", "intersection"]);

/** What a codec's own function is given: single values are checked before, containers only by their constraints. */
function decodedReader(schema: ZodSchema, compile: Compile): Read {
  const { type } = schema._zod.def;
  if (type === "pipe") return compile(schema);
  if (containers.has(type)) return compileChecks(schema) ?? ((value) => value);
  const read = interpretReader(schema as unknown as AnySchema, "strict").whole;
  if (unwrap(schema)._zod.def.type !== "date") return read;
  // Text would be read as a date, but that is for the wire: the handler's side has a Date.
  const mayFit = (value: unknown): boolean => (type === "date" ? value instanceof Date : typeof value !== "string");
  return (value, problems) =>
    mayFit(value) ? read(value, problems) : fail(problems, outputMismatch("a valid Date", value));
}
