/**
 * Headless Chromium for tests, driven over its DevTools pipe: `const browser = testBrowser();` at the top of a test file, then in a
 * test `const page = await browser.open(url);`. It runs where Chromium is installed (CHROMIUM names the program, else `chromium` in
 * the PATH); elsewhere the tests are skipped with a sentence.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { afterAll, onTestFinished, TestRunner } from "vitest";
import { Page } from "./browser-page.ts";
import { DevTools, type Json } from "./devtools.ts";

export type { Page, PageRequest } from "./browser-page.ts";

const flags = [
  "--headless",
  "--remote-debugging-pipe",
  "--no-sandbox",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-extensions",
  "--disable-popup-blocking",
  // several windows are open, and none may be slowed down because another is in front
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  // tests own every server they use: any other name leads nowhere, whatever the machine can reach
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
  "--window-size=1280,900",
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function installed(): string | undefined {
  const named = process.env["CHROMIUM"];
  if (named !== undefined && named !== "") return named;
  const inPath = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "chromium"));
  return inPath.find(isProgram);
}

class Browser {
  readonly #devtools: DevTools;
  readonly #close: () => Promise<void>;
  /** By target. */
  readonly #pages = new Map<string, Page>();
  readonly #expected = new Map<string, (page: Page) => void>();

  private constructor(devtools: DevTools, close: () => Promise<void>) {
    this.#devtools = devtools;
    this.#close = close;
    devtools.listen((event, parameters) => this.#hear(event, parameters));
  }

  /** Starts Chromium with a profile of its own. */
  static async start(path: string): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), "apus-chromium-"));
    const child = spawn(path, [...flags, `--user-data-dir=${profile}`, "about:blank"], {
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said = (said + String(chunk)).slice(-4000)));
    const devtools = new DevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
    const ended = new Promise<void>((resolve) => {
      const end = (why: string): void => {
        devtools.end(new Error(`Chromium ${why}. ${said}`));
        resolve();
      };
      child.once("error", (error) => end(`does not start: ${error.message}`));
      child.once("close", (code, signal) => end(`ended with ${signal ?? code}`));
    });
    const browser = new Browser(devtools, async () => {
      devtools.send("Browser.close").catch(() => {});
      const stuck = setTimeout(() => child.kill("SIGKILL"), 20_000);
      await ended;
      clearTimeout(stuck);
      await rm(profile, { recursive: true, force: true, maxRetries: 10 });
    });
    await devtools.send("Target.setAutoAttach", autoAttach);
    return browser;
  }

  /** Opens a window of its own, with cookies and storage of its own, at an address. Both are gone after the test. */
  async open(address: string): Promise<Page> {
    const { browserContextId } = await this.#devtools.send("Target.createBrowserContext", { disposeOnDetach: true });
    onTestFinished(async () => {
      await this.#devtools.send("Target.disposeBrowserContext", { browserContextId });
    });
    const parameters = { url: "about:blank", browserContextId, newWindow: true };
    const { targetId } = await this.#devtools.send("Target.createTarget", parameters);
    const page = await new Promise<Page>((resolve) => {
      const there = this.#pages.get(targetId);
      if (there === undefined) this.#expected.set(targetId, resolve);
      else resolve(there);
    });
    await page.goto(address);
    return page;
  }

  /** Ends Chromium and removes its profile. */
  close(): Promise<void> {
    return this.#close();
  }

  #hear(event: string, parameters: Json): void {
    if (event === "Target.attachedToTarget") void this.#attach(parameters);
    if (event === "Target.detachedFromTarget") {
      this.#pages.get(parameters["targetId"])?.ends();
      this.#devtools.detach(parameters["sessionId"]);
    }
  }

  /** A new window stands still until everything about it is listened to; then it goes on. */
  async #attach({ sessionId, targetInfo }: Json, owner?: Page): Promise<void> {
    const { type, targetId, openerId } = targetInfo;
    let page = owner;
    const session = this.#devtools.session(sessionId, (event, parameters) => {
      if (event === "Target.attachedToTarget") void this.#attach(parameters, page);
      else if (event === "Target.detachedFromTarget") this.#devtools.detach(parameters["sessionId"]);
      else page?.hear(event, parameters);
    });
    if (type === "page") page = new Page(session, targetId);
    const wanted = ["Network.enable", ...(type === "page" ? ["Page.enable", "Log.enable", "Audits.enable"] : [])];
    const asked = [
      ...wanted.map((method) => session.send(method)),
      session.send("Runtime.enable"),
      session.send("Target.setAutoAttach", autoAttach),
      ...(type === "page" ? [session.send("Emulation.setFocusEmulationEnabled", { enabled: true })] : []),
      session.send("Runtime.runIfWaitingForDebugger"),
    ];
    // A window may be closed again before all is answered, and not every kind of target knows every command.
    await Promise.allSettled(asked);
    if (type !== "page" || page === undefined) return;
    this.#pages.set(targetId, page);
    this.#expected.get(targetId)?.(page);
    this.#pages.get(openerId)?.opens(page);
  }
}

const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };

/** The options of every test in the browser: the machine may be busy, and its CPU shared with other browsers. */
export const inBrowser = { timeout: 180_000 };

/** What a test file opens windows with. */
export interface TestBrowser {
  /**
   * A new window, with cookies and storage of its own, at an address that has loaded. It closes after the test, with what it opened. Skips
   * the test where no Chromium is installed.
   */
  open(address: string): Promise<Page>;
}

/** The browser of a test file, to be made at its top: one Chromium, started by the first test that opens a window, ended after the last. */
export function testBrowser(): TestBrowser {
  let started: Promise<Browser> | undefined;
  afterAll(async () => await (await started)?.close());
  return {
    open: async (address) => {
      const path = installed();
      if (path === undefined) {
        const sentence = "Chromium is not installed: put `chromium` in the PATH, or its path in CHROMIUM.";
        TestRunner.getCurrentTest()?.context.skip(sentence);
        throw new Error(sentence);
      }
      started ??= Browser.start(path);
      return await (await started).open(address);
    },
  };
}
