/** What the property tests cannot show of generated code: when it is made, how large it gets, and that nobody gets a word in. */
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { IntegralFloat } from "../../wire/index.ts";
import { compileReader, compileWriter } from "../compile.ts";
import type { Read } from "../read.ts";
import { mayGenerate } from "./generated-program.ts";
import { INVALID, type Problem } from "../problem.ts";
import { interpretReader } from "../reader/reader.ts";
import { isQuotable, quote } from "./source-text.ts";

const real = globalThis.Function;
/** The sources that were generated since the test began. */
let sources: string[] = [];

beforeEach(() => {
  mayGenerate(); // asks the platform once, by generating
  sources = [];
  globalThis.Function = new Proxy(real, {
    construct(target, given: string[]) {
      sources.push(given.at(-1)!);
      return Reflect.construct(target, given);
    },
  });
});
afterEach(() => {
  globalThis.Function = real;
});

/** A schema whose every level holds the next one twice. */
function doubling(levels: number): z.ZodType {
  let schema: z.ZodType = z.object({ leaf: z.int() });
  for (let i = 0; i < levels; i++) schema = z.object({ one: schema.optional(), other: schema.nullable().optional() });
  return schema;
}

function nested(levels: number): z.ZodType {
  let schema: z.ZodType = z.int();
  for (let i = 0; i < levels; i++) schema = z.array(schema);
  return schema;
}

/** A first call, whatever it comes to: the code is there afterwards. */
const warm = (call: Read): void => void call({}, []);

describe.runIf(mayGenerate())("when and how much", () => {
  test("code is generated at the first call, once", () => {
    const read = compileReader(z.object({ a: z.int() }));
    const write = compileWriter(z.object({ a: z.int() }));
    expect(sources).toEqual([]);
    for (const call of [read, read, write, write]) expect(call({ a: 1 }, [])).toEqual({ a: 1 });
    expect(sources).toHaveLength(2);
  });

  test("single values are never worth it", () => {
    warm(compileReader(z.object({ a: z.int() })));
    expect(sources).toHaveLength(1);
    warm(compileReader(z.int().optional()));
    warm(compileWriter(z.iso.datetime()));
    expect(sources).toHaveLength(1);
  });

  test("a name becomes the source's URL, whatever it holds", () => {
    warm(compileReader(z.object({}), "lax", "plain", "GET/items/{item_id}"));
    warm(compileWriter(z.object({}), {}, "a b\n'\u2028\ud800ü"));
    expect(sources.map((source) => source.split("\n").at(-1))).toEqual([
      "//# sourceURL=apus:///GET/items/{item_id}",
      "//# sourceURL=apus:///a%20b%0A%27%E2%80%A8%EF%BF%BD%C3%BC",
    ]);
  });

  test.each([
    ["shared parts", doubling(40), { one: { other: null } }, 60_000],
    ["nesting", nested(400), [[[]]], 400_000],
    [
      "many keys",
      z.object(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, z.int().default(i)]))),
      {},
      10_000,
    ],
    [
      "many objects",
      z.array(z.union(Array.from({ length: 3000 }, (_, i) => z.object({ [`k${i}`]: z.int(), more: z.string() })))),
      [{ k2999: 1, more: "" }],
      4_000_000,
    ],
  ])("the source is bounded: %s", (_, schema, value, most) => {
    const read = compileReader(schema);
    const write = compileWriter(schema);
    expect(read(value, [])).toEqual(interpretReader(schema).whole(value, []));
    expect(write(value, [])).not.toBe(INVALID);
    expect(sources).toHaveLength(2);
    for (const source of sources) expect(source.length).toBeLessThan(most);
  });

  test("a schema that is nothing but itself", () => {
    const self: z.ZodType = z.lazy(() => z.union([z.int(), self]));
    expect(compileReader(z.object({ self }))({ self: 1 }, [])).toEqual({ self: 1 });
  });
});

describe("depth", () => {
  const Tree: z.ZodType = z.object({
    get children() {
      return z.array(Tree).optional();
    },
  });
  const deep = (levels: number): unknown => {
    let value: unknown = {};
    for (let i = 0; i < levels; i++) value = { children: [value] };
    return value;
  };

  test("what the JSON parser lets through is read and written", () => {
    const value = deep(499);
    expect(compileReader(Tree)(value, [])).toEqual(value);
    expect(compileWriter(Tree)(value, [])).toEqual(value);
  });

  test("what is deeper ends as it ends for the closures", () => {
    const value = deep(200_000);
    expect(() => interpretReader(Tree).whole(value, [])).toThrow(RangeError);
    expect(() => compileReader(Tree)(value, [])).toThrow(RangeError);
  });
});

