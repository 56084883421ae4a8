/** Applications under a prefix: what they see, what stays theirs, and what wins over what. */
import { App, depends, get, header, HTTPException, json, middleware, onError, post, request, response } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";

const where = get("/where/{name}", { input: { name: z.string(), request } }, ({ name, request: asked }) => ({
  name,
  path: asked.path,
  rootPath: asked.rootPath,
  pathname: asked.url.pathname,
  own: asked.urlFor("where", { name: "x" }).pathname,
}));
const sub = (): App => new App({ title: "Sub" }).include({ where });

scenarios("mounts", (ask) => {
  test("an app sees the prefix as its root path, however deep it is mounted", async () => {
    const app = new App({ rootPath: "/proxy" }).mount("/a", new App().mount("/b", sub()));
    expect((await ask(app, "GET /a/b/where/me")).json()).toEqual({
      name: "me",
      path: "/where/me",
      rootPath: "/proxy/a/b",
      pathname: "/proxy/a/b/where/me",
      own: "/proxy/a/b/where/x",
    });
    expect((await ask(app, "GET /proxy/a/b/where/me")).status).toBe(200);
    expect((await ask(app, "GET /a/bwhere/me")).status).toBe(404);
  });

  test("it has a document of its own, whose server is where it is mounted", async () => {
    const app = new App().mount("/sub", sub()).include({ main: get("/main", () => 1) });
    const inner = (await ask(app, "GET /sub/openapi.json")).json() as { servers: unknown; paths: object };
    expect(inner.servers).toEqual([{ url: "/sub" }]);
    expect(Object.keys(inner.paths)).toEqual(["/where/{name}"]);
    const outer = (await ask(app, "GET /openapi.json")).json() as { servers?: unknown; paths: object };
    expect([outer.servers, Object.keys(outer.paths)]).toEqual([undefined, ["/main"]]);
  });

  test("one app under two prefixes has two addresses", async () => {
    const shared = sub();
    const app = new App().mount("/one", shared).mount("/two", shared);
    for (const prefix of ["/one", "/two"]) {
      const { servers } = (await ask(app, `GET ${prefix}/openapi.json`)).json() as { servers: unknown };
      expect(servers).toEqual([{ url: prefix }]);
    }
  });

  test("what is declared first wins, and a mount at / takes what nobody else does", async () => {
    const everything = new App().include({
      any: get("/{rest:path}", { input: { rest: z.string() } }, ({ rest }) => rest),
    });
    const app = new App()
      .include({ before: get("/sub/before", () => "operation") })
      .mount(
        "/sub",
        new App().include({ x: get("/{name}", { input: { name: z.string() } }, ({ name }) => `sub ${name}`) }),
      )
      .include({ after: get("/sub/after", () => "never") })
      .mount("/", everything);
    expect((await ask(app, "GET /sub/before")).json()).toBe("operation");
    expect((await ask(app, "GET /sub/after")).json()).toBe("sub after");
    expect((await ask(app, "POST /sub/before")).status).toBe(405);
    expect((await ask(app, "GET /elsewhere/deep")).json()).toBe("elsewhere/deep");
    expect((await ask(app, "GET /openapi.json")).json()).toHaveProperty("openapi");
  });

  test("the prefix alone is redirected to what is mounted there", async () => {
    const app = new App({ rootPath: "/proxy" }).mount("/sub", new App().include({ home: get("/", () => "home") }));
    const redirect = await ask(app, "GET /sub?q=1");
    expect([redirect.status, redirect.headers.location]).toEqual([307, "/proxy/sub/?q=1"]);
    expect((await ask(app, "GET /sub/")).json()).toBe("home");
    expect((await ask(app, "GET /subway")).status).toBe(404);
  });

  test("errors, middleware and guards are its own; those around it see its answers", async () => {
    class Broken extends Error {}
    const outer = middleware({ onAnswer: (answer) => answer.headers.set("x-outer", "1") });
    const inner = middleware({ onAnswer: (answer, { path }) => answer.headers.set("x-inner", path) });
    const refuse = depends(() => {
      throw new HTTPException(403);
    });
    const mounted = new App({
      middleware: [inner],
      onError: [onError(Broken, () => json({ by: "inner" }, { status: 418 }))],
    });
    mounted.get("/break", () => {
      throw new Broken();
    });
    const app = new App({
      middleware: [outer],
      dependencies: [refuse],
      onError: [onError(Broken, () => json({ by: "outer" }, { status: 500 }))],
    }).mount("/sub", mounted);
    const broken = await ask(app, "GET /sub/break");
    expect([broken.status, broken.json(), broken.headers["x-inner"], broken.headers["x-outer"]]).toEqual([
      418,
      { by: "inner" },
      "/break",
      "1",
    ]);
    const missing = await ask(app, "GET /sub/missing");
    expect([missing.status, missing.headers["x-inner"]]).toEqual([404, "/missing"]);
  });

  test("guards stand in front of everything under the prefix, and what they opened closes after the answer", async () => {
    const log: string[] = [];
    const guard = depends(
      { token: header(z.string(), { alias: "x-token" }), response },
      async function* ({ token, response: draft }) {
        if (token !== "secret") throw new HTTPException(401, "Not authenticated");
        draft.headers.set("x-seen", "by the guard");
        log.push("open");
        yield token;
        log.push("close");
      },
    );
    const mounted = new App().include({
      work: post("/work", { input: { n: z.object({ n: z.int() }) } }, ({ n }) => {
        log.push("work");
        return n;
      }),
    });
    const app = new App().mount("/sub", mounted, { dependencies: [guard] });
    expect((await ask(app, "POST /sub/work", { json: { n: 1 } })).status).toBe(422);
    expect((await ask(app, "GET /sub/openapi.json", { headers: { "x-token": "wrong" } })).status).toBe(401);
    expect((await ask(app, "GET /sub/missing", { headers: { "x-token": "wrong" } })).status).toBe(401);
    const done = await ask(app, "POST /sub/work", { json: { n: 1 }, headers: { "x-token": "secret" } });
    expect([done.status, done.json(), done.headers["x-seen"]]).toEqual([200, { n: 1 }, "by the guard"]);
    await ask.close(app);
    expect(log).toEqual(["open", "work", "close"]);
  });

  test("a fetch handler sees the path behind the prefix, the headers and the body", async () => {
    const handler = {
      async fetch(asked: Request): Promise<Response> {
        const { pathname, search } = new URL(asked.url);
        const text = asked.method === "GET" ? "" : await asked.text();
        return Response.json(
          { pathname, search, method: asked.method, text, header: asked.headers.get("x-a") },
          { status: 201, headers: { "x-handler": "yes" } },
        );
      },
    };
    const app = new App().mount("/yoga", handler, { bodyLimit: 10 });
    const answer = await ask(app, "PUT /yoga/a%20b/c?q=1", { body: "0123456789", headers: { "x-a": "b" } });
    expect([answer.status, answer.headers["x-handler"], answer.json()]).toEqual([
      201,
      "yes",
      { pathname: "/a%20b/c", search: "?q=1", method: "PUT", text: "0123456789", header: "b" },
    ]);
    expect((await ask(app, "POST /yoga/", { body: "0123456789!" })).status).toBe(413);
  });

  test("a request whose body the handler does not ask for is answered without it", async () => {
    const app = new App().mount("/x", { fetch: () => new Response("early") });
    expect((await ask(app, "POST /x/", { body: "unread" })).text).toBe("early");
  });
});

