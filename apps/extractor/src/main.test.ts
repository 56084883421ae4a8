import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("./main.ts", import.meta.url));
const conditions = process.env["APUS_TEST_BUILT"] === "1" ? [] : ["--conditions=@apus/source"];

let base = "";
let running: ChildProcess | undefined;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "extractor-main-"));
  mkdirSync(join(base, "photos"));
});
afterAll(() => rmSync(base, { recursive: true }));
afterEach(() => {
  running?.kill("SIGKILL");
});

interface Run {
  readonly child: ChildProcess;
  /** Resolves with the text when it first matches. */
  readonly says: (pattern: RegExp) => Promise<string>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string; errors: string }>;
}

function start(environment: Record<string, string>, user: { uid?: number; gid?: number } = {}): Run {
  const { HOST: _h, PORT: _p, EXTRACTOR_LIBRARY: _l, INIT_CWD: _i, ...rest } = process.env;
  const child = spawn(process.execPath, [...conditions, "--import", import.meta.resolve("tsx"), program], {
    cwd: base,
    env: { ...rest, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    ...user,
  });
  running = child;
  let output = "";
  let errors = "";
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  const ended = new Promise<Awaited<Run["ended"]>>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, output, errors }));
  });
  const says = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(output)) resolve(output);
      };
      child.stdout.on("data", look);
      look();
      void ended.then(({ errors: said }) => reject(new Error(`it ended before it said so: ${said}`)));
    });
  return { child, says, ended };
}

describe("starting", () => {
  it("says where it is, answers there, and ends in order", async () => {
    const { child, says, ended } = start({ PORT: "0", EXTRACTOR_LIBRARY: "photos" });
    const output = await says(/Library .*\n/);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? "";
    expect(output).toContain(`${url}/docs`);
    expect(output).toContain("photos");
    expect((await fetch(`${url}/docs`)).status).toBe(200);
    expect((await (await fetch(`${url}/health`)).json()) as object).toMatchObject({ status: "ok", albums: 0 });
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, signal: null, errors: "" });
  });

  it.each([
    [{ PORT: "abc" }, "PORT must be a whole number from 0 to 65535, for example PORT=8000"],
    [{ PORT: "70000" }, "PORT must be at most 65535"],
    [{ HOST: "http://localhost" }, "HOST must be an address or a host name"],
    [{ HOST: "192.0.2.1", PORT: "0" }, "HOST=192.0.2.1 is no address of this machine"],
    [{ EXTRACTOR_LIBRARY: "missing" }, "it does not exist. Set EXTRACTOR_LIBRARY to a folder with photographs"],
    [{ EXTRACTOR_LIBRARY: program }, "it is not a folder"],
  ])("with %j ends with one sentence and status 1", async (environment, message) => {
    const { code, output, errors } = await start({ EXTRACTOR_LIBRARY: "photos", ...environment }).ended;
    expect([code, output]).toEqual([1, ""]);
    expect(errors).toContain(message);
    expect(errors.trim().split("\n")).toHaveLength(1);
  });

  it("with a library that may not be read ends likewise", async () => {
    chmodSync(base, 0o755);
    mkdirSync(join(base, "locked"), { mode: 0 });
    // Root may read everything.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { code, errors } = await start({ PORT: "0", EXTRACTOR_LIBRARY: "locked" }, user).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^EXTRACTOR_LIBRARY names .*this process has no permission to read it/);
  });

  it("on a port that is taken says so and names another", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => other.once("listening", listening));
    const { port } = other.address() as AddressInfo;
    try {
      const { code, errors } = await start({ PORT: String(port), EXTRACTOR_LIBRARY: "photos" }).ended;
      expect(code).toBe(1);
      expect(errors.trim()).toBe(
        `Port ${port} on 127.0.0.1 is in use by another program. Set PORT to a free one, for example PORT=${port + 1}, or PORT=0 for any.`,
      );
    } finally {
      other.close();
    }
  });

  it("for other machines warns that there is no login", async () => {
    const { child, says, ended } = start({ HOST: "0.0.0.0", PORT: "0", EXTRACTOR_LIBRARY: "photos" });
    await says(/Library .*\n/);
    child.kill("SIGTERM");
    expect((await ended).errors).toContain("There is no login");
  });
});
