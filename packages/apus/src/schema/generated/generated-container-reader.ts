/** Generates the reading of lists, objects, records and tuples. Like the closures: own keys only, `__proto__` never from the wire. */
import { mostItems } from "../reader/checks.ts";
import { buildObject, UNSURE, type Emitted, type Program, type Scope } from "./generated-program.ts";
import type { Making } from "./generated-reader.ts";
import { quote } from "./source-text.ts";
import { rememberUnset } from "../unset.ts";
import { absenceOf, checksOf, resolveLazy, type ZodSchema } from "../zod.ts";

/** Inside a container a refusal is certain only where nothing that follows could throw. */
function within(schema: ZodSchema, scope: Scope, { purity }: Making): Scope {
  return scope.exact && !purity.of(schema) ? { ...scope, no: UNSURE } : scope;
}

export function readsList(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted {
  const { program } = making;
  const [value, i, item] = [program.name(), program.name(), program.name()];
  const most = mostItems(schema);
  const read = making.part(schema._zod.def.element!, item, within(schema, scope, making));
  const code = [
    // A Set is read as a list as well, but not here.
    `if (!isArray(${from})) { if (typeof ${from} === "object" && ${from} !== null) ${UNSURE} ${scope.no} }`,
    most === Number.POSITIVE_INFINITY ? "" : `if (${from}.length > ${quote(most)}) { ${scope.no} }`,
    `const ${value} = new Array(${from}.length);`,
    `for (let ${i} = 0; ${i} < ${from}.length; ${i}++) { const ${item} = ${from}[${i}]; ${read.code} ${value}[${i}] = ${read.value}; }`,
  ];
  return { code: code.join(" "), value };
}

/** Refuses what is no object, and leaves to the closures what may have inherited its keys. */
export function objectHead(from: string, { no }: Scope): string {
  return `if (typeof ${from} !== "object" || ${from} === null || isArray(${from})) { ${no} } if (getPrototypeOf(${from}) !== ObjectPrototype && getPrototypeOf(${from}) !== null) ${UNSURE}`;
}

/** An own property, or undefined. What `objectHead` let through inherits nothing but the names that every object has. */
export function property(from: string, key: string, program: Program): string {
  const member = `${from}[${quote(key)}]`;
  return program.isFree(key) ? member : `(hasOwn(${from}, ${quote(key)}) ? ${member} : undefined)`;
}

/** Objects with more keys are left to the closures, which need no variable for each. */
const mostKeys = 400;

export function readsObject(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const { shape = {}, catchall } = schema._zod.def;
  const names = Object.keys(shape);
  if (names.length > mostKeys) return undefined;
  const { program } = making;
  const inside = within(schema, scope, making);
  const value = program.name();
  const filled = program.name();
  let code = `${objectHead(from, scope)} let ${filled};`;
  const fields = names.map((key) => {
    const raw = program.name();
    const read = readsField(shape[key]!, raw, inside, making);
    code += ` const ${raw} = ${property(from, key, program)}; ${read.code}`;
    if (read.asked)
      code += ` if (${raw} === undefined && ${read.value} !== undefined) (${filled} ??= []).push(${quote(key)});`;
    return { key, value: read.value, sure: read.sure };
  });
  code += ` ${buildObject(value, fields)} if (${filled} !== undefined) ${program.constant(rememberUnset)}(${value}, ${filled});`;
  if (catchall !== undefined) code += ` ${readsRest(catchall, names, from, value, inside, making)}`;
  return { code, value };
}

interface Field extends Emitted {
  /** Whether the value can never be undefined, so that its key is always there. */
  readonly sure: boolean;
  /** Whether something may stand for the key where it is absent. */
  readonly asked: boolean;
}

function readsField(schema: ZodSchema, raw: string, scope: Scope, making: Making): Field {
  const absence = absenceOf(schema);
  const read = making.part(schema, raw, scope);
  if (absence === undefined) {
    const code = `if (${raw} === undefined) { ${scope.no} } ${read.code}`;
    return { code, value: read.value, sure: isSure(schema), asked: false };
  }
  if (absence !== "optional" || schema._zod.optout !== "optional") return { ...read, sure: false, asked: true };
  if (read.value === raw)
    return { code: `if (${raw} !== undefined) { ${read.code} }`, value: raw, sure: false, asked: false };
  const value = making.program.name();
  const code = `let ${value}; if (${raw} !== undefined) { ${read.code} ${value} = ${read.value}; }`;
  return { code, value, sure: false, asked: false };
}

const never = new Set(["string", "number", "boolean", "bigint", "null", "array", "object", "record", "tuple"]);
const like = new Set(["nullable", "readonly", "nonoptional", "lazy"]);

/** Whether what is read by a schema is certainly something. */
function isSure(schema: ZodSchema, depth = 0): boolean {
  const def = schema._zod.def;
  if (def.wire !== undefined || def.coerce === true || depth > 8) return false;
  // A check of the user's own may make undefined of anything.
  if (checksOf(schema).some((check) => /^(?:custom|overwrite)$/.test(check._zod.def.check))) return false;
  if (def.type === "enum") return true;
  if (def.type === "literal") return def.values?.includes(undefined) === false;
  if (def.type === "union") return def.options!.every((option) => isSure(option, depth + 1));
  if (like.has(def.type)) return isSure(def.type === "lazy" ? resolveLazy(schema) : def.innerType!, depth + 1);
  return never.has(def.type);
}

/** The condition that a key is one that the shape names. */
function isNamed(key: string, names: readonly string[], program: Program): string {
  if (names.length === 0) return "false";
  if (names.length > 10) return `${program.constant(new Set(names))}.has(${key})`;
  return names.map((name) => `${key} === ${quote(name)}`).join(" || ");
}

function readsRest(
  catchall: ZodSchema,
  names: readonly string[],
  from: string,
  into: string,
  scope: Scope,
  making: Making,
): string {
  const { program } = making;
  const key = program.name();
  const named = isNamed(key, names, program);
  // Without a copy of the keys; a key that is inherited after all is for the closures.
  if (catchall._zod.def.type === "never")
    return `for (const ${key} in ${from}) if (!(${named})) { if (!hasOwn(${from}, ${key})) ${UNSURE} ${scope.no} }`;
  const item = program.name();
  const read = making.part(catchall, item, scope);
  return `for (const ${key} of keys(${from})) if (!(${named}) && ${key} !== "__proto__") { const ${item} = ${from}[${key}]; ${read.code} ${into}[${key}] = ${read.value}; }`;
}

export function readsRecord(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const { keyType, valueType, partial = false, mode } = schema._zod.def;
  if (keyType === undefined || !("_zod" in keyType) || mode === "loose") return undefined;
  const values = keyType._zod.values;
  const textual = values === undefined ? isText(keyType) : [...values].every((each) => typeof each === "string");
  if (!textual || keyType._zod.def.wire !== undefined) return undefined;
  const { program } = making;
  const inside = within(schema, scope, making);
  const [value, key, item] = [program.name(), program.name(), program.name()];
  const name = making.part(keyType, key, inside);
  const read = making.part(valueType!, item, inside);
  const expected = partial ? [] : [...(values ?? [])].map(String).filter((each) => each !== "__proto__");
  const code = [
    objectHead(from, scope),
    // A key that is not there may have a default.
    ...expected.map((each) => `if (!hasOwn(${from}, ${quote(each)})) ${UNSURE}`),
    `const ${value} = Object.create(null);`,
    `for (const ${key} of keys(${from})) { if (${key} === "__proto__") continue; ${name.code} const ${item} = ${from}[${key}]; ${read.code}`,
    name.value === key ? "" : `if (${name.value} === "__proto__") continue;`,
    `${value}[${name.value}] = ${read.value}; }`,
  ];
  return { code: code.join(" "), value };
}

/** Whether a schema takes any text as a key; one that wants a number is given the number that the text says. */
function isText(keyType: ZodSchema): boolean {
  const { type, coerce, format } = keyType._zod.def;
  return type === "string" && coerce !== true && format !== "uuid" && format !== "guid";
}

export function readsTuple(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted {
  const { items = [], rest } = schema._zod.def;
  const { program } = making;
  const inside = within(schema, scope, making);
  const [value, i, each] = [program.name(), program.name(), program.name()];
  const code = [
    `if (!isArray(${from})) { if (typeof ${from} === "object" && ${from} !== null) ${UNSURE} ${scope.no} }`,
    // What stands for items that are left out is for the closures.
    `if (${from}.length < ${items.length}) ${UNSURE}`,
    rest ? "" : `if (${from}.length > ${items.length}) { ${scope.no} }`,
  ];
  const found = items.map((item, at) => {
    const raw = program.name();
    const read = making.part(item, raw, inside);
    code.push(`const ${raw} = ${from}[${at}]; ${read.code}`);
    return read.value;
  });
  code.push(`const ${value} = [${found.join(", ")}];`);
  if (rest) {
    const read = making.part(rest, each, inside);
    code.push(
      `for (let ${i} = ${items.length}; ${i} < ${from}.length; ${i}++) { const ${each} = ${from}[${i}]; ${read.code} ${value}.push(${read.value}); }`,
    );
  }
  return { code: code.join(" "), value };
}
