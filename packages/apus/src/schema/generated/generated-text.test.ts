/** What the property tests cannot show of generated texts: that they are used, how they end, and that values cannot disturb them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compileTextWriter, compileWriter } from "../compile.ts";
import { INVALID, type Problem } from "../problem.ts";
import { jsonText } from "../writer/json-text.ts";
import { interpretWriter } from "../writer/writer.ts";
import type { ZodSchema } from "../zod.ts";
import { DOUBT, mayGenerate } from "./generated-program.ts";
import { generateText, printsItself, textProgram } from "./generated-text.ts";

/** What generated code alone makes of a value, or DOUBT. */
const alone = (schema: z.ZodType, value: unknown): unknown =>
  generateText(schema as unknown as ZodSchema, interpretWriter(schema).part)(value);

const Tag = z.object({ name: z.string(), weight: z.number().optional() });
const long = 'a long text with a "quote" and an é in it, '.repeat(9);

const values: readonly (readonly [string, z.ZodType, unknown])[] = [
  ["nothing", z.object({}), { more: 1 }],
  ["an empty list", z.array(z.int()), []],
  ["lists in lists", z.array(z.array(z.boolean())), [[], [true], [false, true]]],
  ["first keys that are left out", z.object({ a: z.int().optional(), b: z.int().optional() }), { b: 2 }],
  ["all keys left out", z.object({ a: z.int().optional(), b: z.unknown() }), {}],
  [
    "keys that are left out between others",
    z.object({ a: z.int(), b: z.int().optional(), c: z.int() }),
    { a: 1, c: 3 },
  ],
  ["null and default", z.object({ a: z.string().nullable(), b: z.int().default(7) }), { a: null }],
  ["absence in a list", z.array(z.int().optional()), [1, undefined, 2]],
  ["a list that may be absent", z.array(Tag).optional(), undefined],
  ["tuples", z.tuple([z.int(), z.string()], z.boolean()), [1, "a", true, false]],
  ["tuples without a rest", z.tuple([z.int(), Tag]), [1, { name: "a", weight: 0.5 }]],
  ["an empty tuple", z.tuple([]), []],
  ["a rest alone", z.tuple([]).rest(z.int()), [1, 2]],
  ["records", z.record(z.string(), z.int()), { b: 1, 2: 2, 'a "é"': 3, [long]: 4 }],
  ["an empty record", z.record(z.string(), z.int()), {}],
  ["records of what may be left out", z.record(z.string(), z.unknown()), { a: undefined, b: [1], c: undefined }],
  ["keys that no shape names", z.object({ a: z.int() }).catchall(z.string()), { x: "y", a: 1, z: long }],
  ["only keys that no shape names", z.looseObject({}), { x: 1, y: undefined, z: null }],
  ["keys that are indices", z.object({ b: z.int(), "1": z.int() }), { b: 2, 1: 3 }],
  [
    "strange keys",
    z.object({ 'a"b': z.int(), "é\u2028": z.int(), "\ud800": z.int() }),
    { 'a"b': 1, "é\u2028": 2, "\ud800": 3 },
  ],
  ["a key called __proto__", z.object({ ["__proto__"]: z.int().optional(), a: z.int() }), { a: 1 }],
  [
    "enums and literals",
    z.tuple([z.enum(["a", "b"]), z.literal("x"), z.literal(1), z.literal(null), z.literal(true)]),
    ["b", "x", 1, null, true],
  ],
  ["long texts", z.object({ a: z.string(), b: z.array(z.string()) }), { a: long, b: [long, "", long.repeat(50)] }],
  [
    "tagged members",
    z.array(z.discriminatedUnion("k", [z.object({ k: z.literal("a"), n: z.int() }), z.object({ k: z.literal("b") })])),
    [{ k: "b" }, { k: "a", n: 1 }],
  ],
  ["untagged members", z.array(z.union([z.string(), Tag])), ["a", { name: "b", weight: 1 }]],
  ["dates", z.object({ at: z.date() }), { at: new Date(0) }],
  ["URLs", z.array(z.url()), ["http://example.com/a.jpg", "https://[::1]/", "ftp://x"]],
  ["members that are single values", z.array(z.union([z.string(), z.int(), z.null()])), ["a", 1, null, long]],
  [
    "parts in several places",
    z.object({ a: Tag, b: z.array(Tag), c: Tag.optional() }),
    { a: { name: "a" }, b: [{ name: "b" }] },
  ],
  [
    "numbers",
    z.object({ a: z.array(z.number()), b: z.array(z.number()) }),
    { a: [1, -0.5], b: Array.from({ length: 500 }, (_, i) => i / 7) },
  ],
  ["no numbers", z.array(z.number()), []],
  ["long texts beyond ASCII", z.array(z.string()), ["日本語".repeat(30), "é".repeat(70), "\ud800".repeat(70)]],
  ["much of it", z.array(Tag), Array.from({ length: 5000 }, (_, i) => ({ name: `tag ${i}`, weight: i / 8 }))],
];

