// Shows that rule "dead" finds what nobody takes and follows the names that are taken.
import { describe, expect, test } from "vitest";
import { check, house, rooms } from "./house.mjs";

describe("dead", () => {
  test("an export nobody takes", () => {
    const found = check({ "src/app/app.ts": `${house["src/app/app.ts"]}export const spare = 1;\n` });
    expect(found).toEqual([expect.stringMatching(/^house\/src\/app\/app\.ts:3 dead: spare .*Remove it\.$/)]);
  });
  test("an export only its own file uses", () => {
    const found = check({ "src/app/app.ts": `${house["src/app/app.ts"]}export const spare = 1;\nvoid spare;\n` });
    expect(found).toEqual([expect.stringMatching(/app\.ts:3 dead: spare .*Remove the word export\.$/)]);
  });
  test("a door that offers what nobody takes, and what stands behind it", () => {
    const found = check({
      "src/error/index.ts": `export { fail, spare, type Failure } from "./failure.ts";\n`,
      "src/error/failure.ts": `${house["src/error/failure.ts"]}export const spare = 1;\n`,
    });
    expect(found).toEqual([
      expect.stringMatching(/^house\/src\/error\/failure\.ts:4 dead: spare/),
      expect.stringMatching(/^house\/src\/error\/index\.ts:1 dead: spare/),
    ]);
  });
  test("an export for tests only: an error when nothing else needs it, a warning when its own file does", () => {
    const tested = (/** @type {string} */ more) => ({
      "src/app/app.ts": `${house["src/app/app.ts"]}export const spare = 1;\n${more}`,
      "src/app/app.test.ts": `import { spare } from "./app.ts";\nvoid spare;\n`,
    });
    expect(check(tested(""))).toEqual([
      expect.stringMatching(/app\.ts:3 dead: spare is exported for tests only, nothing/),
    ]);
    expect(check(tested("void spare;\n"))).toEqual([]);
    expect(check(tested("void spare;\n"), { severity: "warning" })).toEqual([
      expect.stringMatching(/app\.ts:3 dead: spare is exported for tests only\.$/),
    ]);
  });
  test("a file nobody imports", () => {
    expect(check({ "src/app/lost.ts": `void 0;\n` })).toEqual([
      expect.stringMatching(/^house\/src\/app\/lost\.ts:1 dead: no file of the package imports this file/),
    ]);
  });
  test("a bin file may load the bundle of a room, and takes nothing of others", () => {
    const changes = {
      "package.json": JSON.stringify({ ...JSON.parse(house["package.json"]), bin: { house: "./bin/house.mjs" } }),
      "src/cli/index.ts": `export const run = () => {};\n`,
    };
    const withCli = { ...rooms, cli: { layer: /** @type {const} */ ("edge"), imports: [], unexported: true } };
    const foundWith = (/** @type {string} */ bundle) =>
      check({ ...changes, "bin/house.mjs": `import { run } from "${bundle}";\nrun();\n` }, { rooms: withCli });
    expect(foundWith("../dist/node/cli.js")).toEqual([]);
    expect(foundWith("../dist/node/server.js")).toContainEqual(
      expect.stringMatching(/^house\/src\/cli\/index\.ts:1 dead: run is exported/),
    );
  });
  test("names are followed through export *, namespaces, workers and bin files", () => {
    expect(
      check({
        "package.json": JSON.stringify({ ...JSON.parse(house["package.json"]), bin: { house: "./bin/house.mjs" } }),
        "bin/house.mjs": `import { run } from "../dist/server/run.js";\nrun();\n`,
        "src/server/run.ts": `export const run = () => new URL("./worker.ts", import.meta.url);\n`,
        "src/server/worker.ts": `void 0;\n`,
        "src/app/index.ts": `export * from "./app.ts";\nexport * as pages from "./pages.ts";\n`,
        "src/app/pages.ts": `export const page = 1;\n`,
        "src/index.ts": `export { App, pages } from "./app/index.ts";\nexport type { Failure } from "./error/index.ts";\n`,
      }),
    ).toEqual([]);
  });
});
