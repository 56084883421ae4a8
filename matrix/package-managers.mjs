// The package managers: how each installs the packed file in an empty folder, and how each starts a program there.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../scripts/run.mjs";

const installed = (/** @type {string} */ path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
const pnpm = [process.execPath, installed("pnpm/bin/pnpm.cjs")];
const yarn = [process.execPath, installed("@yarnpkg/cli-dist/bin/yarn.js")];

/**
 * @typedef {object} PackageManager
 * @property {string} name
 * @property {readonly string[]} install The command, without what is to be installed.
 * @property {readonly string[]} exec The command that starts a program of an installed package.
 * @property {readonly string[]} [load] Arguments for Node where its own lookup of packages is replaced.
 * @property {(runtime: { name: string, commonjs: boolean }, file: string) => string | undefined} [cannot] Why a program is not run.
 * @property {readonly string[]} [files] Empty files that mark the folder as a project.
 * @property {(registry: string) => NodeJS.ProcessEnv} [env]
 */

/** @type {readonly PackageManager[]} */
export const packageManagers = [
  {
    name: "npm",
    install: ["npm", "install", "--ignore-scripts", "--prefer-offline", "--loglevel=error"],
    exec: ["npm", "exec", "--no", "--loglevel=error", "--"],
  },
  {
    name: "pnpm",
    install: [...pnpm, "add", "--ignore-scripts", "--prefer-offline", "--reporter=append-only"],
    exec: [...pnpm, "exec"],
  },
  {
    name: "yarn",
    install: [...yarn, "add"],
    exec: [...yarn, "exec"],
    files: ["yarn.lock"],
    env: yarnOf("node-modules"),
  },
  {
    name: "yarn PnP",
    install: [...yarn, "add"],
    exec: [...yarn, "exec"],
    load: ["--require", "./.pnp.cjs", "--loader", "./.pnp.loader.mjs"],
    cannot: (runtime, file) => {
      if (!runtime.commonjs) return "Bun does not let a program replace its lookup of packages";
      // Not of this package: the hooks that find files in yarn's archives are not asked by require() before Node 22.
      if (runtime.name.startsWith("Node 20.") && file.endsWith(".cjs"))
        return "Node 20 requires no ES module from an archive";
      return undefined;
    },
    files: ["yarn.lock"],
    env: yarnOf("pnp"),
  },
];

/**
 * yarn reads neither npm's settings nor, under CI, writes a lock file unless it is told so.
 *
 * @param {string} linker
 * @returns {(registry: string) => NodeJS.ProcessEnv}
 */
function yarnOf(linker) {
  return (registry) => ({
    YARN_NODE_LINKER: linker,
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
    YARN_ENABLE_SCRIPTS: "false",
    YARN_ENABLE_TELEMETRY: "false",
  });
}

/**
 * Installs packages in a new folder.
 *
 * @param {PackageManager} manager
 * @param {string} folder
 * @param {readonly string[]} packages
 * @param {string} registry
 */
export async function install(manager, folder, packages, registry) {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  for (const file of manager.files ?? []) writeFileSync(join(folder, file), "");
  await start(manager, "install", folder, packages, registry);
}

/**
 * Starts the package manager and fails with what it wrote unless it ends with 0.
 *
 * @param {PackageManager} manager
 * @param {"install" | "exec"} command
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {string} registry
 */
export async function start(manager, command, folder, args, registry) {
  const [file = "", ...given] = manager[command];
  const env = { ...process.env, ...manager.env?.(registry) };
  const { code, output } = await run(file, [...given, ...args], { cwd: folder, env });
  assert.equal(code, 0, `${file} ${[...given, ...args].join(" ")} ended with ${code}:\n${output}`);
  return output;
}
