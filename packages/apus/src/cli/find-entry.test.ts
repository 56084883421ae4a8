import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findEntry } from "./find-entry.ts";

/** TypeScript first, then JavaScript; each in FastAPI's order. */
const usualPlaces = (
  "main.ts app.ts api.ts src/main.ts src/app.ts src/api.ts " +
  "main.js main.mjs app.js app.mjs api.js api.mjs src/main.js src/main.mjs src/app.js src/app.mjs src/api.js src/api.mjs"
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

test.each(usualPlaces.map((place, index) => [place, usualPlaces.slice(index)] as const))(
  "%s comes before all after it",
  (place, files) => {
    touch(...files);
    expect(findEntry(undefined, folder)).toBe(join(folder, place));
  },
);

test("a folder called main.ts is not an entry", () => {
  touch("main.ts/index.ts", "app.ts");
  expect(findEntry(undefined, folder)).toBe(join(folder, "app.ts"));
});

test("a named file, whatever it is called, and a named folder", () => {
  touch("server.ts", "services/photos/src/main.ts");
  expect(findEntry("server.ts", folder)).toBe(join(folder, "server.ts"));
  expect(findEntry("services/photos", folder)).toBe(join(folder, "services/photos/src/main.ts"));
});

test("what is missing is said, with what to do", () => {
  touch("main.ts", "empty/readme.md");
  expect(() => findEntry("nope.ts", folder)).toThrow(/^Path does not exist: nope\.ts\. Check the path/);
  expect(() => findEntry("main", folder)).toThrow("Path does not exist: main. Did you mean main.ts?");
  expect(() => findEntry("empty", folder)).toThrow(/^No app file found in empty\. Name it.*\nLooked for: main\.ts, /);
  rmSync(join(folder, "main.ts"));
  expect(() => findEntry(undefined, folder)).toThrow(/^No app file found\. Name it, for example: apus dev server\.ts/);
});
