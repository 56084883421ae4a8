// Lets a package's command-line tool judge the repository.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { run } from "./run.mjs";

const require = createRequire(import.meta.url);

/**
 * Runs a tool to its end; whatever it writes when it fails is the failure.
 *
 * @param {string} root Folder to run it in.
 * @param {string} name The npm package.
 * @param {string} script The tool's script inside the package.
 * @param {readonly string[]} args
 * @returns {Promise<{ summary: string, failures: string[] }>} `summary` is the last line of a tool that is content.
 */
export async function checkWithTool(root, name, script, args) {
  const path = join(dirname(require.resolve(`${name}/package.json`)), script);
  // The linter looks for its type-aware half beside the code it judges; this says where it is.
  const tsgolint = join(dirname(require.resolve("oxlint-tsgolint/package.json")), "bin/tsgolint.js");
  const env = { ...process.env, OXLINT_TSGOLINT_PATH: tsgolint };
  const { code, output } = await run(process.execPath, [path, ...args], { cwd: root, env });
  return code === 0
    ? { summary: output.trim().split("\n").at(-1) ?? "", failures: [] }
    : { summary: "", failures: [output.trim()] };
}
