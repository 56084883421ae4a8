// Proves that the run tests what it claims to test: the source or the built package, with or without code generation.
// It is part of every run (see vitest.config.ts and the test scripts of package.json).
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const built = process.env["APUS_TEST_BUILT"] === "1";
const interpreted = process.env["APUS_TEST_INTERPRETED"] === "1";
const packageRoot = new URL("../packages/apus/", import.meta.url);
const source = new URL("src/index.ts", packageRoot).href;
const dist = new URL("dist/node/index.js", packageRoot).href;

test(`"apus" is ${built ? "the built package" : "its source"}`, async () => {
  const byName = await import("apus");
  const byPath = await import(/* @vite-ignore */ fileURLToPath(built ? dist : source));
  expect(byName.App).toBeTypeOf("function");
  expect(byName.App).toBe(byPath.App);
  // The very module that Node loads by itself, not one that Vite read from the same file.
  const native = built ? createRequire(import.meta.url)("apus") : byPath;
  expect(byName.App).toBe(native.App);
  // What the tests' own child processes and workers resolve.
  expect(import.meta.resolve("apus")).toBe(built ? dist : source);
});

test(`code generation from strings is ${interpreted ? "forbidden" : "allowed"}`, () => {
  // oxlint-disable-next-line typescript/no-implied-eval -- whether this is possible is the question
  const generate = () => new Function("return 'generated'")();
  const outcome = () => {
    try {
      return generate();
    } catch (error) {
      return error instanceof EvalError ? "refused" : error;
    }
  };
  expect(outcome()).toBe(interpreted ? "refused" : "generated");
});
