// Compiles a consumer of every entry against the installed declarations, under each way in which TypeScript finds modules.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compilers } from "../scripts/check-types.mjs";
import { run } from "../scripts/run.mjs";
import { entries } from "./entries.mjs";

const consumer = `${entries.map((entry, index) => `import type * as entry${index} from "${entry}";`).join("\n")}
import { App, depends, get, httpError, router } from "apus";
import { createClient } from "apus/client";
import { cors } from "apus/middleware";
import { httpBearer } from "apus/security";
import { serve } from "apus/server";
import { testClient } from "apus/testing";
import { types } from "apus/types";
import { z } from "zod";

const NotFound = httpError(404, "Not found");
const user = depends({ token: httpBearer(), user_id: z.int() }, ({ user_id }) => ({ id: user_id, name: "Ada" }));
export const readUser = get(
  "/users/{user_id}",
  { input: { user }, output: z.object({ name: z.string(), price: types.decimal() }), errors: [NotFound] },
  ({ user }) => ({ name: user.name.toUpperCase(), price: "1.5" }),
);
export const api = router({ readUser }, { prefix: "/api" });
export const app = new App({ middleware: [cors({ allowOrigins: ["https://example.com"] })] }).include(api);
export const ask = async () => {
  await serve(app, { port: 0 });
  const answer = await createClient<typeof api>({ baseUrl: "http://127.0.0.1" }).get("/api/users/{user_id}", {
    path: { user_id: 3 },
  });
  const name: string = answer.ok ? answer.value.name : "";
  return [name, testClient(app)] as const;
};
export type Everything = [${entries.map((_, index) => `typeof entry${index}`).join(", ")}];
// @ts-expect-error: the handler's input is a number
get("/items/{item_id}", { input: { item_id: z.int() } }, ({ item_id }) => item_id.toUpperCase());
`;

/** What every project is compiled with: our declarations are judged as well, and nothing of Node's types is needed. */
const common = {
  target: "es2022",
  lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable", "esnext.disposable"],
  types: [],
  strict: true,
  skipLibCheck: false,
  noEmit: true,
};

/**
 * @typedef {object} Project
 * @property {string} name
 * @property {object} options
 * @property {readonly string[]} files
 * @property {readonly number[]} [majors] Where not every compiler has the options.
 * @property {RegExp} [refused] What the compiler says where this cannot work.
 */

/** @type {readonly Project[]} */
const projects = [
  {
    name: "nodenext, ES module and CommonJS",
    options: { module: "nodenext", verbatimModuleSyntax: false },
    files: ["consumer.mts", "consumer.cts"],
  },
  {
    name: "bundler, every strict option",
    options: {
      module: "preserve",
      moduleResolution: "bundler",
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
    },
    files: ["consumer.ts"],
  },
  { name: "node16, ES module", options: { module: "node16" }, files: ["consumer.mts"], majors: [7] },
  { name: "node20, CommonJS", options: { module: "node20" }, files: ["consumer.cts"], majors: [7] },
  {
    // This setting stands for a Node that cannot require() an ES module, and no such Node is supported.
    name: "node16, CommonJS: is told to use nodenext or node20",
    options: { module: "node16" },
    files: ["consumer.cts"],
    majors: [7],
    refused: /^consumer\.cts\(\d+,\d+\): error TS1479: /m,
  },
  {
    // Removed from TypeScript 7.
    name: "commonjs with node10",
    options: { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" },
    files: ["consumer.ts"],
    majors: [6],
  },
];

/**
 * The compilations as checks: a name and what fails unless the compiler says what it should.
 *
 * @param {string} folder Where the package is installed.
 * @returns {[string, () => Promise<void>][]}
 */
export function compilations(folder) {
  for (const ending of ["ts", "mts", "cts"]) writeFileSync(join(folder, `consumer.${ending}`), consumer);
  return compilers.flatMap(({ major, path }) =>
    projects
      .filter(({ majors = [7, 6] }) => majors.includes(major))
      .map(({ name, options, files, refused }, index) => {
        const config = `tsconfig.${major}.${index}.json`;
        writeFileSync(join(folder, config), JSON.stringify({ compilerOptions: { ...common, ...options }, files }));
        return /** @type {[string, () => Promise<void>]} */ ([
          `TypeScript ${major}: ${name}`,
          async () => {
            const { code, output } = await run(process.execPath, [path, "--project", config, "--pretty", "false"], {
              cwd: folder,
            });
            if (refused === undefined) assert.equal(code, 0, output);
            else assert.match(output, refused);
          },
        ]);
      }),
  );
}
