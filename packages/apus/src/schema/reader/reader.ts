/**
 * Compiles a schema into the function that reads a raw value by it: validates, converts (in lax mode) and reports problems
 * as FastAPI does. One walk over the schema at start-up; closures only, so it works where code generation is forbidden.
 */
import { checkCopy } from "../../diagnostic/index.ts";
import { refuseAsync, refuseAsyncFunctions } from "./async-schema.ts";
import { compileChecks, isInteger, mostItems, report } from "./checks.ts";
import { list, map, object, record, set, tuple } from "./container.ts";
import { copyOf } from "../copy.ts";
import { date } from "./date.ts";
import { onPlainNumbers, withPlainNumbers } from "./exact-numbers.ts";
import { fail, INVALID, missing, placed, type Problem } from "../problem.ts";
import type { Compile, Mode, Read } from "../read.ts";
import { redacting } from "./redact.ts";
import { anything, bigint, boolean, enumeration, float, integer, literal, none, string, uuid } from "./scalar.ts";
import { compileStandard } from "./standard.ts";
import type { AnySchema } from "../types.ts";
import { discriminated, intersection, nullOr, union } from "./union.ts";
import { readZod } from "./zod-reader.ts";
import { isPreprocess, isZod, resolveLazy, type Payload, type ZodSchema } from "../zod.ts";

/** Closures for a schema: the reader of the whole, and those of its parts. */
export interface Interpreted {
  readonly whole: Read;
  readonly part: Compile;
}

/**
 * The reader of a schema as closures: the one that tells the problems, and serves alone where no code may be generated.
 * @param numbers Whether the numbers of the raw value may be bigints and integral floats, as exact-numbers.ts tells.
 */
export function interpretReader(
  schema: AnySchema,
  mode: Mode = "lax",
  numbers: "plain" | "exact" = "plain",
): Interpreted {
  if (!isZod(schema)) {
    const read = compileStandard(schema);
    const whole = numbers === "exact" ? onPlainNumbers(read) : read;
    return { whole: placed(whole), part: () => whole };
  }
  // A recursive schema meets itself again while it is being compiled: it then gets a reader that looks the real one up.
  const seen = new Map<ZodSchema, { read?: Read }>();
  const redacted = redacting(schema);
  const compile: Compile = (part) => {
    const known = seen.get(part);
    if (known !== undefined) return known.read ?? ((value, problems) => known.read!(value, problems));
    const slot: { read?: Read } = {};
    seen.set(part, slot);
    refuseAsyncFunctions(part, "transform");
    const own = base(part, mode, compile);
    // What zod reads itself it has also checked itself.
    const read = redacted(part, own === undefined ? readZod(part) : withChecks(part, own));
    slot.read = numbers === "exact" ? withPlainNumbers(part, read) : read;
    return slot.read;
  };
  return { whole: placed(compile(schema)), part: compile };
}

function withChecks(schema: ZodSchema, read: Read): Read {
  const check = compileChecks(schema);
  if (check === undefined) return read;
  return (value, problems) => {
    const found = read(value, problems);
    if (found === INVALID) return INVALID;
    const before = problems.length;
    const checked = check(found, problems);
    // What is echoed is what the client sent, not what was made of it: the text "0", not the number.
    if (checked === INVALID && found !== value) echo(value, problems, before);
    return checked;
  };
}

function echo(input: unknown, problems: Problem[], from: number): void {
  for (let i = from; i < problems.length; i++) problems[i] = { ...problems[i]!, input };
}

