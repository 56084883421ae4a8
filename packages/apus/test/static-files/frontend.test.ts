/** `frontend` within an app: who comes before it, whose guards run, what is answered. */
import { rmSync } from "node:fs";
import { App, depends, frontend, HTTPException, json, middleware, onError, response, router, staticFiles } from "apus";
import { nodeHost } from "apus/server";
import { expect, test } from "vitest";
import { folderWith, watchedHost } from "../files/folder.ts";
import { reports, scenarios } from "../scenario.ts";

const html = { accept: "text/html" };
const build = { "index.html": "shell", "assets/app.js": "script" };

function appOf(options: ConstructorParameters<typeof App>[0] = {}): App {
  const app = new App(options);
  app.host = nodeHost;
  return app;
}

/** A guard that writes its name down. */
const noting = (log: string[], name: string) => depends(() => void log.push(name));

scenarios("frontend", (ask) => {
  test("everything else comes first: operations, their 405, pages, mounts and redirects", async () => {
    const directory = folderWith({
      "index.html": "shell",
      "api/users": "file",
      "openapi.json": "file",
      "static/a.txt": "file",
      "inner/docs": "file",
      "list/index.html": "file",
    });
    const app = appOf();
    // Declared before everything: its place in the order of declaration does not matter.
    app.frontend("/", { directory, fallback: "index.html" });
    app.get("/api/users", () => "api");
    app.get("/api/none", () => {
      throw new HTTPException(404, "api missing");
    });
    app.post("/only-post", () => "posted");
    app.get("/list/", () => "list");
    app.mount("/static", staticFiles(folderWith({ "b.txt": "mounted" })));
    app.mount("/inner", new App());
    const asked: [string, number, string][] = [
      ["GET /api/users", 200, '"api"'],
      ["POST /api/users", 405, '{"detail":"Method Not Allowed"}'],
      ["GET /api/none", 404, '{"detail":"api missing"}'],
      ["GET /only-post", 405, '{"detail":"Method Not Allowed"}'],
      ["GET /list", 307, ""],
      ["GET /static/b.txt", 200, "mounted"],
      ["GET /static/a.txt", 404, '{"detail":"Not Found"}'],
      ["GET /inner/nowhere", 404, '{"detail":"Not Found"}'],
      ["GET /api/unknown", 200, "shell"],
      ["GET /", 200, "shell"],
    ];
    for (const [line, status, text] of asked) {
      const answer = await ask(app, line, { headers: html });
      expect([line, answer.status, answer.text]).toEqual([line, status, text]);
    }
    expect((await ask(app, "GET /openapi.json", { headers: html })).json().paths).toHaveProperty("/api/users");
    expect((await ask(app, "GET /openapi.json", { headers: html })).json().paths).not.toHaveProperty("/");
  });

  test("the guards of the App and of routers run before it, outermost first, and only those of the one that answers", async () => {
    const directory = folderWith(build);
    const log: string[] = [];
    const guard = (name: string) => ({ dependencies: [noting(log, name)] });
    const app = appOf(guard("app"));
    const ui = frontend("/ui", { directory, ...guard("own") });
    app.include(
      router(
        { child: router({ ui }, { prefix: "/child", ...guard("child") }) },
        { prefix: "/parent", ...guard("parent") },
      ),
    );
    app.frontend("/", { directory, ...guard("top") });
    expect((await ask(app, "GET /parent/child/ui/")).text).toBe("shell");
    expect(log.splice(0)).toEqual(["app", "parent", "child", "own"]);
    expect((await ask(app, "GET /parent/child/x", { headers: html })).text).toBe("shell");
    expect(log).toEqual(["app", "top"]);
  });

  test("guards refuse before a file is looked for, whatever the method", async () => {
    const watched = watchedHost();
    const locked = depends(() => {
      throw new HTTPException(401);
    });
    const app = new App().include(
      router({ ui: frontend("/", { directory: folderWith(build) }) }, { dependencies: [locked] }),
    );
    app.host = watched.host;
    for (const line of ["GET /", "GET /nowhere", "POST /index.html", "HEAD /assets/app.js"]) {
      expect((await ask(app, line)).status).toBe(401);
    }
    expect(watched.opened).toBe(0);
  });

  test("guards add headers and cookies to what is found, to a 304 and to a redirect, and take the place of its own", async () => {
    const directory = folderWith({ ...build, "about/index.html": "about" });
    const adding = depends({ response }, ({ response: draft }) => {
      draft.headers.set("x-seen", "yes");
      draft.headers.set("cache-control", "no-cache");
      draft.cookies.set("seen", "1");
    });
    const app = appOf({ dependencies: [adding] });
    app.frontend("/", { directory, headers: { "cache-control": "max-age=60" } });
    const first = await ask(app, "GET /assets/app.js");
    const added = { "x-seen": "yes", "cache-control": "no-cache" };
    expect([first.status, first.headers, first.cookies]).toEqual([
      200,
      expect.objectContaining(added),
      ["seen=1; Path=/; SameSite=lax"],
    ]);
    const again = await ask(app, "GET /assets/app.js", { headers: { "if-none-match": first.headers["etag"]! } });
    expect([again.status, again.headers]).toEqual([304, { etag: first.headers["etag"], ...added }]);
    expect((await ask(app, "GET /about")).headers).toMatchObject({ location: "/about/", "x-seen": "yes" });
    expect((await ask(app, "GET /nowhere")).headers["x-seen"]).toBeUndefined();
  });

  test("routers' middleware, error handlers and error shape hold for it; work of a guard is rolled back where it fails", async () => {
    const log: string[] = [];
    const stamped = middleware({ onAnswer: ({ headers }) => headers.set("x-stamped", "yes") });
    const transaction = depends(async function* () {
      try {
        yield;
        log.push("committed");
      } catch (error) {
        log.push("rolled back");
        throw error;
      }
    });
    const app = appOf();
    const ui = frontend("/ui", { directory: folderWith(build), dependencies: [transaction] });
    const site = router(
      { ui },
      {
        middleware: [stamped],
        onError: [onError(404, () => json("no such page", { status: 404 }))],
      },
    );
    app.include(site);
    const found = await ask(app, "GET /ui/assets/app.js");
    expect([found.text, found.headers["x-stamped"]]).toEqual(["script", "yes"]);
    const missing = await ask(app, "GET /ui/nowhere.js");
    expect([missing.status, missing.json(), missing.headers["x-stamped"]]).toEqual([404, "no such page", "yes"]);
    await ask.close(app);
    expect(log).toEqual(["committed", "rolled back"]);
  });

  test("a mounted app has front ends of its own, with its root path in redirects", async () => {
    const inner = new App().frontend("/ui", { directory: folderWith({ "index.html": "inner" }) });
    const app = appOf({ rootPath: "/api" }).mount("/in", inner);
    app.frontend("/", { directory: folderWith({ "index.html": "outer" }) });
    const redirect = await ask(app, "GET /in/ui?next=%2F");
    expect([redirect.status, redirect.headers["location"]]).toEqual([307, "/api/in/ui/?next=%2F"]);
    expect((await ask(app, "GET /in/ui/", { headers: html })).text).toBe("inner");
    expect((await ask(app, "GET /in/other", { headers: html })).status).toBe(404);
    expect((await ask(app, "GET /other", { headers: html })).text).toBe("outer");
  });

  test("no second slash makes a redirect to another host", async () => {
    const app = appOf().frontend("/", { directory: folderWith({ "evil.example/index.html": "page" }) });
    const answer = await ask(app, "GET /.//evil.example");
    expect([answer.status, answer.headers["location"]]).toEqual([404, undefined]);
    expect((await ask(app, "GET //evil.example")).headers["location"]).toBeUndefined();
    expect((await ask(app, "GET /evil.example")).headers["location"]).toBe("/evil.example/");
  });

  test("a fallback that is missing is a failure that is told", async () => {
    const directory = folderWith({ "a.txt": "a" });
    const { found, report } = reports();
    const app = appOf({ report });
    app.frontend("/", { directory, fallback: "404.html", checkDir: false });
    app.frontend("/gone", { directory: `${directory}/gone`, checkDir: false });
    for (const target of ["/nowhere", "/gone/nowhere"]) expect((await ask(app, `GET ${target}`)).status).toBe(500);
    expect(found.map(({ error }) => (error as Error).message)).toEqual([
      `APUS_DIRECTORY: frontend("/"): the fallback file '404.html' does not exist in the directory '${directory}'. Resolved absolute directory: '${directory}'.`,
      `APUS_DIRECTORY: frontend("/gone"): the directory '${directory}/gone' does not exist. Resolved absolute path: '${directory}/gone'.`,
    ]);
    expect((await ask(app, "GET /a.txt")).text).toBe("a");
  });

  test("a build that replaces the directory is served at once", async () => {
    const directory = folderWith(build);
    const app = appOf().frontend("/", { directory });
    expect((await ask(app, "GET /assets/app.js")).text).toBe("script");
    rmSync(`${directory}/assets`, { recursive: true });
    expect((await ask(app, "GET /assets/app.js")).status).toBe(404);
  });

  test("an app with replaced dependencies has it, too", async () => {
    const locked = depends(() => {
      throw new HTTPException(401);
    });
    const app = appOf({ dependencies: [locked] }).frontend("/", { directory: folderWith(build) });
    expect((await ask(app, "GET /")).status).toBe(401);
    const open = app.with({ overrides: [[locked, depends(() => undefined)]] });
    expect((await ask(open, "GET /")).text).toBe("shell");
  });
});
