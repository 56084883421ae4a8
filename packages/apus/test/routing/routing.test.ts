// Which operation answers: declaration order, methods, modules, prefixes, and the warning for what is never reached.
import { App, get, operation, path, router } from "apus";
import { serve } from "apus/server";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
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
])("%s", async (_, paths, count) => {
  const app = new App();
  for (const [i, each] of paths.entries())
    app.get(each as "/{id}", { input: { id: z.string() }, name: `n${i}` }, () => 1);
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
