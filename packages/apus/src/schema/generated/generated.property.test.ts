/**
 * Generated readers and writers against the closures they stand in for: on random schemas and random values, fitting, nearly
 * fitting and hostile, both give the same value (prototypes, key order, frozenness and unset keys included), the same
 * problems and the same errors. `APUS_PROPERTY_RUNS` says how many schemas to try.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod";
import { schemaWithValues } from "../../../test/rooms/random-schemas.ts";
import { IntegralFloat } from "../../wire/index.ts";
import { compileReader, compileTextWriter, compileWriter } from "../compile.ts";
import { DOUBT, mayGenerate, type Fast } from "./generated-program.ts";
import { generateReader } from "./generated-reader.ts";
import { generateText } from "./generated-text.ts";
import { generateWriter } from "./generated-writer.ts";
import { INVALID, type Problem } from "../problem.ts";
import { interpretReader } from "../reader/reader.ts";
import type { Mode, Read } from "../read.ts";
import { unsetOf } from "../unset.ts";
import { jsonText } from "../writer/json-text.ts";
import { interpretWriter } from "../writer/writer.ts";
import type { ZodSchema } from "../zod.ts";

const runs = Number(process.env["APUS_PROPERTY_RUNS"] ?? 800);

/** All that can be told of a value, so that two texts are equal only for equal values. */
function told(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  const frozen = Object.isFrozen(value) ? "frozen " : "";
  if (value instanceof Date) return `${frozen}Date ${value.getTime()}`;
  if (value instanceof Set) return `${frozen}Set ${told([...value])}`;
  if (value instanceof Map) return `${frozen}Map ${told([...value])}`;
  const prototype = Object.getPrototypeOf(value) as object | null;
  const kind =
    prototype === null
      ? "null"
      : Array.isArray(value)
        ? `list ${value.length}`
        : String((prototype.constructor as { name: unknown }).name);
  const unset = unsetOf(value).length > 0 ? ` unset ${unsetOf(value).join()}` : "";
  const entries = Reflect.ownKeys(value)
    .filter((name) => name !== "length")
    .map((name) => `${String(name)}: ${told(Object.getOwnPropertyDescriptor(value, name)!.value)}`);
  return `${frozen}${kind}${unset} {${entries.join(", ")}}`;
}

/** As JSON's numbers arrive where they are wanted exactly: 1.0 as an integral float, and what is large as a bigint. */
function exactly(value: unknown): unknown {
  if (value === 1) return new IntegralFloat(value);
  if (value === 2 ** 53) return BigInt(value);
  if (Array.isArray(value)) return value.map(exactly);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, exactly(each)]));
}

function outcome(read: Read | Fast, value: unknown): { text: string; found: unknown } {
  const problems: Problem[] = [];
  try {
    const found = read(value, problems);
    return { text: `${found === INVALID ? "INVALID" : told(found)} ${told(problems)}`, found };
  } catch (error) {
    return { text: `threw ${String(error)}`, found: undefined };
  }
}

const inside = (schema: z.ZodType): ZodSchema => schema as unknown as ZodSchema;

interface Counts {
  pairs: number;
  alone: number;
  invalid: number;
  threw: number;
}

/** @returns what the generated code gave, or undefined where it left the value to the closures. */
function compare(fast: Fast, whole: Read, both: Read, value: unknown, counts: Counts): string | undefined {
  const expected = outcome(whole, value);
  const found = outcome(fast, value);
  counts.pairs++;
  expect(outcome(both, value).text).toBe(expected.text);
  if (expected.found === INVALID) counts.invalid++;
  if (expected.text.startsWith("threw")) counts.threw++;
  if (found.found === DOUBT) return undefined;
  counts.alone++;
  expect(found.text).toBe(expected.text);
  return found.text;
}

