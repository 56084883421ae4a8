// Names that every object inherits: they are names like any other, and no key of a client reaches a prototype.
import { type as arktype } from "arktype";
import { App, body, cookie, depends, form, get, header, operation, path, query, request } from "apus";
import { types } from "apus/types";
import * as v from "valibot";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

const json = { "content-type": "application/json" };
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };

/** Each is tried as a key at the root and deeper down; one of them spells the key by an escape. */
const pollution = [
  '{"__proto__":{"admin":true},"a":{"__proto__":{"admin":true}}}',
  '{"\\u005f_proto__":{"admin":true},"a":[{"__pr\\u006fto__":{"admin":true}}]}',
  '{"constructor":{"prototype":{"admin":true}},"a":{"constructor":{"prototype":{"admin":true}}}}',
  '{"__proto__":null,"a":{"__proto__":null}}',
  '{"__proto__":["admin"],"a":{"__proto__":"admin"}}',
  '{"a":{"a":{"a":{"a":{"__proto__":{"admin":true}}}}}}',
];

/** What a careless handler does with what it was given: copies it, and looks for rights. */
function admitted(value: unknown, depth = 0): string[] {
  if (typeof value !== "object" || value === null || depth > 6) return [];
  const copy = Object.assign({}, value) as Record<string, unknown>;
  const found: string[] = [];
  if (copy["admin"] !== undefined && !Object.hasOwn(value, "admin")) found.push("admin");
  if (![Object.prototype, null].includes(Object.getPrototypeOf(copy) as object | null)) found.push("prototype");
  if (Object.hasOwn(value, "__proto__")) found.push("__proto__");
  return [...found, ...Object.values(value).flatMap((each) => admitted(each, depth + 1))];
}

afterEach(() => {
  const polluted = [...Object.keys(Object.prototype), ...("admin" in {} ? ["admin"] : [])];
  if (polluted.length > 0) throw new Error(`Object.prototype was given ${polluted.join(", ")}`);
});

