// Whose a value is: no location fills another's key, and no request another's default.
import { App, body, cookie, depends, form, get, header, post, query } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const urlencoded = { "content-type": "application/x-www-form-urlencoded" };

scenarios("Sources of inputs", (ask) => {
  test("row 12: no location fills the key of another", async () => {
    const app = new App();
    const Model = z.object({ id: z.string().optional(), title: z.string().optional() });
    const alias = { alias: "id" } as const;
    const fromHeader = depends({ own: header(z.string().default("no header"), alias) }, ({ own }) => own);
    const fromCookie = depends({ own: cookie(z.string().default("no cookie"), alias) }, ({ own }) => own);
    const fromQuery = depends({ own: query(z.string().default("no query"), alias) }, ({ own }) => own);
    const fromBody = depends({ own: body(z.string().default("no body"), alias) }, ({ own }) => own);
    const others = { fromHeader, fromCookie, fromQuery, fromBody };
    app.include({
      posts: post(
        "/posts/{id}",
        { input: { id: z.int(), item: body(Model, { embed: true }), ...others } },
        (values) => values,
      ),
      form: post("/form/{id}", { input: { id: z.int(), item: form(Model) } }, (values) => values),
      plain: get("/plain/{id}", { input: { id: z.int(), item: query(Model) } }, (values) => values),
    });
    const headers = { cookie: "title=cookie", "x-id": "header" };
    const none = { fromHeader: "no header", fromCookie: "no cookie", fromQuery: "no query", fromBody: "no body" };
    const posts = await ask(app, "POST /posts/24?item=x", { json: { item: { id: "99" } }, headers });
    expect(posts.json()).toEqual({ id: 24, item: { id: "99" }, ...none });
    const each: [string, Record<string, string>, object, object][] = [
      ["POST /posts/24?id=query", {}, {}, { fromQuery: "query" }],
      ["POST /posts/24", { id: "header" }, {}, { fromHeader: "header" }],
      ["POST /posts/24", { cookie: "id=cookie" }, {}, { fromCookie: "cookie" }],
      ["POST /posts/24", {}, { id: "body" }, { fromBody: "body" }],
    ];
    for (const [line, more, content, found] of each) {
      const answer = await ask(app, line, { json: { item: {}, ...content }, headers: more });
      expect(answer.json()).toEqual({ id: 24, item: {}, ...none, ...found });
    }
    const sent = await ask(app, "POST /form/24?title=query", {
      body: "id=99",
      headers: { ...urlencoded, title: "header" },
    });
    expect(sent.json()).toEqual({ id: 24, item: { id: "99" } });
    const plain = await ask(app, "GET /plain/24?id=99", { headers: { title: "header", cookie: "title=cookie" } });
    expect(plain.json()).toEqual({ id: 24, item: { id: "99" } });
    const confused = new App().include(get("/posts/{id}", { input: { id: query(z.int()) } }, ({ id }) => id));
    await expect(confused.startup()).rejects.toThrow(/^APUS_LOCATION: /);
    // Neither may a body stand in for what is missing elsewhere.
    const missing = await ask(app, "POST /posts/x?id=24", { json: { id: "24", item: {} }, headers: { id: "24" } });
    expect(missing.json().detail).toMatchObject([{ loc: ["path", "id"] }]);
  });

  test("row 12: a header with an underscore is not the one with a dash", async () => {
    const app = new App();
    const Credentials = z.object({ x_user: z.string().default("nobody") });
    app.get("/", { input: { x_user: header(z.string().default("nobody")) } }, ({ x_user }) => x_user);
    app.get("/model", { input: { all: header(Credentials) } }, ({ all }) => all.x_user);
    for (const target of ["/", "/model"]) {
      expect((await ask(app, `GET ${target}`, { headers: { x_user: "admin" } })).json()).toBe("nobody");
      expect((await ask(app, `GET ${target}`, { headers: { "x-user": "ada" } })).json()).toBe("ada");
    }
  });

  test("row 13: what a handler does to a default stays with its request", async () => {
    const app = new App();
    const initial = {
      tags: ["first"],
      by: { name: "x" },
      when: new Date(0),
      set: new Set(["a"]),
      map: new Map([["a", 1]]),
    };
    const Item = z.object({
      tags: z.array(z.string()).default(initial.tags),
      by: z.object({ name: z.string() }).default(initial.by),
      when: z.date().default(initial.when),
      set: z.set(z.string()).default(initial.set),
      anything: z.unknown().default({ deep: { list: [1] } }),
      nested: z.object({ list: z.array(z.int()).default([1]) }).prefault({}),
      fallback: z.array(z.int()).catch([1]),
    });
    const spoil = (item: z.output<typeof Item>): unknown => {
      const before = JSON.stringify([item, [...item.set]]);
      item.tags.push("spoilt");
      item.by.name = "spoilt";
      item.when.setFullYear(2000);
      item.set.add("spoilt");
      (item.anything as { deep: { list: unknown[] } }).deep.list.push("spoilt");
      item.nested.list.push(0);
      item.fallback.push(0);
      return before;
    };
    const shared = body(Item.default(Item.parse({ fallback: 1 })));
    const dependency = depends({ item: body(Item) }, ({ item }) => item);
    app.post("/body", { input: { item: Item } }, ({ item }) => spoil(item));
    app.post("/whole", { input: { item: shared } }, ({ item }) => spoil(item));
    app.post("/dependency", { input: { item: dependency } }, ({ item }) => spoil(item));
    const list = query(z.array(z.string()).default(initial.tags));
    app.get("/query", { input: { list } }, (values) => values.list.push("spoilt"));
    app.get("/output", { output: z.object({ list: z.array(z.string()).default(initial.tags) }) }, () => ({}));
    for (const [line, sent] of [
      ["POST /body", { json: {} }],
      ["POST /body", { json: { fallback: "x" } }],
      ["POST /whole", {}],
      ["POST /dependency", { json: {} }],
      ["GET /query", {}],
      ["GET /output", {}],
    ] as const) {
      const first = await ask(app, line, sent);
      expect(first.status).toBe(200);
      for (let i = 0; i < 3; i++) expect((await ask(app, line, sent)).text).toBe(first.text);
    }
    expect(initial.tags).toEqual(["first"]);
    expect(initial.by).toEqual({ name: "x" });
    expect(initial.when).toEqual(new Date(0));
    expect([...initial.set]).toEqual(["a"]);
  });
});
