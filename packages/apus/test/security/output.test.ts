// What goes out of a value: what its model names, and nothing else.
import { App, httpError } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const secret = "secret-5f1c";

scenarios("Answers and their models", (ask) => {
  const Public = z.object({ id: z.int(), name: z.string() });
  class User {
    readonly #hash = secret;
    id = 1;
    name = "ada";
    passwordHash = secret;
    get hash(): string {
      return this.#hash;
    }
    toJSON(): object {
      return { id: this.id, name: this.name, passwordHash: secret };
    }
  }
  class Admin extends User {
    readonly role = secret;
  }
  const row = {
    id: 1,
    name: "ada",
    passwordHash: secret,
    toString: secret,
    constructor: secret,
    ["__proto__x"]: secret,
  };
  const Recursive: z.ZodType = z.object({
    ...Public.shape,
    get friends() {
      return z.array(Recursive).optional();
    },
  });
  const cases: readonly (readonly [string, z.ZodType, unknown])[] = [
    ["a row", Public, row],
    ["an entity", Public, new User()],
    ["a subclass", Public, new Admin()],
    [
      "an object that inherits",
      Public,
      Object.create(row, { id: { value: 1, enumerable: true }, name: { value: "a", enumerable: true } }),
    ],
    ["an object without a prototype", Public, Object.assign(Object.create(null) as object, row)],
    ["a key that JSON.parse made", Public, JSON.parse(`{"id":1,"name":"a","__proto__":{"passwordHash":"${secret}"}}`)],
    ["a closed model", z.strictObject(Public.shape), row],
    ["a list", z.array(Public), [row, new User()]],
    ["a set", z.set(Public), new Set([row])],
    ["a tuple", z.tuple([Public], Public), [row, row]],
    ["a mapping", z.record(z.string(), Public), { a: row, b: new User() }],
    ["a Map", z.map(z.string(), Public), new Map([["a", row]])],
    ["something optional", z.object({ user: Public.optional() }), { user: row, password: secret }],
    ["something nullable", z.object({ user: Public.nullable() }), { user: row }],
    ["something with a default", z.object({ user: Public.default({ id: 0, name: "" }) }), { user: row }],
    ["a lazy reference", z.object({ user: z.lazy(() => Public) }), { user: row }],
    ["something read-only", Public.readonly(), row],
    ["something refined", Public.refine(() => true), row],
    ["something that is preprocessed", z.preprocess((value) => value, Public), row],
    ["something piped", Public.pipe(Public), row],
    ["something caught", Public.catch({ id: 0, name: "" }), row],
    ["a union", z.union([z.object({ id: z.string(), passwordHash: z.string() }), Public]), row],
    ["a union of the narrow and the wide", z.union([Public, z.object({ id: z.int(), passwordHash: z.string() })]), row],
    [
      "a discriminated union",
      z.discriminatedUnion("name", [
        Public.extend({ name: z.literal("ada") }),
        z.object({ name: z.literal("x"), passwordHash: z.string() }),
      ]),
      row,
    ],
    ["an intersection", z.intersection(Public, z.object({ id: z.int() })), row],
    ["a recursive model", Recursive, { ...row, friends: [{ ...row, friends: [row] }] }],
    ["what is picked", z.object({ ...Public.shape, passwordHash: z.string() }).omit({ passwordHash: true }), row],
    ["what is partial", Public.partial(), row],
    ["a value in a promise", Public, Promise.resolve(row)],
  ];

  test.each(cases)("row 39: hold what the model names and nothing else: %s", async (_, output, value) => {
    const app = new App({ report: () => {} });
    app.get("/", { output }, () => value as never);
    app.get("/list", { output: z.array(output) }, async () => [await value, await value] as never);
    for (const path of ["/", "/list"]) {
      const answer = await ask(app, `GET ${path}`);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(secret);
      expect(answer.text).toMatch(/"id":1/);
    }
  });

  test("row 39: typed errors are held to their models too", async () => {
    const Taken = httpError(409, "Taken", z.object({ by: Public }));
    const app = new App();
    app.get("/", { errors: [Taken] }, () => {
      throw new Taken({ by: row });
    });
    const answer = await ask(app, "GET /");
    expect(answer.json()).toEqual({ detail: { by: { id: 1, name: "ada" } } });
  });
});
