// Which operation answers: declaration order, methods, modules, prefixes, and the warning for what is never reached.
import { App, get, operation, operationIds, path, put, router } from "apus";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import * as users from "./users.ts";

const id = { id: z.string() };

scenarios("Routing", (ask) => {
  test("a module's operations answer in the order of their declaration, not in that of their names", async () => {
    // The language sorts a module's names; a test runner's own modules may not be sorted.
    const sorted = Object.fromEntries(Object.entries(users).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    expect(Object.keys(sorted).indexOf("readUserById")).toBeLessThan(Object.keys(sorted).indexOf("readUserMe"));
    for (const app of [users, router(users), sorted, router(sorted)].map((each) => new App().include(each))) {
      expect((await ask(app, "GET /users/me")).json()).toBe("me");
      expect((await ask(app, "GET /users/7")).json()).toBe("7");
      expect((await ask(app, "POST /users/me")).json()).toBe("made me");
    }
  });

  test("what else a module exports is left out", () => {
    expect(Object.keys(router(users)).toSorted()).toEqual(["createUser", "readUserById", "readUserMe"]);
  });

  test("the first declared answers, whatever the order of include", async () => {
    const wide = get("/a/{id}", { input: id }, () => "wide");
    const narrow = get("/a/b", () => "narrow");
    const app = new App().include({ narrow }).include({ wide });
    const said = vi.spyOn(console, "warn").mockImplementation(() => {});
    try {
      expect((await ask(app, "GET /a/b")).json()).toBe("wide");
    } finally {
      said.mockRestore();
    }
  });

  test("one path has an operation for each method; operation() has several, and app.get is the short form", async () => {
    const app = new App();
    app.get("/x", () => "get");
    app.post("/x", () => "post");
    app.put("/x", { status: 201 }, () => "put");
    app.patch("/x", () => "patch");
    app.del("/x", () => "delete");
    app.include(operation(["OPTIONS", "TRACE"], "/x", () => "several"));
    for (const method of ["get", "post", "put", "patch", "delete"]) {
      expect((await ask(app, `${method.toUpperCase()} /x`)).json()).toBe(method);
    }
    expect((await ask(app, "OPTIONS /x")).json()).toBe("several");
    expect((await ask(app, "PUT /x")).status).toBe(201);
  });

  test("the methods of all operations of a path are in Allow, and a template gives way to a later one that has the method", async () => {
    const app = new App();
    app.get("/a/{id}", { input: id }, ({ id: value }) => `get ${value}`);
    app.post("/a/b", () => "post b");
    expect((await ask(app, "POST /a/b")).json()).toBe("post b");
    expect((await ask(app, "DELETE /a/b")).headers["allow"]).toBe("GET, HEAD, POST");
    expect((await ask(app, "DELETE /a/c")).headers["allow"]).toBe("GET, HEAD");
  });

  test("prefixes nest, may hold parameters, and an empty path is the prefix itself", async () => {
    const one = get("/{id}", { input: { ...id, org: path(z.int()) } }, ({ id: value, org }) => [org, value]);
    const all = get("", { input: { org: path(z.int()) } }, ({ org }) => `all of ${org}`);
    const app = new App().include(router({ orgs: router({ one, all }, { prefix: "/orgs/{org}" }) }, { prefix: "/v1" }));
    expect((await ask(app, "GET /v1/orgs/3/x")).json()).toEqual([3, "x"]);
    expect((await ask(app, "GET /v1/orgs/3")).json()).toBe("all of 3");
  });

  test("convertors decide whether a template matches", async () => {
    const app = new App();
    app.get("/n/{id:int}", { input: { id: z.int() } }, ({ id: value }) => value);
    app.get("/n/{id:uuid}", { input: { id: z.uuid() } }, ({ id: value }) => value);
    app.get("/n/{id}", { input: id }, ({ id: value }) => `text ${value}`);
    app.get("/files/{file:path}", { input: { file: z.string() } }, ({ file }) => file);
    expect((await ask(app, "GET /n/12")).json()).toBe(12);
    expect((await ask(app, "GET /n/-1")).json()).toBe("text -1");
    expect((await ask(app, "GET /n/00000000-0000-4000-8000-000000000000")).json()).toMatch(/^0000/);
    expect((await ask(app, "GET /files/a/b%20c/")).json()).toBe("a/b c/");
    expect((await ask(app, "GET /files/")).json()).toBe("");
  });

  test("parameters have text around them, stand side by side, and a path has something behind it", async () => {
    const echo = (values: unknown) => values;
    const text = z.string();
    const api = router({
      version: get("/v{n:int}", { input: { n: z.int() } }, echo),
      json: get("/{name}.json", { input: { name: text } }, echo),
      saved: put("/{name}.json", { input: { name: text } }, echo),
      place: get("/at/{lat:float},{lon:float}", { input: { lat: z.number(), lon: z.number() } }, echo),
      range: get("/at/{from}-{to}", { input: { from: text, to: text } }, echo),
      folder: get("/files/{file:path}/list", { input: { file: text } }, echo),
      archive: get("/files/{file:path}.zip", { input: { file: text } }, echo),
      file: get("/files/{file:path}", { input: { file: text } }, echo),
      halves: get("/h/{a}{b}", { input: { a: text, b: text } }, echo),
      edge: get("/edge/{n:int}/", { input: { n: z.int() } }, echo),
    });
    const app = new App({ operationId: operationIds.fastapi, openapiUrl: "/schema" }).include(api);
    for (const [path, values] of [
      ["/v12", { n: 12 }],
      ["/v12.json", { name: "v12" }],
      ["/a%20b.json.json", { name: "a b.json" }],
      ["/at/1.5,2", { lat: 1.5, lon: 2 }],
      ["/at/1.5,2-3", { from: "1.5,2", to: "3" }],
      ["/at/a-b-c", { from: "a-b", to: "c" }],
      ["/files/a/b/list", { file: "a/b" }],
      ["/files/list", { file: "list" }],
      ["/files/a/b.zip", { file: "a/b" }],
      ["/files/.zip", { file: "" }],
      ["/h/%F0%9F%98%80x", { a: "😀", b: "x" }],
    ] as const) {
      expect([path, (await ask(app, `GET ${path}`)).json()]).toEqual([path, values]);
    }
    for (const path of ["/v", "/.json", "/at/1.5", "/at/-1", "/h/x"])
      expect([path, (await ask(app, `GET ${path}`)).status]).toEqual([path, 404]);
    expect((await ask(app, "DELETE /a.json")).headers["allow"]).toBe("GET, HEAD, PUT");
    expect((await ask(app, "PUT /v1.json")).json()).toEqual({ name: "v1" });
    expect((await ask(app, "HEAD /v1")).status).toBe(200);
    for (const [path, location] of [
      ["/v1/", "/v1"],
      ["/a.json//?q", "/a.json?q"],
      ["/edge/7", "/edge/7/"],
    ] as const) {
      const answer = await ask(app, `GET ${path}`);
      expect([answer.status, answer.headers["location"]]).toEqual([307, location]);
    }
    const { paths } = app.openapi();
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(["/v{n}", "/{name}.json", "/at/{lat},{lon}", "/files/{file}/list", "/files/{file}.zip"]),
    );
    expect(paths["/{name}.json"]).toMatchObject({
      get: { operationId: "json__name__json_get", parameters: [{ in: "path", name: "name", required: true }] },
    });
  });

  test("what is mounted, and what is declared behind it, keep their order", async () => {
    const inner = new App();
    inner.get("/{a}-{b}", { input: { a: z.string(), b: z.string() } }, (values) => ({ inner: values }));
    const app = new App();
    app.get("/sub/{n:int}-x", { input: { n: z.int() } }, ({ n }) => n);
    app.mount("/sub", inner);
    app.get("/sub/{p:path}/end", { input: { p: z.string() } }, () => "never");
    expect((await ask(app, "GET /sub/1-x")).json()).toBe(1);
    expect((await ask(app, "GET /sub/y-x")).json()).toEqual({ inner: { a: "y", b: "x" } });
    expect((await ask(app, "GET /sub/y/end")).status).toBe(404);
  });

  test("a page with a slash behind it leads to the page, as in FastAPI", async () => {
    const app = new App({ healthUrl: "/health" });
    for (const [line, location] of [
      ["GET /docs/", "/docs"],
      ["GET /docs//", "/docs"],
      ["HEAD /redoc/", "/redoc"],
      ["POST /docs/", "/docs"],
      ["GET /openapi.json/?a=1", "/openapi.json?a=1"],
      ["GET /docs/oauth2-redirect/", "/docs/oauth2-redirect"],
      ["GET /health/", "/health"],
    ] as const) {
      const answer = await ask(app, line);
      expect([line, answer.status, answer.headers["location"]]).toEqual([line, 307, location]);
    }
    const around = new App({ rootPath: "/api" });
    around.mount("/sub", app);
    expect((await ask(around, "GET /sub/docs/")).headers["location"]).toBe("/api/sub/docs");
    expect((await ask(new App({ redirectSlashes: false }), "GET /docs/")).status).toBe(404);
    expect((await ask(new App({ docsUrl: null }), "GET /docs/")).status).toBe(404);
  });

  test("segments are compared as a whole, decoded, by case", async () => {
    const app = new App();
    app.get("/admin", () => "admin");
    app.get("/ü b", () => "umlaut");
    expect((await ask(app, "GET /administrator")).status).toBe(404);
    expect((await ask(app, "GET /Admin")).status).toBe(404);
    expect((await ask(app, "GET /%61dmin")).json()).toBe("admin");
    expect((await ask(app, "GET /%C3%BC%20b")).json()).toBe("umlaut");
    expect((await ask(app, "GET /%2561dmin")).status).toBe(404);
  });

  test.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
    "%s is a segment like any other",
    async (name) => {
      const app = new App();
      app.get("/x/y", () => 1);
      app.get("/{id}/z", { input: id }, ({ id: value }) => value);
      expect((await ask(app, `GET /${name}`)).status).toBe(404);
      expect((await ask(app, `GET /x/${name}`)).status).toBe(404);
      expect((await ask(app, `GET /${name}/z`)).json()).toBe(name);
    },
  );
});

