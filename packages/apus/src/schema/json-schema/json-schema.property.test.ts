/**
 * The JSON Schema of generated schemas, compiled by ajv: it accepts what the strict reader accepts and what the writer
 * writes, and refuses what the strict reader refuses. Where JSON Schema cannot say it, the generated schema carries the
 * reason in `wider` (the document accepts more) or `narrower` (the document asks for what is meant, and more is taken).
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { mayGenerate } from "../generated/generated-program.ts";
import { Components } from "./json-schema.ts";
import type { Direction, JsonSchema } from "./json-schema-types.ts";
import { compileReader, compileWriter, INVALID } from "../index.ts";

/** A schema, values most of which fit it, and why the document may say more or less than the schema. */
interface Made {
  readonly schema: z.ZodType;
  readonly fits: fc.Arbitrary<unknown>;
  readonly wider: readonly string[];
  readonly narrower: readonly string[];
}

const text = fc.constantFrom("", "a", "b", "ab", "a.c", "😀", "5", "true", "xxxxxx", "\ud800", "A");
const number = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(0.5, -0, 2 ** 53, 1e300, 2 ** 31));
// ajv compares items by calling `toString` and `valueOf` where they are there.
const key = fc.constantFrom("a", "b", "c", "constructor", "hasOwnProperty");
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

const plain = (schema: z.ZodType, fits: fc.Arbitrary<unknown>, more: Partial<Made> = {}): Made => ({
  schema,
  fits,
  wider: [],
  narrower: [],
  ...more,
});
/** Objects of a JavaScript Set are never equal, so a set of them may be answered with items that look the same. */
const equals = "equal items of a set, which are joined";
const range = { wider: ["the range of an integer type"] };

const strings = fc.constantFrom(
  plain(z.string(), text),
  plain(z.string().min(1).max(3), text),
  plain(z.string().length(1), text),
  plain(z.string().regex(/^[ab]/), text),
  plain(z.string().regex(/a/).regex(/c$/), text),
  plain(z.string().regex(/^[a-z-]\.?/), text),
  plain(z.string().regex(/^a/i), text, { wider: ["flags of a regular expression"] }),
  plain(z.string().startsWith("a.").max(4), text),
  plain(z.string().endsWith("b"), text),
  plain(z.string().includes("."), text),
  plain(z.string().lowercase(), text),
  plain(z.string().trim().min(1), text),
  plain(
    z.string().refine((value) => value !== "a"),
    text,
    { wider: ["a refinement"] },
  ),
  plain(z.templateLiteral(["a", z.enum(["b", ".c"]).optional()]), text),
  plain(z.uuid(), fc.oneof(fc.uuid(), text), { wider: ["the variant of a UUID"] }),
  plain(z.email(), fc.constantFrom("a@b.co", "a@b", "a"), { wider: ["the wording of a format"] }),
  plain(z.ipv4(), fc.oneof(fc.ipV4(), text)),
  plain(z.iso.date(), fc.constantFrom("2020-02-29", "2021-02-29", "x")),
  plain(z.iso.datetime(), fc.constantFrom("2020-02-29T00:00:00Z", "2020-02-29T00:00:00.123Z", "x")),
);

const numbers = fc.constantFrom(
  plain(z.int(), number, range),
  plain(z.int().min(-1).max(8), number),
  plain(z.int32(), number),
  plain(z.number(), number),
  plain(z.number().positive().lt(9), number),
  plain(z.number().multipleOf(0.5).max(100), number),
  plain(z.int().multipleOf(2).multipleOf(3).max(100), number),
  plain(z.coerce.number().max(100), fc.oneof(number, text), { narrower: ["coercion"] }),
);

const constants = fc.oneof(
  fc
    .uniqueArray(text, { minLength: 1, maxLength: 3 })
    .map((all) => plain(z.enum(all as [string]), fc.constantFrom(...all))),
  fc
    .uniqueArray(fc.oneof(text, number, fc.constantFrom(null, true)), { minLength: 1, maxLength: 3 })
    .map((all) => plain(z.literal(all), fc.constantFrom(...all))),
  fc.constantFrom(
    plain(z.boolean(), fc.boolean()),
    plain(z.null(), fc.constant(null)),
    plain(z.unknown(), anyValue),
    plain(z.never(), anyValue),
    plain(z.enum({ low: 1, high: 2, name: "x" }), fc.constantFrom(1, 2, "x", "low")),
  ),
);

