/** `staticFiles` within an app: its options, its errors as the app answers them, and what stops the start. */
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { App, depends, get, HTTPException, json, onError, staticFiles } from "apus";
import { nodeHost } from "apus/server";
import { describe, expect, test } from "vitest";
import { folderWith, watchedHost } from "../files/folder.ts";
import { reports, scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { tree } from "./tree.ts";

function appWith(...given: Parameters<typeof staticFiles>): App {
  const app = new App().mount("/static", staticFiles(...given));
  app.host = nodeHost;
  return app;
}

scenarios("staticFiles", (ask) => {
  test("a directory may be a URL, and stand at the top, behind what was declared before it", async () => {
    const root = tree();
    const app = new App().include({ api: get("/sample.txt", () => "api") });
    app.host = nodeHost;
    app.mount("/", staticFiles(pathToFileURL(`${root}/dist/`), { html: true }));
    expect((await ask(app, "GET /sample.txt")).json()).toBe("api");
    expect((await ask(app, "GET /")).text).toBe("<h1>index</h1>");
    expect((await ask(app, "GET /about/")).text).toBe("about");
    expect((await ask(app, "GET /docs")).text).toContain("swagger-ui");
  });

  test("what is missing is answered by the app, in its shape and by its handlers", async () => {
    const directory = folderWith({ "a.txt": "a" });
    const problem = new App({ errorShape: "problem" }).mount("/static", staticFiles(directory));
    problem.host = nodeHost;
    const missing = await ask(problem, "GET /static/b.txt");
    expect([missing.status, missing.headers["content-type"]]).toEqual([404, "application/problem+json"]);
    const own = new App({ onError: [onError(404, () => json({ gone: true }, { status: 410 }))] });
    own.host = nodeHost;
    own.mount("/static", staticFiles(directory));
    const gone = await ask(own, "GET /static/b.txt");
    expect([gone.status, gone.json()]).toEqual([410, { gone: true }]);
  });

  test("guards run before a file is looked for", async () => {
    const directory = folderWith({ "a.txt": "a" });
    const watched = watchedHost();
    const locked = depends(() => {
      throw new HTTPException(401);
    });
    const app = new App().mount("/static", staticFiles(directory), { dependencies: [locked] });
    app.host = watched.host;
    for (const name of ["a.txt", "b.txt"]) expect((await ask(app, `GET /static/${name}`)).status).toBe(401);
    expect(watched.opened).toBe(0);
  });

  test("hidden names are not there unless they are allowed", async () => {
    const dist = `${tree()}/dist`;
    for (const [dotfiles, status] of [
      [undefined, 404],
      ["ignore", 404],
      ["allow", 200],
    ] as const) {
      const app = appWith(dist, { dotfiles });
      expect((await ask(app, "GET /static/.env")).status).toBe(status);
      expect((await ask(app, "GET /static/.git/config")).status).toBe(status);
      expect((await ask(app, "GET /static/.well-known/security.txt")).text).toBe("contact");
    }
  });

  test("headers for all files, or by the path", async () => {
    const directory = `${tree()}/dist`;
    const same = appWith(directory, { headers: { "cache-control": "max-age=60", "Content-Type": "text/x-own" } });
    expect((await ask(same, "GET /static/sample.txt")).headers).toMatchObject({
      "cache-control": "max-age=60",
      "content-type": "text/x-own",
    });
    const paths: string[] = [];
    const app = appWith(directory, {
      html: true,
      headers(path) {
        paths.push(path);
        return path.startsWith("assets/") ? { "cache-control": "immutable" } : undefined;
      },
    });
    const { headers } = await ask(app, "GET /static/assets/app.js");
    expect(headers["cache-control"]).toBe("immutable");
    const again = await ask(app, "GET /static/assets/app.js", { headers: { "if-none-match": headers["etag"]! } });
    expect([again.status, again.headers]).toEqual([304, { etag: headers["etag"], "cache-control": "immutable" }]);
    expect((await ask(app, "GET /static/")).headers["cache-control"]).toBeUndefined();
    expect(paths).toEqual(["assets/app.js", "assets/app.js", "index.html"]);
  });

  test("headers that fail are a failure of the app, and the file is given back", async () => {
    const watched = watchedHost();
    const { found, report } = reports();
    const app = new App({ report }).mount(
      "/static",
      staticFiles(`${tree()}/dist`, {
        headers: () => {
          throw new Error("no headers");
        },
      }),
    );
    app.host = watched.host;
    expect((await ask(app, "GET /static/sample.txt")).status).toBe(500);
    expect(found.map(({ error }) => (error as Error).message)).toEqual(["no headers"]);
    await watched.allClosed();
    expect(watched.opened).toBe(1);
  });

  test("every file is given back: those that are sent, and those that are not", async () => {
    const watched = watchedHost();
    const app = new App().mount("/static", staticFiles(`${tree()}/dist`, { html: true }));
    app.host = watched.host;
    const { etag = "" } = (await ask(app, "GET /static/sample.txt")).headers;
    const asked: [string, Record<string, string>?][] = [
      ["HEAD /static/sample.txt"],
      ["GET /static/sample.txt", { "if-none-match": etag }],
      ["GET /static/sample.txt", { range: "bytes=99-" }],
      ["GET /static/sample.txt/"],
      ["GET /static/about"],
      ["GET /static/about/"],
      ["GET /static/nowhere"],
    ];
    for (const [line, headers] of asked) await ask(app, line, { headers });
    await watched.allClosed();
    expect(watched.opened).toBe(7);
  });

  test("a redirect keeps the query and has the root path in front", async () => {
    const inner = new App().mount("/static", staticFiles(`${tree()}/dist`, { html: true }));
    const app = new App({ rootPath: "/api" }).mount("/in", inner);
    app.host = nodeHost;
    for (const [target, location] of [
      ["/in/static/about?a=1&b=%20", "/api/in/static/about/?a=1&b=%20"],
      ["/in/static/deep/er/est", "/api/in/static/deep/er/est/"],
      ["/in/static", "/api/in/static/"],
    ] as const) {
      const answer = await ask(app, `GET ${target}`);
      expect([answer.status, answer.headers["location"]]).toEqual([307, location]);
    }
  });

  test("a link put in while the app runs does not lead out either", async () => {
    const root = tree();
    const app = appWith(`${root}/dist`);
    expect((await ask(app, "GET /static/assets/app.js")).status).toBe(200);
    rmSync(`${root}/dist/assets`, { recursive: true });
    symlinkSync("../out", `${root}/dist/assets`);
    expect((await ask(app, "GET /static/assets/secret.txt")).status).toBe(404);
  });

  test("with followSymlink links lead out, but paths do not", async () => {
    const app = appWith(`${tree()}/dist`, { followSymlink: true });
    expect((await ask(app, "GET /static/link-out.txt")).text).toBe("outside");
    expect((await ask(app, "GET /static/dir-out/secret.txt")).text).toBe("outside");
    if (ask.raw) expect((await ask(app, "GET /static/%2e%2e/out/secret.txt")).status).toBe(404);
  });

  test("a directory that goes missing is a failure that is told, and one that comes back is served", async () => {
    const root = tree();
    const { found, report } = reports();
    const app = new App({ report }).mount("/static", staticFiles(`${root}/later`, { checkDir: false }));
    app.host = nodeHost;
    expect((await ask(app, "GET /static/a.txt")).status).toBe(500);
    expect(String(found[0]!.error)).toContain(
      `APUS_DIRECTORY: staticFiles(): the directory '${root}/later' does not exist. Resolved absolute path: '${root}/later'.`,
    );
    mkdirSync(`${root}/later`);
    expect((await ask(app, "GET /static/a.txt")).status).toBe(404);
  });

  test("without files of the machine requests fail and say so", async () => {
    const { found, report } = reports();
    const app = new App({ report }).mount("/static", staticFiles("static", { checkDir: false }));
    if (ask.adapter !== "fetch") return;
    expect((await app.fetch(new Request("http://testserver/static/a"))).status).toBe(500);
    expect(String(found[0]!.error)).toContain(
      "APUS_DIRECTORY: staticFiles() needs a server that gives the app its files",
    );
  });
});

describe("what stops the start", () => {
  test("a directory that is missing, or is a file, by its absolute path", async () => {
    const root = tree();
    for (const [name, what] of [
      ["nowhere", `the directory '${root}/nowhere' does not exist.`],
      ["dist/sample.txt", `'${root}/dist/sample.txt' is a file, not a directory; name the directory it is in`],
    ] as const) {
      const app = new App().mount("/static", staticFiles(`${root}/${name}`));
      const said = new RegExp(`${what}.* Resolved absolute path: '${root}/${name}'`);
      await expect(serve(app, { port: 0, signals: false })).rejects.toThrow(said);
    }
    const relative = new App().mount("/static", staticFiles("not-there"));
    await expect(serve(relative, { port: 0, signals: false })).rejects.toThrow(
      `the directory 'not-there' does not exist. Resolved absolute path: '${process.cwd()}/not-there'`,
    );
  });

  test("no one who gives files", async () => {
    const app = new App().mount("/static", staticFiles("static"));
    await expect(app.startup()).rejects.toThrow(
      "APUS_DIRECTORY: staticFiles() needs a server that gives the app its files",
    );
    app.host = { asset: nodeHost.asset };
    await expect(app.startup()).rejects.toThrow("APUS_DIRECTORY");
  });

  test("nothing where the directory is not looked at", async () => {
    const app = new App().mount("/static", staticFiles("not-there", { checkDir: false }));
    expect(await app.startup()).toEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    ["an empty name", () => staticFiles(""), "APUS_DIRECTORY"],
    ["a web address", () => staticFiles(new URL("https://example.com/")), "APUS_DIRECTORY"],
    ["options in place of a name", () => staticFiles({ directory: "static" } as never), "APUS_DIRECTORY"],
    ["a name with NUL", () => staticFiles("a\0b"), "APUS_DIRECTORY"],
    ["FastAPI's spelling", () => staticFiles("static", { check_dir: true } as never), "did you mean `checkDir`"],
    ["html that is no boolean", () => staticFiles("static", { html: "yes" } as never), "APUS_DIRECTORY"],
    ["dotfiles of another kind", () => staticFiles("static", { dotfiles: "deny" } as never), "APUS_DIRECTORY"],
    ["a header that cannot be one", () => staticFiles("static", { headers: { "x-a": "b\nc" } }), "APUS_HEADER"],
    ["what cannot be mounted", () => new App().mount("/static", "static" as never), "APUS_MOUNT"],
    [
      "a limit for bodies that nobody reads",
      () => new App().mount("/static", staticFiles("static"), { bodyLimit: 5 }),
      "APUS_LIMIT",
    ],
  ])("%s", (_, declare, message) => expect(declare).toThrow(message));
});

test("describe names the directory", () => {
  const app = new App().mount("/static", staticFiles("static"));
  expect(app.describe().mounts).toEqual([expect.objectContaining({ prefix: "/static", kind: "files" })]);
});