const warnings = (app: App): Promise<readonly string[]> => app.startup();

test("an operation that is never reached is a warning that names both, and serve() prints it", async () => {
  const make = (): App => {
    const readAny = get("/users/{id}", { input: id }, () => 1);
    const readMe = get("/users/me", () => 1);
    return new App().include({ readAny, readMe });
  };
  expect(await warnings(make())).toEqual([
    expect.stringMatching(
      /^APUS_SHADOWED: GET \/users\/me \(readMe\) is never reached: GET \/users\/\{id\} \(readAny\) is declared before it/,
    ),
  ]);
  const said = vi.spyOn(console, "warn").mockImplementation(() => {});
  try {
    await (await serve(make(), { port: 0, signals: false })).close();
    expect(said.mock.calls.flat().join()).toMatch(/APUS_SHADOWED/);
  } finally {
    said.mockRestore();
  }
});

test.each([
  ["the narrow one first", ["/a/b", "/a/{id}"], 0],
  ["integers before texts", ["/a/{id:int}", "/a/{id}"], 0],
  ["texts before integers", ["/a/{id}", "/a/{id:int}"], 1],
  ["integers before numbers", ["/a/{id:int}", "/a/{id:float}"], 0],
  ["numbers before integers", ["/a/{id:float}", "/a/{id:int}"], 1],
  ["a UUID before texts", ["/a/{id:uuid}", "/a/{id}"], 0],
  ["one segment before a path", ["/a/{id}", "/a/{id:path}"], 0],
  ["a path before one segment", ["/a/{id:path}", "/a/{id}"], 1],
  ["the same template twice", ["/a/{id}", "/a/{id}"], 1],
  ["text around before without", ["/a/~{id}", "/a/{id}"], 0],
  ["without text before with", ["/a/{id}", "/a/{id}.json"], 1],
  ["an integer and text before a text and text", ["/a/v{id:int}", "/a/v{id}"], 0],
  ["a text and text before an integer and text", ["/a/v{id}", "/a/v{id:int}"], 1],
  ["two in one segment before a UUID, which may have no dashes", ["/a/{id}-{name}", "/a/{id:uuid}"], 0],
  ["two in one segment before a number, which may have no point", ["/a/{id}.{name}", "/a/{id:float}"], 0],
  ["one before two in one segment", ["/a/{id}", "/a/{id}-{name}"], 1],
  ["two in one segment before one", ["/a/{id}-{name}", "/a/{id}"], 0],
  ["an end before any path", ["/a/{id:path}/end", "/a/{id:path}"], 0],
  ["any path before an end", ["/a/{id:path}", "/a/{id:path}/end"], 1],
  ["one segment before an end", ["/a/{id}/end", "/a/{id:path}/end"], 0],
])("%s", async (_, paths, count) => {
  const app = new App();
  for (const [i, each] of paths.entries())
    app.get(
      each as "/{id}",
      { input: { id: z.string(), ...(each.includes("{name}") && { name: z.string() }) }, name: `n${i}` },
      () => 1,
    );
  expect(await warnings(app)).toHaveLength(count);
});

test("a method that is still reached is not warned about, one that is not is named", async () => {
  const app = new App();
  app.include({
    first: get("/a/{id}", { input: id }, () => 1),
    second: operation(["GET", "POST"], "/a/b", () => 1),
  });
  expect(await warnings(app)).toEqual([expect.stringMatching(/^APUS_SHADOWED: GET of GET\|POST \/a\/b \(second\)/)]);
});
