/**
 * The readers against zod itself, on generated schemas and values. Left out, because we mean to differ there: unions (zod
 * takes the first that fits, we the first that fits unconverted), UUIDs (we write them canonically), `multipleOf` (ours has
 * the wider tolerance), intersections of strict objects, and keys called `__proto__`.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { compileReader, compileWriter, INVALID } from "../index.ts";

/** A schema, and values most of which fit it. */
interface Made {
  readonly schema: z.ZodType;
  readonly fits: fc.Arbitrary<unknown>;
}

const text = fc.constantFrom("", "a", "b", "ab", "😀", "5", "-1.0", "true", "xxxxxx", "\ud800");
const number = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(0.5, -0, 2 ** 53, 1e300));
const key = fc.constantFrom("a", "b", "c", "constructor", "toString");

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
}));

const scalar: fc.Arbitrary<Made> = fc.oneof(
  fc
    .record({ min: fc.nat(2), max: fc.integer({ min: 2, max: 5 }) })
    .map(({ min, max }) => ({ schema: z.string().min(min).max(max), fits: text })),
  fc.constantFrom(
    { schema: z.string(), fits: text },
    { schema: z.string().length(1), fits: text },
    { schema: z.string().regex(/^[ab]/), fits: text },
    { schema: z.int(), fits: number },
    { schema: z.int().min(-1).max(8), fits: number },
    { schema: z.number(), fits: number },
    { schema: z.number().positive().lt(9), fits: number },
    { schema: z.boolean(), fits: fc.boolean() },
    { schema: z.null(), fits: fc.constant(null) },
    { schema: z.unknown(), fits: anyValue },
  ),
  fc
    .uniqueArray(text, { minLength: 1, maxLength: 3 })
    .map((all) => ({ schema: z.enum(all as [string]), fits: fc.constantFrom(...all) })),
  fc
    .uniqueArray(fc.oneof(text, number), { minLength: 1, maxLength: 3 })
    .map((all) => ({ schema: z.literal(all), fits: fc.constantFrom(...all) })),
);

const { made } = fc.letrec<{ made: Made }>((tie) => {
  const any = tie("made");
  const around = (wrap: (inner: z.ZodType) => z.ZodType, extra?: unknown): fc.Arbitrary<Made> =>
    any.map(({ schema, fits }) => ({
      schema: wrap(schema),
      fits: extra === undefined ? fits : fc.oneof(fits, fc.constant(extra)),
    }));
  const object = (build: (shape: Record<string, z.ZodType>) => z.ZodType, extra: boolean): fc.Arbitrary<Made> =>
    fc.dictionary(key, any, { maxKeys: 3 }).map((fields) => {
      const entries = Object.entries(fields);
      const known = fc.record(Object.fromEntries(entries.map(([name, field]) => [name, field.fits])));
      const more = fc.dictionary(fc.constantFrom("x", "valueOf"), anyValue, { maxKeys: 1 });
      return {
        schema: build(Object.fromEntries(entries.map(([name, field]) => [name, field.schema]))),
        fits: extra ? fc.tuple(more, known).map(([some, fitting]) => ({ ...some, ...fitting })) : known,
      };
    });
  const list = (build: (item: z.ZodType) => z.ZodType): fc.Arbitrary<Made> =>
    any.map(({ schema, fits }) => ({ schema: build(schema), fits: fc.array(fits, { maxLength: 3 }) }));
  const record = (names: fc.Arbitrary<string>, build: (item: z.ZodType) => z.ZodType): fc.Arbitrary<Made> =>
    any.map(({ schema, fits }) => ({ schema: build(schema), fits: fc.dictionary(names, fits, { maxKeys: 3 }) }));
  const ab = fc.constantFrom("a", "b");
  return {
    made: fc.oneof(
      { depthSize: "small" },
      { weight: 6, arbitrary: scalar },
      list((item) => z.array(item)),
      list((item) => z.array(item).min(1).max(2)),
      object((shape) => z.object(shape), true),
      object((shape) => z.strictObject(shape), false),
      object((shape) => z.looseObject(shape), true),
      object((shape) => z.object(shape).catchall(z.number()), true),
      around((inner) => inner.optional()),
      around((inner) => inner.nullable(), null),
      fc.tuple(any, fc.jsonValue()).map(([inner, value]) => ({ ...inner, schema: inner.schema.default(value) })),
      around((inner) => inner.readonly()),
      around((inner) => z.lazy(() => inner)),
      record(key, (item) => z.record(z.string(), item)),
      record(key, (item) => z.record(z.string().max(1), item)),
      record(ab, (item) => z.record(z.enum(["a", "b"]), item)),
      record(ab, (item) => z.partialRecord(z.enum(["a", "b"]), item)),
      fc.array(any, { minLength: 1, maxLength: 3 }).map((items) => ({
        schema: z.tuple(items.map((item) => item.schema) as [z.ZodType]),
        fits: fc
          .tuple(...items.map((item) => item.fits))
          .chain((all) => fc.nat(4).map((n) => (n ? all : all.slice(1)))),
      })),
      fc.tuple(any, any).map(([item, rest]) => ({
        schema: z.tuple([item.schema], rest.schema),
        fits: fc.tuple(item.fits, fc.array(rest.fits, { maxLength: 2 })).map(([first, others]) => [first, ...others]),
      })),
    ),
  };
});

