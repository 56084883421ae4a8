// Proves that the run tests what it claims to test: the source or the built package, with or without code generation, and which of
// what reads HTTP.
// It is part of every run (see vitest.config.ts and the test scripts of package.json).
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { constants, runInThisContext } from "node:vm";
import { expect, test } from "vitest";

const built = process.env["APUS_TEST_BUILT"] === "1";
const interpreted = process.env["APUS_TEST_INTERPRETED"] === "1";
const engine = process.env["APUS_TEST_ENGINE"] ?? "apus";
const packageRoot = new URL("../packages/apus/", import.meta.url);
const source = new URL("src/index.ts", packageRoot).href;
const dist = new URL("dist/node/index.js", packageRoot).href;

/** Imports past Vite, which reads the `import()` of the files that it loads in its own way. @param {string} url */
const nodeImport = (url) =>
  runInThisContext(`import(${JSON.stringify(url)})`, {
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });

test(`"apus" is ${built ? "the built package" : "its source"}`, async () => {
  const byName = await import("apus");
  const byPath = await import(/* @vite-ignore */ fileURLToPath(built ? dist : source));
  expect(byName.App).toBeTypeOf("function");
  expect(byName.App).toBe(byPath.App);
  // The very module that Node imports by itself, not one that Vite read from the same file.
  const native = built ? await nodeImport(dist) : byPath;
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

test(`${engine} reads HTTP in the tests`, async () => {
  const { App } = await import("apus");
  const { serve } = await import("../packages/apus/test/serve.ts");
  let seen = 0;
  const see = () => void (seen += 1);
  subscribe("http.server.request.start", see);
  const server = await serve(new App(), { port: 0, signals: false });
  try {
    expect((await fetch(`${server.url}/`)).status).toBe(404);
  } finally {
    unsubscribe("http.server.request.start", see);
    await server.close();
  }
  // What only Node's own HTTP server tells of.
  expect(seen).toBe(engine === "node:http" ? 1 : 0);
});

test("who takes `serve` from the package names what reads HTTP himself", () => {
  const tests = new URL("packages/apus/test/", new URL("../", import.meta.url));
  const files = readdirSync(tests, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const sources = files.map((file) => ({ file, source: readFileSync(new URL(file, tests), "utf8") }));
  const direct = sources.filter(({ source }) => /^import \{[^}]*\bserve\b[^}]*\} from "apus\/server"/m.test(source));
  expect(direct.map(({ file }) => file)).toContain("serve.ts");
  expect(direct.filter(({ source }) => !/\bengine\b/.test(source)).map(({ file }) => file)).toEqual([]);
});
