// Schemas of valibot and arktype as bodies and outputs: strict values, their own messages, documented in both directions.
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { App, body, get, httpError, post, put, router } from "apus";
import { type } from "arktype";
import * as v from "valibot";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

const Size = v.pipe(v.number(), v.integer(), v.minValue(1));
const Box = v.object({
  name: v.string(),
  size: Size,
  tags: v.optional(v.array(v.string()), []),
  inner: v.optional(v.object({ colour: v.picklist(["red", "blue"]) })),
});
const Person = type({ name: "string >= 2", "age?": "number.integer", role: "'admin' | 'user' = 'user'" });

const routes = {
  makeBox: post("/boxes", { input: { box: body(Box) } }, ({ box }) => box),
  makePerson: post("/people", { input: { person: Person } }, ({ person }) => person),
  both: put("/both", { input: { box: body(Box), person: body(Person), count: body(z.int()) } }, (all) => all),
  exact: put("/exact", { input: { box: body(Box), big: body(z.bigint()) } }, ({ box, big }) => [box.size, String(big)]),
  maybe: post("/maybe", { input: { box: body(v.optional(Box, { name: "none", size: 1 })) } }, ({ box }) => box.name),
};
const app = new App().include(router(routes));

scenarios("bodies in other libraries' schemas", (ask) => {
  test("a value that fits, with what the schema fills in and drops", async () => {
    const box = await ask(app, "POST /boxes", { json: { name: "a", size: 2, unknown: true } });
    expect([box.status, box.json()]).toEqual([200, { name: "a", size: 2, tags: [] }]);
    const person = await ask(app, "POST /people", { json: { name: "Ann" } });
    expect([person.status, person.json()]).toEqual([200, { name: "Ann", role: "user" }]);
  });

  test("strict values, the library's own messages, and the refused value as input", async () => {
    const sent = { name: "a", size: "2", tags: [1], inner: { colour: "green" } };
    const box = await ask(app, "POST /boxes", { json: sent });
    expect([box.status, box.json()]).toEqual([
      422,
      {
        detail: [
          {
            type: "value_error",
            loc: ["body", "size"],
            msg: 'Value error, Invalid type: Expected number but received "2"',
            input: "2",
            ctx: { error: {} },
          },
          {
            type: "value_error",
            loc: ["body", "tags", 0],
            msg: "Value error, Invalid type: Expected string but received 1",
            input: 1,
            ctx: { error: {} },
          },
          {
            type: "value_error",
            loc: ["body", "inner", "colour"],
            msg: 'Value error, Invalid type: Expected ("red" | "blue") but received "green"',
            input: "green",
            ctx: { error: {} },
          },
        ],
      },
    ]);
    const person = await ask(app, "POST /people", { json: { age: 1.5 } });
    expect(person.json().detail).toEqual([
      {
        type: "value_error",
        loc: ["body", "name"],
        msg: "Value error, name must be a string (was missing)",
        input: { age: 1.5 },
        ctx: { error: {} },
      },
      {
        type: "value_error",
        loc: ["body", "age"],
        msg: "Value error, age must be an integer (was 1.5)",
        input: 1.5,
        ctx: { error: {} },
      },
    ]);
  });

  test("a body that is missing, and one that may be", async () => {
    const missing = { type: "missing", loc: ["body"], msg: "Field required", input: null };
    expect((await ask(app, "POST /boxes")).json()).toEqual({ detail: [missing] });
    expect((await ask(app, "POST /boxes", { json: null })).json()).toEqual({ detail: [missing] });
    expect((await ask(app, "POST /maybe")).json()).toBe("none");
    expect((await ask(app, "POST /maybe", { json: { name: "b", size: 3 } })).json()).toBe("b");
  });

  test("several bodies, each in its own language", async () => {
    const json = { box: { name: "a", size: 1 }, person: { name: "Ann" }, count: "5" };
    const all = await ask(app, "PUT /both", { json });
    expect(all.json()).toEqual({
      box: { name: "a", size: 1, tags: [] },
      person: { name: "Ann", role: "user" },
      count: 5,
    });
    const wrong = await ask(app, "PUT /both", { json: { ...json, box: { name: "a", size: 0 }, person: null } });
    expect(wrong.json().detail.map(({ loc, type }: { loc: unknown[]; type: string }) => [type, loc])).toEqual([
      ["value_error", ["body", "box", "size"]],
      ["missing", ["body", "person"]],
    ]);
  });

  test("numbers are plain, also beside an input that reads them to the last digit", async () => {
    const text = '{"box":{"name":"a","size":2.0},"big":9007199254740993}';
    const answer = await ask(app, "PUT /exact", { body: text, headers: { "content-type": "application/json" } });
    expect(answer.json()).toEqual([2, "9007199254740993"]);
  });
});

