// The scenarios of packages/apus/test on Node and Bun, against the built package: vitest itself runs on each of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../scripts/run.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tests = join(root, "packages/apus/test");

/**
 * Runs everything that vitest.config.ts runs of a built package, in one thread: other runtimes have theirs at the same time.
 *
 * @param {import("../runtimes.mjs").Runtime} runtime
 * @param {string} report Where vitest writes what came out.
 * @returns {Promise<Map<string, import("./workerd.mjs").Outcome>>} By file, as a path below packages/apus/test.
 */
export async function runSuite(runtime, report) {
  const args = [
    "--config",
    "matrix/scenarios/vitest.config.ts",
    "--maxWorkers=1",
    "--reporter=json",
    `--outputFile=${report}`,
  ];
  const bun = runtime.name.startsWith("Bun ");
  // Without --bun vitest would look for the `node` that its first line names.
  const { output } = await run(
    runtime.path,
    [...(bun ? ["--bun"] : []), "node_modules/vitest/vitest.mjs", "run", "packages/apus/test", ...args],
    { cwd: root, env: { ...process.env, APUS_TEST_BUILT: "1" } },
  );
  /** @type {{ testResults: { name: string, message: string, status: string, assertionResults: { fullName: string, status: string, failureMessages: string[] }[] }[] } | undefined} */
  let found;
  try {
    found = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    throw new Error(`vitest wrote no report:\n${output}`);
  }
  if (/Unhandled (?:Error|Rejection)/.test(output)) throw new Error(output);
  return new Map(
    found?.testResults.map(({ name, message, status, assertionResults }) => {
      const failed = assertionResults
        .filter((test) => test.status === "failed")
        .map((test) => ({ name: test.fullName, message: test.failureMessages.join("\n") }));
      if (status === "failed" && failed.length === 0) failed.push({ name: "the file itself", message });
      const passed = assertionResults.filter((test) => test.status === "passed").length;
      return [name.slice(tests.length + 1).replaceAll("\\", "/"), { passed, failed }];
    }),
  );
}
