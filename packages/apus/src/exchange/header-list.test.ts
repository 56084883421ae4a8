/** Header lines: what can be one, and the methods of the web's Headers on them. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkedHeader, HeaderList } from "./header-list.ts";

describe("what can be a header", () => {
  it.each([
    ["x-a", "1"],
    ["X-A", ""],
    ["a!#$%&'*+-.^_`|~9", "\t a b"],
    ["x-latin", "é\u0080ÿ"],
  ])("%s: %j", (name, value) => expect(checkedHeader(name, value)).toBe(name.toLowerCase()));

  it.each<[unknown, unknown]>([
    ["", "1"],
    ["a b", "1"],
    ["a:", "1"],
    ["a\r\n", "1"],
    ["é", "1"],
    ["x-a", "1\r\nx-evil: 1"],
    ["x-a", "1\n"],
    ["x-a", "1\r"],
    ["x-a", "\0"],
    ["x-a", "\u007f"],
    ["x-a", "☃"],
    ["x-a", 5],
    ["x-a", undefined],
    [undefined, "x"],
  ])("not %j: %j", (name, value) => {
    expect(() => checkedHeader(name as string, value as string)).toThrow("APUS_HEADER");
    const list = new HeaderList();
    expect(() => list.set(name as string, value as string)).toThrow("APUS_HEADER");
    expect(() => list.append(name as string, value as string)).toThrow("APUS_HEADER");
    expect(list.pairs).toEqual([]);
  });

  it("what passes can be told to the platform's own Headers", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: "binary" }), (name, value) => {
        try {
          checkedHeader(name, value);
        } catch {
          return;
        }
        expect(new Headers([[name, value]]).get(name)).toBe(value.replaceAll(/^[\t ]+|[\t ]+$/g, ""));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a list", () => {
  const make = (): HeaderList => new HeaderList(["a", "1", "set-cookie", "x=1", "b", "2", "set-cookie", "y=2"]);

  it("is read by any case of a name", () => {
    const list = make();
    expect([list.get("A"), list.get("Set-Cookie"), list.get("none")]).toEqual(["1", "x=1, y=2", null]);
    expect([list.getAll("SET-COOKIE"), list.getAll("none")]).toEqual([["x=1", "y=2"], []]);
    expect([list.has("B"), list.has("2")]).toEqual([true, false]);
    expect([...list]).toEqual([
      ["a", "1"],
      ["set-cookie", "x=1"],
      ["b", "2"],
      ["set-cookie", "y=2"],
    ]);
  });

  it("sets, appends and deletes; a value that reads like a name is none", () => {
    const list = make();
    list.set("Set-Cookie", "z=3");
    list.append("A", "set-cookie");
    expect(list.pairs).toEqual(["a", "1", "b", "2", "set-cookie", "z=3", "a", "set-cookie"]);
    list.delete("SET-cookie");
    expect(list.pairs).toEqual(["a", "1", "b", "2", "a", "set-cookie"]);
  });

  it("leaves what it began with, and what it gave away, as they are", () => {
    const given = ["a", "1"];
    const list = new HeaderList(given);
    const before = list.pairs;
    list.append("b", "2");
    list.delete("a");
    expect([given, before, list.pairs]).toEqual([
      ["a", "1"],
      ["a", "1"],
      ["b", "2"],
    ]);
  });

  it.each<[string[], string, string]>([
    [[], "Origin", "Origin"],
    [["vary", "Accept"], "Origin", "Accept, Origin"],
    [["vary", "Accept", "vary", "Cookie"], "Origin", "Accept, Cookie, Origin"],
    [["vary", "accept , ORIGIN"], "Origin", "accept , ORIGIN"],
    [["vary", "*"], "Origin", "*"],
    [["vary", "Origin-Agent"], "Origin", "Origin-Agent, Origin"],
  ])("%j varies by %s: %s", (pairs, name, vary) => {
    const list = new HeaderList(pairs);
    list.vary(name);
    list.vary(name.toLowerCase());
    expect(list.get("vary")).toBe(vary);
  });
});
