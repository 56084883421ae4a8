// The package the tests of the structure rules start from: small, and right in every respect.
import { checkStructure } from "../check-structure.mjs";
import { temporaryFolder } from "../temporary-folder.mjs";

/** @typedef {import("../rooms.mjs").Room} Room */

/** @type {Record<string, Room>} */
export const rooms = {
  error: { layer: "core", imports: [], packages: ["zod"] },
  app: { layer: "core", imports: ["error"] },
  server: { layer: "edge", imports: ["app"], node: true },
  sql: { layer: "production", imports: ["public"], node: true },
};
const limits = { lines: { warning: 20, error: 30 }, any: 0, forbiddenNames: ["utils", "helpers", "common"] };

export const house = {
  "package.json": JSON.stringify({
    name: "house",
    exports: {
      ".": { "@apus/source": "./src/index.ts" },
      "./server": { "@apus/source": "./src/server/index.ts" },
      "./sql": { "@apus/source": "./src/sql/index.ts" },
    },
    peerDependencies: { zod: "^4" },
  }),
  "src/index.ts": `export { App } from "./app/index.ts";\nexport type { Failure } from "./error/index.ts";\n`,
  "src/error/index.ts": `export { fail, type Failure } from "./failure.ts";\n`,
  "src/error/failure.ts": `import { z } from "zod";\nexport type Failure = { text: string };\nexport const fail = (): Failure => ({ text: z.string().parse("x") });\n`,
  "src/app/index.ts": `export { App } from "./app.ts";\n`,
  "src/app/app.ts": `import { fail } from "../error/index.ts";\nexport class App { failure = fail(); }\n`,
  "src/server/index.ts": `import { createServer } from "node:http";\nimport type { App } from "../app/index.ts";\nexport const serve = (app: App) => [app, createServer()];\n`,
  "src/sql/index.ts": `import { App } from "../index.ts";\nexport const sql = () => [new App(), process.pid];\n`,
  "test/house.test.ts": `import { App } from "house";\nnew App();\n`,
};

/**
 * Writes the good house with some files changed, checks it, and hands back the findings as `file:line rule`.
 *
 * @param {Record<string, string | undefined>} changes Contents by path; `undefined` removes the file.
 * @param {{ rooms?: Record<string, Room>, any?: number, severity?: "error" | "warning" }} [options]
 */
export function check(changes, options = {}) {
  const folder = temporaryFolder({ ...house, ...changes });
  const { findings } = checkStructure(folder, "house", options.rooms ?? rooms, {
    ...limits,
    any: options.any ?? limits.any,
  });
  return findings
    .filter(({ severity }) => severity === (options.severity ?? "error"))
    .map(({ file, line, rule, message }) => `${file}:${line} ${rule}: ${message}`);
}
