/** Path templates: what they are made of, and what is refused with a way out. */
import { ApusError } from "../diagnostic/index.ts";
import { expect, test } from "vitest";
import { parseTemplate, templateNames, withoutConvertors } from "./template.ts";

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
      { kind: "param", name: "id", accepts: null },
    ],
    ["id"],
  ],
  [
    "/{a:str}/b",
    [
      { kind: "param", name: "a", accepts: null },
      { kind: "static", text: "b" },
    ],
    ["a"],
  ],
  [
    "/{a}/{b:path}",
    [
      { kind: "param", name: "a", accepts: null },
      { kind: "rest", name: "b", before: "" },
    ],
    ["a", "b"],
  ],
  ["/v{p:path}", [{ kind: "rest", name: "p", before: "v" }], ["p"]],
  ["/{$a_1}", [{ kind: "param", name: "$a_1", accepts: null }], ["$a_1"]],
])("%s", (source, segments, names) => {
  expect(parseTemplate(source)).toEqual({ source, segments, names });
  expect(templateNames(source)).toEqual(names);
});

test("convertors", () => {
  const accepts = (convertor: string, text: string): boolean => {
    const [segment] = parseTemplate(`/{x:${convertor}}`).segments;
    return segment?.kind === "param" && segment.accepts!.test(text);
  };
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
  ["/{a}.json", /takes a whole segment/],
  ["/v{a}", /takes a whole segment/],
  ["/{a}{b}", /takes a whole segment/],
  ["/{a", /takes a whole segment/],
  ["/a}", /takes a whole segment/],
  ["/{p:path}/end", /stand at the end/],
])("%j is refused", (source, message) => {
  expect(() => parseTemplate(source)).toThrow(ApusError);
  expect(() => parseTemplate(source)).toThrow(/^APUS_PATH: /);
  expect(() => parseTemplate(source)).toThrow(message);
});

test("the path of the document has no convertors", () => {
  expect(withoutConvertors("/a/{b:int}/{c:path}")).toBe("/a/{b}/{c}");
});
