/** Generates the text of lists, objects, records and tuples. */
import { UNSURE, type Scope } from "./generated-program.ts";
import type { Making, Written } from "./generated-text.ts";
import { isSure, listHead, objectHead, property } from "./generated-writer.ts";
import { checksOf, type ZodSchema } from "../zod.ts";

const item = { before: "", absent: "null" };

function isPlainNumber(schema: ZodSchema): boolean {
  const { type, wire } = schema._zod.def;
  return type === "number" && wire === undefined && checksOf(schema).length === 0;
}

/** Each item is followed by a comma, and the last one's is taken back. */
export function writesListText(schema: ZodSchema, from: string, scope: Scope, before: string, making: Making): Written {
  const { program, source } = making;
  const { element } = schema._zod.def;
  if (isPlainNumber(element!)) {
    const end = program.name();
    const put = `const ${end} = text.putNumbers(${from}, at, room); if (${end} < 0) ${UNSURE} at = ${end}; ${source.changed}`;
    return { code: `${listHead(from, scope)} ${source.literal(before)} ${put}`, after: "" };
  }
  const [i, each] = [program.name(), program.name()];
  const start = source.literal(`${before}[`);
  const inner = making.part(element!, each, scope, item);
  const turn = `${source.room} const ${each} = ${from}[${i}]; ${inner.code} ${source.literal(`${inner.after},`)}`;
  const code = `${listHead(from, scope)} ${start} let ${i} = 0; for (; ${i} < ${from}.length; ${i}++) { ${turn} } if (${i} !== 0) at--; ${source.room}`;
  return { code, after: "]" };
}

export function writesTupleText(
  schema: ZodSchema,
  from: string,
  scope: Scope,
  before: string,
  making: Making,
): Written {
  const { items = [], rest } = schema._zod.def;
  const { program, source } = making;
  // What is left out at the end is for the closures, as is what is too long.
  let code = `${listHead(from, scope)} if (${from}.length ${rest ? "<" : "!=="} ${items.length}) ${UNSURE}`;
  let open = `${before}[`;
  for (const [place, schemaOfItem] of items.entries()) {
    const each = program.name();
    const inner = making.part(schemaOfItem, each, scope, { before: open, absent: `${open}null` });
    code += ` const ${each} = ${from}[${place}]; ${inner.code}`;
    open = `${inner.after},`;
  }
  if (!rest) return { code, after: items.length === 0 ? `${open}]` : `${open.slice(0, -1)}]` };
  const [i, each] = [program.name(), program.name()];
  // Each item of the rest is followed by a comma, as those before it were; only an empty list has none to take back.
  code += source.literal(open);
  const inner = making.part(rest, each, scope, item);
  const turn = `${source.room} const ${each} = ${from}[${i}]; ${inner.code} ${source.literal(`${inner.after},`)}`;
  code += ` for (let ${i} = ${items.length}; ${i} < ${from}.length; ${i}++) { ${turn} } if (${from}.length !== 0) at--; ${source.room}`;
  return { code, after: "]" };
}

/**
 * An object whose first key is certain begins with it. Of any other each member has a comma before it, and the first comma
 * becomes the brace.
 */
export function writesFields(schema: ZodSchema, from: string, scope: Scope, before: string, making: Making): Written {
  const { shape = {}, catchall } = schema._zod.def;
  const { program, source } = making;
  const names = Object.keys(shape);
  const rest = catchall === undefined || catchall._zod.def.type === "never" ? undefined : catchall;
  const certain = names.length > 0 ? isSure(shape[names[0]!]!) : rest === undefined;
  let code = objectHead(from, scope);
  let open = certain ? `${before}{` : "";
  const start = program.name();
  if (!certain) code += ` ${source.literal(before)} const ${start} = at;`;
  for (const [place, name] of names.entries()) {
    const raw = program.name();
    const key = `${place === 0 && certain ? "" : ","}${JSON.stringify(name)}:`;
    code += ` const ${raw} = ${property(from, name, program)};`;
    if (isSure(shape[name]!)) {
      const inner = making.part(shape[name]!, raw, scope, { before: open + key, absent: "" });
      code += ` ${inner.code}`;
      open = inner.after;
    } else {
      code += ` ${source.literal(open)}`;
      const inner = making.part(shape[name]!, raw, scope, { before: key, absent: "" });
      code += ` ${inner.code} ${source.literal(inner.after)}`;
      open = "";
    }
  }
  if (rest !== undefined) {
    const [key, each] = [program.name(), program.name()];
    // Keys that are indices would come before all others.
    const passed = `if (hasOwn(${program.constant(shape)}, ${key}) || ${key} === "__proto__") continue; if (${key} >= "0" && ${key} < ":") ${UNSURE}`;
    code += ` ${source.literal(open)} for (const ${key} of keys(${from})) { ${passed} ${member(rest, from, key, each, scope, making)} } ${source.room}`;
    open = "";
  }
  if (certain) return { code, after: `${open}}` };
  return { code: `${code} ${source.literal(open)} ${brace(start)}`, after: "}" };
}

const brace = (start: string): string => `if (at === ${start}) at++; bytes[${start}] = 123;`;

/** A member whose key is only known when it is there; a value that is left out takes its key with it. */
function member(schema: ZodSchema, from: string, key: string, each: string, scope: Scope, making: Making): string {
  const { program, source } = making;
  const name = source.string(source.room, key, ",");
  const [before, behind] = [program.name(), program.name()];
  const inner = making.part(schema, each, scope, { before: "", absent: "" });
  const written = `${inner.code} ${source.literal(inner.after)}`;
  const head = `const ${each} = ${from}[${key}]; const ${before} = at; ${name.code} ${source.literal(`${name.after}:`)}`;
  return isSure(schema)
    ? `${head} ${written}`
    : `${head} const ${behind} = at; ${written} if (at === ${behind}) at = ${before};`;
}

export function writesRecordText(
  schema: ZodSchema,
  from: string,
  scope: Scope,
  before: string,
  making: Making,
): Written | undefined {
  const { keyType, valueType } = schema._zod.def;
  if (keyType?._zod.values !== undefined) return undefined;
  const { program, source } = making;
  const [start, key, each] = [program.name(), program.name(), program.name()];
  const turn = `if (${key} === "__proto__") continue; ${member(valueType!, from, key, each, scope, making)}`;
  const code = `${objectHead(from, scope)} if (${from} instanceof Map) ${UNSURE} ${source.literal(before)} const ${start} = at; for (const ${key} of keys(${from})) { ${turn} } ${source.room} ${brace(start)}`;
  return { code, after: "}" };
}
