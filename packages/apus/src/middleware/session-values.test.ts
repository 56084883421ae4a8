// What a session takes, what it makes of a payload, and when it is to be written.
import { describe, expect, test } from "vitest";
import { readPayload, SessionValues } from "./session-values.ts";

const encoded = (text: string | Buffer): string => Buffer.from(text).toString("base64");

describe("payloads", () => {
  test.each([["[1]"], ["null"], ['"text"'], ["1"], ["{"], [""], [Buffer.from([0xff])], ["[".repeat(2000)]])(
    "%j is no session",
    (text) => expect(readPayload(encoded(text))).toBe(undefined),
  );
  test("neither is what is no base64", () => expect(readPayload("e30")).toBe(undefined));

  test("what Python writes is read", () => {
    const found = readPayload(encoded('{"name": "\\u00e9\\ud83d\\ude00", "rate": NaN, "n": 1.0}'));
    expect(found).toEqual({ name: "é😀", rate: Number.NaN, n: 1 });
  });

  test("no key is a prototype, at any depth", () => {
    const text = '{"__proto__":{"admin":true},"a":{"__proto__":{"b":1},"c":[{"__proto__":1,"d":2}]},"constructor":1}';
    const found = readPayload(encoded(text))!;
    expect(JSON.stringify(found)).toBe('{"a":{"c":[{"d":2}]},"constructor":1}');
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    expect(Object.keys(readPayload(new SessionValues(found).payload())!)).toEqual(["a", "constructor"]);
  });
});

describe("values", () => {
  test.each([
    [null],
    [true],
    [0],
    [-1.5],
    [""],
    ["\ud800"],
    [[]],
    [[[1, { a: [] }]]],
    [{}],
    [{ a: undefined, b: 1 }],
    [Object.assign(Object.create(null) as object, { a: 1 })],
  ])("%j is kept", (value) => {
    const values = new SessionValues(undefined);
    values.set("a", value);
    expect(readPayload(values.payload())).toEqual({ a: JSON.parse(JSON.stringify(value)) as unknown });
  });

  const endless: unknown[] = [];
  endless.push(endless);
  test.each<[string, unknown, string]>([
    ["undefined", undefined, '"a"'],
    ["NaN", Number.NaN, '"a"'],
    ["Infinity", [1, Infinity], '"a"[1]'],
    ["a bigint", 1n, '"a"'],
    ["a Date", { at: new Date(0) }, '"a".at'],
    ["a Map", new Map(), '"a"'],
    ["bytes", new Uint8Array(1), '"a"'],
    ["a function", () => 1, '"a"'],
    ["a symbol", Symbol("s"), '"a"'],
    ["a hole", [undefined], '"a"[0]'],
    ["itself", endless, "contains itself"],
  ])("%s is refused at its place", (_, value, place) => {
    const values = new SessionValues({ b: 1 });
    expect(() => values.set("a", value)).toThrow(/^APUS_SESSION: /);
    expect(() => values.set("a", value)).toThrow(place);
    expect([...values]).toEqual([["b", 1]]);
  });

  test("a key __proto__ is refused", () => {
    expect(() => new SessionValues(undefined).set("__proto__", {})).toThrow(/^APUS_SESSION: /);
  });
});

describe("modified", () => {
  const start = { list: [1], name: "a" };
  test.each<[string, (values: SessionValues) => unknown, boolean]>([
    ["reading", (values) => [values.get("list"), values.has("x"), values.size, [...values]], false],
    ["setting", (values) => values.set("name", "b"), true],
    ["setting what is there", (values) => values.set("name", "a"), true],
    ["deleting", (values) => values.delete("name"), true],
    ["deleting what is not there", (values) => values.delete("x"), false],
    ["clearing", (values) => values.clear(), true],
    ["changing a value in place", (values) => (values.get("list") as number[]).push(2), true],
  ])("%s", (_, act, modified) => {
    const values = new SessionValues(structuredClone(start));
    expect(values.modified).toBe(false);
    act(values);
    expect(values.modified).toBe(modified);
  });

  test("clearing an empty one", () => {
    const values = new SessionValues(undefined);
    values.clear();
    expect([values.modified, values.existed, values.size]).toEqual([true, false, 0]);
  });
});

test("a closed one can be read, and not changed", () => {
  const values = new SessionValues({ a: 1 });
  values.close();
  expect(values.get("a")).toBe(1);
  expect(values.delete("b")).toBe(false);
  for (const act of [() => values.set("a", 2), () => values.delete("a"), () => values.clear()]) {
    expect(act).toThrow(/^APUS_SESSION: .*after the answer had begun/);
  }
  expect([...values]).toEqual([["a", 1]]);
});