describe("unions", () => {
  const never = z.string().refine(() => {
    throw new RangeError("asked");
  });

  test("a member that converts gives way to one that does not", () => {
    const text = "2020-01-01T00:00:00Z";
    const schema = z.object({ at: z.union([z.date(), z.object({ on: z.date() }), z.string(), z.unknown()]) });
    expect(compileReader(schema)({ at: text }, [])).toEqual({ at: text });
    expect(compileReader(schema)({ at: { on: text } }, [])).toEqual({ at: { on: text } });
    expect(compileReader(z.array(z.union([z.date(), z.int()])))([text], [])).toEqual([new Date(text)]);
  });

  test("a number in disguise is one", () => {
    const read = compileReader(z.array(z.union([z.number(), z.bigint()])), "lax", "exact");
    expect(read([5n, 1.5], [])).toEqual([5, 1.5]);
    expect(read([new IntegralFloat(2)], [])).toEqual([2]);
  });

  test("a part that several members hold is tried once, not once for every way to it", () => {
    const counted = { reads: 0 };
    const text = z.string().regex(/^a*$/);
    const leaf = z.string().refine(() => ++counted.reads > 0);
    let next: z.ZodType = z.union([z.object({ text, leaf, a: z.int() }), z.object({ text, leaf, b: z.int() })]);
    let value: unknown = { text: "a".repeat(100_000), leaf: "", c: 1 };
    for (let i = 0; i < 50; i++) {
      const inner = next;
      next = z.union([z.object({ inner, a: z.int() }), z.object({ inner, b: z.int() })]);
      value = { inner: value, b: 1 };
    }
    const schema = z.array(next);
    expect(compileReader(schema)([value], [])).toBe(INVALID);
    expect(counted.reads).toBeLessThan(10);
    const fitting = JSON.parse(JSON.stringify(value).replace('"c"', '"b"')) as unknown;
    counted.reads = 0;
    expect(compileReader(schema)([fitting, fitting], [])).toEqual([fitting, fitting]);
    expect(counted.reads).toBeLessThan(10);
    counted.reads = 0;
    expect(compileWriter(schema)([fitting], [])).toEqual([fitting]);
    expect(counted.reads).toBeLessThan(10);
  });

  test("a refinement that throws is heard, even behind a field that is wrong already", () => {
    const schema = z.array(z.union([z.object({ a: z.int(), b: never }), z.unknown()]));
    expect(() => compileReader(schema)([{ a: "x", b: "y" }], [])).toThrow("asked");
    expect(() => compileWriter(schema)([{ a: "x", b: "y" }], [])).toThrow("asked");
    expect(compileReader(schema)([{ a: "x", b: 1 }, 7], [])).toEqual([{ a: "x", b: 1 }, 7]);
  });
});

describe("hostile authors and values", () => {
  const words = [
    '"',
    "'",
    "`${boom()}`",
    "\\",
    "*/ boom() /*",
    "\n",
    "\u2028",
    "\ud800",
    "</script>",
    "]) { boom() } //",
    "__proto__",
  ];

  test.each(words)("the key and value %j are but text", (word) => {
    const shape = Object.defineProperty({}, word, { value: z.literal(word), enumerable: true, configurable: true });
    const schema = z.object(shape as Record<string, z.ZodType>).catchall(z.enum([word, "x"]));
    const given = JSON.parse(`{${JSON.stringify(word)}:${JSON.stringify(word)},"x":"x"}`) as unknown;
    const problems: Problem[] = [];
    const found = compileReader(schema)(given, problems);
    expect(problems).toEqual([]);
    expect(Object.entries(found as object)).toEqual(Object.entries(given as object));
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    expect(JSON.stringify(compileWriter(schema)(given, []))).toBe(JSON.stringify(given));
    const tagged = z.discriminatedUnion(word, [z.object(shape as Record<string, z.ZodLiteral<string>>)]);
    expect(JSON.stringify(compileReader(tagged)(given, []))).toBe(
      JSON.stringify({ ...(given as object), x: undefined }),
    );
  });

  test
    .runIf(mayGenerate())
    .each([
      -0,
      0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -1e-7,
      2 ** 53,
      -5n,
      true,
      null,
      undefined,
      ...words,
    ])("quote(%s) is source for it", (value) => expect(new real(`return ${quote(value)}`)()).toBe(value));

  test("what has no literal is not quotable", () => {
    expect([{}, [], () => 1, Symbol.iterator].map(isQuotable)).toEqual([false, false, false, false]);
  });

  test("a polluted prototype is never read, before and after generating", () => {
    const schema = z.object({ name: z.string(), isAdmin: z.boolean().default(false), toString: z.string().optional() });
    const [before, after] = [compileReader(schema), compileReader(schema)];
    const write = compileWriter(schema);
    warm(before);
    warm(write);
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    try {
      prototype["isAdmin"] = true;
      for (const read of [before, after]) expect(read({ name: "x" }, [])).toEqual({ name: "x", isAdmin: false });
      expect(write({ name: "x" }, [])).toEqual({ name: "x", isAdmin: false });
    } finally {
      delete prototype["isAdmin"];
    }
    expect(before(Object.create({ name: "x" }), [])).toBe(INVALID);
  });
});

test("where code may not be generated the closures serve, and the platform is asked once", async () => {
  let asked = 0;
  globalThis.Function = new Proxy(real, {
    construct() {
      asked++;
      throw new EvalError("Code generation from strings disallowed for this context");
    },
  });
  vi.resetModules();
  onTestFinished(() => {
    vi.resetModules(); // or the files after this one would meet modules that believe it
  });
  const fresh = await import("../compile.ts");
  const read = fresh.compileReader(z.object({ a: z.int() }));
  const write = fresh.compileWriter(z.object({ a: z.int() }));
  expect([read({ a: "1" }, []), read({ a: 1 }, []), write({ a: 1 }, [])]).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
  expect(asked).toBe(1);
});
