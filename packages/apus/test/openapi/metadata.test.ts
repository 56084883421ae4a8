// What markers and schemas say about inputs (contract, sections 1.9, 11.3 and 11.5), beside FastAPI 0.141's own document of the
// same operations. `fastapi-metadata.json` holds what FastAPI said, derived titles left out (D01).
import { readFileSync } from "node:fs";
import { App, body, cookie, form, get, header, operationIds, path, post, query, router } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { wrongIn } from "./structure.ts";

interface Recorded {
  readonly operations: Readonly<Record<string, { readonly parameters?: unknown[]; readonly requestBody?: unknown }>>;
  readonly schemas: Readonly<Record<string, unknown>>;
}
const recorded = JSON.parse(
  readFileSync(new URL("../rooms/fastapi-metadata.json", import.meta.url), "utf8"),
) as Recorded;

const Kind = z.enum(["a", "b"]).meta({ id: "Kind" });
const Inner = z.object({ x: z.int() }).meta({ id: "Inner" });
const Filter = z
  .object({
    a: z
      .int()
      .min(1)
      .meta({ description: "AD", deprecated: true, title: "T", examples: [1] }),
    tags: z.array(z.string()).default([]),
    kind: Kind.default("a"),
    n: z.int().nullable().default(null).describe("nn"),
  })
  .meta({ id: "Filter" });
const Agent = z.object({
  x_a: z.string().meta({ description: "hd", deprecated: true }),
  y: z.array(z.int()).default([]),
});
const one = { one: { summary: "s", description: "d", value: 1 } };
const meta = { title: "T", description: "D", deprecated: true, examples: [1, 2], openapiExamples: one } as const;
const hide = { includeInSchema: false } as const;
const itself = { title: "T", description: "D", deprecated: true, examples: [{ x: 1 }] } as const;
const shown = { openapiExamples: { one: { value: { x: 1 } } } } as const;
const vendor = { mediaType: "application/vnd.x+json" } as const;

const ok = (): number => 1;
const xa = z.int().meta({ "x-a": 1 });
const app = new App({ operationId: operationIds.fastapi }).include(
  router({
    single: get(
      "/single/{p}",
      {
        input: {
          p: path(z.int().min(1), meta),
          q: query(z.int().nullable().default(null), { ...meta, alias: "q-q" }),
          h: header(z.array(z.int()).default([]), meta),
          c: cookie(z.int().default(3), { ...meta, alias: "C" }),
        },
      },
      ok,
    ),
    hidden: get(
      "/hidden/{p}",
      {
        input: {
          p: path(z.int(), hide),
          q: query(z.int(), hide),
          h: header(z.int(), hide),
          c: cookie(z.int(), hide),
          shown: z.int(),
        },
      },
      ok,
    ),
    plain: get(
      "/plain/{kind}",
      {
        input: {
          kind: Kind.describe("pd"),
          other: Kind,
          x_under_score: header(z.string()),
          kinds: query(z.array(Kind).default(["a"])),
          raw_name: header(z.string().nullable().default(null), { convertUnderscores: false }),
          maybe: Kind.nullable().default(null),
          lit: z.literal("x").default("x"),
          extra: xa.default(1),
        },
      },
      ok,
    ),
    models: get(
      "/models",
      { input: { f: query(Filter, { description: "whole" }), h: header(Agent), c: cookie(Agent) } },
      ok,
    ),
    rawmodel: get("/raw-header-model", { input: { h: header(Agent, { convertUnderscores: false }) } }, ok),
    body: post("/body", { input: { m: body(Inner, { ...itself, ...shown }) } }, ok),
    body_scalar: post("/body-scalar", { input: { n: body(z.int().gt(1), { description: "D", ...vendor }) } }, ok),
    body_optional: post("/body-optional", { input: { m: body(Inner.nullable().default(null)) } }, ok),
    body_list: post("/body-list", { input: { m: z.array(Inner) } }, ok),
    embedded: post(
      "/embedded",
      {
        input: {
          m: body(Inner, { ...itself, ...shown }),
          n: body(z.int().min(1).default(5), { alias: "N-N", examples: [2] }),
          o: body(Inner.nullable().default(null)),
          k: body(Kind.default("a"), { description: "own" }),
        },
      },
      ok,
    ),
    embed_one: post("/embed-one", { input: { m: body(Inner, { embed: true }) } }, ok),
    embed_optional: post(
      "/embed-optional",
      { input: { m: body(Inner.nullable().default(null), { embed: true }) } },
      ok,
    ),
    media_agree: post("/media-agree", { input: { m: body(z.int(), vendor), n: body(z.int(), vendor) } }, ok),
    media_differ: post(
      "/media-differ",
      { input: { m: body(z.int(), vendor), n: body(z.int(), { mediaType: "application/vnd.y+json" }) } },
      ok,
    ),
    form: post(
      "/form",
      { input: { a: form(z.string(), { ...meta, examples: ["x"] }), b: form(z.int().default(1), { alias: "B" }) } },
      ok,
    ),
    form_model: post("/form-model", { input: { f: form(Filter) } }, ok),
  }),
);
const document = app.openapi();
const { paths, components } = document;

test("every recorded operation is declared", () => {
  expect(Object.keys(paths).toSorted()).toEqual(Object.keys(recorded.operations).toSorted());
});

/** An object that lacks a key and one that has it undefined are told apart. */
const inputsOf = (at: string): unknown => {
  const { parameters, requestBody } = Object.values(paths[at]!)[0] as { parameters?: unknown; requestBody?: unknown };
  return JSON.parse(JSON.stringify({ parameters, requestBody }));
};

test.each(Object.entries(recorded.operations))("%s", (at, said) => {
  expect(inputsOf(at)).toStrictEqual(said);
});

test("the components of the bodies", () => {
  const { HTTPValidationError: _, ValidationError: __, ...schemas } = components!.schemas!;
  expect(schemas).toStrictEqual(recorded.schemas);
});

test("the document is a valid one, but for a path parameter that somebody hid", () => {
  expect(wrongIn(document)).toEqual(["get /hidden/{p}: the path parameter p is not described"]);
});
