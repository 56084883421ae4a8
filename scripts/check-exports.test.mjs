// Shows that the export check finds paths that lead nowhere, differ between src and dist, or are not tested.
import { expect, test } from "vitest";
import { checkExports } from "./check-exports.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

/** @typedef {import("./rooms.mjs").Room} Room */

const target = (/** @type {string} */ stem) => ({
  "@apus/source": `./src/${stem}.ts`,
  types: `./dist/${stem}.d.ts`,
  node: `./dist/node/${stem.split("/")[0]}.js`,
  default: `./dist/${stem}.js`,
});
const exported = { ".": target("index"), "./server": target("server/index"), "./package.json": "./package.json" };
const typesVersions = { "*": { server: ["./dist/server/index.d.ts"], app: ["./dist/app/index.d.ts"] } };
const files = {
  "src/index.ts": "",
  "src/server/index.ts": "",
  "test/server.test.ts": `import { App } from "house";\nimport { serve } from "house/server";\nvoid [App, serve];\n`,
};
/** @type {Record<string, Room>} */
const rooms = {
  app: { layer: "core", imports: [] },
  server: { layer: "edge", imports: [] },
  cli: { layer: "edge", imports: [], unexported: true },
};

/**
 * @param {object} exports
 * @param {Record<string, string | undefined>} [changes]
 */
const check = (exports, changes = {}) =>
  checkExports(
    temporaryFolder({
      ...files,
      "package.json": JSON.stringify({ name: "house", types: "./dist/index.d.ts", typesVersions, exports }),
      ...changes,
    }),
    ["test"],
    rooms,
  ).failures;

test("a good package has no failures", () => {
  expect(check(exported)).toEqual([]);
});
test("a source that does not exist", () => {
  expect(check(exported, { "src/server/index.ts": undefined })).toEqual([
    `exports "./server": ./src/server/index.ts does not exist.`,
  ]);
});
test("a path whose types are another file's", () => {
  expect(check({ ...exported, "./server": { ...target("server/index"), types: "./dist/index.d.ts" } })).toEqual([
    `exports "./server": types is ./dist/index.d.ts, expected ./dist/server/index.d.ts.`,
  ]);
});
test("a path that leads Node to another file", () => {
  const { node: _, ...without } = target("index");
  const server = { ...target("server/index"), node: "./dist/server/index.js" };
  expect(check({ ...exported, ".": without, "./server": server })).toEqual([
    `exports ".": node is undefined, expected ./dist/node/index.js.`,
    `exports "./server": node is ./dist/server/index.js, expected ./dist/node/server.js.`,
  ]);
});
test("types that older settings of TypeScript do not find", () => {
  const manifest = { name: "house", types: "./dist/house.d.ts", typesVersions: { "*": {} }, exports: exported };
  expect(check(exported, { "package.json": JSON.stringify(manifest) })).toEqual([
    `exports ".": types is ./dist/house.d.ts, expected ./dist/index.d.ts.`,
    `exports "./server": typesVersions is missing, expected ./dist/server/index.d.ts.`,
  ]);
});
test("a path no test imports", () => {
  expect(check(exported, { "test/server.test.ts": `import { App } from "house";\nvoid App;\n` })).toEqual([
    `exports "./server": no test imports "house/server" (looked in test).`,
  ]);
});
test("a public room without a path, and a core room with one", () => {
  expect(check({ ".": target("index") })).toEqual([`the room server has no export path "./server" in package.json.`]);
  expect(
    check(
      { ...exported, "./app": target("app/index") },
      { "src/app/index.ts": "", "test/app.test.ts": `import "house/app";\n` },
    ),
  ).toEqual(["the core room app must not have an export path of its own."]);
});
