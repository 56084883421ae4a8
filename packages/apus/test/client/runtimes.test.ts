// The same calls in Node, in Bun and in a page of a browser, over a real server: they come to the same everywhere.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { html, kind, type App } from "apus";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { inBrowser, testBrowser } from "../browser.ts";
import { serve } from "../serve.ts";
import { appFor } from "./api.ts";
import { calls } from "./calls.ts";
import { expected } from "./expected.ts";

const browser = testBrowser();

async function served(app: App): Promise<string> {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return server.url;
}

/** The calls and the client as one script, as a bundler makes it for a page. */
async function bundled(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { calls } from "./calls.ts"; import { createClient } from "apus/client"; ${program}`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2023",
    conditions: process.env["APUS_TEST_BUILT"] === "1" ? [] : ["@apus/source"],
  });
  return outputFiles[0]!.text;
}

test("in Node", async () => {
  const url = await served(appFor());
  expect(await calls(url, false)).toEqual(expected(false));
  // A base URL may end with a slash.
  expect(await calls(`${url}/`, false)).toEqual(expected(false));
});

const installed = fileURLToPath(
  new URL("../../../../matrix/node_modules/@oven/bun-linux-x64/bin/bun", import.meta.url),
);

test("in Bun", { timeout: 120_000 }, async ({ skip }) => {
  const bun = process.env["BUN"] || installed;
  if (!existsSync(bun)) skip("Bun is not installed: `npm install --prefix matrix`, or its path in BUN.");
  const url = await served(appFor());
  const folder = mkdtempSync(join(tmpdir(), "apus-bun-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "calls.mjs");
  writeFileSync(file, await bundled("console.log(JSON.stringify(await calls(process.argv[2], false)));"));
  const { stdout } = await promisify(execFile)(bun, [file, url]);
  expect(JSON.parse(stdout)).toEqual(expected(false));
});

const script = kind<string>({ mediaType: "text/javascript", write: (value) => value });

/** Serves a page that knows `calls` at `/page-of-calls` of an app. */
async function withPage(app: App): Promise<App> {
  const text = await bundled("Object.assign(globalThis, { calls, createClient });");
  app.get("/page-of-calls", { as: html }, () => '<!doctype html><script type="module" src="/calls.js"></script>');
  app.get("/calls.js", { as: script }, () => text);
  return app;
}

test("in a page of the same origin", inBrowser, async () => {
  const url = await served(await withPage(appFor()));
  const page = await browser.open(`${url}/page-of-calls`);
  expect(await page.evaluate(`calls(${JSON.stringify(url)}, true)`)).toEqual(expected(true));
});

test("in a page of another origin", inBrowser, async () => {
  const origin = await served(await withPage(appFor()));
  const url = await served(appFor(origin));
  const page = await browser.open(`${origin}/page-of-calls`);
  expect(await page.evaluate(`calls(${JSON.stringify(url)}, true)`)).toEqual(expected(true));
  // Who is not let in gets no answer, and learns no more than that.
  const closed = await served(appFor("https://example.com"));
  const found = await page.evaluate<Record<string, unknown>>(`calls(${JSON.stringify(closed)}, true)`);
  expect([found["value"], found["declared error"], found["form"]]).toEqual([
    "NetworkError",
    "NetworkError",
    "NetworkError",
  ]);
});

test("in a page, with a path for a base URL, which never becomes another host", inBrowser, async () => {
  const url = await served(await withPage(appFor()));
  const page = await browser.open(`${url}/page-of-calls`);
  const asked = (baseUrl: string, file: string): Promise<unknown> =>
    page.evaluate(`(async () => {
      const fetch = ({ url }) => Response.json(url);
      return (await createClient({ baseUrl: "${baseUrl}", fetch }).get("/{file:path}", { path: { file: "${file}" } })).value;
    })()`);
  expect(await asked("/", "/evil.example/x")).toBe(`${url}//evil.example/x`);
  expect(await asked("", "/evil.example/x")).toBe(`${url}//evil.example/x`);
  expect(await asked("/api/", "x")).toBe(`${url}/api/x`);
  // What a page would take for another host, as it takes `/\\h` and `/<tab>/h` (evaluated in the page: escaped twice).
  for (const other of ["api", "//evil.example", "/\\\\evil.example", "/\\t/evil.example", "/\\n\\\\evil.example"]) {
    await expect(asked(other, "x")).rejects.toThrow(/APUS_CLIENT_OPTIONS/);
  }
});
