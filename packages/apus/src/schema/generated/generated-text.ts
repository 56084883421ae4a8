/**
 * Generates the fast path from a handler's value to its JSON text: checked, filtered and printed in one pass, byte by byte,
 * without the object that `JSON.stringify` would walk. The text is the one that the writer and `jsonText` give. Whatever it
 * cannot be sure of it leaves to them: the parts that a part's own writer makes, and in doubt the whole.
 */
import { isInteger } from "../reader/checks.ts";
import { checkWritten, isOneOf } from "./generated-checks.ts";
import { writesFields, writesListText, writesRecordText, writesTupleText } from "./generated-container-text.ts";
import { inPart, Program, UNSURE, type Emitted, type Fast, type Scope } from "./generated-program.ts";
import { TextSource } from "./generated-text-source.ts";
import { tagged } from "./generated-union.ts";
import { defaultOf, isSure, mostKeys, objectHead } from "./generated-writer.ts";
import { composite } from "../reached.ts";
import type { Compile } from "../read.ts";
import { quote } from "./source-text.ts";
import { finishText, returnBuffer, takeBuffer } from "../writer/text-buffer.ts";
import { partsOf, resolveLazy, unwrap, type ZodSchema } from "../zod.ts";

/** Statements that write a value, and the text that is still to be written behind it: it may join what follows. */
export interface Written {
  readonly code: string;
  readonly after: string;
}

/** Where a value stands in the text. */
interface Place {
  /** What is written before it. */
  readonly before: string;
  /** What is written in place of both where the value is left out. */
  readonly absent: string;
}

/** What the files that generate texts hand each other. */
export interface Making {
  readonly program: Program;
  readonly source: TextSource;
  part(schema: ZodSchema, from: string, scope: Scope, place: Place): Written;
}

const deepest = 50;

const holders = new Set(
  "optional nullable default catch nonoptional readonly lazy array tuple object record union".split(" "),
);
const shapeless = new Set("any unknown custom intersection map set".split(" "));

/**
 * Whether the text of a schema is written by its own parts. Where others make objects or lists that `JSON.stringify` prints one
 * by one (`z.unknown()`, members that only trying tells), it is faster to print the whole at once: for fifty records with one
 * such part on Node 24, in microseconds, 14 by parts and 8 as a whole; a list of untagged members 10 and 2.5.
 */
export function printsItself(schema: ZodSchema, seen = new Set<ZodSchema>()): boolean {
  if (seen.has(schema)) return true;
  seen.add(schema);
  const { type, wire, discriminator, keyType } = schema._zod.def;
  if (wire !== undefined) return wire.holds === "one";
  const wireSide = unwrap(schema)._zod.def;
  if (wireSide.wire === undefined && shapeless.has(wireSide.type)) return false;
  if (!holders.has(type)) return wireSide.wire !== undefined || !composite.has(wireSide.type);
  if (type === "record" && keyType?._zod.values !== undefined) return false;
  const parts = type === "record" ? [schema._zod.def.valueType!] : partsOf(schema);
  // What tries its members is a value for `JSON.stringify`, unless all of them are single ones.
  if (
    type === "union" &&
    discriminator === undefined &&
    parts.some((part) => composite.has(unwrap(part)._zod.def.type))
  )
    return false;
  return parts.every((part) => part._zod.def.type === "never" || printsItself(part, seen));
}

/**
 * The program of the fast path from a value to its text. It is compiled only where the platform generates code.
 * @param closure Gives the closures of the schema's parts, which write values.
 */
export function textProgram(schema: ZodSchema, closure: Compile): Program {
  const program: Program = new Program(
    schema,
    (given, from, scope) => {
      source.begin();
      const { code, after } = inline(given, from, scope, { before: "", absent: "null" });
      return { code: `${code} ${source.literal(after)}`, value: "at" } satisfies Emitted;
    },
    {
      also: ", at, text",
      head: () => source.head(),
      whole: (root) =>
        `const text = ${program.constant(takeBuffer)}(), end = ${root}(given, 0, 0, text); if (end !== DOUBT) return ${program.constant(finishText)}(text, end); ${program.constant(returnBuffer)}(text); return DOUBT;`,
    },
  );
  const source = new TextSource(program);
  const making: Making = {
    program,
    source,
    part(part, from, scope, place) {
      // A function always writes something, so that what may be left out is written here.
      const called = isSure(part) ? program.called(part, scope) : undefined;
      if (called === undefined) return inline(part, from, inPart(part, scope), place);
      const end = program.name();
      const code = `${source.literal(place.before)} const ${end} = ${called}(${from}, depth + 1, at, text); if (${end} === DOUBT) return DOUBT; at = ${end}; ${source.changed} ${source.room}`;
      return { code, after: "" };
    },
  };
  const inline = (part: ZodSchema, from: string, scope: Scope, place: Place): Written => {
    const written = program.full ? undefined : writes(part, from, scope, place, making);
    if (written === undefined) return writesOther(part, from, place, making, closure);
    const { code } = checkWritten(part, from, { code: written.code, value: from }, scope, program);
    return { code, after: written.after };
  };
  return program;
}

