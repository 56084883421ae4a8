// What the compiler pays for an operation: instantiations and check time per operation, without and with a client over
// them, as the difference to a project that has the same schemas and dependencies but no operations.
// Alone: `node bench/types.mjs [operations]`.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { writeProject } from "./types-project.mjs";

/** Instantiations per operation that the design allows: for the operations themselves, and with a client over them. */
export const BUDGET = { operations: 900, client: 3000 };

/** How long one check may take, in ms. */
const CHECK_TIMEOUT_MS = 300_000;

/** The packages of the compilers, in the repository's own node_modules. */
const compilers = { typescript6: "typescript6", typescript7: "typescript" };
const require = createRequire(import.meta.url);

/**
 * @typedef {object} Check one run of a compiler
 * @property {number} instantiations
 * @property {number} checkMs
 *
 * @typedef {object} Cost per operation, the base project subtracted
 * @property {number} instantiations by TypeScript 6
 * @property {number} checkMs by TypeScript 6
 * @property {number} checkMs7 by TypeScript 7
 *
 * @typedef {object} TypeCost
 * @property {number} count operations in the projects
 * @property {Cost} operations
 * @property {Cost} client the operations and the client together
 * @property {{ typescript6: string, typescript7: string }} versions
 */

/**
 * Reads what `tsc --extendedDiagnostics` prints.
 *
 * @param {string} output
 * @returns {Check}
 * @throws {Error} with the first lines when the project did not compile or the figures are not in it
 */
export function readDiagnostics(output) {
  const figure = (name) => Number(new RegExp(`^${name}:\\s*([\\d.]+)s?$`, "m").exec(output)?.[1]);
  const read = { instantiations: figure("Instantiations"), checkMs: figure("Check time") * 1000 };
  if (/error TS\d+/.test(output) || Number.isNaN(read.instantiations) || Number.isNaN(read.checkMs)) {
    const [first] = output.split(/^Files:/m);
    throw new Error(`The generated project did not compile:\n${first.trim().split("\n").slice(0, 8).join("\n")}`);
  }
  return read;
}

/** The folder of a compiler's package; its exports do not name the command. */
function packageOf(compiler) {
  return dirname(require.resolve(`${compilers[compiler]}/package.json`));
}

/** Checks a project with one compiler. */
async function check(compiler, project) {
  const args = [join(packageOf(compiler), "bin/tsc"), "-p", project, "--extendedDiagnostics", "--pretty", "false"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], timeout: CHECK_TIMEOUT_MS });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const end = () => child.kill();
  process.once("exit", end);
  await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  process.off("exit", end);
  if (child.signalCode !== null) {
    throw new Error(`${compiler} did not check the project within ${CHECK_TIMEOUT_MS / 1000} s (${child.signalCode})`);
  }
  return readDiagnostics(output);
}

/**
 * Measures the cost of operations to the compiler. Instantiations are exact, times are one run each.
 *
 * @param {number} count how many operations
 * @param {(line: string) => void} [progress]
 * @returns {Promise<TypeCost>}
 * @throws {Error} when a generated project does not compile, or not in time
 */
export async function typeCost(count, progress = () => {}) {
  const root = fileURLToPath(new URL(".tmp/", import.meta.url));
  mkdirSync(root, { recursive: true });
  const folder = mkdtempSync(join(root, "types-"));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", clear);
  try {
    const found = {};
    let operations = 0;
    for (const stage of ["base", "operations", "client"]) {
      const project = join(folder, stage);
      operations = writeProject(project, stage, count);
      found[stage] = {};
      for (const compiler of Object.keys(compilers)) {
        progress(`checking the types of ${operations} operations (${stage}, ${compiler})`);
        found[stage][compiler] = await check(compiler, project);
      }
    }
    const cost = (stage) => {
      const [base, own] = [found.base, found[stage]];
      const difference = (compiler, figure) => (own[compiler][figure] - base[compiler][figure]) / operations;
      return {
        instantiations: difference("typescript6", "instantiations"),
        checkMs: difference("typescript6", "checkMs"),
        checkMs7: difference("typescript7", "checkMs"),
      };
    };
    const version = (name) => JSON.parse(readFileSync(join(packageOf(name), "package.json"), "utf8")).version;
    return {
      count: operations,
      operations: cost("operations"),
      client: cost("client"),
      versions: { typescript6: version("typescript6"), typescript7: version("typescript7") },
    };
  } finally {
    process.off("exit", clear);
    clear();
  }
}

/**
 * A warning for each budget that is exceeded.
 *
 * @param {TypeCost} cost
 * @returns {string[]}
 */
export function overBudget(cost) {
  return Object.entries(BUDGET)
    .filter(([stage, budget]) => cost[stage].instantiations > budget)
    .map(([stage, budget]) => {
      const what = stage === "client" ? "with a client" : "without a client";
      return `WARNING ${Math.round(cost[stage].instantiations)} instantiations per operation ${what}: over the budget of ${budget}`;
    });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1)); // runs what clears up
  const cost = await typeCost(Number(process.argv[2] ?? 200), (line) => console.error(line));
  console.log(JSON.stringify(cost, null, 2));
  for (const warning of overBudget(cost)) console.log(warning);
}
