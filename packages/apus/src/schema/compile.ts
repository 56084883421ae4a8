/**
 * The readers and writers that requests use: generated code first, made when it is first needed, and the closures for every
 * doubt and every problem. Where code generation is forbidden the closures do it all, with the same answers.
 */
import { DOUBT, mayGenerate, type Fast } from "./generated/generated-program.ts";
import { generateReader } from "./generated/generated-reader.ts";
import { generateWriter } from "./generated/generated-writer.ts";
import { leavesByValue, type Leaving } from "./writer/leaving.ts";
import { holdsParts } from "./reached.ts";
import { interpretReader } from "./reader/reader.ts";
import type { Mode, Read } from "./read.ts";
import type { AnySchema } from "./types.ts";
import { interpretWriter, selecting } from "./writer/writer.ts";
import { isZod } from "./zod.ts";

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
  if (!isZod(schema) || !holdsParts(schema)) return whole;
  return generatedFirst(whole, () => generateReader(schema, part, numbers, name));
}

/**
 * The function that turns a handler's value into its JSON-compatible wire form, or adds problems and says INVALID.
 * @param leaving What the answer leaves out although the schema has it.
 * @param name What stack traces call the generated source.
 */
export function compileWriter(schema: AnySchema, leaving: Leaving = {}, name?: string): Read {
  const { whole, part } = interpretWriter(schema, leaving);
  // What is left out by its value is left to the closures.
  const generated = isZod(schema) && holdsParts(schema) && !leavesByValue(leaving);
  const write = generated ? generatedFirst(whole, () => generateWriter(schema, part, name)) : whole;
  return selecting(write, schema, leaving);
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
