/** Forms: fields and models, empty texts, repeated and unknown keys, limits, and bodies that are no form. */
import { expect, test } from "vitest";
import { z } from "zod";
import { Exchange, WebIncoming } from "../exchange/index.ts";
import type { AnySchema, Problem } from "../schema/index.ts";
import { compileBody } from "./body.ts";
import { locate } from "./locate.ts";
import { body, form } from "./markers.ts";
import type { Located } from "./types.ts";

type Inputs = Readonly<Record<string, AnySchema | Located>>;
const urlencoded = "application/x-www-form-urlencoded";

/** What the handler gets; or `loc type` and input of each problem; or the status with its sentence. */
async function read(inputs: Inputs, sent: string | Uint8Array, type: string | null = urlencoded, limit = 2 ** 22) {
  const fields = Object.entries(inputs).map(([name, entry]) => locate(name, entry, [], "POST /"));
  const plan = compileBody(fields, { operation: "POST /", limit, strictContentType: true, mode: "lax" });
  const headers = type === null ? {} : { "content-type": type };
  const bytes = typeof sent === "string" ? new TextEncoder().encode(sent) : sent;
  const request = new Request("http://host/", { method: "POST", body: bytes as BodyInit, headers });
  const parsed = await plan.parse(new Exchange(new WebIncoming(request)));
  if ("status" in parsed) return [parsed.status, "detail" in parsed ? parsed.detail : parsed.problems];
  const into: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const field of fields) plan.read(field, parsed, into, problems);
  return problems.length === 0 ? into : problems.map((each) => [[...each.loc, each.type].join(" "), each.input]);
}

const text = z.string();
const fields = { a: form(text.optional()), n: form(z.int().gt(5).default(6)), l: form(z.array(text).default(["z"])) };

test.each<[Inputs, string, unknown]>([
  [fields, "", { a: undefined, n: 6, l: ["z"] }],
  [fields, "a=1&n=7&l=x", { a: "1", n: 7, l: ["x"] }],
  [fields, "a=1&a=2&l=1&l=&l=3", { a: "2", n: 6, l: ["1", "", "3"] }],
  [fields, "a=&n=", { a: undefined, n: 6, l: ["z"] }],
  [fields, "a=1;b=2", { a: "1;b=2", n: 6, l: ["z"] }],
  [fields, "a=x+y%20%C3%A9&unknown=1", { a: "x y é", n: 6, l: ["z"] }],
  [fields, "a=%ff%", { a: "\ufffd%", n: 6, l: ["z"] }],
  [fields, "n=5", [["body n greater_than", "5"]]],
  [{ n: form(z.int().gt(5).default(3)) }, "", [["body n greater_than", 3]]],
  [{ n: form(z.int().gt(5).default(3)) }, "n=", [["body n greater_than", 3]]],
  [{ a: form(text) }, "a=", [["body a missing", null]]],
  [{ l: form(z.array(text)) }, "", [["body l missing", null]]],
  [{ a: form(text, { alias: "b" }) }, "b=1", { a: "1" }],
  [{ a: form(text, { alias: "b" }) }, "a=1", [["body b missing", null]]],
  [{ a: form(text), x: body(z.int()) }, "a=1&x=5", { a: "1", x: 5 }],
  [{ constructor: form(text) }, "", [["body constructor missing", null]]],
])("%# %j", async (inputs, sent, expected) => expect(await read(inputs, sent)).toEqual(expected));

test("a model is the whole form: empty texts are kept, unknown keys reach it, what is missing echoes the form", async () => {
  const Login = z.strictObject({ user: text, age: z.int().nullable().default(null), tags: z.array(text).default([]) });
  const model = { login: form(Login) };
  expect(await read(model, "user=&tags=a&tags=b")).toEqual({ login: { user: "", age: null, tags: ["a", "b"] } });
  expect(await read(model, "age=&extra=1")).toEqual([
    ["body user missing", { age: "", tags: [], extra: "1" }],
    ["body age int_parsing", ""],
    ["body extra extra_forbidden", "1"],
  ]);
  expect(await read(model, "")).toEqual([["body user missing", { tags: [] }]]);
  expect(await read(model, "__proto__=1&user=a")).toEqual([["body __proto__ extra_forbidden", "1"]]);
});

test("what is no form is an empty one", async () => {
  for (const type of [null, "application/json", "text/plain", "garbage"]) {
    expect(await read({ a: form(text) }, "a=1", type)).toEqual([["body a missing", null]]);
  }
  expect(await read({ a: form(text) }, "a=1", "Application/X-WWW-Form-Urlencoded; charset=utf-8")).toEqual({ a: "1" });
});

test("limits", async () => {
  const many = (count: number): string => "a=1&".repeat(count);
  expect(await read({ a: form(text) }, many(1000))).toEqual({ a: "1" });
  expect(await read({ a: form(text) }, many(1001))).toEqual([
    400,
    "Too many fields. Maximum number of fields is 1000.",
  ]);
  expect(await read({ a: form(text) }, `a=${"x".repeat(2 ** 20)}`)).toEqual([
    400,
    "Field exceeded maximum size of 1024KB.",
  ]);
  expect(await read({ a: form(text) }, "a=1234", urlencoded, 5)).toEqual([
    413,
    "The request body is larger than 5 bytes",
  ]);
});