const from = (parts: readonly Made[]): Pick<Made, "wider" | "narrower"> => ({
  wider: parts.flatMap((part) => part.wider),
  narrower: parts.flatMap((part) => part.narrower),
});
/** Where exactly one member may take a value, what the document says too widely of one is too narrow for the whole. */
const exactlyOne = (parts: readonly Made[]): Pick<Made, "wider" | "narrower"> => {
  const all = parts.flatMap((part) => [...part.wider, ...part.narrower]).map((reason) => `z.xor of ${reason}`);
  return { wider: all, narrower: all };
};

let ids = 0;
const { made } = fc.letrec<{ made: Made }>((tie) => {
  const any = tie("made");
  const around = (
    wrap: (inner: z.ZodType) => z.ZodType,
    extra?: unknown,
    more: Partial<Made> = {},
  ): fc.Arbitrary<Made> =>
    any.map((inner) => ({
      ...inner,
      schema: wrap(inner.schema),
      fits: extra === undefined ? inner.fits : fc.oneof(inner.fits, fc.constant(extra)),
      wider: [...inner.wider, ...(more.wider ?? [])],
      narrower: [...inner.narrower, ...(more.narrower ?? [])],
    }));
  const object = (build: (shape: Record<string, z.ZodType>) => z.ZodType, extra: boolean): fc.Arbitrary<Made> =>
    fc.dictionary(key, any, { maxKeys: 3 }).map((fields) => {
      const entries = Object.entries(fields);
      const known = fc.record(Object.fromEntries(entries.map(([name, field]) => [name, field.fits])), {
        requiredKeys: entries.filter((_, i) => i % 2 === 0).map(([name]) => name),
      });
      const more = fc.dictionary(fc.constantFrom("x", "isPrototypeOf"), anyValue, { maxKeys: 1 });
      return plain(
        build(Object.fromEntries(entries.map(([name, field]) => [name, field.schema]))),
        extra ? fc.tuple(more, known).map(([some, fitting]) => ({ ...some, ...fitting })) : known,
        from(Object.values(fields)),
      );
    });
  const list = (build: (item: z.ZodType) => z.ZodType, more: Partial<Made> = {}): fc.Arbitrary<Made> =>
    any.map((item) => {
      const reasons = from([item, plain(item.schema, item.fits, more)]);
      return plain(build(item.schema), fc.array(item.fits, { maxLength: 3 }), reasons);
    });
  const record = (names: fc.Arbitrary<string>, build: (item: z.ZodType) => z.ZodType, wider: string[] = []) =>
    any.map((item) =>
      plain(build(item.schema), fc.dictionary(names, item.fits, { maxKeys: 3 }), {
        narrower: item.narrower,
        wider: [...item.wider, ...wider],
      }),
    );
  const union = (
    build: (members: [z.ZodType, ...z.ZodType[]]) => z.ZodType,
    reasons: typeof from,
  ): fc.Arbitrary<Made> =>
    fc.array(any, { minLength: 1, maxLength: 3 }).map((parts) => {
      const members = parts.map((part) => part.schema) as [z.ZodType];
      return plain(build(members), fc.oneof(...parts.map((part) => part.fits)), reasons(parts));
    });
  const names = fc.oneof(key, text);
  const ab = fc.constantFrom("a", "b");
  return {
    made: fc.oneof(
      { depthSize: "small" },
      { weight: 5, arbitrary: strings },
      { weight: 4, arbitrary: numbers },
      { weight: 3, arbitrary: constants },
      list((item) => z.array(item)),
      list((item) => z.array(item).min(1).max(2)),
      list((item) => z.set(item), { narrower: [equals] }),
      list((item) => z.set(item).min(2), {
        narrower: [equals],
        wider: ["items of a set that convert to equals"],
      }),
      object((shape) => z.object(shape), true),
      object((shape) => z.strictObject(shape), true),
      object((shape) => z.looseObject(shape), true),
      object((shape) => z.object(shape).catchall(z.number()), true),
      object((shape) => z.object(shape).meta({ id: `Model ${++ids}` }), true),
      around((inner) => inner.optional()),
      around((inner) => inner.nullable(), null),
      fc.tuple(any, fc.jsonValue()).map(([inner, value]) => ({ ...inner, schema: inner.schema.default(value) })),
      around((inner) => inner.optional().nonoptional()),
      around((inner) => inner.readonly()),
      around((inner) => inner.describe("own")),
      around((inner) => z.lazy(() => inner)),
      around((inner) => inner.catch(null), undefined, { narrower: ["a catch"] }),
      around((inner) => inner.meta({ id: `Part ${++ids}` }).describe("own")),
      around((inner) => inner.refine(() => true)),
      around((inner) =>
        z.codec(inner, z.any(), { decode: (value) => [value], encode: (value: never[] | null) => value?.[0] }),
      ),
      around((inner) => z.preprocess((value) => value, inner)),
      record(names, (item) => z.record(z.string(), item)),
      record(names, (item) => z.record(z.string().max(1), item)),
      record(names, (item) => z.record(z.string().regex(/^a/), item), ["keys that no pattern fits"]),
      record(names, (item) => z.looseRecord(z.string().regex(/^a/), item)),
      record(ab, (item) => z.record(z.enum(["a", "b"]), item)),
      record(names, (item) => z.partialRecord(z.enum(["a", "b"]), item)),
      record(names, (item) => z.map(z.string(), item)),
      union((members) => z.union(members), from),
      union((members) => z.xor(members), exactlyOne),
      fc.array(any, { minLength: 1, maxLength: 3 }).map((items) =>
        plain(
          z.tuple(items.map((item) => item.schema) as [z.ZodType]),
          fc.tuple(...items.map((item) => item.fits)).chain((all) => fc.nat(4).map((n) => all.slice(0, n))),
          from(items),
        ),
      ),
      fc.tuple(any, any).map(([item, rest]) =>
        plain(
          z.tuple([item.schema], rest.schema),
          fc.tuple(item.fits, fc.array(rest.fits, { maxLength: 2 })).map(([first, others]) => [first, ...others]),
          from([item, rest]),
        ),
      ),
    ),
  };
});

