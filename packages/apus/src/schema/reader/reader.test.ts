/** What stands around a schema: defaults, optional, catch, codecs, transforms, recursion, and schemas that are not zod's. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reading, refusals } from "../../../test/rooms/reading.ts";
import { compileReader } from "../compile.ts";
import type { StandardSchema } from "../types.ts";

describe("absence", () => {
  test.each([
    ["optional", z.int().optional(), undefined],
    ["default", z.int().default(5), 5],
    ["a default that a call makes", z.int().default(() => 6), 6],
    ["prefault", z.int().prefault(7), 7],
    ["catch", z.int().catch(8), 8],
    ["nullish", z.int().nullish(), undefined],
    ["a default inside optional", z.int().default(9).optional(), 9],
    ["default after optional", z.int().optional().default(10), 10],
  ])("%s", (_, schema, expected) => {
    expect(reading(schema, undefined)).toEqual({ value: expected });
    const { value } = reading(z.object({ a: schema }), {}) as { value: object };
    expect(value).toEqual(expected === undefined ? {} : { a: expected });
    for (const mode of ["lax", "strict"] as const) expect(reading(schema, 1, mode)).toEqual({ value: 1 });
  });

  test("is a problem for the others", () => {
    expect(refusals(z.int().optional().nonoptional(), undefined)).toEqual(["missing"]);
    expect(refusals(z.object({ a: z.int().optional().nonoptional() }), {})).toEqual(["a missing"]);
    expect(refusals(z.int().nullable(), undefined)).toEqual(["int_type"]);
  });

  test.each([
    ["default", z.array(z.int()).default([1])],
    ["prefault", z.array(z.int()).prefault([1])],
    ["catch", z.array(z.int()).catch([1])],
  ])("what a %s gives is each reading's own", (_, schema) => {
    const read = compileReader(schema);
    (read(undefined, []) as number[]).push(2);
    expect(read(undefined, [])).toEqual([1]);
  });

  test("a default also stands for what becomes undefined", () => {
    const schema = z.preprocess((value) => (value === "" ? undefined : value), z.int().optional()).default(3);
    expect(reading(schema, "")).toEqual({ value: 3 });
    expect(reading(schema, "4")).toEqual({ value: 4 });
  });

  test("a preprocess step is not run for what is absent: what it leads to decides", () => {
    const given: unknown[] = [];
    const step = (value: unknown): unknown => (given.push(value), value);
    const Model = z.object({
      plain: z.preprocess(step, z.int()),
      orNull: z.preprocess(step, z.int()).nullable(),
      lazily: z.lazy(() => z.preprocess(step, z.preprocess(step, z.unknown()))),
      either: z.union([z.preprocess(step, z.int()), z.string()]),
      optional: z.preprocess(step, z.int().optional()),
      around: z.preprocess(step, z.int()).optional(),
      filled: z.preprocess(step, z.int().default(3)),
      filledAround: z.preprocess(step, z.int()).default(4),
      pair: z.tuple([z.int(), z.preprocess(step, z.int())]).default([1, 2]),
    });
    for (const sent of [{}, { pair: [1] }]) {
      const more = "pair" in sent ? ["pair 1 missing"] : [];
      expect(refusals(Model, sent)).toEqual([
        "plain missing",
        "orNull missing",
        "lazily missing",
        "either missing",
        ...more,
      ]);
    }
    expect(given).toEqual([]);
    expect(reading(Model, { plain: "1", orNull: null, lazily: 2, either: 3 })).toEqual({
      value: { plain: 1, orNull: null, lazily: 2, either: 3, filled: 3, filledAround: 4, pair: [1, 2] },
    });
    expect(given).not.toContain(undefined);
  });

  test("a schema that is only itself, or a preprocess step beside itself, ends", () => {
    const Loop: z.ZodType = z.lazy(() => z.union([Loop, z.preprocess((value) => value, z.int())]));
    expect(refusals(z.object({ a: Loop }), {})).toEqual(["a missing"]);
  });

  test("a default is not checked, a prefault is", () => {
    expect(reading(z.int().min(5).default(1), undefined)).toEqual({ value: 1 });
    expect(reading(z.int().min(5).prefault(1), undefined)).toMatchObject({ problems: [{ input: 1 }] });
    expect(reading(z.string().trim().prefault(" a "), undefined)).toEqual({ value: "a" });
  });
});

describe("a default belongs to one request", () => {
  const at = new Date(0);
  test.each([
    [z.array(z.object({ n: z.int() })).default([{ n: 1 }]), (value: { n: number }[]) => (value[0]!.n = 2)],
    [z.object({ n: z.int() }).default({ n: 1 }), (value: { n: number }) => (value.n = 2)],
    [z.object({ n: z.int() }).prefault({ n: 1 }), (value: { n: number }) => (value.n = 2)],
    [z.set(z.int()).default(new Set([1])), (value: Set<number>) => value.add(2)],
    [z.map(z.string(), z.int()).default(new Map([["a", 1]])), (value: Map<string, number>) => value.clear()],
    [z.date().default(at), (value: Date) => value.setFullYear(1999)],
    [z.any().default({ all: new Set([1]) }), (value: { all: Set<number> }) => value.all.add(2)],
    [z.any().default({ deep: { list: [1] } }), (value: { deep: { list: number[] } }) => value.deep.list.push(2)],
  ])("%#", (schema, change) => {
    const read = compileReader(schema);
    const first = read(undefined, []);
    const before = structuredClone(first);
    (change as (value: unknown) => void)(first);
    expect(read(undefined, [])).toEqual(before);
    expect(first).not.toEqual(before);
  });

  test("instances of a class stay what they are", () => {
    class Money {
      readonly cents = 5;
      half(): number {
        return this.cents / 2;
      }
    }
    const { value } = reading(z.instanceof(Money).default(new Money()), undefined) as { value: Money };
    expect(value.half()).toBe(2.5);
    const call = (): number => 1;
    expect(reading(z.any().default({ call }), undefined)).toEqual({ value: { call } });
  });
});

describe("steps", () => {
  const isoDate = z.codec(z.iso.datetime(), z.date().min(new Date(0)), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  });

  test("a codec reads its wire side, decodes, and checks what comes out", () => {
    expect(reading(isoDate, "2026-01-02T03:04:05Z")).toEqual({ value: new Date("2026-01-02T03:04:05Z") });
    expect(refusals(isoDate, "yesterday")).toEqual(["datetime_from_date_parsing"]);
    expect(refusals(isoDate, 5)).toEqual(["string_type"]);
    expect(refusals(isoDate, "1960-01-01T00:00:00Z")).toEqual(["greater_than_equal"]);
  });

  test("a codec can refuse", () => {
    const even = z.codec(z.string(), z.int(), {
      decode: (text, payload) => {
        if (text.length % 2 === 0) return text.length;
        payload.issues.push({ code: "custom", input: text, message: "odd" });
        return z.NEVER;
      },
      encode: String,
    });
    expect(reading(even, "ab")).toEqual({ value: 2 });
    expect(reading(even, "a")).toMatchObject({ problems: [{ msg: "Value error, odd", input: "a" }] });
  });

  test("preprocess, transform, pipe, readonly, stringbool, coerce", () => {
    expect(
      reading(
        z.preprocess((value) => [value].flat(), z.array(z.int())),
        "1",
      ),
    ).toEqual({ value: [1] });
    expect(
      reading(
        z.string().transform((text) => text.length),
        "abc",
      ),
    ).toEqual({ value: 3 });
    expect(
      refusals(
        z.string().transform((text) => text.length),
        5,
      ),
    ).toEqual(["string_type"]);
    expect(reading(z.string().transform(Number).pipe(z.int().min(3)), "4")).toEqual({ value: 4 });
    expect(refusals(z.string().transform(Number).pipe(z.int().min(3)), "2")).toEqual(["greater_than_equal"]);
    const { value } = reading(z.object({ a: z.int() }).readonly(), { a: "1" }) as { value: object };
    expect(value).toEqual({ a: 1 });
    expect(Object.isFrozen(value)).toBe(true);
    expect(reading(z.stringbool(), "enabled")).toEqual({ value: true });
    expect(reading(z.coerce.number().min(3), "4")).toEqual({ value: 4 });
    expect(refusals(z.coerce.number().min(3), "2")).toEqual(["value_error"]);
  });

  test("catch sees what was wrong", () => {
    const schema = z.object({ n: z.int() }).catch((context) => ({ n: context.error.issues.length }));
    expect(reading(schema, { n: "x" })).toEqual({ value: { n: 1 } });
    expect(reading(schema, { n: "2" })).toEqual({ value: { n: 2 } });
  });
});

describe("schemas that hold themselves", () => {
  const Node = z.object({
    name: z.string(),
    get children(): z.ZodDefault<z.ZodArray<typeof Node>> {
      return z.array(Node).default([]);
    },
  });
  interface Tree {
    left?: Tree | undefined;
    right?: Tree | undefined;
    n: number;
  }
  const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ n: z.int(), left: Tree.optional(), right: Tree.optional() }));

  test("by a getter, and by z.lazy", () => {
    expect(reading(Node, { name: "a", children: [{ name: "b" }] })).toEqual({
      value: { name: "a", children: [{ name: "b", children: [] }] },
    });
    expect(refusals(Node, { name: "a", children: [{ name: "b", children: [{}] }] })).toEqual([
      "children 0 children 0 name missing",
    ]);
    expect(reading(Tree, { n: "1", left: { n: 2 } })).toEqual({ value: { n: 1, left: { n: 2 } } });
    expect(refusals(Tree, { n: 1, right: { n: 1, left: { n: "x" } } })).toEqual(["right left n int_parsing"]);
  });

  test("as deep as a body may be", () => {
    let value: object = { name: "leaf" };
    for (let i = 0; i < 499; i++) value = { name: "n", children: [value] };
    expect(reading(Node, value)).toHaveProperty("value");
  });
});

describe("a schema of another library", () => {
  const schema = (validate: StandardSchema["~standard"]["validate"]): StandardSchema => ({
    "~standard": { version: 1, vendor: "test", validate },
  });

  test("gives its value, its messages and its places", () => {
    expect(
      reading(
        schema((value) => ({ value: [value] })),
        1,
      ),
    ).toEqual({ value: [1] });
    const issues = [{ message: "no" }, { message: "never", path: ["a", { key: 1 }, { key: "b" }] }];
    expect(
      reading(
        schema(() => ({ issues })),
        "x",
      ),
    ).toEqual({
      problems: [
        { type: "value_error", loc: [], msg: "Value error, no", input: "x", ctx: { error: {} } },
        { type: "value_error", loc: ["a", 1, "b"], msg: "Value error, never", input: "x", ctx: { error: {} } },
      ],
    });
  });

  test("an async one is refused, also when its promise is rejected", () => {
    const rejecting = schema(() => Promise.reject(new Error("late")));
    expect(() => reading(rejecting, 1)).toThrow("APUS_ASYNC_SCHEMA");
  });
});