test("the pages of a mounted app refer to its own document", async () => {
  const page = await testClient(new App().mount("/sub", sub())).get("/sub/docs");
  expect([page.status, page.text.includes('"url": "./openapi.json"')]).toEqual([200, true]);
});

test("a mounted app opens and closes with the one around it, last opened first closed", async () => {
  const log: string[] = [];
  const lifespan = (name: string) =>
    depends(
      async function* () {
        log.push(`${name} opens`);
        yield;
        log.push(`${name} closes`);
      },
      { scope: "app" },
    );
  const app = new App({ lifespan: lifespan("outer") })
    .mount("/a", new App({ lifespan: lifespan("a") }))
    .mount("/b", new App({ lifespan: lifespan("b") }));
  const server = await serve(app, { port: 0, signals: false });
  await server.close();
  expect(log).toEqual(["outer opens", "a opens", "b opens", "b closes", "a closes", "outer closes"]);
});

test("a mounted app that cannot start stops the start, and what was open is closed", async () => {
  const log: string[] = [];
  const outer = depends(
    async function* () {
      yield;
      log.push("outer closed");
    },
    { scope: "app" },
  );
  const broken = depends(() => Promise.reject(new Error("no database")), { scope: "app" });
  const app = new App({ lifespan: outer }).mount("/sub", new App({ lifespan: broken }));
  await expect(app.startup()).rejects.toThrow("no database");
  expect(log).toEqual(["outer closed"]);
});

test("overrides reach mounted apps", async () => {
  const user = depends(() => "ann");
  const mounted = new App().include({ me: get("/me", { input: { user } }, (values) => values.user) });
  const app = new App().mount("/sub", mounted);
  const client = testClient(app, { overrides: [[user, depends(() => "bob")]] });
  expect((await client.get("/sub/me")).json()).toBe("bob");
  expect((await testClient(app).get("/sub/me")).json()).toBe("ann");
});

test("errors of a mounted app are raised to the test", async () => {
  const mounted = new App({ report: () => {} }).include({
    fail: get("/fail", () => {
      throw new RangeError("inside");
    }),
  });
  const client = testClient(
    new App().mount("/sub", mounted).mount("/raw", { fetch: () => Promise.reject(new Error("raw")) }),
  );
  await expect(client.get("/sub/fail")).rejects.toThrow(new RangeError("inside"));
  await expect(
    testClient(new App({ report: () => {} }).mount("/raw", { fetch: () => Promise.reject(new Error("raw")) })).get(
      "/raw/",
    ),
  ).rejects.toThrow("raw");
});

test.each([
  ["admin", "APUS_PREFIX"],
  ["/admin/", "APUS_PREFIX"],
  ["/{tenant}", "APUS_PREFIX"],
  ["/a/../b", "APUS_PREFIX"],
  ["/a//b", "APUS_PREFIX"],
  ["/日本", "APUS_PREFIX"],
  ["/a%2fb", "APUS_PREFIX"],
  ["/a\\b", "APUS_PREFIX"],
])("the prefix %j is refused", (prefix, code) => {
  expect(() => new App().mount(prefix, new App())).toThrow(code);
});

test("what cannot be mounted is refused", () => {
  const app = new App();
  const inner = new App().mount("/x", app);
  expect(() => app.mount("/self", app)).toThrow("APUS_MOUNT");
  expect(() => app.mount("/round", inner)).toThrow("contain itself");
  expect(() => app.mount("/x", (() => new Response()) as never)).toThrow("APUS_MOUNT");
  expect(() => app.mount("/x", new App(), { dependecies: [] } as never)).toThrow("did you mean `dependencies`");
  expect(() => app.mount("/x", new App(), { bodyLimit: -1 })).toThrow("APUS_LIMIT");
});
