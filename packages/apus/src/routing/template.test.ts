/** Path templates: what they are made of, and what is refused with a way out. */
import { ApusError } from "../diagnostic/index.ts";
import { expect, test } from "vitest";
import { convertors, type ConvertorName } from "./convertor.ts";
import type { Pattern } from "./pattern.ts";
import { fillTemplate, parseTemplate, readTemplate, withoutConvertors } from "./template.ts";

function pattern(texts: string[], ...parameters: string[]): Pattern {
  return {
    texts,
    parameters: parameters.map((each) => {
      const [name = "", convertor = ""] = each.split(":");
      return { name, convertor: convertor as ConvertorName };
    }),
  };
}

test.each([
  ["/", [{ kind: "static", text: "" }], []],
  [
    "/items/",
    [
      { kind: "static", text: "items" },
      { kind: "static", text: "" },
    ],
    [],
  ],
  [
    "/items/{id}",
    [
      { kind: "static", text: "items" },
      { kind: "param", name: "id", convertor: "str" },
    ],
    ["id"],
  ],
  [
    "/{a:int}/b",
    [
      { kind: "param", name: "a", convertor: "int" },
      { kind: "static", text: "b" },
    ],
    ["a"],
  ],
  [
    "/{a}/{b:path}",
    [
      { kind: "param", name: "a", convertor: "str" },
      { kind: "rest", pattern: pattern(["", ""], "b:path") },
    ],
    ["a", "b"],
  ],
  ["/v{p:path}", [{ kind: "rest", pattern: pattern(["v", ""], "p:path") }], ["p"]],
  ["/{$a_1}", [{ kind: "param", name: "$a_1", convertor: "str" }], ["$a_1"]],
  ["/{name}.json", [{ kind: "mixed", pattern: pattern(["", ".json"], "name:str") }], ["name"]],
  [
    "/{lat:float},{lon:float}/x",
    [
      { kind: "mixed", pattern: pattern(["", ",", ""], "lat:float", "lon:float") },
      { kind: "static", text: "x" },
    ],
    ["lat", "lon"],
  ],
  ["/{a}{b}", [{ kind: "mixed", pattern: pattern(["", "", ""], "a:str", "b:str") }], ["a", "b"]],
  [
    "/x/v{p:path}/y/{b:int}.zip",
    [
      { kind: "static", text: "x" },
      { kind: "rest", pattern: pattern(["v", "/y/", ".zip"], "p:path", "b:int") },
    ],
    ["p", "b"],
  ],
])("%s", (source, segments, names) => {
  const template = parseTemplate(source);
  expect({ source: template.source, segments: template.segments, names: template.names }).toEqual({
    source,
    segments,
    names,
  });
});

test("convertors", () => {
  const accepts = (convertor: ConvertorName, text: string): boolean => convertors[convertor].accepts.test(text);
  for (const text of ["a", "a b", "\n", "😀"]) expect(accepts("str", text)).toBe(true);
  for (const text of ["", "/", "a/b"]) expect(accepts("str", text)).toBe(false);
  for (const text of ["", "/", "a/b", "\n"]) expect(accepts("path", text)).toBe(true);
  for (const text of ["0", "007", "12345678901234567890"]) expect(accepts("int", text)).toBe(true);
  for (const text of ["", "-1", "1.0", "a", "١", "1\n"]) expect(accepts("int", text)).toBe(false);
  for (const text of ["1", "1.5", "0.0"]) expect(accepts("float", text)).toBe(true);
  for (const text of ["1.", ".5", "-1", "1e3"]) expect(accepts("float", text)).toBe(false);
  for (const text of ["12345678-1234-1234-1234-123456789abc", "12345678123412341234123456789ABC"])
    expect(accepts("uuid", text)).toBe(true);
  for (const text of ["12345678", "12345678-1234-1234-1234-123456789abcd", "g2345678123412341234123456789abc"])
    expect(accepts("uuid", text)).toBe(false);
});

test.each([
  ["items", /start with "\/"/],
  ["", /start with "\/"/],
  ["/{a}/{a}", /duplicated parameter name "a"/],
  ["/{a:zzz}", /unknown path convertor "zzz".*str, path, int, float, uuid/],
  ["/{a:constructor}", /unknown path convertor/],
  ["/{}", /no parameter name/],
  ["/{1a}", /no parameter name/],
  ["/{a b}", /no parameter name/],
  ["/{a", /a brace in "\{a" belongs to no parameter/],
  ["/a}", /a brace in "a\}" belongs to no parameter/],
  ["/{a/b}", /a brace/],
  ["/{{a}}", /a brace/],
  ["/{a}}.json", /a brace/],
  ["/{a}-{a}", /duplicated parameter name "a"/],
  ["/v{a:}", /unknown path convertor ""/],
  ["/v{a:int:x}", /unknown path convertor "int:x"/],
  ["/x-{a:.*}", /unknown path convertor "\.\*"/],
  ["/{p:path}/{1}", /no parameter name/],
])("%j is refused", (source, message) => {
  expect(() => parseTemplate(source)).toThrow(ApusError);
  expect(() => parseTemplate(source)).toThrow(/^APUS_PATH: /);
  expect(() => parseTemplate(source)).toThrow(message);
});

test("the path of the document has no convertors", () => {
  expect(withoutConvertors("/a/{b:int}/{c:path}")).toBe("/a/{b}/{c}");
  expect(withoutConvertors("/v{a:int}/{b:float},{c:float}/{d:path}.zip")).toBe("/v{a}/{b},{c}/{d}.zip");
});

test("a template is filled, and read from a path", () => {
  const template = parseTemplate("/v{n:int}/{a}-{b}/{p:path}.zip");
  const values = ["1", "x", "y", "c/d"];
  let i = 0;
  const told: string[] = [];
  const path = fillTemplate(template, (name, convertor) => {
    told.push(`${name}:${convertor}`);
    return values[i++]!;
  });
  expect(told).toEqual(["n:int", "a:str", "b:str", "p:path"]);
  expect(path).toBe("/v1/x-y/c/d.zip");
  expect(readTemplate(template, path)).toEqual(values);
  expect(readTemplate(template, "/v1/x-y/c/d.tar")).toBe(undefined);
  const written = fillTemplate(
    template,
    () => "1",
    (text) => text.toUpperCase(),
  );
  expect(written).toBe("/V1/1-1/1.ZIP");
  expect(readTemplate(parseTemplate("/a/b"), "/a/b")).toEqual([]);
  expect(readTemplate(parseTemplate("/a/b"), "/a/c")).toBe(undefined);
});
