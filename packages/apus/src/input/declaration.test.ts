/** What cannot be declared is refused at start-up, with the operation, the input and the fix. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ApusError } from "../diagnostic/index.ts";
import type { AnySchema } from "../schema/index.ts";
import { types } from "../types/index.ts";
import { compileBody } from "./body.ts";
import { checkFields } from "./declaration.ts";
import { locate } from "./locate.ts";
import { body, cookie, form, header, path, query } from "./markers.ts";
import type { Located } from "./types.ts";

type Inputs = Readonly<Record<string, AnySchema | Located>>;
const text = z.string();
const Model = z.object({ a: text });
const fieldsOf = (inputs: Inputs) =>
  Object.entries(inputs).map(([name, entry]) => locate(name, entry, ["id"], "POST /{id}"));
const check = (inputs: Inputs) => () => checkFields(fieldsOf(inputs), "POST /{id}");

describe("refused", () => {
  test.each<[string, Inputs, RegExp]>([
    ["a list in the path", { id: z.array(text) }, /^APUS_PATH: POST \/\{id\}: .*"id" has to be a single value/],
    ["a model in the path", { id: path(Model) }, /^APUS_PATH: .*"id" has to be a single value.*no object/],
    [
      "a model of path parameters",
      { m: path(z.object({ a: text, b: text })) },
      /^APUS_PATH: .*"m" has to be.*Declare its fields one by one, each under its name in the path: a, b\.$/,
    ],
    ["a wire type that holds many in the path", { id: types.set(text) }, /^APUS_PATH: .*holds no set\.$/],
    ["a union with a list in the path", { id: z.union([text, z.array(text)]) }, /^APUS_PATH: .*holds no array\.$/],
    [
      "embed in the query",
      { q: query(z.int(), { embed: true }) },
      /^APUS_PARAMETER: .*"q" is a query parameter.*embed/,
    ],
    ["embed in the path", { id: path(text, { embed: true }) }, /^APUS_PARAMETER: .*"id" is a path parameter.*embed/],
    ["a model in a model", { q: query(z.object({ o: Model })) }, /^APUS_PARAMETER: .*field "o" of the query model "q"/],
    [
      "an optional mapping in a model of headers",
      { h: header(z.object({ ok: text, m: z.record(text, text).optional() })) },
      /^APUS_PARAMETER: .*field "m" of the header model "h".*types\.json/,
    ],
    ["a list of models in a model", { q: query(z.object({ l: z.array(Model) })) }, /^APUS_PARAMETER: .*field "l"/],
    ["a default on path()", { id: path(text.default("x")) }, /^APUS_PATH: .*"id" cannot have a default/],
    [
      "a mapping in the query",
      { q: query(z.record(text, text)) },
      /^APUS_PARAMETER: .*query parameter "q".*use body\(\)/,
    ],
    ["a list of models in the query", { q: query(z.array(Model)) }, /^APUS_PARAMETER: .*query parameter "q"/],
    ["a list of lists in a header", { h: header(z.array(z.array(text))) }, /^APUS_PARAMETER: .*header parameter "h"/],
    [
      "an optional model",
      { q: query(Model.optional()) },
      /^APUS_PARAMETER: .*"q" is a model that may be absent or null/,
    ],
    ["a nullable model in cookies", { c: cookie(Model.nullable()) }, /^APUS_PARAMETER: .*cookie parameters cannot say/],
    ["a union of a model and a text", { q: query(z.union([Model, text])) }, /^APUS_PARAMETER/],
    ["a second field beside a model", { q: query(Model), r: text }, /^APUS_MODEL: .*"q" has to be the only.*move "r"/],
    ["a symbol", { s: query(z.symbol()) }, /^APUS_INPUT_TYPE: .*"s" holds a "symbol" schema.*z\.codec\(\)/],
    ["a promise inside a body", { b: z.object({ p: z.promise(text) }) }, /^APUS_INPUT_TYPE: .*"b" holds a "promise"/],
    ["a file in the query", { f: query(z.file()) }, /^APUS_INPUT_TYPE: .*"f" holds a file, which only forms carry/],
    ["a file in the body", { f: body(z.object({ f: z.file() })) }, /^APUS_INPUT_TYPE: .*form\(schema\)/],
  ])("%s", (_, inputs, message) => {
    expect(check(inputs)).toThrow(ApusError);
    expect(check(inputs)).toThrow(message);
  });

  test.each<[string, Inputs, RegExp]>([
    ["two models", { a: form(Model), b: form(z.object({ c: text })) }, /^APUS_MODEL: POST \/: .*"a".*move "b"/],
    ["a field beside a model", { a: form(text), b: form(Model) }, /^APUS_MODEL: .*"b".*move "a"/],
    ["a JSON model beside a field", { a: form(text), b: Model }, /^APUS_FORM: .*"b" is a JSON body beside a form/],
    ["a model in a model", { a: form(z.object({ o: Model })) }, /^APUS_PARAMETER: .*field "o" of the form model "a"/],
    ["embed", { a: form(text, { embed: true }) }, /^APUS_FORM: .*"a" is marked form\(\) and `embed`/],
  ])("in a form: %s", (_, inputs, message) => {
    const compile = () =>
      compileBody(fieldsOf(inputs), { operation: "POST /", limit: 9, strictContentType: true, mode: "lax" });
    expect(compile).toThrow(ApusError);
    expect(compile).toThrow(message);
  });
});

test.each<[string, Inputs]>([
  ["one value or a list", { q: query(z.union([text, z.array(text)])) }],
  ["lists, tuples, sets", { a: query(z.array(text)), b: query(z.tuple([text, z.int()])), c: header(z.set(text)) }],
  ["a nullable list", { q: query(z.array(z.int()).nullable().default(null)) }],
  ["models in several locations", { q: query(Model), h: header(Model), c: cookie(Model), b: body(Model) }],
  ["a plain default on a name of the path is ignored", { id: text.default("x") }],
  [
    "fields of a model that text can fill one way or the other",
    {
      q: query(
        z.object({
          json: types.json(Model),
          either: z.union([Model, text]),
          any: z.unknown(),
          list: z.array(z.union([Model, z.int()])).default([]),
          pair: z.tuple([text, z.int()]),
          both: z.intersection(text, z.string().min(1)),
          set: types.set(text),
          parsed: z.preprocess((sent) => JSON.parse(String(sent)) as unknown, Model),
        }),
      ),
    },
  ],
  [
    "one value of the query under two names, as in FastAPI",
    { a: query(text, { alias: "q" }), b: query(z.int(), { alias: "q" }) },
  ],
  ["a strict object", { b: z.strictObject({ a: text }) }],
  [
    "a recursive model",
    {
      b: z.object({
        get inner() {
          return Model.optional();
        },
      }),
    },
  ],
])("allowed: %s", (_, inputs) => expect(check(inputs)).not.toThrow());
