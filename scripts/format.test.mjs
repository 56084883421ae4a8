// Shows that the format check finds a file that is not formatted the repository's way.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkWithTool } from "./check-with-tool.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

const settings = readFileSync(new URL("../.prettierrc.json", import.meta.url), "utf8");

test.each([
  ["formatted", `export const a = ["b"];\n`, []],
  ["not formatted", `export const a = ['b']\n`, [expect.stringContaining("[warn] a.ts")]],
  ["not TypeScript", `export const a = [;\n`, [expect.stringContaining("a.ts: SyntaxError")]],
])("a file that is %s", async (_, text, failures) => {
  const folder = temporaryFolder({ ".prettierrc.json": settings, "a.ts": text });
  const result = await checkWithTool(folder, "prettier", "bin/prettier.cjs", ["--check", "."]);
  expect(result.failures).toEqual(failures);
});
