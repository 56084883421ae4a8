/**
 * The readers and writers that requests use: generated code first, made when it is first needed, and the closures for every
 * doubt and every problem. Where code generation is forbidden the closures do it all, with the same answers.
 */
import { DOUBT, mayGenerate, type Fast } from "./generated/generated-program.ts";
import { generateReader, readerProgram } from "./generated/generated-reader.ts";
import { generateText, printsItself, textProgram } from "./generated/generated-text.ts";
import { generateWriter, writerProgram } from "./generated/generated-writer.ts";
import { leaves, leavesByValue, type Leaving } from "./writer/leaving.ts";
import { INVALID, type Problem } from "./problem.ts";
import { jsonText } from "./writer/json-text.ts";
import { wasCostly } from "./writer/text-buffer.ts";
import { holdsParts } from "./reached.ts";
import { interpretReader } from "./reader/reader.ts";
import type { Mode, Read } from "./read.ts";
import type { AnySchema } from "./types.ts";
import { interpretWriter, selecting } from "./writer/writer.ts";
import { isZod, type ZodSchema } from "./zod.ts";

/**
 * The reader of a schema.
 * @param schema A zod schema, or another Standard Schema (which then reads strictly, with its own messages).
 * @param mode Lax by default.
 * @param numbers Whether the numbers of the raw value may be bigints and integral floats, as exact-numbers.ts tells.
 * @param name What stack traces call the generated source, such as `GET/items/{item_id}`.
 */
export function compileReader(
  schema: AnySchema,
  mode: Mode = "lax",
  numbers: "plain" | "exact" = "plain",
  name?: string,
): Read {
  const { whole, part } = interpretReader(schema, mode, numbers);
  if (!isGenerated(schema)) return whole;
  return generatedFirst(whole, () => generateReader(schema, part, numbers, name));
}

/**
 * The function that turns a handler's value into its JSON-compatible wire form, or adds problems and says INVALID.
 * @param leaving What the answer leaves out although the schema has it.
 * @param name What stack traces call the generated source.
 */
export function compileWriter(schema: AnySchema, leaving: Leaving = {}, name?: string): Read {
  const { whole, part } = interpretWriter(schema, leaving);
  const write = isGenerated(schema, leaving) ? generatedFirst(whole, () => generateWriter(schema, part, name)) : whole;
  return selecting(write, schema, leaving);
}

/** Writes a value as JSON text, or says INVALID after adding at least one problem. */
export type WriteText = (value: unknown, problems: Problem[]) => string | typeof INVALID;

/**
 * The function that turns a handler's value into its JSON text: the text that `jsonText` gives of what `compileWriter` makes,
 * the same problems and the same errors, in one pass where that can be.
 * @param leaving What the answer leaves out although the schema has it.
 * @param name What stack traces call the generated source.
 */
export function compileTextWriter(schema: AnySchema, leaving: Leaving = {}, name?: string): WriteText {
  if (!isTextGenerated(schema, leaving)) return printing(compileWriter(schema, leaving, name));
  const { whole, part } = interpretWriter(schema, leaving);
  const write = generatedFirst(printing(whole), () => generateText(schema, part, name)) as WriteText;
  // What the strings of a value are like decides what is faster, and those of the next ones will be alike.
  let atOnce: WriteText | undefined;
  let rest = 0;
  return (value, problems) => {
    if (rest > 0) {
      rest--;
      return (atOnce ??= printing(compileWriter(schema, leaving, name)))(value, problems);
    }
    const found = write(value, problems);
    if (wasCostly()) rest = untilNextTry;
    return found;
  };
}

const untilNextTry = 63;

function printing(write: Read): WriteText {
  return (value, problems) => {
    const found = write(value, problems);
    return found === INVALID ? INVALID : jsonText(found);
  };
}

/** Whether the text is written as it is checked. What is left out by its name is taken from the finished value. */
function isTextGenerated(schema: AnySchema, leaving: Leaving): schema is ZodSchema & AnySchema {
  return isGenerated(schema, leaving) && !leaves(leaving) && printsItself(schema);
}

/** Whether a schema gets generated code. What is left out by its value is left to the closures. */
function isGenerated(schema: AnySchema, leaving: Leaving = {}): schema is ZodSchema & AnySchema {
  return isZod(schema) && holdsParts(schema) && !leavesByValue(leaving);
}

/** How a value is read or written: by generated code, whose text this is, or by closures, and why. */
export type CodeText =
  { readonly kind: "generated"; readonly source: string } | { readonly kind: "interpreted"; readonly reason: string };

/** What `compileReader` makes of the same arguments, as text to look at. */
export function readerText(schema: AnySchema, mode: Mode, name?: string): CodeText {
  if (!isGenerated(schema)) return { kind: "interpreted", reason: whyInterpreted(schema) };
  return textOf(() => readerProgram(schema, interpretReader(schema, mode).part).source(name));
}

/** What `compileWriter` makes of the same arguments, as text to look at. */
export function writerText(schema: AnySchema, leaving: Leaving, name?: string): CodeText {
  if (!isGenerated(schema, leaving)) return { kind: "interpreted", reason: whyInterpreted(schema) };
  return textOf(() => writerProgram(schema, interpretWriter(schema, leaving).part).source(name));
}

/** What `compileTextWriter` makes of the same arguments, as text to look at. */
export function textWriterText(schema: AnySchema, leaving: Leaving, name?: string): CodeText {
  if (!isTextGenerated(schema, leaving)) return writerText(schema, leaving, name);
  return textOf(() => textProgram(schema, interpretWriter(schema, leaving).part).source(name));
}

function textOf(source: () => string): CodeText {
  return mayGenerate()
    ? { kind: "generated", source: source() }
    : { kind: "interpreted", reason: "this platform does not let programs generate code" };
}

function whyInterpreted(schema: AnySchema): string {
  if (!isZod(schema)) return "the schema is not one of zod's";
  return holdsParts(schema) ? "keys are left out by their values" : "a single value is as fast without";
}

const undecided: Fast = () => DOUBT;

function generatedFirst(slow: Read, generate: () => Fast): Read {
  let fast: Fast | undefined;
  return (value, problems) => {
    if (fast === undefined) {
      // Whatever goes wrong while generating, the closures are there.
      fast = undecided;
      if (mayGenerate()) fast = generate();
    }
    const found = fast(value);
    return found === DOUBT ? slow(value, problems) : found;
  };
}
