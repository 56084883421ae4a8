import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findEntry } from "./find-entry.ts";

/** TypeScript first, then JavaScript; each in FastAPI's order. */
const usualPlaces = (
  "main.ts app.ts api.ts src/main.ts src/app.ts src/api.ts app/main.ts app/app.ts app/api.ts " +
  "main.js main.mjs app.js app.mjs api.js api.mjs src/main.js src/main.mjs src/app.js src/app.mjs src/api.js src/api.mjs " +
  "app/main.js app/main.mjs app/app.js app/app.mjs app/api.js app/api.mjs"
).split(" ");

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apus-entry-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function touch(...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "");
  }
}

function found(file: string, appName?: string, discovered = false): unknown {
  return { file: join(folder, file), appName, discovered };
}

test.each(usualPlaces.map((place, index) => [place, usualPlaces.slice(index)] as const))(
  "%s comes before all after it",
  (place, files) => {
    touch(...files);
    expect(findEntry({}, folder)).toEqual(found(place, undefined, true));
    expect(findEntry({ app: "api" }, folder)).toEqual(found(place, "api", true));
  },
);

test("a folder called main.ts is not an entry", () => {
  touch("main.ts/index.ts", "app.ts");
  expect(findEntry({}, folder)).toEqual(found("app.ts", undefined, true));
});

test("a named file, whatever it is called, and a named folder", () => {
  touch("server.ts", "services/photos/src/main.ts");
  expect(findEntry({ path: "server.ts", app: "api" }, folder)).toEqual(found("server.ts", "api"));
  expect(findEntry({ path: "services/photos" }, folder)).toEqual(found("services/photos/src/main.ts", undefined, true));
});

describe("an entrypoint", () => {
  beforeEach(() => touch("main.ts", "src/server.ts", "src/admin.ts"));

  test.each([
    ["src/server.ts:app", "src/server.ts", "app"],
    ["src/server.ts:$größe_2", "src/server.ts", "$größe_2"],
    ["src/server.ts", "src/server.ts", undefined],
  ])("%s", (entrypoint, file, name) => {
    expect(findEntry({ entrypoint }, folder)).toEqual(found(file, name));
    pin({ entrypoint });
    expect(findEntry({}, folder)).toEqual(found(file, name));
  });

  test.each(["src/server.ts:", ":app", "src/server.ts:2app", "src/server.ts:a-b", "src/server.ts: app"])(
    "%j is none",
    (entrypoint) => {
      expect(() => findEntry({ entrypoint }, folder)).toThrow(
        `--entrypoint is "${entrypoint}", and has to be FILE:EXPORT, such as src/main.ts:app.`,
      );
    },
  );

  test("cannot be combined with a path or a name", () => {
    for (const other of [{ path: "main.ts" }, { app: "app" }]) {
      expect(() => findEntry({ entrypoint: "main.ts:app", ...other }, folder)).toThrow(
        /^Cannot use --entrypoint together with a path or --app/,
      );
    }
  });

  test("that is pinned gives way to a path and to --entrypoint; --app names another export of it", () => {
    pin({ entrypoint: "src/server.ts:app" });
    expect(findEntry({ path: "main.ts" }, folder)).toEqual(found("main.ts"));
    expect(findEntry({ entrypoint: "src/admin.ts:admin" }, folder)).toEqual(found("src/admin.ts", "admin"));
    expect(findEntry({ app: "admin" }, folder)).toEqual(found("src/server.ts", "admin"));
  });

  test("that is pinned holds in the folders of its package, and in a folder that is named", () => {
    pin({ entrypoint: "src/server.ts:app" });
    expect(findEntry({}, join(folder, "src"))).toEqual(found("src/server.ts", "app"));
    touch("services/photos/main.ts", "services/photos/server.ts");
    pin({ entrypoint: "server.ts:api" }, "services/photos");
    expect(findEntry({ path: "services/photos" }, folder)).toEqual(found("services/photos/server.ts", "api"));
  });

  test.each([
    [
      { entrypoint: "src/gone.ts:app" },
      "package.json pins the entrypoint src/gone.ts:app, but there is no file src/gone.ts.",
    ],
    [{ entrypoint: 1 }, 'package.json: "apus" holds { "entrypoint": "src/main.ts:app" }.'],
    ["src/server.ts:app", 'package.json: "apus" holds { "entrypoint": "src/main.ts:app" }.'],
    [
      { entrypoint: "a:b:" },
      'The entrypoint in package.json is "a:b:", and has to be FILE:EXPORT, such as src/main.ts:app.',
    ],
  ])("that package.json pins as %j is refused", (apus, message) => {
    pin(apus);
    expect(() => findEntry({}, folder)).toThrow(message);
  });

  test("of a package.json that says nothing or nothing of Apus", () => {
    writeFileSync(join(folder, "package.json"), "{}");
    expect(findEntry({}, folder)).toEqual(found("main.ts", undefined, true));
    writeFileSync(join(folder, "package.json"), "{");
    expect(() => findEntry({}, folder)).toThrow(/package\.json is no JSON\.$/);
  });
});

function pin(apus: unknown, where = ""): void {
  writeFileSync(join(folder, where, "package.json"), JSON.stringify({ apus }));
}

test("what is missing is said, with what to do", () => {
  touch("main.ts", "empty/readme.md");
  expect(() => findEntry({ path: "nope.ts" }, folder)).toThrow(/^Path does not exist: nope\.ts\. Check the path/);
  expect(() => findEntry({ path: "main" }, folder)).toThrow("Path does not exist: main. Did you mean main.ts?");
  expect(() => findEntry({ entrypoint: "main:app" }, folder)).toThrow("Did you mean main.ts?");
  expect(() => findEntry({ path: "empty" }, folder)).toThrow(
    /^No app file found in empty\. Name it.*\nLooked for: main\.ts, /,
  );
  rmSync(join(folder, "main.ts"));
  expect(() => findEntry({}, folder)).toThrow(/^No app file found\. Name it, for example: apus dev server\.ts\n/);
});

test("files that seem to make an App are named", () => {
  touch("readme.ts", "server/other.ts");
  mkdirSync(join(folder, "node_modules/other"), { recursive: true });
  writeFileSync(join(folder, "node_modules/other/main.ts"), "new App({})");
  writeFileSync(join(folder, "server/http.ts"), "export const app = new App({});");
  expect(() => findEntry({}, folder)).toThrow(
    `No app file found. Name it, for example: apus dev ${join("server", "http.ts")}\nSeems to make an App: ${join("server", "http.ts")}\nLooked for:`,
  );
});