/**
 * The fast path from a value to its text. Only where the platform generates code.
 * @param name What stack traces call the generated source; the rest as for `textProgram`.
 */
export function generateText(schema: ZodSchema, closure: Compile, name?: string): Fast {
  return textProgram(schema, closure).compile(name);
}

/** Source that writes a value by a schema without its checks, or undefined for what is left to the part's own writer. */
function writes(schema: ZodSchema, from: string, scope: Scope, place: Place, making: Making): Written | undefined {
  const def = schema._zod.def;
  if (def.wire !== undefined) return undefined;
  const { program, source } = making;
  const { before } = place;
  if (def.type === "optional") {
    const inner = making.part(def.innerType!, from, scope, place);
    const code = `if (${from} === undefined) { ${source.literal(place.absent)} } else { ${inner.code} ${source.literal(inner.after)} }`;
    return { code, after: "" };
  }
  if (!isSure(schema)) return undefined;
  const refuse = (condition: string): string => `if (!(${condition})) ${UNSURE}`;
  switch (def.type) {
    case "string":
      return source.string(refuse(`typeof ${from} === "string"`), from, before);
    case "number":
      return source.number(refuse(`Number.${isInteger(schema) ? "isInteger" : "isFinite"}(${from})`), from, before);
    case "boolean": {
      const [yes, no] = [source.literal(`${before}true`), source.literal(`${before}false`)];
      return {
        code: `if (${from} === true) { ${yes} } else if (${from} === false) { ${no} } else ${UNSURE}`,
        after: "",
      };
    }
    case "null":
      return { code: `${refuse(`${from} === null`)} ${source.literal(`${before}null`)}`, after: "" };
    case "enum":
    case "literal":
      return writesMember(schema, from, before, making);
    case "array":
      return writesListText(schema, from, scope, before, making);
    case "tuple":
      return writesTupleText(schema, from, scope, before, making);
    case "object":
      return Object.keys(def.shape ?? {}).length > mostKeys
        ? undefined
        : writesFields(schema, from, scope, before, making);
    case "record":
      return writesRecordText(schema, from, scope, before, making);
    case "union":
      return def.discriminator === undefined ? undefined : writesTagged(schema, from, scope, before, making);
    case "nullable": {
      const inner = making.part(def.innerType!, from, scope, place);
      const code = `if (${from} === null) { ${source.literal(`${before}null`)} } else { ${inner.code} ${source.literal(inner.after)} }`;
      return { code, after: "" };
    }
    case "default": {
      const given = program.name();
      const inner = making.part(def.innerType!, given, scope, place);
      const code = `const ${given} = ${from} === undefined ? ${defaultOf(schema, program)} : ${from}; ${inner.code}`;
      return { code, after: inner.after };
    }
    case "catch":
    case "nonoptional":
    case "readonly":
      return making.part(def.innerType!, from, scope, place);
    case "lazy":
      // A schema can be nothing but a reference to itself.
      if (scope.depth > deepest) return undefined;
      return making.part(resolveLazy(schema), from, { ...scope, depth: scope.depth + 1 }, place);
    default:
      return undefined;
  }
}

/** What only the part's own writer writes: what it makes may also be nothing at all. */
function writesOther(schema: ZodSchema, from: string, place: Place, making: Making, closure: Compile): Written {
  const { program, source } = making;
  const value = program.name();
  const made = `const ${value} = ${program.constant(closure(schema))}(${from}, []); if (${value} === INVALID) ${UNSURE}`;
  const put = `at = text.putValue(${value}, at, room); ${source.changed}`;
  const code = `${made} if (${value} === undefined) { ${source.literal(place.absent)} } else { ${source.literal(place.before)} ${put} }`;
  return { code, after: "" };
}

function writesMember(
  schema: ZodSchema,
  from: string,
  before: string,
  { program, source }: Making,
): Written | undefined {
  const members = [...(schema._zod.values ?? [])];
  const is = (type: string): boolean => members.every((each) => typeof each === type);
  const head = `if (!(${isOneOf(members, from, program)})) ${UNSURE}`;
  const [only] = members;
  if (members.length === 1 && (only === null || is("string") || is("boolean"))) {
    return { code: head, after: before + JSON.stringify(only) };
  }
  if (is("string")) return source.string(head, from, before);
  return is("number") && members.every(Number.isFinite) ? source.number(head, from, before) : undefined;
}

function writesTagged(
  schema: ZodSchema,
  from: string,
  scope: Scope,
  before: string,
  making: Making,
): Written | undefined {
  const members = tagged(schema);
  if (members === undefined) return undefined;
  const { source } = making;
  const head = objectHead(from, { ...scope, no: UNSURE });
  const cases = [...members].map(([member, tags]) => {
    const inner = making.part(member, from, { ...scope, depth: scope.depth + 1 }, { before, absent: before });
    return `${tags.map((each) => `case ${quote(each)}:`).join(" ")} { ${inner.code} ${source.literal(inner.after)} break; }`;
  });
  const tag = `${from}[${quote(schema._zod.def.discriminator)}]`;
  return { code: `${head} switch (${tag}) { ${cases.join(" ")} default: ${UNSURE} }`, after: "" };
}
