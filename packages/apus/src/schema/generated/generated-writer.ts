/**
 * Generates the fast path of a writer: source that turns a handler's value into its JSON form where it fits at first sight,
 * with the result that the closures would give. Whatever it cannot be sure of it leaves to them.
 */
import { isInteger } from "../reader/checks.ts";
import { copyOf } from "../copy.ts";
import { checkWritten, isOneOf } from "./generated-checks.ts";
import {
  buildObject,
  only,
  Program,
  unless,
  UNSURE,
  type Emitted,
  type Fast,
  type Scope,
} from "./generated-program.ts";
import { switchOn, tagged } from "./generated-union.ts";
import { outputForm } from "../writer/json-form.ts";
import { holdsItself, Purity } from "../reached.ts";
import type { Compile } from "../read.ts";
import { quote } from "./source-text.ts";
import { resolveLazy, type ZodSchema } from "../zod.ts";

interface Making {
  readonly program: Program;
  readonly purity: Purity;
  part(schema: ZodSchema, from: string, scope: Scope): Emitted;
}

const deepest = 50;

/**
 * The program of the fast path of a schema's writer. It is compiled only where the platform generates code.
 * @param closure Gives the closures of the schema's parts.
 */
export function writerProgram(schema: ZodSchema, closure: Compile): Program {
  const program: Program = new Program(schema, (part, from, scope) => emit(part, from, scope));
  const part = (inner: ZodSchema, from: string, scope: Scope): Emitted => program.part(inner, from, scope);
  const making: Making = { program, purity: new Purity(), part };
  const emit = (inner: ZodSchema, from: string, scope: Scope): Emitted => {
    const written = program.full ? undefined : writes(inner, from, scope, making);
    if (written !== undefined) return checkWritten(inner, from, written, scope, program);
    const value = program.name();
    const code = `const ${value} = ${program.constant(closure(inner))}(${from}, []); if (${value} === INVALID) { ${scope.no} }`;
    return { code, value };
  };
  return program;
}

/**
 * The fast path of a schema's writer. Only where the platform generates code.
 * @param name What stack traces call the generated source; the rest as for `writerProgram`.
 */
export function generateWriter(schema: ZodSchema, closure: Compile, name?: string): Fast {
  return writerProgram(schema, closure).compile(name);
}

/** Source that writes a value by a schema without its checks, or undefined for what only the closures write. */
function writes(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const def = schema._zod.def;
  if (def.wire !== undefined) return undefined;
  const { program } = making;
  switch (def.type) {
    case "string":
    case "boolean":
      return only(`typeof ${from} === "${def.type}"`, from, scope);
    case "number":
      return only(`Number.${isInteger(schema) ? "isInteger" : "isFinite"}(${from})`, from, scope);
    case "null":
      return only(`${from} === null`, from, scope);
    case "undefined":
    case "void":
      return only(`${from} === undefined`, from, scope);
    case "enum":
    case "literal":
      return only(isOneOf([...(schema._zod.values ?? [])], from, program), from, scope);
    case "any":
    case "unknown":
    case "custom": {
      const value = program.name();
      return { code: `const ${value} = ${program.constant(outputForm)}(${from});`, value };
    }
    case "array":
      return writesList(schema, from, scope, making);
    case "tuple":
      return writesTuple(schema, from, scope, making);
    case "object":
      return writesObject(schema, from, scope, making);
    case "record":
      return writesRecord(schema, from, scope, making);
    case "union":
      return def.discriminator === undefined
        ? writesUnion(schema, from, scope, making)
        : writesDiscriminated(schema, from, scope, making);
    case "optional":
      return unless(`${from} === undefined`, making.part(def.innerType!, from, scope), from, program);
    case "nullable":
      return unless(`${from} === null`, making.part(def.innerType!, from, scope), from, program);
    case "default": {
      const given = program.name();
      const inner = making.part(def.innerType!, given, scope);
      const code = `const ${given} = ${from} === undefined ? ${defaultOf(schema, program)} : ${from}; ${inner.code}`;
      return { code, value: inner.value };
    }
    case "prefault": {
      // A prefault stands for what is on the wire, so it is there already.
      const inner = making.part(def.innerType!, from, scope);
      const value = program.name();
      const instead = `${program.constant(outputForm)}(${defaultOf(schema, program)})`;
      const code = `let ${value}; if (${from} === undefined) ${value} = ${instead}; else { ${inner.code} ${value} = ${inner.value}; }`;
      return { code, value };
    }
    case "catch":
    case "nonoptional":
    case "readonly":
      return making.part(def.innerType!, from, scope);
    case "lazy":
      // A schema can be nothing but a reference to itself.
      if (scope.depth > deepest) return undefined;
      return making.part(resolveLazy(schema), from, { ...scope, depth: scope.depth + 1 });
    case "pipe":
      return writesPipe(schema, from, scope, making);
    default:
      return undefined;
  }
}

