// Shows that the linter, with the repository's configuration, finds what it is there for.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkWithTool } from "./check-with-tool.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

const config = fileURLToPath(new URL("../.oxlintrc.json", import.meta.url));

/**
 * @param {Record<string, string>} files
 * @returns {Promise<string[]>} The rules that were broken.
 */
async function lint(files) {
  const tsconfig = JSON.stringify({
    compilerOptions: { strict: true, noEmit: true, types: [], allowImportingTsExtensions: true },
  });
  const folder = temporaryFolder({ "tsconfig.json": tsconfig, ...files });
  const args = ["--config", config, "--type-aware", "--deny-warnings", "--format", "json", "."];
  const { failures } = await checkWithTool(folder, "oxlint", "bin/oxlint", args);
  /** @type {{ diagnostics: { code: string }[] }} */
  const { diagnostics } = JSON.parse(failures[0] ?? '{"diagnostics":[]}');
  return diagnostics.map(({ code }) => code);
}

test.each([
  ["typescript(no-floating-promises)", `export function f() { Promise.resolve(1); }\n`],
  ["typescript(no-misused-promises)", `export const f = (a: Promise<boolean>) => (a ? 1 : 2);\n`],
  ["typescript(await-thenable)", `export const f = async () => { await 1; };\n`],
  [
    "typescript(return-await)",
    `export const f = async (a: Promise<1>) => { try { return a; } catch { return 2; } };\n`,
  ],
  ["typescript(ban-ts-comment)", `// @ts-ignore because\nexport const f: number = "";\n`],
  ["typescript(ban-ts-comment)", `// @ts-expect-error\nexport const f: number = "";\n`],
  ["typescript(no-namespace)", `export namespace A { export const b = 1; }\n`],
  ["typescript(no-import-type-side-effects)", `import { type A } from "./b.ts";\nexport type B = A;\n`],
  ["eslint(eqeqeq)", `export const f = (a: number) => a == 1;\n`],
  ["eslint(no-unused-vars)", `const a = 1;\nexport {};\n`],
  ["unicorn(prefer-node-protocol)", `import "fs";\n`],
  [
    "vitest(no-focused-tests)",
    `import { expect, test } from "vitest";\ntest.only("a", () => { expect(1).toBe(1); });\n`,
  ],
])("%s", async (rule, text) => {
  expect(await lint({ "a.test.ts": text, "b.ts": "export type A = 1;\n" })).toContain(rule);
});

test("import(no-cycle)", async () => {
  const found = await lint({
    "a.ts": `import { b } from "./b.ts";\nexport const a = () => b();\n`,
    "b.ts": `import { a } from "./a.ts";\nexport const b = () => a();\n`,
  });
  expect(found).toEqual(["import(no-cycle)", "import(no-cycle)"]);
});

test("a good file has no findings", async () => {
  expect(await lint({ "a.ts": `export const a = async (b: Promise<1>) => [await b];\n` })).toEqual([]);
});
