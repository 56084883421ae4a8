// Shows that rules "arrow" and "cycle" fire where they should.
import { describe, expect, test } from "vitest";
import { check, house, rooms } from "./house.mjs";

/** @typedef {import("../rooms.mjs").Room} Room */

describe("arrow", () => {
  test("a room imports one the table does not allow, even as a type", () => {
    const found = check({
      "src/error/failure.ts": `${house["src/error/failure.ts"]}import type { serve } from "../server/index.ts";\nexport type { serve };\n`,
      "src/error/index.ts": `export { fail, type Failure, type serve } from "./failure.ts";\n`,
      "src/index.ts": `${house["src/index.ts"]}export type { serve } from "./error/index.ts";\n`,
    });
    expect(found).toContainEqual(
      expect.stringMatching(/^house\/src\/error\/failure\.ts:4 arrow: error may not import server/),
    );
  });
  test("a core room imports the public names", () => {
    const found = check({
      "src/app/app.ts": `import { fail } from "../error/index.ts";\nimport type { Failure } from "../index.ts";\nexport class App { failure: Failure = fail(); }\n`,
    });
    expect(found).toContainEqual(expect.stringMatching(/app\.ts:2 arrow: app may not import public/));
    expect(found).toContainEqual(expect.stringMatching(/cycle: these rooms import each other in a circle/));
  });
  test("a room is not in the table, has no door, or is gone", () => {
    const found = check({ "src/extra/thing.ts": `export const thing = 1;\n` });
    expect(found).toContainEqual(expect.stringContaining("the room extra is not in the table"));
    expect(found).toContainEqual(expect.stringContaining("src/extra/index.ts is missing"));
    expect(check({}, { rooms: { ...rooms, mail: { layer: "production", imports: [] } } })).toEqual([
      expect.stringContaining("the table has a room mail, but src/mail has no file"),
    ]);
  });
  test("a file stands outside all rooms", () => {
    const found = check({
      "src/index.ts": `${house["src/index.ts"]}export { version } from "./version.ts";\n`,
      "src/version.ts": `export const version = "1";\n`,
    });
    expect(found).toEqual([expect.stringMatching(/^house\/src\/version\.ts:1 arrow: a file outside all rooms/)]);
  });
  test.each([
    [
      "a core room reaches outside the core",
      { app: { imports: ["error", "server"] } },
      "may not import server: the core",
    ],
    ["a core room gets node:", { app: { node: true } }, "the core room app may not be given node: modules"],
    ["an edge room stands on production", { server: { imports: ["app", "sql"] } }, "server may not import sql"],
    ["a production room reaches into the core", { sql: { imports: ["public", "app"] } }, "sql may not import app"],
    ["an arrow points to nothing", { app: { imports: ["error", "gone"] } }, "gone, which is not in the table"],
    ["the arrows lead back", { error: { imports: ["app"] } }, "the allowed arrows lead back: app → error → app"],
  ])("the table is refused: %s", (_, rows, message) => {
    /** @type {Record<string, Room>} */
    const table = { ...rooms };
    for (const [name, row] of Object.entries(rows)) table[name] = { .../** @type {Room} */ (rooms[name]), ...row };
    expect(check({}, { rooms: table })).toContainEqual(expect.stringContaining(message));
  });
  test("a room may take types only", () => {
    const table = { ...rooms, server: { .../** @type {Room} */ (rooms["server"]), imports: [], types: ["app"] } };
    expect(check({}, { rooms: table })).toEqual([]);
    const server = `import { type App } from "../app/index.ts";\nexport const serve = (app: App) => app;\n`;
    expect(check({ "src/server/index.ts": server }, { rooms: table })).toEqual([
      expect.stringMatching(
        /^house\/src\/server\/index\.ts:1 arrow: server may import types of app only: write "import type"/,
      ),
    ]);
  });
  test("an arrow nobody uses is a warning", () => {
    const table = { ...rooms, server: { .../** @type {Room} */ (rooms["server"]), imports: ["app", "error"] } };
    expect(check({}, { rooms: table, severity: "warning" })).toEqual([
      expect.stringContaining("nothing in server imports error any more"),
    ]);
  });
});

describe("cycle", () => {
  const first = (/** @type {string} */ word) =>
    `import { fail } from "../error/index.ts";\nimport ${word}{ second } from "./second.ts";\nexport class App { failure = fail(); other?: typeof second; }\n`;
  test("two files need each other to run", () => {
    const found = check({
      "src/app/app.ts": first(""),
      "src/app/second.ts": `import { App } from "./app.ts";\nexport const second = () => new App();\n`,
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^house\/src\/app\/app\.ts:2 cycle: .*app\.ts → src\/app\/second\.ts → src\/app\/app\.ts\./,
      ),
    ]);
  });
  test("files may know each other's types", () => {
    expect(
      check({
        "src/app/app.ts": first("type "),
        "src/app/second.ts": `import { App } from "./app.ts";\nexport const second = () => new App();\n`,
      }),
    ).toEqual([]);
  });
  test("rooms may not, not even through types", () => {
    const found = check({
      "src/error/failure.ts": `${house["src/error/failure.ts"]}export type Owner = import("../app/index.ts").App;\n`,
      "src/error/index.ts": `export { fail, type Failure, type Owner } from "./failure.ts";\n`,
      "src/index.ts": `${house["src/index.ts"]}export type { Owner } from "./error/index.ts";\n`,
    });
    expect(found).toContainEqual(
      expect.stringContaining("app → error at src/app/app.ts:1, error → app at src/error/failure.ts:4"),
    );
  });
});