const Stamp = v.object({ at: v.pipe(v.string(), v.isoTimestamp()), note: v.optional(v.string(), "none") });
const Twice = v.object({
  n: v.pipe(
    v.number(),
    v.transform((n) => n * 2),
  ),
});
const Conflict = httpError(409, "Conflict", v.object({ existing: v.number() }));
const kept = reports();
const answers = new App({ report: kept.report }).include(
  router({
    stamp: get("/stamp", { output: Stamp }, () => ({ at: "2020-01-01T00:00:00Z", secret: "x" })),
    person: get("/person", { output: Person.array() }, () => [{ name: "Ann" }]),
    twice: get("/twice", { output: Twice }, () => ({ n: 2 })),
    wrong: get("/wrong", { output: Stamp }, () => ({ at: "yesterday" })),
    conflict: get("/conflict", { errors: [Conflict] }, () => {
      throw new Conflict({ existing: 4 });
    }),
  }),
);

scenarios("answers in other libraries' schemas", (ask) => {
  test("the value that a handler gives is validated, and what comes of it is written", async () => {
    expect((await ask(answers, "GET /stamp")).json()).toEqual({ at: "2020-01-01T00:00:00Z", note: "none" });
    expect((await ask(answers, "GET /person")).json()).toEqual([{ name: "Ann", role: "user" }]);
    // A transform is no codec: it runs on the way out.
    expect((await ask(answers, "GET /twice")).json()).toEqual({ n: 4 });
    expect((await ask(answers, "GET /conflict")).json()).toEqual({ detail: { existing: 4 } });
  });

  test("what does not fit is a 500 that tells nothing, and a report that tells all", async () => {
    const before = kept.found.length;
    const answer = await ask(answers, "GET /wrong");
    expect([answer.status, answer.text.includes("yesterday")]).toEqual([500, false]);
    expect(String(kept.found[before]?.error)).toMatch(/APUS_OUTPUT_MISMATCH.*Invalid timestamp/s);
  });
});

test("each direction is documented as far as the schema tells it", () => {
  const Both = toStandardJsonSchema(
    v.pipe(
      v.object({ n: v.pipe(v.string(), v.transform(Number), v.number()), opt: v.optional(v.boolean(), true) }),
      v.metadata({ id: "Both" }),
    ),
  );
  const Inside = type({ name: "string", "friends?": "this[]" });
  const documented = new App().include(
    router({
      both: post("/both", { input: { b: body(Both) }, output: Both }, () => ({ n: "1" })),
      silent: post("/silent", { input: { b: body(Box) }, output: Box }, ({ b }) => b),
      again: post("/again", { input: { b: Inside }, output: Inside }, ({ b }) => b),
      conflict: get("/conflict", { errors: [httpError(409, "Taken", toStandardJsonSchema(Size))] }, () => 1),
    }),
  );
  const { paths, components } = documented.openapi();
  const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
  const post_ = (path: string): Record<string, any> => paths[path]!["post"] as Record<string, any>;
  const json = (schema: object): object => ({ "application/json": { schema } });
  expect(post_("/both")["requestBody"]).toEqual({ content: json(ref("Both-Input")), required: true });
  expect(post_("/both")["responses"]["200"].content).toEqual(json(ref("Both-Output")));
  expect(post_("/silent")["requestBody"]).toEqual({ content: json({}), required: true });
  expect(post_("/again")["requestBody"].content).toEqual(json(ref("Recursive2")));
  expect(post_("/again")["responses"]["200"].content).toEqual(json(ref("Recursive2")));
  const conflict = (paths["/conflict"]!["get"] as Record<string, any>)["responses"]["409"].content;
  expect(conflict["application/json"].schema.properties.detail).toEqual({ type: "integer", minimum: 1 });
  expect(components?.schemas).toMatchObject({
    "Both-Input": { properties: { n: { type: "string" }, opt: { type: "boolean", default: true } }, required: ["n"] },
    "Both-Output": { properties: { n: { type: "number" } }, required: ["n"] },
    Recursive1: { type: "array", items: ref("Recursive2") },
    Recursive2: { properties: { name: { type: "string" }, friends: ref("Recursive1") } },
  });
});
