// The same scenarios and the same recorded requests on every runtime: Node 20, 22, 24 and 26, Bun, and workerd. Runs the built package.
// `npm ci` in this folder must have run. `node matrix/scenarios.mjs [--counts FILE] [word of a runtime's name ...]`
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { run } from "../scripts/run.mjs";
import { smokeChecks } from "../scripts/smoke-checks.mjs";
import { runtimes } from "./runtimes.mjs";
import { differences } from "./scenarios/differences.mjs";
import { runSuite } from "./scenarios/suite.mjs";
import { runInWorkerd, scenarioFiles, workerdVersion } from "./scenarios/workerd.mjs";
import { allOf } from "./tasks.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { optionalDependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const { values, positionals: words } = parseArgs({ options: { counts: { type: "string" } }, allowPositionals: true });
const isWanted = (/** @type {string} */ name) =>
  words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase()));

const folder = mkdtempSync(join(realpathSync(tmpdir()), "apus-scenarios-"));
const { check, end } = smokeChecks(values.counts);
const { found, missing } = runtimes(optionalDependencies);
const workerd = workerdVersion(optionalDependencies);
if (workerd === undefined) missing.push("workerd");
if (missing.length > 0) console.log(`  skipped: ${missing.join(", ")}, which are installed on Linux x64 only`);
try {
  const build = await run("npm", ["run", "build", "--silent"], { cwd: root });
  assert.equal(build.code, 0, build.output);
  const wanted = found.filter(({ name }) => isWanted(name));
  await allOf(check, [
    ...wanted.map(
      (runtime) =>
        /** @type {const} */ ([
          `${runtime.name}: the scenarios`,
          async () => judge(runtime.name, await runSuite(runtime, join(folder, `${runtime.version}.json`))),
        ]),
    ),
    ...(workerd !== undefined && isWanted(workerd) ? [inWorkerd(workerd)] : []),
    ...wanted.map(
      (runtime) => /** @type {const} */ ([`${runtime.name}: the recorded requests`, () => conformance(runtime)]),
    ),
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
  end();
}

/**
 * @param {string} name
 * @returns {import("./tasks.mjs").Task}
 */
function inWorkerd(name) {
  return [
    `${name}: the scenarios, through app.fetch and testClient`,
    async () => {
      const place = join(folder, "workerd");
      mkdirSync(place);
      judge(name, await runInWorkerd(place, scenarioFiles()));
    },
  ];
}

/**
 * Fails with everything that came out otherwise than it is known to.
 *
 * @param {string} runtime
 * @param {ReadonlyMap<string, import("./scenarios/workerd.mjs").Outcome>} outcomes
 */
function judge(runtime, outcomes) {
  const known = differences.filter((each) => each.runtime.test(runtime) && outcomes.has(each.file));
  const seen = new Set();
  let passed = 0;
  /** @type {string[]} */
  const complaints = [];
  for (const [file, outcome] of outcomes) {
    passed += outcome.passed;
    for (const { name, message } of outcome.failed) {
      const difference = known.find((each) => each.file === file && each.test.test(name));
      if (difference === undefined) complaints.push(`${file}: ${name}\n${message}`);
      else seen.add(difference);
    }
  }
  for (const each of known) {
    if (!seen.has(each) && each.sometimes !== true)
      complaints.push(`${each.file}: ${each.test} is no difference any more: take it out of differences.mjs`);
  }
  assert.ok(passed > 1_000, `only ${passed} tests ran`);
  assert.equal(complaints.length, 0, complaints.join("\n\n"));
  console.log(`          ${runtime}: ${passed} tests in ${outcomes.size} files, ${seen.size} known differences`);
}

/** @param {import("./runtimes.mjs").Runtime} runtime */
async function conformance(runtime) {
  // Node 20 does not read TypeScript by itself, the others do.
  const load = runtime.name.startsWith("Node 20.") ? ["--import", "tsx"] : [];
  const { code, output } = await run(runtime.path, [...load, "run.ts"], { cwd: join(root, "conformance") });
  assert.equal(code, 0, output);
  console.log(`          ${runtime.name}: ${output.trim().split("\n").at(-1)}`);
}