scenarios("Prototypes", (ask) => {
  const anything: z.ZodType = z.lazy(() => z.union([z.record(z.string(), anything), z.array(anything), z.json()]));
  const Node = z.looseObject({
    get a(): z.ZodOptional<z.ZodType> {
      return z.union([Node, z.array(Node)]).optional();
    },
  });
  const schemas = {
    unknown: z.unknown(),
    any: z.any(),
    "an open object": z.looseObject({}),
    "an open object of open objects": Node,
    "an object with unknown rest": z.object({}).catchall(z.unknown()),
    "a closed object": z.object({ a: z.unknown() }).partial(),
    "a mapping": z.record(z.string(), z.unknown()),
    "a mapping of anything": anything,
    "a union": z.union([z.object({ a: z.int() }), z.looseObject({}), z.unknown()]),
    "a transform": z.unknown().transform((value) => ({ ...(value as object) })),
    "a custom check": z.custom<object>((value) => typeof value === "object"),
    "an intersection": z.intersection(z.looseObject({ a: z.unknown() }).partial(), z.record(z.string(), z.unknown())),
    "valibot's loose object": v.looseObject({ a: v.optional(v.unknown()) }),
    "valibot's unknown": v.unknown(),
    "arktype's object": arktype({ "a?": "unknown" }),
  };

  test.each(Object.entries(schemas))("row 9: no key of a JSON body reaches a prototype: %s", async (_, schema) => {
    const app = new App();
    const sent = depends({ item: body(schema) }, ({ item }) => item);
    app.post("/one", { input: { item: body(schema) } }, ({ item }) => admitted(item));
    app.post("/several", { input: { item: body(schema), other: body(z.unknown().optional()) } }, (all) =>
      admitted(all),
    );
    app.post("/dependency", { input: { sent } }, (values) => admitted(values.sent));
    app.post("/request", { input: { request } }, async ({ request: asked }) => admitted(await asked.json()));
    for (const content of pollution) {
      for (const [to, text] of [
        ["/one", content],
        ["/dependency", content],
        ["/request", content],
        ["/several", `{"item":${content},"other":${content},"__proto__":{"admin":true}}`],
      ]) {
        const answer = await ask(app, `POST ${to}`, { body: text!, headers: json });
        expect([answer.status, answer.json()]).toEqual([200, []]);
      }
    }
  });

  test("row 9: a closed object refuses the key as it refuses any other, and says so", async () => {
    const app = new App();
    app.post("/", { input: { item: z.strictObject({ a: z.unknown() }).partial() } }, () => "handled");
    const answer = await ask(app, "POST /", { body: pollution[0]!, headers: json });
    expect(answer.json().detail).toMatchObject([{ type: "extra_forbidden", loc: ["body", "__proto__"] }]);
  });

  test("row 9: names of queries, headers, cookies and forms never reach a prototype", async () => {
    const Open = z.looseObject({ a: z.string().optional() });
    const app = new App();
    const report = (value: object): unknown => [admitted(value), Object.keys(value).toSorted()];
    app.get("/query", { input: { all: query(Open) } }, ({ all }) => report(all));
    app.get("/header", { input: { all: header(Open) } }, ({ all }) => admitted(all));
    app.get("/cookie", { input: { all: cookie(Open) } }, ({ all }) => report(all));
    app.post("/form", { input: { all: form(Open) } }, ({ all }) => report(all));
    app.get("/json", { input: { all: types.json(z.unknown()) } }, ({ all }) => (all as object).constructor.name);
    app.get("/request/{id}", { input: { id: path(z.string()), request } }, ({ request: asked }) => [
      admitted(asked.cookies),
      admitted(asked.pathParams),
      Object.getPrototypeOf(asked.cookies) === null && Object.getPrototypeOf(asked.state) === null,
      ({} as Record<string, unknown>)["admin"] ?? null,
    ]);
    // Dots and brackets are no path into an object either.
    const names = [
      "__proto__",
      "__proto__[admin]",
      "__proto__.admin",
      "constructor",
      "constructor[prototype][admin]",
      "constructor.prototype.admin",
      "a[__proto__][admin]",
      "a.__proto__.admin",
      "prototype",
      "toString",
    ];
    const pairs = names.map((name) => `${name}=1`).join("&");
    const kept = names.slice(1).toSorted();
    const encoded = encodeURI(pairs).replaceAll("[", "%5B").replaceAll("]", "%5D");
    expect((await ask(app, `GET /query?${encoded}&%5F_proto__=2`)).json()).toEqual([[], kept]);
    expect((await ask(app, "POST /form", { body: `${pairs}&%5F_proto__=2`, headers: urlencoded })).json()).toEqual([
      [],
      kept,
    ]);
    const cookies = { cookie: names.map((name) => `${name}=1`).join("; ") };
    expect((await ask(app, "GET /cookie", { headers: cookies })).json()).toEqual([[], kept]);
    expect((await ask(app, "GET /request/__proto__", { headers: cookies })).json()).toEqual([
      ["__proto__"],
      [],
      true,
      null,
    ]);
    expect((await ask(app, "GET /header", { headers: { __proto__x: "1", constructor: "1" } })).json()).toEqual([]);
  });

  test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "prototype", "then"])(
    "row 10: %s is in no table that a request is looked up in",
    async (name) => {
      const app = new App();
      app.get("/fixed", () => "fixed");
      app.get("/n/{id:int}", { input: { id: z.int() } }, ({ id }) => id);
      app.include(operation(["GET", "POST"], "/both", () => "both"));
      const Shape = z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("circle"), r: z.int() }),
        z.object({ kind: z.literal("square"), a: z.int() }),
      ]);
      app.post("/union", { input: { shape: Shape } }, ({ shape }) => shape);
      app.post("/enum", { input: { which: body(z.enum(["a", "b"])) } }, ({ which }) => which);
      app.post("/native", { input: { which: body(z.enum({ A: "a", B: "b" })) } }, ({ which }) => which);
      app.post("/mapping", { input: { map: z.record(z.enum(["a", "b"]), z.int()) } }, ({ map }) => map);
      app.post("/required", { input: { item: z.object({ [name]: z.string() }) } }, ({ item }) => item);
      app.get("/parameter", { input: { value: query(z.string(), { alias: name }) } }, ({ value }) => value);
      for (const target of [`/${name}`, `/fixed/${name}`, `/n/${name}`, `/docs/${name}`, `/${name}/fixed`]) {
        expect((await ask(app, `GET ${target}`)).status).toBe(404);
      }
      const send = async (to: string, value: unknown) =>
        (await ask(app, `POST ${to}`, { body: JSON.stringify(value), headers: json })).status;
      expect(await send("/union", { kind: name, r: 1, a: 1 })).toBe(422);
      expect(await send("/enum", name)).toBe(422);
      expect(await send("/native", name)).toBe(422);
      expect(await send("/mapping", { a: 1, b: 2, [`${name}x`]: 3 })).toBe(422);
      // What every object inherits does not fill a field of that name.
      if (name !== "__proto__") {
        expect(await send("/required", {})).toBe(422);
        expect(await send("/required", { [name]: "own" })).toBe(200);
      }
      expect((await ask(app, "GET /parameter")).status).toBe(422);
      expect((await ask(app, `GET /parameter?${name}=own`)).json()).toBe("own");
      // A method that only a web Request can have, and not everywhere: Bun takes it for GET, workerd refuses it.
      const odd = requestWith(name);
      if (odd?.method === name) expect((await app.fetch(odd)).status).toBe(405);
    },
  );

  test("row 10: what a client sends never passes for an object of the framework's", async () => {
    const app = new App();
    const Open = z.looseObject({ kind: z.string() });
    const checked = depends({ item: body(Open) }, ({ item }) => item);
    const record = depends({ kind: query(z.string().default("")), value: query(z.string().default("")) });
    app.post("/dependency", { input: { checked } }, (values) => values.checked);
    app.post("/handler", { input: { item: body(Open) } }, ({ item }) => item);
    app.get("/record", { input: { record } }, (values) => values.record);
    for (const kind of [
      "provide",
      "dependency",
      "located",
      "operation",
      "middleware",
      "errorHandler",
      "match",
      "page",
    ]) {
      const sent = {
        kind,
        value: { admin: true },
        status: 500,
        headers: ["x-evil", "1"],
        body: "evil",
        toJSON: "x",
        next: "x",
        throw: "x",
        return: "x",
        _zod: {},
        "~standard": {},
      };
      for (const path of ["/dependency", "/handler"]) {
        const answer = await ask(app, `POST ${path}`, { json: sent });
        expect([answer.status, answer.json(), answer.headers["x-evil"]]).toEqual([200, sent, undefined]);
      }
      expect((await ask(app, `GET /record?kind=${kind}&value=evil`)).json()).toEqual({ kind, value: "evil" });
    }
  });

  test("row 10: a discriminator, a parameter and an operation may have such a name, and mean only themselves", async () => {
    const app = new App();
    const Tagged = z.discriminatedUnion("constructor", [
      z.object({ constructor: z.literal("toString"), a: z.int() }),
      z.object({ constructor: z.literal("valueOf"), b: z.int() }),
    ]);
    app.include({
      constructor: get("/constructor", () => "an operation"),
      toString: get("/toString/{valueOf}", { input: { valueOf: z.string() } }, ({ valueOf }) => valueOf),
    });
    app.post("/tagged", { input: { tagged: Tagged } }, ({ tagged }) => tagged);
    expect((await ask(app, "GET /constructor")).json()).toBe("an operation");
    expect((await ask(app, "GET /toString/x")).json()).toBe("x");
    expect((await ask(app, "POST /tagged", { json: { a: 1 } })).status).toBe(422);
    const tagged = { constructor: "valueOf", b: 1 };
    expect((await ask(app, "POST /tagged", { json: tagged })).json()).toEqual(tagged);
  });
});

