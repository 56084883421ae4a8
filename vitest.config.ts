// Runs all tests of the repository. By default `apus` is its source, so that a change is tested without a build;
// with APUS_TEST_BUILT=1 it is what users install (dist), and only the tests that use its public names run. With APUS_TEST_ENGINE=node:http
// those of them that serve do so with Node's HTTP server instead of its own (packages/apus/test/serve.ts).
// scripts/suite.test.mjs proves for every run that this is so.
import { defineConfig } from "vitest/config";
import { servingTests } from "./scripts/serving-tests.mjs";

const built = process.env["APUS_TEST_BUILT"] === "1";
const interpreted = process.env["APUS_TEST_INTERPRETED"] === "1";
const otherEngine = process.env["APUS_TEST_ENGINE"] !== undefined;

/** Tests of the package that import nothing but its public names. */
const publicTests = ["packages/apus/test/**/*.test.ts", "apps/*/{src,test}/**/*.test.ts", "scripts/suite.test.mjs"];
const innerTests = [
  "docs/**/*.test.ts",
  "packages/apus/src/**/*.test.ts",
  "packages/apus/scripts/**/*.test.mjs",
  "conformance/**/*.test.ts",
  "bench/**/*.test.mjs",
  "scripts/**/*.test.mjs",
];

const allTests = [...publicTests, ...innerTests];
const include = otherEngine ? [...servingTests(), "scripts/suite.test.mjs"] : built ? publicTests : allTests;

/**
 * What says the same in every run, and takes its time: the command line runs as processes of its own, from the built package and with
 * code generation, and the pages in a browser are files that no build changes. Fuzzing reaches into the source and compares both kinds
 * of plans by itself. They run once, with everything else.
 */
const onlyOnce = [
  "packages/apus/test/cli/**",
  "packages/apus/test/fuzz/**",
  "packages/apus/test/pages/{accessibility,authorize,hostile,own-pages,redoc,swagger-ui}.test.ts",
];

/** What holds documents against the official schema, with a validator that generates code. */
const generating = [
  "packages/apus/test/asyncapi/document.test.ts",
  "packages/apus/test/openapi/{about,applications,fastapi,official,operations}.test.ts",
];

/** The condition under which packages/apus/package.json names its source, before the ones Vite asks for by itself. */
const conditions = ["@apus/source", "module", "node", "development|production"];

export default defineConfig({
  ...(built ? {} : { resolve: { conditions }, ssr: { resolve: { conditions } } }),
  test: {
    include,
    exclude: [
      "**/node_modules/**",
      "**/dist/**",
      ...(built ? ["packages/apus/test/rooms/**"] : []),
      ...(built || interpreted || otherEngine ? onlyOnce : []),
      ...(interpreted ? generating : []),
    ],
    // One module graph per thread instead of per file: the suite is many small files that all load the framework.
    pool: "threads",
    isolate: false,
    // Node itself loads the built package, untouched by Vite.
    server: { deps: { external: [/\/packages\/apus\/dist\//] } },
    // Generous, because machines that run it are shared; a test that hangs still ends.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
