// Files as answers: what they say of themselves, where they can be returned, and what becomes of those that cannot be sent.
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { App, get, response, sendFile, type SendFileOptions } from "apus";
import { nodeHost } from "apus/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";
import { folderWith, modified, watchedHost } from "./folder.ts";

function withFiles(app: App): App {
  app.host ??= nodeHost;
  return app;
}

scenarios("Files", (ask) => {
  test("as a kind and as a reply, with what FastAPI says of them", async () => {
    const path = join(folderWith({ "Ünï.mp4": "Fake video bytes" }), "Ünï.mp4");
    const app = withFiles(new App());
    app.get("/as", { as: sendFile }, () => path);
    app.get("/as-url", { as: sendFile }, async () => pathToFileURL(path));
    app.get("/reply", { output: z.object({ id: z.int() }) }, () => sendFile(path));
    const said = {
      "accept-ranges": "bytes",
      "content-length": "16",
      "content-type": "video/mp4",
      "last-modified": new Date(modified * 1000).toUTCString(),
    };
    for (const target of ["/as", "/as-url", "/reply"]) {
      const { etag, ...headers } = (await ask(app, `GET ${target}`)).headers;
      expect(headers).toEqual(said);
      expect(etag).toMatch(/^"[\w-]+"$/);
      const head = await ask(app, `HEAD ${target}`);
      expect([head.status, head.headers, head.text]).toEqual([200, { ...said, etag }, ""]);
    }
    expect((await ask(app, "GET /as")).text).toBe("Fake video bytes");
  });

  test("the document says nothing of the content, as FastAPI's of a FileResponse", () => {
    const app = new App().include({ file: get("/", { as: sendFile }, () => "a.txt") });
    expect(app.openapi().paths["/"]!["get"]).toMatchObject({
      responses: { 200: { description: "Successful Response" } },
    });
    expect(JSON.stringify(app.openapi().paths["/"])).not.toContain("content");
  });

  test("an empty file has no bytes, and no ranges", async () => {
    const path = join(folderWith({ empty: "" }), "empty");
    const app = withFiles(new App());
    app.get("/", () => sendFile(path));
    const whole = await ask(app, "GET /");
    expect([whole.status, whole.text, whole.headers["content-length"]]).toEqual([200, "", "0"]);
    expect((await ask(app, "GET /", { headers: { range: "bytes=0-" } })).status).toBe(416);
  });

  test("another time or another size is another etag", async () => {
    const folder = folderWith({ "a.txt": "one", "b.txt": "three" });
    const app = withFiles(new App());
    app.get("/{name}", { input: { name: z.string() } }, ({ name }) => sendFile(name, { root: folder }));
    const tags = [(await ask(app, "GET /a.txt")).headers["etag"], (await ask(app, "GET /b.txt")).headers["etag"]];
    expect(new Set(tags).size).toBe(2);
  });

  test.each<[SendFileOptions, Record<string, string>]>([
    [{ mediaType: "text/x-own" }, { "content-type": "text/x-own; charset=utf-8" }],
    [{ mediaType: "text/html; charset=latin-1" }, { "content-type": "text/html; charset=latin-1" }],
    [{ filename: "a.png" }, { "content-type": "image/png", "content-disposition": 'attachment; filename="a.png"' }],
    [{ filename: "a.png", contentDispositionType: "inline" }, { "content-disposition": 'inline; filename="a.png"' }],
    [{ contentDispositionType: "attachment" }, { "content-disposition": "attachment" }],
    [{ headers: { ETag: '"own"', "Last-Modified": "today" } }, { etag: '"own"', "last-modified": "today" }],
    [{ headers: { "content-type": "x/y" }, mediaType: "image/png" }, { "content-type": "x/y" }],
    [{ headers: { "content-length": "99", "x-a": ["1", "2"] } }, { "content-length": "5", "x-a": "1, 2" }],
    [{ mediaType: undefined, filename: undefined, status: undefined, headers: undefined, cookies: undefined }, {}],
  ])("options: %j", async (options, headers) => {
    const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
    const app = withFiles(new App());
    app.get("/", () => sendFile(path, options));
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text]).toEqual([200, "alpha"]);
    expect(answer.headers).toMatchObject(headers);
  });

  test("an own etag is what If-Range is held against", async () => {
    const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
    const app = withFiles(new App());
    app.get("/", () => sendFile(path, { headers: { etag: '"own"' } }));
    const asked = async (condition: string) =>
      (await ask(app, "GET /", { headers: { range: "bytes=0-0", "if-range": condition } })).text;
    expect([await asked('"own"'), await asked('"other"')]).toEqual(["a", "alpha"]);
  });

  test("conditional requests get the file", async () => {
    const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
    const app = withFiles(new App());
    app.get("/", () => sendFile(path));
    const { headers } = await ask(app, "GET /");
    const conditions = { "if-none-match": headers["etag"]!, "if-modified-since": headers["last-modified"]! };
    expect((await ask(app, "GET /", { headers: conditions })).status).toBe(200);
  });

  test("cookies, and status, headers and cookies of the `response` dependency, in the whole and in a part", async () => {
    const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
    const app = withFiles(new App());
    app.get("/reply", () => sendFile(path, { cookies: { seen: "1" } }));
    app.get("/as", { input: { response }, as: sendFile }, ({ response: draft }) => {
      draft.headers.set("cache-control", "max-age=60");
      draft.headers.set("content-type", "text/own");
      draft.cookies.set("seen", "2");
      return path;
    });
    app.get("/status", { as: sendFile, status: 203 }, () => path);
    expect((await ask(app, "GET /reply")).cookies).toEqual([expect.stringMatching(/^seen=1/)]);
    const part = await ask(app, "GET /as", { headers: { range: "bytes=1-2" } });
    expect([part.status, part.text, part.cookies]).toEqual([206, "lp", [expect.stringMatching(/^seen=2/)]]);
    expect(part.headers).toMatchObject({ "cache-control": "max-age=60", "content-type": "text/own" });
    expect((await ask(app, "GET /status", { headers: { range: "bytes=1-2" } })).status).toBe(203);
  });

  test.each([204, 205, 304])("status %d has no body, and opens no file", async (status) => {
    const watched = watchedHost();
    const app = new App();
    app.host = watched.host;
    app.get("/", () => sendFile("nowhere", { status }));
    expect((await ask(app, "GET /")).status).toBe(status);
    expect(watched.opened).toBe(0);
  });

  test("what refuses a range has no headers of the file: caches might keep it in its place", async () => {
    const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
    const app = withFiles(new App());
    const headers = { "cache-control": "public, max-age=9999", "content-type": "image/png" };
    app.get("/reply", () => sendFile(path, { headers }));
    app.get("/as", { input: { response }, as: sendFile }, ({ response: draft }) => {
      for (const [name, value] of Object.entries(headers)) draft.headers.set(name, value);
      return path;
    });
    for (const target of ["/reply", "/as"]) {
      for (const [range, status] of [
        ["bytes=9-", 416],
        ["lines=1", 400],
      ] as const) {
        // prettier-ignore
        const refused = await ask(app, `GET ${target}`, { headers: { range } });
        expect([refused.status, refused.headers["content-type"]]).toEqual([status, "text/plain; charset=utf-8"]);
        for (const name of ["cache-control", "etag", "last-modified", "accept-ranges"]) {
          expect(refused.headers).not.toHaveProperty(name);
        }
      }
    }
  });

  test.each<[string, (folder: string) => string | URL]>([
    ["is not there", (folder) => join(folder, "nowhere")],
    ["is a folder", (folder) => folder],
    ["is in what is no folder", (folder) => join(folder, "a.txt", "b.txt")],
    ["has a name that none can have", (folder) => join(folder, "a\0.txt")],
    ["is none of this machine", () => new URL("https://files.example/a.txt")],
    ["has a name that is too long", (folder) => join(folder, "a".repeat(5000))],
  ])("one that %s is a reported 500", async (_, pathOf) => {
    const { found, report } = reports();
    const path = pathOf(folderWith({ "a.txt": "alpha" }));
    const app = withFiles(new App({ report }));
    app.get("/", () => sendFile(path));
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text]).toEqual([500, "Internal Server Error"]);
    expect(found).toHaveLength(1);
    expect(String(found[0]!.error)).toContain("APUS_FILE");
  });

  test.skipIf(process.platform === "win32")("a pipe as well, and nobody waits for its other end", async () => {
    const { found, report } = reports();
    const pipe = join(folderWith({ "a.txt": "alpha" }), "pipe");
    execFileSync("mkfifo", [pipe]);
    const app = withFiles(new App({ report }));
    app.get("/", () => sendFile(pipe));
    expect((await ask(app, "GET /")).status).toBe(500);
    expect(String(found[0]!.error)).toContain("It is no regular file");
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
    "one that may not be read as well",
    async () => {
      const { found, report } = reports();
      const folder = folderWith({ "a.txt": "alpha" });
      chmodSync(join(folder, "a.txt"), 0);
      const app = withFiles(new App({ report }));
      app.get("/", () => sendFile(join(folder, "a.txt")));
      app.get("/root", () => sendFile("a.txt", { root: folder }));
      expect([(await ask(app, "GET /")).status, (await ask(app, "GET /root")).status]).toEqual([500, 500]);
      expect(found.map(({ error }) => String(error))).toEqual(Array(2).fill(expect.stringContaining("EACCES")));
    },
  );

  test("where nobody gives files, it says so", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    app.host = { asset: () => Promise.reject(new Error("none")) };
    app.get("/", () => sendFile("a.txt"));
    expect((await ask(app, "GET /")).status).toBe(500);
    expect(String(found[0]!.error)).toMatch(/APUS_FILE: sendFile\(\) needs a server/);
  });
});

test.each<[unknown, unknown, RegExp]>([
  ["a.txt", { filname: "b" }, /APUS_OPTIONS: sendFile\(\): .*did you mean `filename`/],
  ["a.txt", { media_type: "b" }, /did you mean `mediaType`/],
  ["a.txt", { content_disposition_type: "inline" }, /did you mean `contentDispositionType`/],
  ["a.txt", { contentDispositionType: "INLINE" }, /APUS_FILE/],
  ["a.txt", { filename: 1 }, /APUS_FILE/],
  ["a.txt", { mediaType: "a\r\nb: c" }, /APUS_HEADER/],
  ["a.txt", { root: undefined }, /APUS_FILE/],
  ["a.txt", { root: "" }, /APUS_FILE/],
  ["a.txt", { root: null }, /APUS_FILE/],
  ["", {}, /APUS_FILE/],
  [undefined, {}, /APUS_FILE/],
  [Buffer.from("a.txt"), {}, /APUS_FILE/],
  [new URL("file:///a.txt"), { root: "b" }, /APUS_FILE/],
])("sendFile(%j, %j) is refused", (path, options, message) => {
  expect(() => sendFile(path as string, options as SendFileOptions)).toThrow(message);
});
