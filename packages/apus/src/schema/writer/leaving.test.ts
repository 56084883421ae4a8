/** What answers leave out: unset, default and null values, and selected keys; recorded from pydantic's `model_dump_json`. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reading } from "../../../test/rooms/reading.ts";
import { ApusError } from "../../diagnostic/index.ts";
import { compileWriter, excludeUnset, fieldsSet, INVALID, type Leaving, type Problem } from "../index.ts";

function written(schema: z.ZodType, value: unknown, leaving: Leaving): unknown {
  const problems: Problem[] = [];
  const found = compileWriter(schema, leaving)(value, problems);
  return found === INVALID ? problems.map((each) => each.loc) : found;
}

const Inner = z.object({ x: z.int().nullable().default(null), y: z.int().default(3) });
const Model = z.object({
  a: z.int().nullable().default(null),
  d: z.record(z.string(), z.int().nullable()).default({}),
  n: Inner.prefault({}),
  l: z.array(Inner).default([]),
  t: z.array(z.int().nullable()).default([]),
});
const given = { d: { k: null }, n: { x: null }, l: [{}, { y: 3 }], t: [null] };

describe("flags", () => {
  test.each<[Leaving, unknown]>([
    [{ excludeNull: true }, { d: { k: null }, n: { y: 3 }, l: [{ y: 3 }, { y: 3 }], t: [null] }],
    [{ excludeUnset: true }, { d: { k: null }, n: { x: null }, l: [{}, { y: 3 }], t: [null] }],
    [{ excludeDefaults: true }, { d: { k: null }, l: [{}, {}], t: [null] }],
    [
      { excludeUnset: true, excludeNull: true },
      { d: { k: null }, n: {}, l: [{}, { y: 3 }], t: [null] },
    ],
    [
      { excludeUnset: false },
      {
        a: null,
        d: { k: null },
        n: { x: null, y: 3 },
        l: [
          { x: null, y: 3 },
          { x: null, y: 3 },
        ],
        t: [null],
      },
    ],
  ])("%j", (leaving, expected) => expect(written(Model, given, leaving)).toEqual(expected));

  test("a value that was read knows what was not sent, wherever it is inside", () => {
    const { value } = reading(Model, { a: 1, l: [{}] }) as { value: object };
    expect(written(Model, value, { excludeUnset: true })).toEqual({ a: 1, l: [{}] });
    expect(written(z.array(Model), [value], { excludeUnset: true })).toEqual([{ a: 1, l: [{}] }]);
    expect(written(Model, { ...value }, { excludeUnset: true })).toMatchObject({ a: 1, d: {}, t: [] });
  });

  test("null keys of a catch-all go too; required keys stay required", () => {
    const Open = z.object({ a: z.int() }).catchall(z.int().nullable());
    expect(written(Open, { a: 1, b: null, c: 2 }, { excludeNull: true })).toEqual({ a: 1, c: 2 });
    expect(written(Open, { b: null }, { excludeUnset: true })).toEqual([["a"]]);
  });

  test("lists, unions and codecs around a model", () => {
    const Either = z.union([z.object({ k: z.literal("a"), v: z.int().default(1) }), Inner]);
    expect(written(Either, { k: "a" }, { excludeUnset: true })).toEqual({ k: "a" });
    expect(written(z.record(z.string(), Inner), { a: {} }, { excludeDefaults: true })).toEqual({ a: {} });
    expect(written(Inner.readonly().nullable(), { x: 1 }, { excludeUnset: true })).toEqual({ x: 1 });
  });
});

describe("selections", () => {
  const value = { a: 1, n: { x: 1, y: 2 }, l: [{ x: 1 }, { y: 2 }] };
  test.each<[Leaving, unknown]>([
    [{ only: ["a"] }, { a: 1 }],
    [{ only: ["a"], without: ["a"] }, {}],
    [{ without: ["d", "n", "l", "t"] }, { a: 1 }],
    [{ only: { n: ["y"], l: { x: true } } }, { n: { y: 2 }, l: [{ x: 1 }, { x: null }] }],
    [
      { only: ["a", "l"], without: { l: ["x"] } },
      { a: 1, l: [{ y: 3 }, { y: 2 }] },
    ],
    [{ only: [] }, {}],
  ])("%j", (leaving, expected) => expect(written(Model, value, leaving)).toEqual(expected));

  test("the items of a list are selected from alike; what is left out is checked all the same", () => {
    expect(written(z.array(Inner), [{ y: 1 }, { y: 2 }], { only: ["y"] })).toEqual([{ y: 1 }, { y: 2 }]);
    expect(written(Inner.nullable(), null, { only: ["y"] })).toBe(null);
    expect(written(z.object({ a: z.int(), b: z.int() }), { a: 1, b: "x" }, { only: ["a"] })).toEqual([["b"]]);
  });

  test("a key that the output does not have stops the start", () => {
    for (const leaving of [{ only: ["nam"] }, { without: { n: ["z"] } }, { only: { l: ["z"] } }]) {
      expect(() => compileWriter(Model, leaving)).toThrow(ApusError);
      expect(() => compileWriter(z.array(Model.nullable()), leaving)).toThrow(/APUS_SELECTION: `\w+` names "\w+"/);
    }
    expect(() => compileWriter(z.strictObject({ a: z.int() }), { only: ["b"] })).toThrow(/`only` names "b"/);
    expect(() => compileWriter(z.strictObject({ a: z.int() }), { without: ["a"] })).not.toThrow();
    expect(() => compileWriter(z.looseObject({}), { only: ["any"] })).not.toThrow();
    expect(() => compileWriter(z.object({}).catchall(z.int()), { without: ["any"] })).not.toThrow();
    expect(() => compileWriter(z.record(z.string(), Model), { only: ["any"] })).not.toThrow();
  });
});

test("what was sent: keys, and the value without the rest", () => {
  const read = (sent: unknown) => (reading(Model, sent) as { value: z.output<typeof Model> }).value;
  expect([...fieldsSet(read({}))]).toEqual([]);
  expect([...fieldsSet(read({ t: [], a: null }))]).toEqual(["a", "t"]);
  expect(excludeUnset(read({ n: { y: 3 }, l: [{}, { x: 1 }] }))).toEqual({ n: { y: 3 }, l: [{}, { x: 1 }] });
  expect([...fieldsSet({ own: 1 })]).toEqual(["own"]);
  const at = new Date();
  expect(excludeUnset({ at, all: [at] })).toEqual({ at, all: [at] });
  expect(excludeUnset(JSON.parse('{"__proto__": 1}') as object)).toEqual(JSON.parse('{"__proto__": 1}'));
});
