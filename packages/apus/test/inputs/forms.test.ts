// Forms through every adapter, and what the document says of them.
import { App, body, depends, form, get, post } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const Login = z.strictObject({ username: z.string(), scopes: z.array(z.string()).default([]) }).meta({ id: "Login" });
const csrf = depends({ token: form(z.string().min(3)) }, ({ token }) => token);

const app = new App().include({
  fields: post(
    "/fields",
    { input: { name: form(z.string()), age: form(z.int().min(18).default(20)) } },
    (values) => values,
  ),
  model: post("/model", { input: { login: form(Login) } }, ({ login }) => login),
  several: post(
    "/several",
    { input: { csrf, name: form(z.string().optional(), { alias: "full-name" }) } },
    (values) => values,
  ),
  search: get("/search", { input: { q: form(z.string()) } }, ({ q }) => ({ q })),
});
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };

scenarios("forms", (ask) => {
  const send = (path: string, text: string | Uint8Array, headers: Record<string, string> = urlencoded) =>
    ask(app, `POST ${path}`, { headers, body: text });

  test("fields", async () => {
    expect((await send("/fields", "name=a+b&age=30")).json()).toEqual({ name: "a b", age: 30 });
    expect((await send("/fields", "name=a&age=")).json()).toEqual({ name: "a", age: 20 });
    const refused = await send("/fields", "name=&age=1");
    expect(refused.status).toBe(422);
    expect(refused.json().detail).toEqual([
      { type: "missing", loc: ["body", "name"], msg: "Field required", input: null },
      {
        type: "greater_than_equal",
        loc: ["body", "age"],
        msg: "Input should be greater than or equal to 18",
        input: "1",
        ctx: { ge: 18 },
      },
    ]);
  });

  test("a model, and what a dependency takes of the same form", async () => {
    expect((await send("/model", "username=a&scopes=x&scopes=y")).json()).toEqual({
      username: "a",
      scopes: ["x", "y"],
    });
    expect((await send("/model", "admin=1")).json().detail).toMatchObject([
      { type: "missing", loc: ["body", "username"], input: { scopes: [], admin: "1" } },
      { type: "extra_forbidden", loc: ["body", "admin"] },
    ]);
    expect((await send("/several", "token=abc&full-name=Ada")).json()).toEqual({ csrf: "abc", name: "Ada" });
    expect((await send("/several", "token=a&full-name=Ada")).json().detail).toMatchObject([
      { type: "string_too_short", loc: ["body", "token"], input: "a" },
    ]);
  });

  test("what is no form is an empty one; what is too much is refused", async () => {
    expect((await send("/fields", '{"name":"a"}', { "content-type": "application/json" })).json().detail).toMatchObject(
      [{ type: "missing", loc: ["body", "name"] }],
    );
    const many = await send("/fields", "name=a&".repeat(1001));
    expect([many.status, many.json()]).toEqual([400, { detail: "Too many fields. Maximum number of fields is 1000." }]);
    expect((await send("/fields", `name=${"x".repeat(2 ** 20)}`)).status).toBe(413);
    expect((await send("/fields", "%=%&name=%zz")).json()).toEqual({ name: "%zz", age: 20 });
  });
});

describe("the document", () => {
  const { paths, components } = testClient(app).app.openapi() as never as Record<string, any>;
  const bodyOf = (path: string) => paths![path].post.requestBody;

  test("fields are a component, a model is itself, both urlencoded", () => {
    expect(bodyOf("/fields").content).toEqual({
      "application/x-www-form-urlencoded": { schema: { $ref: "#/components/schemas/Body_fields" } },
    });
    expect(components!.schemas.Body_fields).toEqual({
      type: "object",
      properties: { name: { type: "string" }, age: { type: "integer", minimum: 18, default: 20 } },
      required: ["name"],
    });
    expect(bodyOf("/model")).toEqual({
      content: { "application/x-www-form-urlencoded": { schema: { $ref: "#/components/schemas/Login" } } },
      required: true,
    });
    expect(Object.keys(components!.schemas.Body_several.properties).sort()).toEqual(["full-name", "token"]);
  });
});

test("a JSON body beside a form stops the start, and names both", () => {
  const mixed = post("/mixed", { input: { a: form(z.string()), b: body(Login) } }, () => null);
  expect(() => new App().include({ mixed }).openapi()).toThrow(/APUS_FORM: POST \/mixed \(mixed\): "b".*form\(\)/);
});
