/** The Content-Type as one value. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMediaType } from "./media-type.ts";

test.each([
  [undefined, undefined],
  ["", undefined],
  ["garbage", undefined],
  ["application/", undefined],
  ["/json", undefined],
  ["application/json x", undefined],
  ["application /json", undefined],
  ["application/json", { essence: "application/json", json: true }],
  ["Application/JSON", { essence: "application/json", json: true }],
  ["application/json; charset=latin-1", { essence: "application/json", json: true }],
  ["application/json;", { essence: "application/json", json: true }],
  [" application/json ; a=b", { essence: "application/json", json: true }],
  ["application/vnd.api+json", { essence: "application/vnd.api+json", json: true }],
  ["application/geo+json-seq", { essence: "application/geo+json-seq", json: false }],
  ["application/jsonp", { essence: "application/jsonp", json: false }],
  ["text/json", { essence: "text/json", json: false }],
  ["text/x+json", { essence: "text/x+json", json: false }],
  ["text/plain", { essence: "text/plain", json: false }],
  ["multipart/form-data; boundary=x", { essence: "multipart/form-data", json: false }],
  ["application/json, text/plain", undefined],
])("%j", (header, expected) => expect(parseMediaType(header)).toEqual(expected));

test("never throws, and takes 1 MiB", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (header) => void parseMediaType(header)));
  for (const header of ["a".repeat(2 ** 20), `a/${"b".repeat(2 ** 20)} x`, " ".repeat(2 ** 20), "a/".repeat(2 ** 19)]) {
    expect(parseMediaType(header)).toBeUndefined();
  }
});
