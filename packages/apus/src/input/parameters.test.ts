/** Path, query, header and cookie parameters: raw values, defaults, models, and in which order problems are told. */
import { ApusError } from "../diagnostic/index.ts";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Exchange, streamedBody, type Incoming } from "../exchange/index.ts";
import type { AnySchema, Problem } from "../schema/index.ts";
import { locate } from "./locate.ts";
import { cookie, header, path, query } from "./markers.ts";
import { checkFields } from "./declaration.ts";
import { compileParameters } from "./parameters.ts";
import type { Located } from "./types.ts";

/** A request as an adapter of a server sees it: header lines stay lines. */
function incoming(target: string, lines: readonly (readonly [string, string])[] = []): Incoming {
  const all = (name: string): string[] =>
    lines.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
  return {
    method: "GET",
    target,
    scheme: "http",
    client: null,
    signal: new AbortController().signal,
    header: (name) => all(name)[0],
    headerLines: all,
    headers: () => lines.flatMap(([name, value]) => [name.toLowerCase(), value]),
    read: () => Promise.resolve(new Uint8Array()),
    chunks: () => streamedBody(null, 0),
  };
}

type Inputs = Record<string, AnySchema | Located>;

/** What the handler gets, or the problems as `loc type` with their inputs. */
function read(
  inputs: Inputs,
  target: string,
  lines?: readonly (readonly [string, string])[],
  values: Record<string, string> = {},
): unknown {
  const names = Object.keys(values);
  const fields = Object.entries(inputs).map(([name, entry]) => locate(name, entry, names, "GET /"));
  const into: Record<string, unknown> = {};
  const problems: Problem[] = [];
  checkFields(fields, "GET /");
  compileParameters(fields, names)?.(new Exchange(incoming(target, lines)), Object.values(values), into, problems);
  return problems.length === 0 ? into : problems.map((each) => [[...each.loc, each.type].join(" "), each.input]);
}

const text = z.string();

describe("raw values", () => {
  test("path", () => {
    expect(read({ id: z.int() }, "/", [], { id: "5" })).toEqual({ id: 5 });
    expect(read({ id: z.int() }, "/", [], { id: "x" })).toEqual([["path id int_parsing", "x"]]);
    expect(read({ id: path(z.int(), { alias: "item" }) }, "/", [], { item: "5" })).toEqual({ id: 5 });
    expect(read({ p: text }, "/", [], { p: "" })).toEqual({ p: "" });
  });

  test("query: the last of equal names, names as they are written, empty text kept", () => {
    expect(read({ q: text }, "/?q=1&q=2&Q=3")).toEqual({ q: "2" });
    expect(read({ q: text }, "/?q")).toEqual({ q: "" });
    expect(read({ q: z.int() }, "/?q=")).toEqual([["query q int_parsing", ""]]);
    expect(read({ q: text.nullable() }, "/?q=null")).toEqual({ q: "null" });
    expect(read({ q: query(text, { alias: "item-query" }) }, "/?q=1&item-query=2")).toEqual({ q: "2" });
    expect(read({ q: query(text, { alias: "item-query" }) }, "/?q=1")).toEqual([["query item-query missing", null]]);
    expect(read({ constructor: text }, "/")).toEqual([["query constructor missing", null]]);
  });

  test("header: the first of equal names, whatever their case", () => {
    const lines = [
      ["X-Token", "a"],
      ["x-token", "b"],
    ] as const;
    expect(read({ x_token: header(text) }, "/", lines)).toEqual({ x_token: "a" });
    expect(read({ xToken: header(text) }, "/", lines)).toEqual({ xToken: "a" });
    expect(read({ t: header(text, { alias: "X-TOKEN" }) }, "/", lines)).toEqual({ t: "a" });
    expect(read({ t: header(text, { alias: "X-Key" }) }, "/", lines)).toEqual([["header X-Key missing", null]]);
    expect(read({ x_token: header(text) }, "/", [["x_token", "a"]])).toEqual([["header x-token missing", null]]);
    expect(read({ Save_Data: header(text, { convertUnderscores: false }) }, "/", [["save_data", "a"]])).toEqual({
      Save_Data: "a",
    });
  });

  test("cookie: the last of equal names over all headers", () => {
    expect(
      read({ a: cookie(text) }, "/", [
        ["cookie", 'a=1; b=2; a="3;"'],
        ["cookie", "c=4"],
      ]),
    ).toEqual({ a: '"3' });
    expect(
      read({ a: cookie(text), c: cookie(z.int()) }, "/", [
        ["cookie", "a=1"],
        ["cookie", "c=4"],
      ]),
    ).toEqual({ a: "1", c: 4 });
    expect(read({ A: cookie(text) }, "/", [["cookie", "a=1"]])).toEqual([["cookie A missing", null]]);
  });

  test("lists: all of a query, all lines of a header, never of a cookie; none is absent, not empty", () => {
    expect(read({ q: query(z.array(z.int())) }, "/?q=1&q=2")).toEqual({ q: [1, 2] });
    expect(read({ q: query(z.array(z.int())) }, "/?q=1&q=x&q=")).toEqual([
      ["query q 1 int_parsing", "x"],
      ["query q 2 int_parsing", ""],
    ]);
    expect(read({ q: query(z.array(text)) }, "/")).toEqual([["query q missing", null]]);
    expect(read({ q: query(z.array(text).default(["d"])) }, "/")).toEqual({ q: ["d"] });
    expect(read({ q: query(z.set(z.int())) }, "/?q=1&q=1")).toEqual({ q: new Set([1]) });
    expect(read({ q: query(z.tuple([z.int(), z.int()])) }, "/?q=1")).toEqual([["query q 1 missing", ["1"]]]);
    expect(
      read({ x: header(z.array(text)) }, "/", [
        ["x", "a,b"],
        ["x", "c"],
      ]),
    ).toEqual({ x: ["a,b", "c"] });
    expect(read({ n: cookie(z.array(text)) }, "/", [["cookie", "n=1"]])).toEqual([["cookie n list_type", "1"]]);
  });
});

