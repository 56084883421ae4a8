// Declarations that TypeScript emits for operations carry wire facts only: nothing of the server's own types or files.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test("emitted declarations name neither repositories nor schemas nor inner files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "apus-types-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const tsc = file("../../../../node_modules/typescript/bin/tsc");
  const options = ["-p", file("tsconfig.declaration.json"), "--noEmit", "false", "--emitDeclarationOnly"];
  const folders = ["--rootDir", file("../.."), "--outDir", folder];
  await promisify(execFile)(process.execPath, [tsc, ...options, ...folders]);
  const emitted = readFileSync(join(folder, "test/types/operations.test-d.d.ts"), "utf8");
  // What is there, so that an empty file does not pass.
  expect(emitted).toMatch(/export declare const readItem: import\("apus"\)\.Operation<"GET", "\/items\/\{item_id\}"/);
  expect(emitted).toMatch(/export declare const api: \{/);
  const answers = readFileSync(join(folder, "test/types/wire-form.test-d.d.ts"), "utf8");
  expect(answers).toMatch(/"n-n": string/);
  expect(emitted).not.toMatch(/Repository/);
  for (const text of [emitted, answers]) {
    expect(text).not.toMatch(/Zod|"zod"/);
    expect(text).not.toMatch(/src\/|\.\.\//);
  }
});
