/** The JSON form of values, without a schema and by one, and its text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { IntegralFloat } from "../../wire/index.ts";
import { encode } from "./encode.ts";
import { EncodeError, jsonForm } from "./json-form.ts";
import { jsonText } from "./json-text.ts";

class Row {
  readonly id = 1;
  _sa_instance_state = "x";
  #hidden = 2;
  get double(): number {
    return this.#hidden;
  }
}

function* counting(): Generator<number> {
  yield 1;
  yield 2;
}

/** Runs something inside as many calls as a large application may make around it. */
function withLittleStack<T>(run: () => T, calls = 1000): T {
  return calls === 0 ? run() : withLittleStack(run, calls - 1);
}

test("what the JSON parser lets through can be written, and something around it", () => {
  const nested = (depth: number, around: (inner: unknown) => unknown, leaf: unknown): unknown => {
    let value = leaf;
    for (let i = 0; i < depth; i++) value = around(value);
    return value;
  };
  for (const leaf of [1, new Date(0), 2n ** 64n]) {
    for (const value of [
      nested(1000, (inner) => [inner], leaf),
      nested(500, (inner) => ({ a: [inner] }), leaf),
      nested(1000, (inner) => ({ a: inner }), leaf),
    ]) {
      const text = withLittleStack(() => jsonText(encode({ found: [value] })));
      expect(text.length).toBeGreaterThan(2000);
      expect(withLittleStack(() => jsonText(encode(value, z.unknown())))).toHaveLength(
        text.length - '{"found":[]}'.length - (leaf instanceof Date ? "+00:00".length - 1 : 0),
      );
    }
  }
});

test.each([
  [new Date(0), "1970-01-01T00:00:00+00:00"],
  [new Date(120), "1970-01-01T00:00:00.120000+00:00"],
  [new Set([1, new Date(0)]), [1, "1970-01-01T00:00:00+00:00"]],
  [new Map([["a", new Set([1])]]), { a: [1] }],
  [
    new Map<unknown, unknown>([
      [1, "a"],
      [null, "b"],
      [new Date(0), "c"],
    ]),
    { "1": "a", null: "b", "1970-01-01T00:00:00+00:00": "c" },
  ],
  [5n, 5],
  [2n ** 53n, 2n ** 53n],
  [new TextEncoder().encode("é"), "é"],
  [new Float64Array([1, 2]), [1, 2]],
  [counting(), [1, 2]],
  [new URL("http://a.example/b"), "http://a.example/b"],
  [new Row(), { id: 1 }],
  [
    { _sa: 1, _s: 2, a: { _sab: 1 } },
    { _s: 2, a: {} },
  ],
  [Object.assign(new Error("told to nobody"), { code: 5 }), { code: 5 }],
  [
    [Object(1), Object("a"), Object(false), new IntegralFloat(2)],
    [1, "a", false, 2],
  ],
  [
    { a: [{ b: 5n }], c: "x" },
    { a: [{ b: 5 }], c: "x" },
  ],
  [{ toJSON: () => ({ at: new Date(0) }) }, { at: "1970-01-01T00:00:00+00:00" }],
  [undefined, undefined],
])("%#", (value, expected) => expect(encode(value)).toEqual(expected));

test("inside an output pydantic's form is written", () => {
  const value = { at: new Date(0), ratio: Number.NaN, _sa: [Number.POSITIVE_INFINITY] };
  expect(encode(value, z.unknown())).toEqual({ at: "1970-01-01T00:00:00Z", ratio: null, _sa: [null] });
});

test("what is plain already is not copied, and nothing given is changed", () => {
  const plain = { a: [1, { b: null }] };
  expect(encode(plain)).toBe(plain);
  const mixed = { a: [1n], _sa: 1, method: () => 1 };
  encode(mixed);
  expect(mixed.a).toEqual([1n]);
  expect(mixed._sa).toBe(1);
  expect(JSON.stringify(encode(mixed))).toBe('{"a":[1]}');
});