export function defaultOf(schema: ZodSchema, program: Program): string {
  return `${program.constant(copyOf)}(${program.constant(schema._zod.def)}.defaultValue)`;
}

/** A preprocess step concerns inputs only, a plain pipe has one value on both sides; codecs are turned round by the closures. */
function writesPipe(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const { in: before, out: after, reverseTransform } = schema._zod.def;
  if (before!._zod.def.type === "transform") return making.part(after!, from, scope);
  return reverseTransform === undefined ? making.part(before!, from, scope) : undefined;
}

/** Inside a container a refusal is certain only where nothing that follows could throw. */
function within(schema: ZodSchema, scope: Scope, { purity }: Making): Scope {
  return scope.exact && !purity.of(schema) ? { ...scope, no: UNSURE } : scope;
}

/** A Set is written as a list as well, but not here. */
export const listHead = (from: string, { no }: Scope): string =>
  `if (!isArray(${from})) { if (typeof ${from} === "object" && ${from} !== null) ${UNSURE} ${no} }`;

export const objectHead = (from: string, { no }: Scope): string =>
  `if (typeof ${from} !== "object" || ${from} === null || isArray(${from})) { ${no} }`;

function writesList(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted {
  const { program } = making;
  const [value, i, item] = [program.name(), program.name(), program.name()];
  const inner = making.part(schema._zod.def.element!, item, within(schema, scope, making));
  const code = `${listHead(from, scope)} const ${value} = new Array(${from}.length); for (let ${i} = 0; ${i} < ${from}.length; ${i}++) { const ${item} = ${from}[${i}]; ${inner.code} ${value}[${i}] = ${inner.value}; }`;
  return { code, value };
}

function writesTuple(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted {
  const { items = [], rest } = schema._zod.def;
  const { program } = making;
  const inside = within(schema, scope, making);
  // What is left out at the end is for the closures.
  let code = `${listHead(from, scope)} if (${from}.length < ${items.length}) ${UNSURE}`;
  if (!rest) code += ` if (${from}.length > ${items.length}) { ${scope.no} }`;
  const found = items.map((each, at) => {
    const raw = program.name();
    const inner = making.part(each, raw, inside);
    code += ` const ${raw} = ${from}[${at}]; ${inner.code}`;
    return inner.value;
  });
  const [value, i, item] = [program.name(), program.name(), program.name()];
  code += ` const ${value} = [${found.join(", ")}];`;
  if (rest) {
    const inner = making.part(rest, item, inside);
    code += ` for (let ${i} = ${items.length}; ${i} < ${from}.length; ${i}++) { const ${item} = ${from}[${i}]; ${inner.code} ${value}.push(${inner.value}); }`;
  }
  return { code, value };
}

/** Objects with more keys are left to the closures, which need no variable for each. */
export const mostKeys = 400;

/** Getters and class instances are read too, but never what every object inherits. */
export function property(from: string, key: string, program: Program): string {
  const member = `${from}[${quote(key)}]`;
  if (program.isFree(key)) return member;
  return `(${quote(key)} in ObjectPrototype && !hasOwn(${from}, ${quote(key)}) ? undefined : ${member})`;
}

function writesObject(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const { shape = {}, catchall } = schema._zod.def;
  const keys = Object.keys(shape);
  if (keys.length > mostKeys) return undefined;
  const { program } = making;
  const inside = within(schema, scope, making);
  const value = program.name();
  let code = objectHead(from, scope);
  const fields = keys.map((key) => {
    const raw = program.name();
    const inner = making.part(shape[key]!, raw, inside);
    code += ` const ${raw} = ${property(from, key, program)}; ${inner.code}`;
    return { key, value: inner.value, sure: isSure(shape[key]!) };
  });
  code += ` ${buildObject(value, fields)}`;
  if (catchall === undefined || catchall._zod.def.type === "never") return { code, value };
  const [key, item] = [program.name(), program.name()];
  const inner = making.part(catchall, item, inside);
  code += ` for (const ${key} of keys(${from})) { if (hasOwn(${program.constant(shape)}, ${key}) || ${key} === "__proto__") continue; const ${item} = ${from}[${key}]; ${inner.code} ${value}[${key}] = ${inner.value}; }`;
  return { code, value };
}

const never = new Set(["string", "number", "boolean", "null", "enum", "array", "object", "record", "tuple"]);
const like = new Set(["nullable", "readonly", "nonoptional", "catch", "lazy", "default"]);

/** Whether what is written by a schema is certainly something. */
export function isSure(schema: ZodSchema, depth = 0): boolean {
  const def = schema._zod.def;
  if (def.wire !== undefined || depth > 8) return false;
  if (def.type === "literal") return def.values?.includes(undefined) === false;
  if (def.type === "union") return def.options!.every((option) => isSure(option, depth + 1));
  if (like.has(def.type)) return isSure(def.type === "lazy" ? resolveLazy(schema) : def.innerType!, depth + 1);
  return never.has(def.type);
}

function writesRecord(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const { keyType, valueType } = schema._zod.def;
  if (keyType?._zod.values !== undefined) return undefined;
  const { program } = making;
  const [value, key, item] = [program.name(), program.name(), program.name()];
  const inner = making.part(valueType!, item, within(schema, scope, making));
  const put = `${value}[${key}] = ${inner.value};`;
  const code = `${objectHead(from, scope)} if (${from} instanceof Map) ${UNSURE} const ${value} = Object.create(null); for (const ${key} of keys(${from})) { if (${key} === "__proto__") continue; const ${item} = ${from}[${key}]; ${inner.code} ${isSure(valueType!) ? put : `if (${inner.value} !== undefined) ${put}`} }`;
  return { code, value };
}

function writesUnion(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  if (holdsItself(schema)) return undefined;
  const { program } = making;
  const [value, done] = [program.name(), program.name()];
  const tries = schema._zod.def.options!.map((member) => {
    const next = program.name();
    const inner = making.part(member, from, { no: `break ${next};`, exact: true, depth: scope.depth + 1 });
    return `${next}: { ${inner.code} ${value} = ${inner.value}; break ${done}; }`;
  });
  return { code: `let ${value}; ${program.beforeMembers(scope)} ${done}: { ${tries.join(" ")} ${scope.no} }`, value };
}

function writesDiscriminated(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const { discriminator } = schema._zod.def;
  const members = tagged(schema);
  if (members === undefined) return undefined;
  const value = making.program.name();
  const inner = { ...scope, depth: scope.depth + 1 };
  // Without a tag every member is tried; objects refuse what is none.
  const objects = schema._zod.def.options!.every((option) => resolveLazy(option)._zod.def.type === "object");
  const refuse = objects && ![...members.values()].flat().includes(null) ? scope.no : UNSURE;
  const head = objectHead(from, { ...scope, no: refuse });
  const code = switchOn(`${from}[${quote(discriminator)}]`, members, UNSURE, value, (member) =>
    making.part(member, from, inner),
  );
  return { code: `${head} ${code}`, value };
}
