/**
 * The readers against the interpreter, on generated descriptions and values: the same value, or the same complete list of
 * problems. The seed is printed; APUS_TEST_SEED and APUS_TEST_RUNS try others.
 */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileReader, INVALID, type Mode, type Problem } from "../../../src/schema/index.ts";
import type { Description } from "./description.ts";
import { descriptions } from "./generate.ts";
import { interpret, type Outcome } from "./interpret.ts";
import { schemaOf } from "./schema.ts";
import { anything, valuesFor } from "./values.ts";

const seed = Number(process.env["APUS_TEST_SEED"] ?? 20261130);
const numRuns = Number(process.env["APUS_TEST_RUNS"] ?? 1600);
const VALUES = 8;

const pairs = descriptions.chain((description) =>
  fc.record({
    description: fc.constant(description),
    values: fc.array(fc.oneof({ weight: 9, arbitrary: valuesFor(description) }, anything), {
      minLength: VALUES,
      maxLength: VALUES,
    }),
  }),
);

function reading(description: Description, mode: Mode): (value: unknown) => Outcome {
  const read = compileReader(schemaOf(description), mode);
  return (value) => {
    const problems: Problem[] = [];
    const found = read(value, problems);
    return found === INVALID ? { problems } : { value: found };
  };
}

/** The same data, whatever prototypes the objects have. */
function plain(value: unknown): unknown {
  if (value instanceof Set) return { set: [...value].map(plain) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).map(([name, item]) => [name, plain(item)]);
}

test("readers and interpreter agree", () => {
  const counts = { accepted: 0, refused: 0, converted: 0 };
  fc.assert(
    fc.property(pairs, ({ description, values }) => {
      for (const mode of ["lax", "strict"] as const) {
        const read = reading(description, mode);
        for (const value of values) {
          const expected = plain(interpret(description, value, mode));
          const found = plain(read(value));
          if (!isDeepStrictEqual(found, expected)) {
            expect({ mode, value, outcome: found }).toEqual({ mode, value, outcome: expected });
          }
          const outcome = interpret(description, value, mode);
          if ("problems" in outcome) counts.refused++;
          else if (isDeepStrictEqual(plain(outcome.value), plain(value))) counts.accepted++;
          else counts.converted++;
        }
      }
    }),
    { numRuns, seed },
  );
  const total = counts.accepted + counts.refused + counts.converted;
  console.log(`seed ${seed}: ${total} pairs, ${JSON.stringify(counts)}`);
  expect(total).toBe(numRuns * VALUES * 2);
  // A generator that only ever made one of these would prove nothing.
  expect(counts.accepted).toBeGreaterThan(total / 10);
  expect(counts.refused).toBeGreaterThan(total / 10);
  expect(counts.converted).toBeGreaterThan(total / 20);
});