const pair = made.chain(({ schema, fits }) =>
  fc.record({
    schema: fc.constant(schema),
    value: fc.oneof({ weight: 4, arbitrary: fits }, { weight: 1, arbitrary: anyValue }),
  }),
);

/** An integer is never -0 here, as in Python. */
function told(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(told);
  if (value instanceof Set) return new Set([...value].map(told));
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [told(key), told(each)]));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, told(each)]));
}

test("what zod accepts we accept, with an equal value; what we accept strictly zod accepts", () => {
  const counts = { accepted: 0, refused: 0, converted: 0 };
  fc.assert(
    fc.property(pair, ({ schema, value }) => {
      const expected = schema.safeParse(value);
      for (const mode of ["strict", "lax"] as const) {
        const problems: never[] = [];
        const found = compileReader(schema, mode)(structuredClone(value), problems);
        if (expected.success) expect(told(found)).toEqual(told(expected.data));
        else if (mode === "strict") expect(found).toBe(INVALID);
        expect(problems.length > 0).toBe(found === INVALID);
        if (found !== INVALID && !expected.success) counts.converted++;
      }
      if (expected.success) counts.accepted++;
      else counts.refused++;
    }),
    { numRuns: 6000, seed: 20261121 },
  );
  // A generator that only ever made one of these would prove nothing.
  expect(counts.accepted).toBeGreaterThan(2000);
  expect(counts.refused).toBeGreaterThan(1000);
  expect(counts.converted).toBeGreaterThan(20);
});

test("what was read is written, and reads the same again", () => {
  let written = 0;
  fc.assert(
    fc.property(pair, ({ schema, value }) => {
      const read = compileReader(schema);
      const found = read(structuredClone(value), []);
      if (found === INVALID) return;
      const answer = compileWriter(schema)(found, []);
      // A default need not fit its own schema (zod does not check it), a lone undefined has no JSON.
      if (answer === INVALID || answer === undefined) return;
      const text = JSON.stringify(answer);
      const again = compileWriter(schema)(read(JSON.parse(text), []), []);
      expect(JSON.stringify(again)).toBe(text);
      written++;
    }),
    { numRuns: 3000, seed: 11 },
  );
  expect(written).toBeGreaterThan(1000);
});

test("readers never throw, and every problem is told in full", () => {
  let told = 0;
  fc.assert(
    fc.property(made, fc.anything({ withBigInt: true, withDate: true, withMap: true }), ({ schema }, given) => {
      for (const mode of ["strict", "lax"] as const) {
        const problems: { msg: string; loc: unknown[] }[] = [];
        compileReader(schema, mode)(given, problems as never);
        for (const each of problems) {
          expect(each.msg).not.toMatch(/undefined|\[object|NaN/);
          expect(each.loc.every((step) => typeof step === "string" || typeof step === "number")).toBe(true);
          told++;
        }
      }
    }),
    { numRuns: 3000, seed: 7 },
  );
  expect(told).toBeGreaterThan(3000);
});
