// The repository's settings of vitest, on a runtime that the matrix chose.
import { fileURLToPath } from "node:url";
import config from "../../vitest.config.ts";

export default {
  ...config,
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    ...config.test,
    // Two runtimes at a time on a machine that may have other work: what hangs ends, and what is slow does not fail.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Bun hands vitest's loader no names of zod; Vite reads it itself there.
    ...(process.versions["bun"] === undefined
      ? {}
      : { server: { deps: { ...config.test?.server?.deps, inline: ["zod"] } } }),
  },
};
