// Files in the middle of an app: wherever replies are returned, behind middleware, and with what follows an answer.
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  App,
  around,
  background,
  body,
  depends,
  get,
  HTTPException,
  middleware,
  onError,
  sendFile,
  type AppOptions,
} from "apus";
import { compression } from "apus/middleware";
import { nodeHost } from "apus/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";
import { folderWith, watchedHost } from "./folder.ts";

function withFiles(app: App): App {
  app.host ??= nodeHost;
  return app;
}

const one = depends(() => 1);
const inBody = { a: body(z.object({}).default({})) };

/** An app whose only operation fails. */
function failing(options: AppOptions): App {
  return new App(options).include(
    get("/", {}, (): string => {
      throw new Error("failed");
    }),
  );
}

scenarios("Files within an app", (ask) => {
  type Make = (path: string, options: AppOptions) => App;
  test.each<[string, Make]>([
    ["a handler", (path, options) => new App(options).include(get("/", {}, () => sendFile(path)))],
    ["an async handler", (path, options) => new App(options).include(get("/", {}, async () => sendFile(path)))],
    ["one with a body", (path, options) => new App(options).include(get("/", { input: inBody }, () => sendFile(path)))],
    [
      "one with a dependency",
      (path, options) => new App(options).include(get("/", { input: { one } }, () => sendFile(path))),
    ],
    ["an error handler", (path, options) => new App({ ...options, onError: [onError(404, () => sendFile(path))] })],
    ["that of all errors", (path, options) => failing({ ...options, onError: [onError(Error, () => sendFile(path))] })],
    [
      "onRequest",
      (path, options) => new App({ ...options, middleware: [middleware({ onRequest: () => sendFile(path) })] }),
    ],
    [
      "onError",
      (path, options) => failing({ ...options, middleware: [middleware({ onError: () => sendFile(path) })] }),
    ],
    ["around", (path, options) => new App({ ...options, middleware: [around(() => sendFile(path))] })],
    [
      "around, instead",
      (path, options) =>
        failing({
          ...options,
          middleware: [
            around(async (request, next) => {
              await next(request);
              return sendFile(path);
            }),
          ],
        }),
    ],
    [
      "a mounted app",
      (path, options) => new App().mount("/", new App(options).include(get("/", {}, () => sendFile(path)))),
    ],
  ])("are sent from %s; a file that is missing there is a reported 500 that does not name it", async (_, make) => {
    const { found, report } = reports();
    const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
    const there = await ask(withFiles(make(path, { report })), "GET /", { headers: { range: "bytes=1-2" } });
    expect([there.status, there.text]).toEqual([206, "lp"]);
    const missing = await ask(withFiles(make(join(path, "nowhere"), { report })), "GET /");
    expect([missing.status, missing.text]).toEqual([500, "Internal Server Error"]);
    expect(JSON.stringify(missing)).not.toContain("nowhere");
    expect(String(found.at(-1)!.error)).toMatch(/APUS_FILE: .*nowhere/);
  });

  test("an error page keeps its status, whatever range is asked for", async () => {
    const path = join(folderWith({ "404.html": "<h1>Not here</h1>" }), "404.html");
    const app = withFiles(new App({ onError: [onError(404, () => sendFile(path, { status: 404 }))] }));
    const answer = await ask(app, "GET /nowhere", { headers: { range: "bytes=0-0" } });
    expect([answer.status, answer.text]).toEqual([404, "<h1>Not here</h1>"]);
  });

  test("compression makes other bytes of them: without ranges, under a weak etag, of a length that nobody knows", async () => {
    const path = join(folderWith({ "a.txt": "alpha ".repeat(500) }), "a.txt");
    const app = withFiles(new App({ middleware: [compression()] }));
    app.get("/", () => sendFile(path));
    const plain = await ask(app, "GET /", { headers: { "accept-encoding": "identity" } });
    const packed = await ask(app, "GET /", { headers: { "accept-encoding": "gzip" } });
    expect(gunzipSync(packed.bytes).toString()).toBe(plain.text);
    expect(packed.headers).toMatchObject({ "content-encoding": "gzip", etag: `W/${plain.headers["etag"]}` });
    expect(packed.headers).not.toHaveProperty("accept-ranges");
    expect(packed.headers).not.toHaveProperty("content-length");
    const head = await ask(app, "HEAD /", { headers: { "accept-encoding": "gzip" } });
    expect(head.headers).toEqual(packed.headers);
    const part = await ask(app, "GET /", { headers: { "accept-encoding": "gzip", range: "bytes=0-4" } });
    expect([part.status, part.text, part.headers["content-encoding"]]).toEqual([206, "alpha", undefined]);
  });

  test("a middleware may put another body in place of it, which has a length of its own", async () => {
    const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
    const watched = watchedHost();
    const upper = middleware({
      async onAnswer(answer) {
        answer.body = (await new Response(answer.body as ReadableStream).text()).toUpperCase().repeat(2);
      },
    });
    const drop = middleware({ onAnswer: (answer) => void (answer.body = "dropped") });
    const app = new App();
    app.host = watched.host;
    app.include({ whole: get("/upper", { middleware: [upper] }, () => sendFile(path)) });
    app.include({ dropped: get("/drop", { middleware: [drop] }, () => sendFile(path)) });
    const answer = await ask(app, "GET /upper");
    expect([answer.text, answer.headers["content-length"]]).toEqual(["ALPHAALPHA", "10"]);
    expect((await ask(app, "GET /drop")).text).toBe("dropped");
    await watched.allClosed();
    expect([watched.opened, watched.read]).toEqual([2, 5]);
  });

  test("background work and request-scoped clean-up follow the last byte", async () => {
    const log: string[] = [];
    const path = join(folderWith({ "a.bin": new Uint8Array(200_000) }), "a.bin");
    const app = new App();
    app.host = watchedHost({ onClose: () => log.push("closed") }).host;
    const session = depends(async function* () {
      yield 1;
      log.push("left");
    });
    app.get("/", { input: { session, background } }, ({ background: work }) => {
      work.add(() => log.push("worked"));
      return sendFile(path);
    });
    expect((await ask(app, "GET /")).bytes).toHaveLength(200_000);
    await ask.close(app);
    expect(log).toEqual(["closed", "worked", "left"]);
  });

  test("a commit that fails is the answer in place of the file, which is given back", async () => {
    const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
    const watched = watchedHost();
    const app = new App();
    app.host = watched.host;
    const session = depends(
      async function* () {
        yield 1;
        throw new HTTPException(409);
      },
      { scope: "function" },
    );
    app.get("/", { input: { session } }, () => sendFile(path));
    expect((await ask(app, "GET /")).status).toBe(409);
    await watched.allClosed();
    expect([watched.opened, watched.read]).toEqual([1, 0]);
  });

  test("HEAD reads nothing, and gives the file back", async () => {
    const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
    const watched = watchedHost();
    const app = new App();
    app.host = watched.host;
    app.get("/", () => sendFile(path));
    for (const range of ["bytes=0-1", "bytes=-9", "none=0"]) await ask(app, "HEAD /", { headers: { range } });
    await watched.allClosed();
    expect([watched.opened, watched.read]).toEqual([3, 0]);
  });
});
