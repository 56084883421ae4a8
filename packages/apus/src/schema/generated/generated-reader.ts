/**
 * Generates the fast path of a reader: source that accepts what needs no converting, with the result that the closures would
 * give. Whatever it cannot be sure of it leaves to them, so problems are told by the closures alone.
 */
import { isInteger } from "../reader/checks.ts";
import { conversions } from "../conversion.ts";
import { copyOf } from "../copy.ts";
import { checkRead, isOneOf } from "./generated-checks.ts";
import { readsList, readsObject, readsRecord, readsTuple } from "./generated-container-reader.ts";
import { only, Program, unless, UNSURE, type Emitted, type Fast, type Scope } from "./generated-program.ts";
import { readsDiscriminated, readsUnion } from "./generated-union.ts";
import { Purity } from "../reached.ts";
import type { Compile } from "../read.ts";
import { isPreprocess, resolveLazy, type ZodSchema } from "../zod.ts";

/** What the files that generate readers hand each other. */
export interface Making {
  readonly program: Program;
  readonly purity: Purity;
  /** Whether a number may be a bigint or an object, which the closures take for one. */
  readonly exactNumbers: boolean;
  /** Source for a part. */
  part(schema: ZodSchema, from: string, scope: Scope): Emitted;
  /** Source that calls the closure of a part. */
  call(schema: ZodSchema, from: string, scope: Scope): Emitted;
}

const deepest = 50;

/**
 * The program of the fast path of a schema's reader. It is compiled only where the platform generates code.
 * @param closure Gives the closures of the schema's parts; they may be lax or strict.
 * @param numbers As for the closures.
 */
export function readerProgram(schema: ZodSchema, closure: Compile, numbers: "plain" | "exact" = "plain"): Program {
  const program: Program = new Program(schema, (part, from, scope) => emit(part, from, scope));
  const making: Making = {
    program,
    purity: new Purity("any", "unknown", "bigint"),
    exactNumbers: numbers === "exact",
    part: (part, from, scope) => program.part(part, from, scope),
    call(part, from, { no, exact }) {
      const [value, problems, before] = [program.name(), program.name(), program.name()];
      // A member of a union counts as taken only if nothing in it was converted.
      const start = exact ? `const ${before} = ${program.constant(conversions)}();` : "";
      const unconverted = exact ? ` || ${program.constant(conversions)}() > ${before}` : "";
      return {
        code: `${start} const ${problems} = [], ${value} = ${program.constant(closure(part))}(${from}, ${problems}); if (${value} === INVALID || ${problems}.length > 0${unconverted}) { ${no} }`,
        value,
      };
    },
  };
  const emit = (part: ZodSchema, from: string, scope: Scope): Emitted => {
    const read = program.full ? undefined : reads(part, from, scope, making);
    return read === undefined ? making.call(part, from, scope) : checkRead(part, read, scope, program);
  };
  return program;
}

/**
 * The fast path of a schema's reader. Only where the platform generates code.
 * @param name What stack traces call the generated source; the rest as for `readerProgram`.
 */
export function generateReader(
  schema: ZodSchema,
  closure: Compile,
  numbers: "plain" | "exact" = "plain",
  name?: string,
): Fast {
  return readerProgram(schema, closure, numbers).compile(name);
}

