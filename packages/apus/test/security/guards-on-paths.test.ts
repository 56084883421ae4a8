// Guards belong to operations: no method, prefix or spelling of a path gets round them.
import { App, connection, depends, get, header, HTTPException, operation, request, router } from "apus";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

scenarios("Guards", (ask) => {
  test("row 15: a guard belongs to its operations, however many paths lead to them", async () => {
    const app = new App({ docsUrl: null });
    const guard = depends({ token: header(z.string().optional()) }, ({ token }) => {
      if (token !== "secret") throw new HTTPException(401);
    });
    const own = get("/own", { dependencies: [guard] }, () => "own");
    const nested = router({ read: get("/{id}", { input: { id: z.string() } }, ({ id }) => id) });
    app.include({
      own,
      // The same operations under other prefixes, and an open one that stands beside them with a prefix of the same name.
      alias: router({ own }, { prefix: "/alias", operationId: ({ name }) => `alias_${name}` }),
      guarded: router({ nested }, { prefix: "/guarded", dependencies: [guard] }),
      open: router({ health: get("/health", () => "open") }, { prefix: "/guardedness" }),
      wild: get("/any/{rest:path}", { dependencies: [guard], input: { rest: z.string() } }, ({ rest }) => rest),
    });
    const closed = ["/own", "/alias/own", "/guarded/x", "/guarded/health", "/any/", "/any/guardedness/health"];
    for (const path of closed) {
      expect((await ask(app, `GET ${path}`)).status).toBe(401);
      expect((await ask(app, `GET ${path}`, { headers: { token: "secret" } })).status).toBe(200);
    }
    expect((await ask(app, "GET /guardedness/health")).json()).toBe("open");
    expect((await ask(app, "GET /guardednes/health")).status).toBe(404);
  });

  test("row 15: the operation behind a slash redirect is guarded as any other", async () => {
    const app = new App();
    const guard = depends(() => {
      throw new HTTPException(401);
    });
    app.get("/items/", { dependencies: [guard] }, () => "items");
    const first = await ask(app, "GET /items");
    expect([first.status, first.headers["location"]]).toEqual([307, "/items/"]);
    expect((await ask(app, `GET ${first.headers["location"]!}`)).status).toBe(401);
  });

  test("row 16: HEAD and OPTIONS go through the guards that GET goes through", async () => {
    const ran: string[] = [];
    const app = new App();
    const guard = depends({ connection, token: header(z.string().optional()) }, ({ token }) => {
      ran.push("guard");
      if (token !== "secret") throw new HTTPException(401, undefined, { headers: { "www-authenticate": "Bearer" } });
    });
    app.get("/read", { dependencies: [guard] }, () => ran.push("handler"));
    app.include(operation(["GET", "HEAD", "OPTIONS"], "/all", { dependencies: [guard] }, () => ran.push("handler")));
    app.include(operation(["OPTIONS"], "/options", { dependencies: [guard] }, () => ran.push("handler")));
    for (const line of ["GET /read", "HEAD /read", "GET /all", "HEAD /all", "OPTIONS /all", "OPTIONS /options"]) {
      const refused = await ask(app, line);
      expect([refused.status, refused.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
      if (line.startsWith("HEAD")) expect(refused.text).toBe("");
      expect(ran.splice(0)).toEqual(["guard"]);
      expect((await ask(app, line, { headers: { token: "secret" } })).status).toBe(200);
      expect(ran.splice(0)).toEqual(["guard", "handler"]);
    }
    // Where they are not declared nothing runs at all, not even with the right token.
    for (const line of ["OPTIONS /read", "HEAD /options", "GET /options", "PROPFIND /read"]) {
      expect((await ask(app, line, { headers: { token: "secret" } })).status).toBe(405);
    }
    expect(ran).toEqual([]);
  });

  test("row 16: a HEAD that was refused and one that was answered say as much as GET would", async () => {
    const app = new App();
    app.get("/{id}", { input: { id: z.int() } }, ({ id }) => ({ id }));
    for (const path of ["/1", "/x", "/a/b"]) {
      const [got, headed] = [await ask(app, `GET ${path}`), await ask(app, `HEAD ${path}`)];
      expect([headed.status, headed.headers, headed.text]).toEqual([got.status, got.headers, ""]);
    }
  });

  test("row 16: no header and no parameter changes the method", async () => {
    const ran: string[] = [];
    const app = new App();
    app.get("/x", () => ran.push("get"));
    app.del("/x", () => ran.push("delete"));
    app.post("/x", () => ran.push("post"));
    const methods = { "x-http-method-override": "DELETE", "x-http-method": "DELETE", "x-method-override": "DELETE" };
    await ask(app, "GET /x?_method=DELETE", { headers: methods });
    const form = { ...methods, "content-type": "application/x-www-form-urlencoded" };
    await ask(app, "POST /x?_method=DELETE", { headers: form, body: "_method=DELETE" });
    expect(ran).toEqual(["get", "post"]);
  });

  test("row 17: a prefix ends where a segment ends", async () => {
    const inside = get("/users", () => "inside");
    const here = get("", () => "here");
    const app = new App().include(router({ inside, here }, { prefix: "/admin" }));
    for (const path of [
      "/administrator",
      "/administrator/users",
      "/admin.users",
      "/adminusers",
      "/admin-/users",
      "/adm",
    ]) {
      expect((await ask(app, `GET ${path}`)).status).toBe(404);
    }
    expect((await ask(app, "GET /admin")).json()).toBe("here");
    expect((await ask(app, "GET /admin/users")).json()).toBe("inside");
  });

  test("row 17: a root path is taken off where a segment ends, once", async () => {
    const app = new App({ rootPath: "/api" });
    app.get("/{rest:path}", { input: { rest: z.string(), request } }, ({ request: asked }) => asked.path);
    for (const [sent, seen] of [
      ["/api/users", "/users"],
      ["/%61pi/users", "/users"],
      ["/apiary/users", "/apiary/users"],
      ["/api.users", "/api.users"],
      ["/api/api/users", "/api/users"],
      ["/x/../api/users", "/users"],
      ["/api//users", "//users"],
      ["/API/users", "/API/users"],
      ["/users", "/users"],
    ]) {
      expect((await ask(app, `GET ${sent}`)).json()).toBe(seen);
    }
    for (const path of ["/api%2fusers", "/api%5cusers"]) expect((await ask(app, `GET ${path}`)).status).toBe(400);
  });
});

describe("on the wire", () => {
  test("row 16: CONNECT, TRACE and an upgrade are no way round a guard", async () => {
    const ran: string[] = [];
    const app = new App();
    const guard = depends(() => {
      ran.push("guard");
      throw new HTTPException(401);
    });
    app.get("/", { dependencies: [guard] }, () => ran.push("handler"));
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const end = ["Host: a", "Connection: close", "", ""];
    const send = async (...lines: string[]): Promise<number[]> => {
      const client = await wire(server);
      client.send(...lines);
      return statuses(await client.closed);
    };
    expect(await send("TRACE / HTTP/1.1", ...end)).toEqual([405]);
    expect(await send("CONNECT / HTTP/1.1", ...end)).not.toContain(200);
    expect(await send("CONNECT a:80 HTTP/1.1", ...end)).not.toContain(200);
    expect(ran).toEqual([]);
    const upgrade = [
      "GET / HTTP/1.1",
      "Host: a",
      "Connection: Upgrade, close",
      "Upgrade: h2c",
      "HTTP2-Settings: AAMAAABkAAQAAP__",
    ];
    expect(await send(...upgrade, "", "")).toEqual([401]);
    expect(ran).toEqual(["guard"]);
  });
});