describe("headers on the wire", () => {
  test("row 11: headers and trailers with such names are read as any others, and the server lives on", async () => {
    const app = new App();
    app.post("/", { input: { request, item: body(z.unknown()) } }, ({ request: asked }) => [
      asked.headers.get("__proto__"),
      asked.headers.get("constructor"),
      asked.headers.getAll("__proto__").length,
      [...asked.headers].filter(([name]) => name === "__proto__").length,
      asked.headers.get("toString"),
    ]);
    const all = header(z.looseObject({}));
    app.post("/model", { input: { all, item: body(z.unknown()) } }, (values) => Object.hasOwn(values.all, "__proto__"));
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const client = await wire(server);
    for (const target of ["/", "/model"]) {
      client.send(
        `POST ${target} HTTP/1.1`,
        "Host: a",
        "__proto__: 1",
        "__proto__: 2",
        "__Proto__: 3",
        "constructor: 4",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
        "Trailer: __proto__",
        "",
        "2",
        "{}",
        "0",
        "__proto__: 5",
        "constructor: 6",
        "",
        "",
      );
    }
    await client.until(/\["1, 2, 3","4",3,3,null\][^]*false/);
    client.send("GET /nowhere HTTP/1.1", "Host: a", "Connection: close", "", "");
    expect(statuses(await client.closed)).toEqual([200, 200, 404]);
  });
});

/** A request with a method that nobody knows, or undefined where the runtime makes none. */
function requestWith(method: string): Request | undefined {
  try {
    return new Request("http://testserver/fixed", { method });
  } catch {
    return undefined;
  }
}
