import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

let base = "";
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "extractor-config-"));
});
afterEach(() => rmSync(base, { recursive: true }));

describe("readConfig", () => {
  it("has defaults, also for variables that are set to nothing", async () => {
    const usual = { host: "127.0.0.1", port: 8000, library: null };
    expect(await readConfig({})).toEqual(usual);
    expect(await readConfig({ HOST: "", PORT: " ", EXTRACTOR_LIBRARY: "" })).toEqual(usual);
  });

  it.each([
    [
      { HOST: "0.0.0.0", PORT: "0" },
      { host: "0.0.0.0", port: 0 },
    ],
    [
      { HOST: "::1", PORT: "65535" },
      { host: "::1", port: 65_535 },
    ],
    [
      { HOST: " localhost ", PORT: " 8001 " },
      { host: "localhost", port: 8001 },
    ],
  ])("takes %j", async (environment, expected) => expect(await readConfig(environment)).toMatchObject(expected));

  it.each(["abc", "80a", "-1", "65536", "99999", "8000.5", "0x50", "1e3", "８０"])("refuses PORT=%s", async (PORT) => {
    await expect(readConfig({ PORT })).rejects.toThrow(ConfigError);
    await expect(readConfig({ PORT })).rejects.toThrow(/^PORT must be .*PORT=8000/);
  });

  it.each(["http://localhost", "127.0.0.1:8000", "a b", "host/path"])("refuses HOST=%s", async (HOST) => {
    await expect(readConfig({ HOST })).rejects.toThrow(/^HOST must be .*HOST=127\.0\.0\.1/);
  });

  it("tells all that is wrong at once", async () => {
    await expect(readConfig({ HOST: "a b", PORT: "x" })).rejects.toThrow(/HOST[^]*\n[^]*PORT/);
  });

  it("takes a folder: absolute, through a link, relative to where the command was typed, and in the home folder", async () => {
    const folder = join(base, "my photos");
    mkdirSync(folder);
    symlinkSync(folder, join(base, "link"));
    expect((await readConfig({ EXTRACTOR_LIBRARY: folder })).library).toBe(folder);
    expect((await readConfig({ EXTRACTOR_LIBRARY: join(base, "link") })).library).toBe(join(base, "link"));
    expect((await readConfig({ EXTRACTOR_LIBRARY: "./my photos", INIT_CWD: base })).library).toBe(folder);
    expect((await readConfig({ EXTRACTOR_LIBRARY: "~" })).library).toBe(homedir());
  });

  it("refuses a folder that is missing, a file, or hidden behind a file, and says what to do", async () => {
    const file = join(base, "file");
    writeFileSync(file, "");
    for (const [folder, reason] of [
      [join(base, "missing"), "it does not exist"],
      [file, "it is not a folder"],
      [join(file, "below"), "it is not a folder"],
    ] as const) {
      const failing = readConfig({ EXTRACTOR_LIBRARY: folder });
      await expect(failing).rejects.toThrow(ConfigError);
      await expect(failing).rejects.toThrow(reason);
      await expect(failing).rejects.toThrow(/^EXTRACTOR_LIBRARY names .* Set EXTRACTOR_LIBRARY to a folder/);
    }
  });
});