/** Source that reads a value by a schema without its checks, or undefined for what only the closures read. */
function reads(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const def = schema._zod.def;
  if (def.coerce === true || def.wire !== undefined) return undefined;
  const { program } = making;
  switch (def.type) {
    case "string":
      if (def.format === "uuid" || def.format === "guid") return readsUuid(schema, from, scope, making);
      return only(`typeof ${from} === "string"`, from, scope);
    case "number": {
      if (!isInteger(schema)) return only(`Number.isFinite(${from})`, from, scope);
      const value = program.name();
      const { code } = only(`Number.isInteger(${from})`, from, scope);
      return { code: `${code} const ${value} = ${from} + 0;`, value }; // -0 is 0
    }
    case "boolean":
    case "bigint":
      return only(`typeof ${from} === "${def.type}"`, from, scope);
    case "null":
      return only(`${from} === null`, from, scope);
    case "any":
    case "unknown":
    case "custom":
      // Exact numbers inside are made plain by the closures.
      return making.exactNumbers ? undefined : { code: "", value: from };
    case "enum":
      return only(isOneOf([...(schema._zod.values ?? [])], from, program), from, scope);
    case "literal":
      return only(isOneOf(def.values ?? [], from, program), from, scope);
    case "array":
      return readsList(schema, from, scope, making);
    case "object":
      return readsObject(schema, from, scope, making);
    case "record":
      return readsRecord(schema, from, scope, making);
    case "tuple":
      return readsTuple(schema, from, scope, making);
    case "union":
      return def.discriminator === undefined
        ? readsUnion(schema, from, scope, making)
        : readsDiscriminated(schema, from, scope, making);
    case "optional":
      return readsOptional(schema, from, scope, making);
    case "nullable":
      return unless(`${from} === null`, making.part(def.innerType!, from, scope), from, program);
    case "default":
      return readsDefault(schema, from, scope, making);
    case "prefault": {
      const given = program.name();
      const inner = making.part(def.innerType!, given, scope);
      const code = `const ${given} = ${from} === undefined ? ${defaultOf(schema, program)} : ${from}; ${inner.code}`;
      return { code, value: inner.value };
    }
    case "nonoptional": {
      const inner = making.part(def.innerType!, from, scope);
      return { code: `${inner.code} if (${inner.value} === undefined) { ${scope.no} }`, value: inner.value };
    }
    case "readonly": {
      const inner = making.part(def.innerType!, from, scope);
      return { code: `${inner.code} freeze(${inner.value});`, value: inner.value };
    }
    case "lazy":
      // A schema can be nothing but a reference to itself.
      if (scope.depth > deepest) return undefined;
      return making.part(resolveLazy(schema), from, { ...scope, depth: scope.depth + 1 });
    case "pipe": {
      // Only codecs have a function between their two sides.
      if (def.transform !== undefined) return undefined;
      if (isPreprocess(schema)) return readsPreprocessed(schema, from, scope, making);
      const before = making.part(def.in!, from, scope);
      const after = making.part(def.out!, before.value, scope);
      return { code: `${before.code} ${after.code}`, value: after.value };
    }
    default:
      return undefined;
  }
}

function readsOptional(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted {
  const inner = schema._zod.def.innerType!;
  const read = making.part(inner, from, scope);
  if (inner._zod.optin !== "defaulted") return unless(`${from} === undefined`, read, from, making.program);
  // Nothing was sent, but what is optional has a default of its own, which need not fit.
  const asked = making.call(inner, from, { ...scope, no: UNSURE });
  const value = making.program.name();
  return {
    code: `let ${value}; if (${from} === undefined) { ${asked.code} ${value} = ${asked.value}; } else { ${read.code} ${value} = ${read.value}; }`,
    value,
  };
}

/** A preprocess step is not run for what is absent. */
function readsPreprocessed(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted {
  const { in: step, out } = schema._zod.def;
  const given = making.program.name();
  const before = making.part(step!, from, scope);
  const after = making.part(out!, given, scope);
  const code = `let ${given}; if (${from} !== undefined) { ${before.code} ${given} = ${before.value}; } ${after.code}`;
  return { code, value: after.value };
}

/** The default as zod makes it anew for each value, copied as deeply as the closures copy it. */
function defaultOf(schema: ZodSchema, program: Program): string {
  return `${program.constant(copyOf)}(${program.constant(schema._zod.def)}.defaultValue)`;
}

function readsDefault(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted {
  const inner = making.part(schema._zod.def.innerType!, from, scope);
  const value = making.program.name();
  return {
    code: `let ${value}; if (${from} !== undefined) { ${inner.code} ${value} = ${inner.value}; } if (${value} === undefined) ${value} = ${defaultOf(schema, making.program)};`,
    value,
  };
}

/** UUIDs that are canonical already; others are rewritten in lax mode, and only the closures know how. */
function readsUuid(schema: ZodSchema, from: string, scope: Scope, { program }: Making): Emitted | undefined {
  const expected = schema._zod.def.version?.slice(1) ?? "[0-9a-f]";
  if (expected.length !== 1 && expected !== "[0-9a-f]") return undefined;
  const canonical = new RegExp(`^[0-9a-f]{8}-[0-9a-f]{4}-${expected}[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$`);
  const type = `if (typeof ${from} !== "string") { ${scope.no} }`;
  return { code: `${type} if (!${program.constant(canonical)}.test(${from})) ${UNSURE}`, value: from };
}