describe.runIf(mayGenerate())("generated texts", () => {
  test.each(values)("%s", (_, schema, value) => {
    const expected = jsonText(interpretWriter(schema).whole(value, []));
    expect(alone(schema, value)).toBe(expected);
    expect(compileTextWriter(schema)(value, [])).toBe(expected);
  });

  const nested = (levels: number, schema: z.ZodType): z.ZodType =>
    levels === 0 ? schema : nested(levels - 1, z.array(schema));
  const doubling = (levels: number): z.ZodType => {
    let schema: z.ZodType = z.object({ leaf: z.int() });
    for (let i = 0; i < levels; i++) schema = z.object({ one: schema.optional(), other: schema.nullable().optional() });
    return schema;
  };
  const many = (keys: number): z.ZodType =>
    z.object(Object.fromEntries(Array.from({ length: keys }, (_, i) => [`k${i}`, z.int().default(i)])));

  test.each<readonly [string, z.ZodType, unknown, number]>([
    ["shared parts", doubling(40), { one: { other: null } }, 80_000],
    ["nesting", nested(400, z.int()), [[[]]], 600_000],
    ["many keys", many(300), {}, 200_000],
    ["more keys than one function takes", many(3000), {}, 10_000],
  ])("the source is bounded: %s", (_, schema, value, most) => {
    const { part, whole } = interpretWriter(schema);
    expect(textProgram(schema as unknown as ZodSchema, part).source().length).toBeLessThan(most);
    expect(alone(schema, value)).toBe(jsonText(whole(value, [])));
  });

  test.each<readonly [string, z.ZodType, boolean]>([
    ["records", z.array(Tag), true],
    ["dates and codecs of single values", z.array(z.object({ at: z.date(), n: z.bigint() })), true],
    ["members that are single values", z.array(z.union([z.string(), z.int()])), true],
    ["members with tags", z.array(z.discriminatedUnion("k", [z.object({ k: z.literal("a") })])), true],
    ["what is not described", z.array(z.object({ data: z.unknown() })), false],
    ["members that only trying tells", z.array(z.union([Tag, z.array(Tag)])), false],
    ["sets", z.object({ a: z.set(z.int()) }), false],
    [
      "what holds itself",
      nested(
        1,
        Tag.extend({
          get more() {
            return z.array(Tag);
          },
        }),
      ),
      true,
    ],
  ])("printed by parts or as a whole: %s", (_, schema, expected) => {
    expect(printsItself(schema as unknown as ZodSchema)).toBe(expected);
  });

  test.each<readonly [string, z.ZodType, unknown]>([
    ["a Map", z.record(z.string(), z.int()), new Map([["a", 1]])],
    ["a Set", z.array(z.int()), new Set([1])],
    ["keys that would come before those of the shape", z.object({ a: z.int() }).catchall(z.int()), { a: 1, 1: 2 }],
  ])("%s is left to closures", (_, schema, value) => {
    expect(alone(schema, value)).toBe(DOUBT);
    expect(compileTextWriter(schema)(value, [])).toBe(jsonText(interpretWriter(schema).whole(value, [])));
  });
});