describe("what JSON cannot say is refused with a way out", () => {
  test.each([
    ["a function", () => 1],
    ["a symbol", Symbol("x")],
    ["a list of functions", [() => 1]],
    ["an invalid date", new Date(Number.NaN)],
    ["NaN", { a: [Number.NaN] }],
    ["an infinity", Number.NEGATIVE_INFINITY],
    ["bytes that are no UTF-8", new Uint8Array([0xff])],
    ["a list as a key", new Map([[[1], 2]])],
    ["a promise that nobody awaited", { item: Promise.resolve(1) }],
  ])("%s", (_, value) => {
    expect(() => encode(value)).toThrow(EncodeError);
    expect(() => encode(value)).toThrow(/^APUS_NOT_JSON: .*;/);
  });

  test("a cycle through whatever holds something", () => {
    const list: unknown[] = [];
    list.push(list);
    const set = new Set<unknown>();
    set.add(set);
    const map = new Map<unknown, unknown>();
    map.set("a", map);
    class Node {
      readonly next: unknown = this;
    }
    const itself = { toJSON: (): unknown => itself };
    for (const cycle of [list, set, map, new Node(), itself]) {
      expect(() => withLittleStack(() => encode(cycle))).toThrow(/APUS_NOT_JSON.*contains itself/);
    }
  });

  test("a cycle", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = [cycle];
    expect(() => encode(cycle)).toThrow(/contains itself/);
    expect(() => jsonText(Object.assign({ big: 2n ** 64n }, cycle))).toThrow(EncodeError);
  });
});

describe("by a schema", () => {
  const User = z.object({ name: z.string(), born: z.date().optional() });

  test("the value is what an answer would be", () => {
    const given = { name: "a", born: new Date(0), password: "x" };
    expect(encode(given, User)).toEqual({ name: "a", born: "1970-01-01T00:00:00Z" });
    expect(encode([given], z.array(User))).toEqual([{ name: "a", born: "1970-01-01T00:00:00Z" }]);
  });

  test("what does not fit is told with its place", () => {
    expect(() => encode({ name: 5 }, User)).toThrow(EncodeError);
    expect(() => encode({ name: 5 }, User)).toThrow(
      /^APUS_OUTPUT_MISMATCH: .*name: The handler's value should be a string/,
    );
  });
});

test("agrees with JSON.stringify on JSON, and never touches a prototype", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(encode({ value }))).toBe(JSON.stringify({ value }));
    }),
  );
  const hostile = JSON.parse('{"__proto__":{"a":[1]},"b":2}') as Record<string, unknown>;
  const found = encode({ ...hostile, n: 1n });
  expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
  expect(JSON.stringify(found)).toBe('{"__proto__":{"a":[1]},"b":2,"n":1}');
  const changed = encode(new Map([["__proto__", 1n]]));
  expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
  expect(JSON.stringify(changed)).toBe('{"__proto__":1}');
});

test("text of long integers is exact, and otherwise the platform's", () => {
  const odd = {
    a: undefined,
    b: [undefined, () => 1],
    c: Number.NaN,
    "d\u2028\ud800": "\n",
    e: new Date(0),
    f: () => 1,
  };
  expect(jsonText({ ...odd, big: -(2n ** 64n) })).toBe(
    `${JSON.stringify(odd).slice(0, -1)},"big":-18446744073709551616}`,
  );
  expect(jsonText(undefined)).toBe("null");
  expect(jsonText([2n ** 64n, undefined])).toBe("[18446744073709551616,null]");
});

test("an echo keeps numbers, and shows bytes that are no text", () => {
  expect(jsonForm({ n: Number.NaN, b: new Uint8Array([65, 255]) }, "echo")).toEqual({ n: Number.NaN, b: "A\ufffd" });
});

test("the document takes no bigint that a number cannot tell", () => {
  expect(jsonForm(5n, "document")).toBe(5);
  expect(() => jsonForm([2n ** 64n], "document")).toThrow(EncodeError);
});
