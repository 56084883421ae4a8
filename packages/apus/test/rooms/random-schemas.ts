/**
 * Random schemas of every kind, each with values that fit it, nearly fit it, or mean harm: keys called `__proto__`, inherited
 * keys, values of other classes. For tests that hold two ways to the same result against each other.
 */
import fc from "fast-check";
import { z } from "zod";
import { types } from "../../src/types/index.ts";

/** A schema, and values most of which fit it. */
interface Made {
  readonly schema: z.ZodType;
  readonly fits: fc.Arbitrary<unknown>;
}

const uuid = "0a1b2c3d-0000-4000-8000-00000000000f";
const text = fc.constantFrom(
  "",
  "a",
  "b",
  "ab",
  "😀",
  "5",
  "-1.0",
  "true",
  " x ",
  "\ud800",
  "A@b.co",
  uuid,
  "\u2028'\"",
);
const number = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.constantFrom(0.5, -0, 2 ** 53, 1e300, 0.07, Number.NaN, 1),
);
const key = fc.constantFrom("a", "b", "kind", "constructor", "toString", "__proto__", "1", "\u2028");

class Inherits {
  readonly kind = "x";
  get a(): string {
    return "a";
  }
}

/** Objects whose `__proto__` is a key of their own, as JSON.parse makes them. */
const dictionary = (names: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.array(fc.tuple(names, value), { maxLength: 4 }).map((entries) => {
    const found = {};
    for (const [name, each] of entries)
      Object.defineProperty(found, name, { value: each, enumerable: true, configurable: true, writable: true });
    return found;
  });

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    number,
    fc.boolean(),
    fc.constantFrom(null, undefined, 1n, new Date(0), Symbol.iterator, () => 1),
    fc.constantFrom([], {}, Object.create({ a: "a", kind: "x" }), new Inherits(), new Set(["a"]), new Map([["a", 1]])),
    fc.array(tie("value"), { maxLength: 3 }),
    dictionary(key, tie("value")),
    dictionary(key, tie("value")).map((each) => Object.assign(Object.create(null) as object, each)),
  ),
}));

class Boom extends Error {}

const scalars: readonly (readonly [z.ZodType, fc.Arbitrary<unknown>])[] = [
  [z.string(), text],
  [z.string().min(2).max(3), text],
  [z.string().length(1), text],
  [z.string().regex(/^[ab]/g), text],
  [z.string().trim().min(1), text],
  [z.string().includes("a"), text],
  [z.email(), text],
  [z.uuid(), fc.constantFrom(uuid, uuid.toUpperCase(), `urn:uuid:${uuid}`)],
  [z.uuidv4(), fc.constantFrom(uuid, uuid.toUpperCase())],
  [z.iso.date(), fc.constantFrom("2020-02-29", "2021-02-29")],
  [z.int(), number],
  [z.int32().min(-1).max(8), number],
  [z.number(), number],
  [z.number().positive().lt(9).multipleOf(0.01), number],
  [z.number().multipleOf(3), number],
  [z.uint32(), number],
  [z.boolean(), fc.boolean()],
  [z.null(), fc.constant(null)],
  [z.unknown(), anyValue],
  [z.undefined(), fc.constant(undefined)],
  [z.bigint().max(4n), fc.constantFrom(1n, 5n, 3)],
  [z.date(), fc.constantFrom("2020-01-01T00:00:00Z", new Date(5), 7)],
  [z.enum({ a: "a", b: "__proto__" }), fc.constantFrom("a", "__proto__")],
  [z.enum({ A: 0, B: 1 }), fc.constantFrom(0, -0, 1, "1")],
  [z.literal(["a", 0, null, true, undefined]), fc.constantFrom("a", 0, -0, null, true, undefined)],
  [z.literal(Array.from({ length: 20 }, (_, i) => i)), number],
  [z.coerce.number(), text],
  [z.stringbool(), text],
  [z.string().transform((each) => each.length), text],
  [z.string().transform((each) => (each === "a" ? undefined : each)), text],
  [z.preprocess((each) => (each === "5" ? 5 : each), z.int()), fc.oneof(text, number)],
  [z.string().refine((each) => each !== "b", "no b"), text],
  [
    z.string().refine((each) => {
      if (each === "ab") throw new Boom("ab");
      return true;
    }),
    text,
  ],
  [z.custom((each) => typeof each === "string"), text],
  [z.int().catch(7), number],
  [z.codec(z.string(), z.number(), { decode: (each) => each.length, encode: (each) => "x".repeat(each % 5) }), text],
  [z.set(z.int()).max(2), fc.array(number, { maxLength: 3 })],
  [z.templateLiteral(["a", z.int()]), fc.constantFrom("a1", "b")],
  [types.datetime(), fc.constantFrom("2020-01-01T00:00:00Z", "2020-01-01 00:00", 7, new Date(5))],
  [types.datetime({ as: "Date" }), fc.constantFrom("2020-01-01T00:00:00Z", new Date(5))],
  [types.decimal(), fc.constantFrom("1.50", 1.5, "x", 2n)],
  [types.secret(), text],
];
const scalar: fc.Arbitrary<Made> = fc.constantFrom(...scalars.map(([schema, fits]) => ({ schema, fits })));

const Tree: z.ZodType = z.lazy(() => z.object({ a: z.int(), b: z.array(Tree).default([]), kind: Tree.optional() }));
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.record({ a: number, b: fc.array(tie("tree"), { maxLength: 2 }) }, { requiredKeys: ["a"] }),
}));