test.runIf(mayGenerate())("generated readers give what the closures give", () => {
  const counts = { pairs: 0, alone: 0, invalid: 0, threw: 0, sameInBothModes: 0 };
  fc.assert(
    fc.property(schemaWithValues, ({ schema, values }) => {
      // Some parts are read by closures, which may well differ between the modes: `z.int().catch(7)` does for "5".
      let calls = 0;
      const exact = interpretReader(schema, "lax", "exact");
      const fastExact = generateReader(inside(schema), exact.part, "exact");
      const [lax, strict] = (["lax", "strict"] as const).map((mode: Mode) => {
        const { whole, part } = interpretReader(schema, mode);
        const counted: typeof part = (inner) => (calls++, part(inner));
        return { whole, both: compileReader(schema, mode), fast: generateReader(inside(schema), counted) };
      });
      for (const value of values) {
        compare(lax!.fast, lax!.whole, lax!.both, value, counts);
        compare(fastExact, exact.whole, exact.whole, exactly(value), counts);
        const alone = compare(strict!.fast, strict!.whole, strict!.both, value, counts);
        if (alone === undefined || calls > 0) continue;
        expect(outcome(lax!.whole, value).text).toBe(alone);
        counts.sameInBothModes++;
      }
    }),
    { numRuns: runs, seed: 20261120 },
  );
  console.log("readers:", counts);
  expect(counts.pairs).toBeGreaterThan(20 * runs);
  // Generated code that doubted everything would prove nothing.
  expect(counts.alone).toBeGreaterThan(counts.pairs / 5);
  expect(counts.invalid).toBeGreaterThan(counts.pairs / 10);
  expect(counts.threw).toBeGreaterThan(0);
  expect(counts.sameInBothModes).toBeGreaterThan(counts.pairs / 20);
});

test.runIf(mayGenerate())("generated writers give what the closures give", () => {
  const counts = { pairs: 0, alone: 0, invalid: 0, threw: 0 };
  let refused = 0;
  fc.assert(
    fc.property(schemaWithValues, ({ schema, values }) => {
      let writer: ReturnType<typeof interpretWriter>;
      try {
        writer = interpretWriter(schema);
      } catch {
        refused++; // a one-way transform
        return;
      }
      const read = interpretReader(schema).whole;
      const fast = generateWriter(inside(schema), writer.part);
      const both = compileWriter(schema);
      for (const value of values) {
        compare(fast, writer.whole, both, value, counts);
        const { found } = outcome(read, value);
        if (found !== INVALID && found !== undefined) compare(fast, writer.whole, both, found, counts);
      }
    }),
    { numRuns: runs, seed: 20261121 },
  );
  console.log("writers:", counts, "schemas that cannot be written:", refused);
  expect(counts.pairs).toBeGreaterThan(10 * runs);
  expect(counts.alone).toBeGreaterThan(counts.pairs / 4);
  expect(counts.invalid).toBeGreaterThan(counts.pairs / 10);
});

test.runIf(mayGenerate())("generated texts are those of what the closures write", () => {
  const counts = { pairs: 0, alone: 0, invalid: 0, threw: 0 };
  fc.assert(
    fc.property(schemaWithValues, ({ schema, values }) => {
      let writer: ReturnType<typeof interpretWriter>;
      try {
        writer = interpretWriter(schema);
      } catch {
        return; // a one-way transform
      }
      const read = interpretReader(schema).whole;
      const whole: Read = (value, problems) => {
        const found = writer.whole(value, problems);
        return found === INVALID ? INVALID : jsonText(found);
      };
      const fast = generateText(inside(schema), writer.part);
      const both = compileTextWriter(schema);
      for (const value of values) {
        compare(fast, whole, both, value, counts);
        const { found } = outcome(read, value);
        if (found !== INVALID && found !== undefined) compare(fast, whole, both, found, counts);
      }
    }),
    { numRuns: runs, seed: 20261122 },
  );
  console.log("texts:", counts);
  expect(counts.pairs).toBeGreaterThan(10 * runs);
  expect(counts.alone).toBeGreaterThan(counts.pairs / 4);
  expect(counts.invalid).toBeGreaterThan(counts.pairs / 10);
});
