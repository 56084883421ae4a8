/** Alternatives that hold themselves, deep and wide values: what is read how often, and how much is told. */
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { reading, writing } from "../../../test/rooms/reading.ts";
import { compileReader } from "../compile.ts";
import { mostProblems } from "../problem.ts";

let calls = 0;
const counted = z.unknown().refine(() => ++calls > 0);

function deep(depth: number, leaf: object): object {
  let value = leaf;
  for (let i = 0; i < depth; i++) value = { next: value, at: 1 };
  return value;
}

interface Chain {
  next?: Chain | undefined;
  at: unknown;
}
// The members differ only by what comes after the part that they share.
const Chain: z.ZodType<Chain> = z.lazy(() =>
  z.union([
    z.object({ next: Chain.optional(), at: z.literal("first").and(counted) }),
    z.object({ next: Chain.optional(), at: z.literal("second").and(counted) }),
    z.object({ next: Chain.optional(), at: z.int().and(counted) }),
  ]),
);
const Halves: z.ZodType<object> = z.lazy(() =>
  z.intersection(z.looseObject({ next: Halves.optional() }), z.looseObject({ next: Halves.optional(), at: counted })),
);
const One: z.ZodType<object> = z.lazy(() =>
  z.xor([z.object({ next: One.optional(), at: z.string() }), z.object({ next: One.optional(), at: counted })]),
);

test.each([
  ["union", Chain],
  ["intersection", Halves],
  ["exclusive union", One],
])("%s: what is deep is read as often as it has parts, not as it has ways through", (_, schema) => {
  for (const mode of ["lax", "strict"] as const) {
    for (const leaf of [{ at: 1 }, { at: undefined }, { at: "other" }]) {
      calls = 0;
      reading(schema, deep(40, leaf), mode);
      expect(calls).toBeLessThan(1000);
    }
  }
});

test("writing too", () => {
  calls = 0;
  expect(writing(Chain, deep(40, { at: 1 }))).toHaveProperty("value");
  expect(writing(Chain, deep(40, { at: "other" }))).toHaveProperty("problems");
  expect(calls).toBeLessThan(1000);
});

test("what holds no parts is not remembered: there may be very many of them", () => {
  const read = compileReader(z.json());
  const remember = vi.spyOn(Map.prototype, "set");
  read(
    Array.from({ length: 1000 }, () => ({})),
    [],
  );
  const times = remember.mock.calls.length;
  remember.mockRestore();
  expect(times).toBeLessThan(100);
});

test("a set that holds sets is written as often as it has parts", () => {
  interface Nest extends Set<Nest | number> {}
  const Nest: z.ZodType = z.lazy(() =>
    z.union([z.set(z.union([Nest, z.literal(1)])).and(counted), z.set(z.union([Nest, z.literal(2)])).and(counted)]),
  );
  let value: Nest = new Set([2]);
  for (let i = 0; i < 40; i++) value = new Set([value]);
  calls = 0;
  writing(Nest, value);
  expect(calls).toBeGreaterThan(0);
  expect(calls).toBeLessThan(1000);
});

test("what is found again has its own places", () => {
  const Pair: z.ZodType = z.lazy(() =>
    z.union([z.strictObject({ in: Pair }), z.strictObject({ in: Pair, a: z.int() }).meta({ id: "Two" }), z.int()]),
  );
  const found = reading(Pair, { in: { in: "x" } });
  const places = "problems" in found ? found.problems.map((each) => each.loc.join(".")) : [];
  const inner = ["object.in", "Two.in", "int"];
  const leaf = ["object", "Two", "int"];
  const second = [...leaf.map((each) => `object.in.${each}`), ...leaf.map((each) => `Two.in.${each}`), "Two.a", "int"];
  expect(places).toEqual([
    ...second.map((each) => `${inner[0]}.${each}`),
    ...second.map((each) => `${inner[1]}.${each}`),
    "Two.a",
    "int",
  ]);
});

test("nothing is remembered from one reading to the next", () => {
  const Tree: z.ZodType = z.lazy(() => z.union([z.object({ in: Tree.optional(), n: z.int() }), z.int()]));
  const read = compileReader(Tree);
  const inner: Record<string, unknown> = { n: 1 };
  expect(read({ in: inner, n: 1 }, [])).toEqual({ in: { n: 1 }, n: 1 });
  inner["n"] = 2;
  expect(read({ in: inner, n: 1 }, [])).toEqual({ in: { n: 2 }, n: 1 });
  const failing = z.lazy(() => z.union([z.object({ in: z.union([broken, z.int()]) }), z.int()]));
  const broken = z.object({ n: z.int() }).refine(() => {
    throw new Error("the author's own");
  });
  expect(() => reading(failing, { in: { n: 1 } })).toThrow("the author's own");
  expect(read({ in: { n: "x" }, n: 1 }, [])).not.toEqual({ in: { n: 1 }, n: 1 });
});

test("a converted part stays converted when it is found again", () => {
  const Tree: z.ZodType = z.lazy(() =>
    z.union([z.object({ in: Tree, a: z.string() }), z.object({ in: Tree, b: z.int() }), z.looseObject({ n: z.int() })]),
  );
  expect(reading(Tree, { in: { n: "1" }, b: 2 })).toEqual({ value: { in: { n: 1 }, b: 2 } });
});

test.each([
  ["list", z.array(z.int()), Array.from({ length: 5000 }, () => "x")],
  ["record", z.record(z.string(), z.int()), Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, "x"]))],
  ["strict object", z.strictObject({}), Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, 1]))],
  ["tuple", z.tuple([z.int()], z.int()), Array.from({ length: 5000 }, () => "x")],
  ["set", z.set(z.int()), Array.from({ length: 5000 }, () => "x")],
  [
    "list of lists",
    z.array(z.array(z.int())),
    Array.from({ length: 50 }, () => Array.from({ length: 100 }, () => "x")),
  ],
])("%s: no more problems are looked for than are told", (_, schema, value) => {
  const found = reading(schema, value);
  expect("problems" in found && found.problems.length).toBe(mostProblems);
});

test("a member with many problems does not hide one that fits", () => {
  const value = Array.from({ length: 3000 }, () => "x");
  expect(reading(z.union([z.array(z.int()), z.array(z.string())]), value)).toEqual({ value });
  const both = { a: value, b: value };
  const schema = z.object({ a: z.union([z.array(z.int()), z.array(z.string())]), b: z.array(z.string()) });
  expect(reading(schema, both)).toEqual({ value: both });
});

test("a set that is too long is told so, however many problems come first", () => {
  const value = [...Array.from({ length: 2000 }, () => "x"), 1, 2, 3];
  expect(reading(z.set(z.int()).max(2), value)).toMatchObject({ problems: [{ type: "too_long" }] });
});
