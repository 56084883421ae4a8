// `npm run check`: everything about the code that can be judged without running it. Runs all steps, then shows all failures.
// `npm run check -- types lint` runs only the steps of those names.
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkApi } from "./check-api.mjs";
import { checkBundles } from "./check-bundle.mjs";
import { checkExports } from "./check-exports.mjs";
import { checkStructure } from "./check-structure.mjs";
import { checkWithTool } from "./check-with-tool.mjs";
import { checkTypes, compilers } from "./check-types.mjs";
import { limits, rooms } from "./rooms.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @typedef {{ summary: string, failures: string[], warnings?: string[] }} Result */

/** @type {Record<string, () => Promise<Result> | Result>} */
const steps = {
  format: () => checkWithTool(root, "prettier", "bin/prettier.cjs", ["--check", "--log-level", "log", "."]),
  lint: () =>
    checkWithTool(root, "oxlint", "bin/oxlint", [
      "--type-aware",
      "--deny-warnings",
      "--format=unix",
      "--report-unused-disable-directives-severity=error",
    ]),
  ...Object.fromEntries(
    compilers.map((compiler) => [
      `types${compiler.major}`,
      async () => {
        const { failures, projects, version } = await checkTypes(root, compiler);
        return { summary: `${projects} projects with TypeScript ${version.replace("Version ", "")}`, failures };
      },
    ]),
  ),
  structure() {
    const { findings, files } = checkStructure(join(root, "packages/apus"), "packages/apus", rooms, limits);
    const texts = (/** @type {string} */ severity) =>
      findings
        .filter((finding) => finding.severity === severity)
        .map(({ file, line, rule, message }) => `${file}:${line}: ${message} (${rule})`);
    return { summary: `${files} files`, failures: texts("error"), warnings: texts("warning") };
  },
  async bundle() {
    const { failures, sizes } = await checkBundles(join(root, "packages/apus"), limits.bundles);
    return { summary: sizes.join(", "), failures };
  },
  exports() {
    const folders = ["test", "../../apps", "../../conformance"];
    const { failures, paths } = checkExports(join(root, "packages/apus"), folders, rooms);
    return { summary: `${paths} export paths`, failures };
  },
  async api() {
    const { failures, entries } = await checkApi(join(root, "packages/apus"));
    return { summary: `${entries} entries`, failures };
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(steps, name));
if (unknown !== undefined) {
  console.error(`There is no step "${unknown}". The steps are: ${Object.keys(steps).join(", ")}.`);
  process.exit(2);
}

/** @type {Map<string, string[]>} */
const failures = new Map();
// Types take longest, so they begin; each free processor takes the next step.
const order = Object.keys(steps)
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .toSorted((a, b) => Number(b.startsWith("types")) - Number(a.startsWith("types")));
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let name = order.shift(); name !== undefined; name = order.shift()) await perform(name);
  }),
);
for (const name of Object.keys(steps))
  if (failures.has(name)) console.error(`\n${name}:\n${failures.get(name)?.join("\n")}`);
if (failures.size > 0) process.exitCode = 1;

/**
 * Runs one step and prints its line.
 *
 * @param {string} name
 */
async function perform(name) {
  const start = performance.now();
  const result = (await steps[name]?.()) ?? { summary: "", failures: [] };
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(5);
  const failed = result.failures.length > 0;
  console.log(`${seconds} s  ${name.padEnd(10)} ${failed ? "FAILED" : `ok      ${result.summary}`}`);
  for (const warning of result.warnings ?? []) console.log(`         warning: ${warning}`);
  if (failed) failures.set(name, result.failures);
}
