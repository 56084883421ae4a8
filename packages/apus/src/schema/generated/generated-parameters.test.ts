/** Generated reading of parameters against the closures it stands in for: the same values, problems, errors and order. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compileReader } from "../compile.ts";
import { INVALID, type Problem } from "../problem.ts";
import { generateParameters, parametersProgram, type GeneratedParameter } from "./generated-parameters.ts";
import { mayGenerate } from "./generated-program.ts";

const query = { of: (given: string) => (given === "" ? undefined : given), find: (given: string) => given };

/** A parameter as the input room makes one, from the first value of the path. */
function parameter(name: string, schema: z.ZodType, asked: string[] = []): GeneratedParameter<string> {
  const reader = compileReader(schema);
  return {
    name,
    schema,
    source: { kind: "path", index: 0 },
    read(raw, into, problems) {
      asked.push(name);
      const found = reader(raw, problems);
      if (found !== INVALID) into[name] = found;
    },
  };
}

const single: readonly z.ZodType[] = [
  z.string(),
  z.string().min(2).max(3),
  z.string().length(2),
  z.string().regex(/^\d+$/g),
  z.string().trim(),
  z.string().refine((text) => text !== "1"),
  z.uuid(),
  z.iso.date(),
  z.int(),
  z.int().min(1).max(20),
  z.int32(),
  z.int().multipleOf(3),
  z.number(),
  z.number().gt(0).lt(12.5),
  z.coerce.number(),
  z.bigint(),
  z.boolean(),
  z.enum(["1", "true", "a"]),
  z.enum({ one: 1, two: 2 }),
  z.literal("1"),
  z.codec(z.string(), z.int(), { decode: Number, encode: String }),
  z.date(),
];
const around: readonly ((schema: z.ZodType) => z.ZodType)[] = [
  (schema) => schema,
  (schema) => schema.optional(),
  (schema) => schema.nullable(),
  (schema) => schema.nullable().optional(),
  (schema) => schema.optional().nullable(),
  (schema) => schema.default(1),
  (schema) => schema.default("1"),
  (schema) => schema.default(() => true),
  (schema) => schema.nullable().default(null),
  (schema) => schema.default("1").optional(),
  (schema) => schema.optional().refine((value) => value !== undefined),
  (schema) => schema.readonly(),
];
const schemas = single.flatMap((schema) => around.map((wrap) => wrap(schema)));
const texts = ["", "0", "1", "-1", "-0", "007", "1.0", "1.5", "1_0", " 1 ", "12", "20", "21", "9007199254740993"];
texts.push(
  "123456789012345",
  "1234567890123456",
  "true",
  "false",
  "True",
  "yes",
  "a",
  "ab",
  "abcd",
  "😀😀",
  "é",
  "null",
);
texts.push("2020-01-01", "0f8fad5b-d9cb-469f-a165-70867728950e", "NaN", "1e3", "٣");

function outcome(run: (into: Record<string, unknown>, problems: Problem[]) => void): unknown {
  const into: Record<string, unknown> = {};
  const problems: Problem[] = [];
  try {
    run(into, problems);
    return { into, keys: Object.keys(into), problems };
  } catch (error) {
    return String(error);
  }
}

describe.runIf(mayGenerate())("generated parameters", () => {
  test("give what the closures give", () => {
    let alone = 0;
    for (const schema of schemas) {
      const asked: string[] = [];
      const one = parameter("value", schema, asked);
      const fast = generateParameters([one], query);
      for (const text of [undefined, ...texts]) {
        asked.length = 0;
        const path = text === undefined ? [] : [text];
        const found = outcome((into, problems) => fast("", path, into, problems));
        if (asked.length === 0) alone++;
        expect([text, found]).toEqual([text, outcome((into, problems) => one.read(text, into, problems))]);
      }
    }
    // Code that left everything to the closures would prove nothing.
    expect(alone).toBeGreaterThan((schemas.length * texts.length) / 20);
  });

  test("several are read in their order, each with its own text", () => {
    const some = fc.array(fc.tuple(fc.nat(schemas.length - 1), fc.constantFrom(...texts)), { maxLength: 6 });
    fc.assert(
      fc.property(some, (chosen) => {
        const all = chosen.map(([at], i) => ({
          ...parameter(`p${i}`, schemas[at]!),
          source: { kind: "path", index: i } as const,
        }));
        const path = chosen.map(([, text]) => text);
        const fast = generateParameters(all, query);
        const expected = outcome((into, problems) => all.forEach((each, i) => each.read(path[i], into, problems)));
        expect(outcome((into, problems) => fast("", path, into, problems))).toEqual(expected);
      }),
      { numRuns: 500, seed: 20261123 },
    );
  });

  test("a query that cannot be looked through is asked otherwise, and headers always are", () => {
    const raw = (given: string): string => `raw ${given}`;
    const [inQuery, inHeader] = [parameter("q", z.string()), parameter("h", z.string())];
    const fast = generateParameters<string>(
      [
        { ...inQuery, source: { kind: "query", name: "q", raw } },
        { ...inHeader, source: { kind: "other", raw } },
      ],
      query,
    );
    expect(outcome((into, problems) => fast("x", [], into, problems))).toMatchObject({ into: { q: "x", h: "raw x" } });
    expect(outcome((into, problems) => fast("", [], into, problems))).toMatchObject({ into: { q: "raw ", h: "raw " } });
  });

  test("nothing that an author chose gets into the source but as a literal", () => {
    const hostile = '"] = 1; throw new Error("\u2028")//';
    const one = parameter(hostile, z.enum([hostile, "a"]));
    const all = [{ ...one, source: { kind: "query", name: hostile, raw: () => "a" } as const }];
    const url = parametersProgram(all, query, `GET/${hostile}`).source.split("\n").at(-1);
    expect(url).toMatch(/^\/\/# sourceURL=apus:\/\/\/GET\/[\w%()/]+$/);
    const fast = generateParameters(all, query, hostile);
    expect(outcome((into, problems) => fast(hostile, [], into, problems))).toMatchObject({
      into: { [hostile]: hostile },
    });
  });
});