const ajv = new Ajv2020({ strict: false, code: { optimize: false }, ownProperties: true, logger: false });
addFormats.default(ajv);

const document = (schema: z.ZodType, direction: Direction): JsonSchema => {
  const components = new Components();
  const found = components.finish<JsonSchema>(components.describe(schema, direction));
  return { ...found.document, components: { schemas: found.schemas } };
};

/** Whether values fit the schema of a document, which has to be one by the meta-schema. */
function validator(whole: JsonSchema): (value: unknown) => boolean {
  const { schemas } = whole.components as { schemas: Record<string, JsonSchema> };
  for (const each of Object.values(schemas)) expect(ajv.validateSchema(each)).toBe(true);
  const accepts = ajv.compile(whole); // throws where the meta-schema refuses it
  ajv.removeSchema(whole);
  return accepts;
}

const cases = made.chain((each) =>
  fc.record({
    made: fc.constant(
      Object.assign(each, { [fc.toStringMethod]: () => JSON.stringify(document(each.schema, "input")) }),
    ),
    values: fc.array(fc.oneof({ weight: 3, arbitrary: each.fits }, { weight: 1, arbitrary: anyValue }), {
      minLength: 2,
      maxLength: 4,
    }),
  }),
);

// ajv itself generates code.
test.runIf(mayGenerate())(
  "the document accepts what is read strictly and what is written, and refuses what is refused",
  () => {
    const counts = { schemas: 0, accepted: 0, refused: 0, written: 0, wider: 0, narrower: 0 };
    fc.assert(
      fc.property(cases, ({ made: { schema, wider, narrower }, values }) => {
        const read = compileReader(schema, "strict");
        const write = compileWriter(schema);
        const said = document(schema, "input");
        const also = document(schema, "output");
        const sent = validator(said);
        const answered = JSON.stringify(said) === JSON.stringify(also) ? sent : validator(also);
        counts.schemas++;
        for (const each of values) {
          const value: unknown = JSON.parse(JSON.stringify(each));
          const found = read(structuredClone(value), []);
          const accepted = sent(value);
          const place = `${JSON.stringify(value)} (${found === INVALID ? "refused" : "accepted"} by the reader)`;
          if (found === INVALID && accepted) {
            expect(wider, place).not.toEqual([]);
            counts.wider++;
          } else if (found !== INVALID && !accepted) {
            expect(narrower, place).not.toEqual([]);
            counts.narrower++;
          } else counts[accepted ? "accepted" : "refused"]++;
          if (found === INVALID) continue;
          const answer = write(found, []);
          if (answer === INVALID || answer === undefined) continue;
          const wire: unknown = JSON.parse(JSON.stringify(answer));
          if (answered(wire)) counts.written++;
          else {
            const reasons = narrower.filter((reason) => reason === equals || reason.startsWith("z.xor of"));
            expect(reasons, `${JSON.stringify(wire)} written for ${place}`).not.toEqual([]);
          }
        }
      }),
      { numRuns: 5000, seed: 31 },
    );
    console.log(counts);
    // A generator that only ever made one of these would prove nothing.
    expect(counts.schemas).toBeGreaterThanOrEqual(5000);
    for (const each of ["accepted", "refused", "written"] as const) expect(counts[each]).toBeGreaterThan(2000);
    expect(counts.wider + counts.narrower).toBeLessThan(counts.accepted / 5);
  },
  120_000,
);