describe("absence", () => {
  test("defaults, optional, and null without a default", () => {
    expect(read({ a: z.int().default(3), b: text.optional(), c: z.int().nullable() }, "/")).toEqual([
      ["query c missing", null],
    ]);
    expect(read({ a: z.int().default(3), b: text.optional() }, "/")).toEqual({ a: 3 });
    expect(read({ a: z.int().gt(5).prefault(3) }, "/")).toEqual([["query a greater_than", 3]]);
    expect(read({ a: z.int().gt(5).default(3) }, "/")).toEqual([["query a greater_than", 3]]);
    expect(read({ a: z.int().gt(5).default(3) }, "/?a=6")).toEqual({ a: 6 });
    const list = { q: query(z.array(text).default([])) };
    const first = read(list, "/") as { q: string[] };
    first.q.push("x");
    expect(read(list, "/")).toEqual({ q: [] });
  });

  test("defaults are judged like sent values; null and what stands behind a conversion are not", () => {
    const optional = z.int().gt(5).nullable().default(null);
    expect(read({ a: optional, h: header(optional), c: cookie(optional) }, "/")).toEqual({ a: null, h: null, c: null });
    const checked: unknown[] = [];
    const seen = z.string().refine((value) => checked.push(value) > 0);
    expect(read({ a: seen.default("x") }, "/")).toEqual({ a: "x" });
    expect(checked).toEqual(["x"]);
    expect(read({ h: header(text.min(2).default("x")) }, "/")).toEqual([["header h string_too_short", "x"]]);
    expect(read({ c: cookie(text.min(2).default("x").optional()) }, "/")).toEqual([["cookie c string_too_short", "x"]]);
    expect(read({ q: query(z.array(z.int()).default(["1"] as unknown as number[])) }, "/")).toEqual({ q: [1] });
    // The default of a transform is a value of the handler's side.
    expect(read({ a: text.transform(Number).default(3) }, "/")).toEqual({ a: 3 });
    expect(read({ a: text.default("3").transform(Number) }, "/")).toEqual({ a: 3 });
    expect(read({ f: query(z.object({ a: z.int().gt(5).default(3), b: text })) }, "/")).toEqual([
      ["query a greater_than", 3],
      ["query b missing", { a: 3 }],
    ]);
    let made = 0;
    const fresh = z.int().default(() => ++made);
    expect([read({ a: fresh }, "/"), read({ a: fresh }, "/")]).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("problems come in the order path, query, header, cookie", () => {
    const inputs = { c: cookie(text), h: header(text), q: text, r: z.int(), id: z.int() };
    expect(read(inputs, "/?r=x", [], { id: "x" })).toEqual([
      ["path id int_parsing", "x"],
      ["query q missing", null],
      ["query r int_parsing", "x"],
      ["header h missing", null],
      ["cookie c missing", null],
    ]);
  });

  test("nothing to read is no plan", () => {
    expect(compileParameters([], [])).toBeUndefined();
    expect(compileParameters([locate("b", z.array(text), [], "GET /")], [])).toBeUndefined();
  });

  test("a schema of another library decides itself whether it may be absent", () => {
    const other = (accepts: boolean): AnySchema => ({
      "~standard": {
        version: 1,
        vendor: "t",
        validate: (value: unknown) => (accepts || value !== undefined ? { value } : { issues: [{ message: "no" }] }),
        jsonSchema: { input: () => ({ type: "string" }), output: () => ({ type: "string" }) },
      } as AnySchema["~standard"],
    });
    expect(read({ q: query(other(true)) }, "/")).toEqual({ q: undefined });
    expect(read({ q: query(other(false)) }, "/")).toEqual([["query q missing", null]]);
  });
});

describe("parameter models", () => {
  const Filter = z.strictObject({ limit: z.int().default(10), tags: z.array(text).default([]), q: text });

  test("fields are read one by one, and the model is judged as a whole", () => {
    expect(read({ f: query(Filter) }, "/?q=a&q=b&tags=x&tags=y")).toEqual({
      f: { limit: 10, tags: ["x", "y"], q: "b" },
    });
    expect(read({ f: query(Filter) }, "/?limit=x&z=1&z=2&y=3")).toEqual([
      ["query limit int_parsing", "x"],
      ["query q missing", { limit: "x", tags: [], z: ["1", "2"], y: "3" }],
      ["query z extra_forbidden", ["1", "2"]],
      ["query y extra_forbidden", "3"],
    ]);
    expect(read({ f: query(z.looseObject({})) }, "/?a=1&b=2&b=3")).toEqual({ f: { a: "1", b: ["2", "3"] } });
    expect(read({ f: query(z.object({})) }, "/?__proto__=1")).toEqual({ f: {} });
    expect(read({ f: cookie(z.strictObject({ a: text })) }, "/", [["cookie", "a=1; b=2"]])).toEqual([
      ["cookie b extra_forbidden", "2"],
    ]);
  });

  test("header models read dashed names, place problems at the field, and never take a name with underscores", () => {
    const Common = z.object({ save_data: z.boolean(), ifMatch: text.optional(), accept: z.array(text).default([]) });
    const lines = [
      ["Save-Data", "on"],
      ["save-data", "off"],
      ["if-match", "x"],
      ["accept", "a"],
      ["accept", "b"],
    ] as const;
    expect(read({ h: header(Common) }, "/", lines)).toEqual({
      h: { save_data: true, ifMatch: "x", accept: ["a", "b"] },
    });
    expect(read({ h: header(Common) }, "/", [["save-data", "?"]])).toEqual([["header save_data bool_parsing", "?"]]);
    expect(read({ h: header(Common) }, "/", [["save_data", "on"]])).toEqual([
      ["header save_data missing", { accept: [] }],
    ]);
    expect(
      read({ h: header(Common.loose()) }, "/", [
        ["save-data", "on"],
        ["save_data", "off"],
        ["host", "h"],
      ]),
    ).toEqual({
      h: { save_data: true, accept: [], host: "h" },
    });
    const literal = header(z.object({ Save_Data: text }), { convertUnderscores: false });
    expect(read({ h: literal }, "/", [["save_data", "on"]])).toEqual({ h: { Save_Data: "on" } });
  });

  test("stand alone in their location", () => {
    const inputs = { f: query(Filter), other: text };
    expect(() => read(inputs, "/")).toThrow(ApusError);
    expect(() => read(inputs, "/")).toThrow(/APUS_MODEL: GET \/: .*"f".*move "other" into it/);
    expect(read({ f: query(z.object({})), h: header(z.object({})) }, "/")).toEqual({ f: {}, h: {} });
  });
});