/** The reader of a schema without its checks, or undefined for the types that zod reads itself. */
function base(schema: ZodSchema, mode: Mode, compile: Compile): Read | undefined {
  const def = schema._zod.def;
  if (def.coerce === true) return undefined;
  if (def.wire !== undefined) {
    checkCopy(def.wire, "a type of apus/types");
    return def.wire.reader(compile, mode);
  }
  switch (def.type) {
    case "string":
      return def.format === "uuid" || def.format === "guid" ? uuid(mode, def.version) : string;
    case "number":
      return isInteger(schema) ? integer(mode) : float(mode);
    case "boolean":
      return boolean(mode);
    case "bigint":
      return bigint(mode);
    case "null":
      return none;
    case "any":
    case "unknown":
    case "custom":
      return anything;
    case "enum":
      return enumeration(schema, mode);
    case "literal":
      return literal(schema, mode);
    case "array":
      return list(compile(def.element!), mostItems(schema));
    case "object":
      return object(schema, compile);
    case "record":
      return record(schema, compile);
    case "tuple":
      return tuple(schema, compile);
    case "set":
      return set(compile(def.valueType!), mostItems(schema));
    case "map":
      return map(compile(def.keyType!), compile(def.valueType!));
    case "union":
      return def.discriminator === undefined ? union(schema, compile) : discriminated(schema, compile, mode);
    case "intersection":
      return intersection(compile(def.left!), compile(def.right!));
    case "optional":
      return optional(schema, compile(def.innerType!));
    case "nullable":
      return nullOr(compile(def.innerType!));
    case "default":
      return defaulted(schema, compile(def.innerType!));
    case "prefault": {
      const inner = compile(def.innerType!);
      return (value, problems) => inner(value === undefined ? copyOf(def.defaultValue) : value, problems);
    }
    case "nonoptional":
      return required(compile(def.innerType!));
    case "readonly":
      return frozen(compile(def.innerType!));
    case "catch":
      return caught(schema, compile(def.innerType!));
    case "lazy":
      return compile(resolveLazy(schema));
    case "pipe":
      return pipe(schema, compile);
    case "date":
      return date(mode);
    case "transform":
      // zod's core forgets the promise of an async one, whose rejection would then end the process. The common one is left
      // to zod, which gives it `addIssue`.
      return schema._zod.traits.has("ZodTransform") ? undefined : transforming(schema);
    default:
      // Files, transforms, template literals and what a later zod adds.
      return undefined;
  }
}

/** Absence stays absence, unless what is optional has a default of its own. */
function optional(schema: ZodSchema, inner: Read): Read {
  const asks = schema._zod.def.innerType!._zod.optin === "defaulted";
  return (value, problems) => {
    if (value !== undefined) return inner(value, problems);
    const found = asks ? inner(undefined, []) : undefined;
    return found === INVALID ? undefined : found;
  };
}

function defaulted(schema: ZodSchema, inner: Read): Read {
  const def = schema._zod.def;
  return (value, problems) => {
    const found = value === undefined ? undefined : inner(value, problems);
    return found === undefined ? copyOf(def.defaultValue) : found;
  };
}

function required(inner: Read): Read {
  return (value, problems) => {
    const found = inner(value, problems);
    return found === undefined ? fail(problems, missing(value)) : found;
  };
}

function frozen(inner: Read): Read {
  return (value, problems) => {
    const found = inner(value, problems);
    return found === INVALID ? INVALID : Object.freeze(found);
  };
}

function caught(schema: ZodSchema, inner: Read): Read {
  return (value, problems) => {
    const before = problems.length;
    const found = inner(value, problems);
    if (found !== INVALID) return found;
    const issues = problems
      .splice(before)
      .map((each) => ({ code: "custom", message: each.msg, path: each.loc.toReversed() }));
    // As with a default: zod gives the same object each time.
    return copyOf(schema._zod.def.catchValue!({ value, issues, error: { issues }, input: value }));
  };
}

function pipe(schema: ZodSchema, compile: Compile): Read {
  const def = schema._zod.def;
  const before = compile(def.in!);
  const after = compile(def.out!);
  const step = def.transform === undefined ? undefined : transforming(schema);
  const given = isPreprocess(schema);
  return (value, problems) => {
    // A preprocess step is not run for what is absent.
    let found = given && value === undefined ? undefined : before(value, problems);
    if (found === INVALID) return INVALID;
    if (step !== undefined) {
      found = step(found, problems, value);
      if (found === INVALID) return INVALID;
    }
    return after(found, problems);
  };
}

/** The function of a codec or transform. What is echoed of a value that it refuses is what was sent. */
function transforming(schema: ZodSchema): (value: unknown, problems: Problem[], sent?: unknown) => unknown {
  const transform = schema._zod.def.transform!;
  return (value, problems, sent = value) => {
    const payload: Payload = { value, issues: [] };
    const found = transform(value, payload);
    refuseAsync(found);
    return payload.issues.length > 0 ? report(payload.issues, sent, problems) : found;
  };
}
