// Shows how `.ci/run` counts: in a folder where `npm` is a script that plays what each step does.
import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "./run.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

const smoke = (/** @type {string} */ path, /** @type {number} */ passed) => ({
  [`${path}.mjs`]: `import { writeFileSync } from "node:fs";\nwriteFileSync(process.argv[2], '{"passed": ${passed}, "failed": 0}');\n`,
});
const vitest = (/** @type {number} */ passed, /** @type {number} */ failed) =>
  `for last; do :; done; echo '{"numPassedTests": ${passed}, "numFailedTests": ${failed}}' > "\${last#*=}"`;

const good = {
  ci: "true",
  check: "true",
  build: "true",
  test: vitest(100, 0),
  "test:built": vitest(20, 0),
  "test:interpreted": "true",
  "test:node-http": "true",
  conformance: `echo "conformance: 7 passed, 2 differing, 0 failed"`,
};

/**
 * @param {Record<string, string>} steps What each npm command does, in shell.
 */
async function judge(steps) {
  const cases = Object.entries({ ...good, ...steps }).map(([name, body]) => `  ${name}) ${body} ;;`);
  const folder = temporaryFolder({
    "bin/npm": `#!/bin/bash\nname=$1\n[ "$name" = run ] && name=$2\ncase "$name" in\n${cases.join("\n")}\nesac\n`,
    ...smoke("scripts/smoke-package", 3),
    ...smoke("scripts/smoke-start", 4),
    ...smoke("matrix/run", 5),
    "matrix/scenarios.mjs": `import { writeFileSync } from "node:fs";\nwriteFileSync(process.argv[3], '{"passed": 6, "failed": 0}');\n`,
  });
  chmodSync(join(folder, "bin/npm"), 0o755);
  mkdirSync(join(folder, ".ci"));
  copyFileSync(fileURLToPath(new URL("../.ci/run", import.meta.url)), join(folder, ".ci/run"));
  const path = `${join(folder, "bin")}:${process.env["PATH"]}`;
  const { code, output } = await run("bash", [join(folder, ".ci/run")], {
    cwd: "/",
    env: { ...process.env, PATH: path },
  });
  const lines = output.trimEnd().split("\n");
  expect(lines.filter((line) => /^\d+ passed, \d+ failed$/.test(line))).toEqual([lines.at(-1)]);
  return { code, last: lines.at(-1), output };
}

test("adds tests of both runs, conformance steps and smoke checks", async () => {
  const { code, last, output } = await judge({});
  expect(last).toBe("147 passed, 0 failed");
  expect(code).toBe(0);
  expect(output).toContain("bench: skipped, bench/run.mjs does not exist");
});

test.each([
  ["failed tests", { test: `${vitest(98, 2)}; exit 1` }, "145 passed, 2 failed"],
  ["failed tests on the built package", { "test:built": `${vitest(19, 1)}; exit 1` }, "146 passed, 1 failed"],
  ["a run that fails beside its tests", { test: `${vitest(100, 0)}; exit 1` }, "147 passed, 1 failed"],
  ["a run that dies before it counts", { test: "exit 7" }, "47 passed, 1 failed"],
  ["a run that counts nothing", { test: "true" }, "47 passed, 1 failed"],
  ["a failed step without tests", { check: "exit 1", "test:interpreted": "exit 1" }, "147 passed, 2 failed"],
  ["failed tests on Node's HTTP server", { "test:node-http": "exit 1" }, "147 passed, 1 failed"],
  [
    "failed conformance steps",
    { conformance: `echo "conformance: 5 passed, 1 differing, 3 failed"; exit 1` },
    "144 passed, 3 failed",
  ],
  ["a conformance run without its last line", { conformance: "true" }, "138 passed, 1 failed"],
])("counts %s", async (_, steps, expected) => {
  const { code, last } = await judge(steps);
  expect(last).toBe(expected);
  expect(code).toBe(1);
});

test("stops when nothing could be installed", async () => {
  const { code, last, output } = await judge({ ci: "exit 1" });
  expect(last).toBe("0 passed, 1 failed");
  expect(code).toBe(1);
  expect(output).not.toContain("===== check");
});
