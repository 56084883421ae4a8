// The documentation page in a real browser, under its Content-Security-Policy. Runs where Chromium is installed: CHROMIUM names the
// program, else `chromium` in the PATH.
import { execFile } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { App } from "apus";
import { securityHeaders } from "apus/middleware";
import { serve } from "apus/server";
import { expect, test } from "vitest";

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const inPath = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "chromium"));
const chromium = [process.env["CHROMIUM"] ?? "", ...inPath].find(isProgram);

/** The page after its scripts ran, and what the browser's console said. */
async function opened(address: string): Promise<{ html: string; console: string[] }> {
  const profile = mkdtempSync(join(tmpdir(), "apus-chromium-"));
  const flags =
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking " +
    "--disable-component-update --disable-sync --virtual-time-budget=30000 --enable-logging=stderr --dump-dom";
  try {
    const run = promisify(execFile)(chromium ?? "", [...flags.split(" "), `--user-data-dir=${profile}`, address], {
      timeout: 60_000,
      maxBuffer: 16 << 20,
    });
    const { stdout, stderr } = await run;
    return { html: stdout, console: stderr.split("\n").filter((line) => line.includes("CONSOLE")) };
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a person sees of the app's page: its heading and the paths of its operations; and what they do not see. */
async function shown(
  app: App,
): Promise<{ heading: string | undefined; paths: string[]; html: string; console: string[] }> {
  app.get("/items/all", () => []);
  const server = await serve(app, { port: 0, signals: false });
  try {
    const { html, console } = await opened(`${server.url}/docs`);
    const heading = /<h1 class="title">([^]*?)<span>/.exec(html)?.[1];
    return { heading, paths: [...html.matchAll(/data-path="([^"]*)"/g)].map(([, path]) => path ?? ""), html, console };
  } finally {
    await server.close();
  }
}

test.skipIf(chromium === undefined).each([
  ["by itself", []],
  ["with the security headers of every answer", [securityHeaders()]],
])("the page shows the operations, and the console stays empty, %s", { timeout: 90_000 }, async (_, middleware) => {
  const { heading, paths, console } = await shown(new App({ title: "Shop", version: "1.0.0", middleware }));
  expect(console).toEqual([]);
  expect(heading).toBe("Shop");
  expect(paths).toEqual(["/items/all"]);
});

test.skipIf(chromium === undefined)("a hostile title is shown and does nothing", { timeout: 90_000 }, async () => {
  const act = "document.documentElement.dataset.acted=1";
  const title = `</title></script><script>${act}</script><img src=x onerror="${act}">`;
  const { heading, html } = await shown(new App({ title, version: "1.0.0", description: title }));
  expect(heading).toBe(title.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
  expect(html.includes("data-acted")).toBe(false);
});