describe("texts, with generated code and without", () => {
  test("what does not fit is told as by the writer", () => {
    const schema = z.object({ tags: z.array(Tag.extend({ name: z.string().min(2) })) });
    const value = { tags: [{ name: "ab" }, { name: "a" }, { name: "abc", weight: Number.NaN }] };
    const [mine, expected]: [Problem[], Problem[]] = [[], []];
    expect(compileTextWriter(schema)(value, mine)).toBe(INVALID);
    expect(compileWriter(schema)(value, expected)).toBe(INVALID);
    expect(mine).toEqual(expected);
    expect(mine.map(({ loc }) => loc.join("."))).toEqual(["tags.1.name", "tags.2.weight"]);
  });

  test("a getter that itself writes a text does not disturb the one that reads it", () => {
    const write = compileTextWriter(z.object({ name: z.string(), inner: z.string(), end: z.string() }));
    const given = (depth: number): object => ({
      name: `name ${depth}`,
      get inner() {
        return depth === 0 ? "none" : String(write(given(depth - 1), []));
      },
      end: `end ${depth}`,
    });
    const nested = (depth: number): object => ({
      name: `name ${depth}`,
      inner: depth === 0 ? "none" : JSON.stringify(nested(depth - 1)),
      end: `end ${depth}`,
    });
    for (let i = 0; i < 3; i++) expect(write(given(4), [])).toBe(JSON.stringify(nested(4)));
  });

  test("texts stay the same where another way to make them is taken", () => {
    const write = compileTextWriter(z.object({ text: z.string(), more: z.string() }));
    for (let i = 0; i < 200; i++) {
      const value = { text: (i % 3 === 0 ? "plain " : "日本語").repeat(40), more: String(i) };
      expect(write({ ...value, secret: 1 }, [])).toBe(JSON.stringify(value));
      expect(write({ text: i }, [])).toBe(INVALID);
    }
  });

  test("a getter that throws leaves nothing behind", () => {
    const write = compileTextWriter(z.object({ a: z.string(), b: z.string() }));
    const broken = {
      a: "half a text, é",
      get b(): string {
        throw new RangeError("no");
      },
    };
    expect(() => write(broken, [])).toThrow("no");
    expect(write({ a: "x", b: "y" }, [])).toBe('{"a":"x","b":"y"}');
  });

  test("an object that holds itself is refused as before", () => {
    const Node: z.ZodType = z.object({
      get next() {
        return Node.optional();
      },
    });
    const loop: { next?: unknown } = {};
    loop.next = loop;
    expect(() => compileTextWriter(Node)(loop, [])).toThrow(RangeError);
    expect(compileTextWriter(Node)({ next: { next: {} } }, [])).toBe('{"next":{"next":{}}}');
  });

  test("URLs that are taken without asking zod are valid and stay as they are", () => {
    const label = fc.stringMatching(/^[a-z0-9]+(?:-[a-z0-9]+){0,2}$/, { maxLength: 70 });
    const url = fc
      .tuple(
        fc.constantFrom("http", "https"),
        fc.array(label, { minLength: 1, maxLength: 3 }),
        fc.stringMatching(/^[a-z]+$/),
        fc.stringMatching(/^(?:\/[\w\-./~]*)?$/),
      )
      .map(([scheme, labels, last, rest]) => `${scheme}://${[...labels, last].join(".")}${rest}`);
    fc.assert(
      fc.property(url, (each) => {
        expect(z.url().safeParse(each)).toEqual({ success: true, data: each });
      }),
      { numRuns: 5000, seed: 1 },
    );
  });
});
