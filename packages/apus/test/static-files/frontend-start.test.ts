/** What stops the start of an app with front ends, what it is warned of, and how they are described. */
import { App, depends, frontend, get, router, staticFiles } from "apus";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { folderWith } from "../files/folder.ts";
import { serve } from "../serve.ts";

describe("what stops the start", () => {
  const starting = async (app: App): Promise<void> => {
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
  };

  test("a directory or a fallback that is missing", async () => {
    const directory = folderWith({ "a.txt": "a" });
    for (const [options, message] of [
      [
        { directory: `${directory}/no` },
        `the directory '${directory}/no' does not exist. Resolved absolute path: '${directory}/no'`,
      ],
      [
        { directory, fallback: "index.html" },
        `the fallback file 'index.html' does not exist in the directory '${directory}'`,
      ],
      [{ directory, fallback: "404.html", checkDir: true }, "the fallback file '404.html' does not exist"],
    ] as const) {
      await expect(starting(new App().frontend("/", options))).rejects.toThrow(
        `APUS_DIRECTORY: frontend("/"): ${message}`,
      );
    }
    await starting(new App().frontend("/", { directory, fallback: "404.html", checkDir: false }));
    await starting(new App().frontend("/", { directory }));
  });

  test("a file in place of a directory", async () => {
    const file = `${folderWith({ "a.png": "a" })}/a.png`;
    for (const app of [
      new App().frontend("/", { directory: file }),
      new App().mount("/static", staticFiles(file)),
      new App().frontend("/", { directory: file, checkDir: true }),
    ]) {
      await expect(starting(app)).rejects.toThrow(`'${file}' is a file, not a directory; name the directory it is in`);
    }
  });

  test("static files that are included", () => {
    const files = staticFiles("static");
    for (const routes of [files, { files }] as object[]) {
      expect(() => new App().include(routes)).toThrow('app.mount("/static", staticFiles(directory))');
    }
  });

  test("in development it is a warning, unless it is asked for", async () => {
    vi.stubEnv("NODE_ENV", "development");
    onTestFinished(() => void vi.unstubAllEnvs());
    const told = vi.spyOn(console, "warn").mockImplementation(() => {});
    onTestFinished(() => told.mockRestore());
    await starting(new App().frontend("/", { directory: "not-there" }));
    expect(told.mock.calls.flat().join("\n")).toContain(
      "APUS_DIRECTORY: frontend(\"/\"): the directory 'not-there' does not exist",
    );
    await expect(starting(new App().frontend("/", { directory: "not-there", checkDir: true }))).rejects.toThrow(
      "APUS_DIRECTORY",
    );
  });

  test("two at one path, and parameters around one", () => {
    const two = new App().frontend("/a", { directory: "x" }).frontend("/a/", { directory: "y" });
    expect(() => two.openapi()).toThrow('APUS_PATH: two front ends are at "/a"');
    const below = router({ ui: frontend("/", { directory: "x" }) }, { prefix: "/{tenant}" });
    expect(() => new App().include(below).openapi()).toThrow("APUS_PATH");
  });

  test.each<[string, () => unknown, string]>([
    ["another name for the directory", () => frontend("/", { dir: "x" } as never), "did you mean `directory`?"],
    ["no slash", () => frontend("app", { directory: "x" }), "APUS_PATH"],
    ["no path", () => frontend("", { directory: "x" }), "APUS_PATH"],
    ["a parameter", () => frontend("/{x}", { directory: "x" }), "APUS_PATH"],
    ["a dotted part", () => frontend("/a/../b", { directory: "x" }), "APUS_PATH"],
    ["an empty part", () => frontend("/a//b", { directory: "x" }), "APUS_PATH"],
    ["no directory", () => frontend("/", {} as never), "APUS_DIRECTORY"],
    ["another fallback", () => frontend("/", { directory: "x", fallback: "app.html" as never }), "APUS_DIRECTORY"],
    ["another check", () => frontend("/", { directory: "x", checkDir: "no" as never }), "APUS_DIRECTORY"],
    [
      "FastAPI's spelling",
      () => frontend("/", { directory: "x", check_dir: true } as never),
      "did you mean `checkDir`",
    ],
    [
      "a guard that is none",
      () => new App().frontend("/", { directory: "x", dependencies: [() => 1] as never }).openapi(),
      "APUS_GUARD",
    ],
  ])("%s", (_, declare, message) => expect(declare).toThrow(message));
});

test.each([
  ["/", "/", true],
  ["/app", "/", true],
  ["/app", "/app", true],
  ["/app/ui", "/app", true],
  ["/app", "/app/ui", false],
  ["/apple", "/app", false],
])("a front end at %s and a mount at %s: a warning, %s", async (path, prefix, warned) => {
  const app = new App().frontend(path, { directory: "x", checkDir: false }).mount(prefix, new App());
  const warnings = await app.startup();
  expect(warnings.filter((each) => each.startsWith("APUS_SHADOWED"))).toHaveLength(warned ? 1 : 0);
});

test("describe lists front ends behind mounts, with their guards", () => {
  const guard = depends(() => undefined, { name: "guard" });
  const app = new App().frontend("/", { directory: "x", dependencies: [guard] }).mount("/s", staticFiles("y"));
  app.include({ a: get("/a", () => 1) });
  expect(app.describe().mounts.map(({ prefix, kind, guards }) => [prefix, kind, guards])).toEqual([
    ["/s", "files", []],
    ["/", "frontend", ["guard"]],
  ]);
});
