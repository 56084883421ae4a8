import { expect, test } from "vitest";
import { differences } from "./document-differences.ts";

const document = { openapi: "3.1.0", paths: { "/items": { get: { tags: ["a", "b"] } } } };

test.each([
  [{ openapi: "3.1.0", paths: { "/items": { get: { tags: ["a", "b"] } } } }, []],
  [{ paths: document.paths, openapi: "3.1.0" }, []],
  [{ ...document, openapi: "3.1.1" }, ['~ openapi: "3.1.0" → "3.1.1"']],
  [{ openapi: "3.1.0" }, ['- paths: {"/items":{"get":{"tags":["a","b"]}}}']],
  [{ ...document, info: null }, ["+ info: null"]],
  [
    { ...document, paths: { "/items": { get: { tags: ["b", "a"] } } } },
    ['~ paths › /items › get › tags › 0: "a" → "b"', '~ paths › /items › get › tags › 1: "b" → "a"'],
  ],
  [
    { ...document, paths: { "/items": { get: { tags: { 0: "a", 1: "b" } } } } },
    ['~ paths › /items › get › tags: ["a","b"] → {"0":"a","1":"b"}'],
  ],
  [[], ['~ the document: {"openapi":"3.1.0","paths":{"/items":{"get":{"tags":["a","b… → []']],
])("%j", (other, expected) => {
  expect(differences(document, other)).toEqual(expected);
});
