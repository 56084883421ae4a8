// Files by paths that clients say: nothing outside their folder is sent, nobody learns what is there, and ranges cost no more
// than the file.
import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { App, sendFile } from "apus";
import { nodeHost } from "apus/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";
import { folderWith, watchedHost } from "../files/folder.ts";

const files = {
  "public/a.txt": "alpha",
  "public/deep/b c.txt": "beta",
  "public/.env": "SECRET=1",
  "public/.hidden/c.txt": "SECRET",
  "public-not/secret.txt": "SECRET",
  "secret.txt": "SECRET",
};

function appOf(root: string | URL, options = {}): App {
  const app = new App(options);
  app.host = nodeHost;
  // As a body or a query parameter says it: nothing has made the path canonical.
  app.get("/", { input: { name: z.string() } }, ({ name }) => sendFile(name, { root }));
  app.get("/files/{name:path}", { input: { name: z.string() } }, ({ name }) => sendFile(name, { root }));
  return app;
}

const target = (name: string): string => `GET /?name=${encodeURIComponent(name)}`;

scenarios("Files within a folder", (ask) => {
  test("row 21: what lies in it is sent", async () => {
    const folder = folderWith(files);
    for (const root of [join(folder, "public"), join(folder, "public/"), pathToFileURL(join(folder, "public"))]) {
      const app = appOf(root);
      expect((await ask(app, target("a.txt"))).text).toBe("alpha");
      expect((await ask(app, target("deep/b c.txt"))).text).toBe("beta");
      expect((await ask(app, "GET /files/deep/b%20c.txt")).text).toBe("beta");
    }
  });

  test.each([
    "",
    "../secret.txt",
    "../public/a.txt",
    "../public-not/secret.txt",
    "deep/../../secret.txt",
    "deep/../a.txt",
    "./a.txt",
    "deep/./b c.txt",
    "..",
    ".",
    ".env",
    ".hidden/c.txt",
    "deep/..",
    "/secret.txt",
    "//secret.txt",
    "/etc/passwd",
    "..\\secret.txt",
    "\\secret.txt",
    "a.txt\0",
    "a.txt\0.png",
    "%2e%2e/secret.txt",
    "..%2fsecret.txt",
    "C:\\secret.txt",
    "file:///etc/passwd",
    "deep",
    "deep/",
    "a.txt/",
    "a.txt/b",
    "nowhere.txt",
    "a".repeat(300),
    "a/".repeat(600),
    "link.txt",
    "up/secret.txt",
    "up/public/a.txt/../../secret.txt",
    "loop",
  ])("row 21: %j is not there", async (name) => {
    const folder = folderWith(files);
    symlinkSync(join(folder, "secret.txt"), join(folder, "public", "link.txt"));
    symlinkSync("..", join(folder, "public", "up"));
    symlinkSync("loop", join(folder, "public", "loop"));
    const { found, report } = reports();
    const app = appOf(join(folder, "public"), { report });
    const answer = await ask(app, target(name));
    expect([answer.status, answer.json()]).toEqual([404, { detail: "Not Found" }]);
    expect(found).toEqual([]);
  });

  test("row 21: links that lead to a place within it are followed, and it may be a link itself", async () => {
    const folder = folderWith(files);
    symlinkSync(join(folder, "public"), join(folder, "current"));
    symlinkSync("deep/b c.txt", join(folder, "public", "link.txt"));
    const app = appOf(join(folder, "current"));
    expect((await ask(app, target("link.txt"))).text).toBe("beta");
  });

  test("row 21: a folder that is not there is a reported 500, until it is", async () => {
    const folder = folderWith(files);
    const { found, report } = reports();
    const app = appOf(join(folder, "later"), { report });
    expect((await ask(app, target("a.txt"))).status).toBe(500);
    expect(String(found[0]!.error)).toContain("APUS_FILE");
    renameSync(join(folder, "public"), join(folder, "later"));
    expect((await ask(app, target("a.txt"))).text).toBe("alpha");
  });

  test("row 21: a 404 has the shape of the app's errors", async () => {
    const app = appOf(folderWith(files), { errorShape: "problem" });
    const answer = await ask(app, target("nowhere.txt"));
    expect([answer.status, answer.json()]).toEqual([404, expect.objectContaining({ status: 404, title: "Not Found" })]);
  });

  test.skipIf(process.platform === "win32")("row 21: the folder may be the whole machine", async () => {
    const folder = folderWith(files);
    mkdirSync(join(folder, "x"));
    expect((await ask(appOf("/"), target(join(folder, "secret.txt").slice(1)))).text).toBe("SECRET");
  });

  test.each([
    ["one byte often", Array(100).fill("0-0")],
    ["the whole often", Array(100).fill("0-")],
    ["more and more of it", Array.from({ length: 100 }, (_, i) => `0-${i * 100}`)],
    ["from everywhere to the end", Array.from({ length: 100 }, (_, i) => `${i}-`)],
    ["more often than is looked at", Array(2000).fill("0-0")],
    ["more often, and each time another byte", Array.from({ length: 1000 }, (_, i) => `${i * 2}-${i * 2}`)],
  ])("row 22: who asks for %s reads no more than the file", async (_, ranges) => {
    const size = 10_000;
    const watched = watchedHost();
    const folder = folderWith({ "a.bin": new Uint8Array(size) });
    const app = new App();
    app.host = watched.host;
    app.get("/", () => sendFile("a.bin", { root: folder }));
    const answer = await ask(app, "GET /", { headers: { range: `bytes=${ranges.join(",")}` } });
    expect(answer.bytes.byteLength).toBeLessThanOrEqual(size);
    expect(answer.headers["content-length"]).toBe(String(answer.bytes.byteLength));
    expect(watched.read).toBe(answer.bytes.byteLength);
  });

  test("row 22: the parts that are sent apart are few", async () => {
    vi.spyOn(crypto, "getRandomValues").mockImplementation((bytes) => bytes);
    onTestFinished(() => void vi.restoreAllMocks());
    const folder = folderWith({ "a.bin": new Uint8Array(10_000) });
    const app = appOf(folder);
    const apart = Array.from({ length: 100 }, (_, i) => `${i * 2}-${i * 2}`);
    const parts = await ask(app, target("a.bin"), { headers: { range: `bytes=${apart.join()}` } });
    expect([parts.status, parts.text.split("Content-Range").length - 1]).toEqual([206, 100]);
    const more = await ask(app, target("a.bin"), { headers: { range: `bytes=${apart.join()},300-300` } });
    expect([more.status, more.bytes.byteLength]).toEqual([200, 10_000]);
  });

  test("row 22: a long header is read in time that grows with it", async () => {
    const app = appOf(folderWith({ "a.bin": "abc" }));
    for (const range of [
      `bytes=${"0-,".repeat(4000)}`,
      `bytes=${"1_".repeat(6000)}-`,
      `bytes=${" ".repeat(12_000)}-`,
    ]) {
      expect([200, 400]).toContain((await ask(app, target("a.bin"), { headers: { range } })).status);
    }
  });
});
