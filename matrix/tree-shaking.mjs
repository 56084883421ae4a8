// That `sideEffects: false` is true: what a program does not import does not get into its bundle.
import assert from "node:assert/strict";
import { build } from "esbuild";

/** One import each, and the most bytes that its minified bundle may have: the actual size and half of it again. */
const ceilings = {
  'export { ApusError } from "apus";': 500,
  'export { secretsEqual } from "apus/security";': 1_500,
  'export { Secret } from "apus/types";': 20_000,
};

/** @param {string} folder Where the package is installed. */
export async function checkTreeShaking(folder) {
  for (const [contents, ceiling] of Object.entries(ceilings)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      target: "es2023",
      external: ["zod"],
      logLevel: "silent",
    });
    const bytes = outputFiles[0]?.contents.length ?? 0;
    assert.ok(bytes > 0 && bytes <= ceiling, `${contents} is bundled to ${bytes} bytes, more than ${ceiling}`);
  }
}