const { made } = fc.letrec<{ made: Made }>((tie) => {
  const any = tie("made");
  const around = (wrap: (inner: z.ZodType) => z.ZodType, ...extra: unknown[]): fc.Arbitrary<Made> =>
    any.map(({ schema, fits }) => ({
      schema: wrap(schema),
      fits: extra.length === 0 ? fits : fc.oneof({ weight: 3, arbitrary: fits }, fc.constantFrom(...extra)),
    }));
  const object = (build: (shape: Record<string, z.ZodType>) => z.ZodType): fc.Arbitrary<Made> =>
    fc.uniqueArray(fc.tuple(key, any), { maxLength: 4, selector: ([name]) => name }).map((fields) => {
      const shape: Record<string, z.ZodType> = {};
      for (const [name, field] of fields) Object.defineProperty(shape, name, { value: field.schema, enumerable: true });
      const known = fc
        .tuple(
          ...fields.map(([name, field]) =>
            fc.tuple(fc.constant(name), fc.oneof({ weight: 9, arbitrary: field.fits }, fc.constant(undefined))),
          ),
        )
        .chain((entries) =>
          dictionary(fc.constantFrom("x", "__proto__", "valueOf"), anyValue).map((more) => {
            const found = fc.sample(fc.constant(more), 1)[0] as object;
            for (const [name, each] of entries)
              if (each !== undefined)
                Object.defineProperty(found, name, {
                  value: each,
                  enumerable: true,
                  configurable: true,
                  writable: true,
                });
            return found;
          }),
        );
      return { schema: build(shape), fits: known };
    });
  const list = (build: (item: z.ZodType) => z.ZodType): fc.Arbitrary<Made> =>
    any.map(({ schema, fits }) => ({ schema: build(schema), fits: fc.array(fits, { maxLength: 3 }) }));
  const record = (build: (item: z.ZodType) => z.ZodType): fc.Arbitrary<Made> =>
    any.map(({ schema, fits }) => ({ schema: build(schema), fits: dictionary(key, fits) }));
  return {
    made: fc.oneof(
      { depthSize: "small" },
      { weight: 8, arbitrary: scalar },
      list((item) => z.array(item)),
      list((item) => z.array(item).min(1).max(2)),
      { weight: 3, arbitrary: object((shape) => z.object(shape)) },
      object((shape) => z.strictObject(shape)),
      object((shape) => z.looseObject(shape)),
      object((shape) => z.object(shape).catchall(z.int())),
      object((shape) => z.object(shape).refine((each) => Object.keys(each).length !== 1, "one")),
      object((shape) => z.object(shape).transform((each) => Object.keys(each).length)),
      around((inner) => inner.optional(), undefined),
      around((inner) => inner.nullable(), null),
      around((inner) => inner.nonoptional()),
      fc.tuple(any, anyValue).map(([{ schema, fits }, value]) => ({
        schema: schema.default(value as never),
        fits: fc.oneof(fits, fc.constant(undefined)),
      })),
      fc.tuple(any, anyValue).map(([{ schema, fits }, value]) => ({
        schema: schema.prefault(value as never),
        fits: fc.oneof(fits, fc.constant(undefined)),
      })),
      around((inner) => inner.readonly()),
      around((inner) => z.lazy(() => inner)),
      fc.constant({ schema: Tree, fits: tree }),
      any.map(({ schema, fits }) => ({
        schema: z.object({ a: schema, b: z.array(z.object({ a: schema })) }),
        fits: fits.map((a) => ({ a, b: [{ a }] })),
      })),
      record((item) => z.record(z.string(), item)),
      record((item) => z.record(z.string().max(1), item)),
      record((item) =>
        z.record(
          z.string().transform((each) => `_${each}_`),
          item,
        ),
      ),
      record((item) => z.record(z.enum(["a", "b"]), item)),
      record((item) => z.partialRecord(z.enum(["a", "b"]), item)),
      record((item) => z.record(z.int(), item)),
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
      {
        weight: 3,
        arbitrary: fc.array(any, { minLength: 1, maxLength: 4 }).map((members) => ({
          schema: z.union(members.map((each) => each.schema)),
          fits: fc.oneof(...members.map((each) => each.fits)),
        })),
      },
      fc
        .tuple(any, any)
        .map(([one, other]) => ({ schema: z.xor([one.schema, other.schema]), fits: fc.oneof(one.fits, other.fits) })),
      fc.tuple(any, any).map(([one, other]) => ({
        schema: z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("x"), a: one.schema }),
          z.strictObject({ kind: z.literal(["y", 1]), a: other.schema }),
        ]),
        fits: fc.oneof(
          fc.record({ kind: fc.constant("x"), a: one.fits }),
          fc.record({ kind: fc.constantFrom("y", 1, true, "z"), a: other.fits }),
        ),
      })),
      fc.tuple(any, any).map(([one, other]) => ({
        schema: z.intersection(z.object({ a: one.schema }), z.looseObject({ b: other.schema })),
        fits: fc.record({ a: one.fits, b: other.fits }),
      })),
    ),
  };
});

export const schemaWithValues = made.chain(({ schema, fits }) =>
  fc.record({
    schema: fc.constant(schema),
    values: fc.array(fc.oneof({ weight: 4, arbitrary: fits }, anyValue), { minLength: 10, maxLength: 20 }),
  }),
);
