// The checks that other tests hold documents to do fire.
import type { OpenApiDocument } from "apus";
import { expect, test } from "vitest";
import { violationsOf } from "./official.ts";

const ok = { description: "Fine" };
const document = (paths: OpenApiDocument["paths"], more: object = {}): OpenApiDocument => ({
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  paths,
  ...more,
});
const answering = (schema: object, schemas: object = {}): OpenApiDocument =>
  document(
    { "/": { get: { operationId: "a", responses: { 200: { ...ok, content: { "application/json": { schema } } } } } } },
    { components: { schemas } },
  );

test("a document that is as it should be", async () => {
  expect(await violationsOf(answering({ $ref: "#/components/schemas/A" }, { A: { type: "string" } }))).toEqual([]);
});

test.each<[string, OpenApiDocument, RegExp]>([
  ["no version of the API", document({}, { info: { title: "T" } }), /info.*version/],
  ["a license without a name", document({}, { info: { title: "T", version: "1", license: {} } }), /license.*name/],
  [
    "a parameter without a place",
    document({ "/": { get: { parameters: [{ name: "a", schema: {} }], responses: { 200: ok } } } }),
    /parameters\/0/,
  ],
  ["no such type", answering({ type: "int" }), /type/],
  ["no such type in a component", answering({}, { A: { type: "float" } }), /components\/schemas\/A/],
  ["a pattern that is none", answering({ type: "string", pattern: "(" }), /pattern|regular/i],
  ["a reference that leads nowhere", answering({ $ref: "#/components/schemas/B" }), /B leads nowhere/],
  [
    "a path parameter that is not described",
    document({ "/{a}": { get: { operationId: "a", responses: { 200: ok } } } }),
    /parameter a/,
  ],
  [
    "two operations with one id",
    document({
      "/a": { get: { operationId: "a", responses: { 200: ok } }, post: { operationId: "a", responses: { 200: ok } } },
    }),
    /its id/,
  ],
])("%s", async (_, wrong, message) => {
  expect((await violationsOf(wrong)).join("\n")).toMatch(message);
});
