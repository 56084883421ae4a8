// The peers' own package (package.json in this folder): whether what it pins is installed, and installing it.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const pinned = read("package.json");

/**
 * The version of an installed peer.
 *
 * @param {string} name
 * @returns {string | undefined} undefined when it is not installed
 */
export function peerVersion(name) {
  const path = `node_modules/${name}/package.json`;
  return existsSync(new URL(path, import.meta.url)) ? read(path).version : undefined;
}

/** Every pinned peer with the version that is installed, for the report. */
export function peerVersions() {
  return Object.fromEntries(Object.keys(pinned.dependencies).map((name) => [name, peerVersion(name)]));
}

/**
 * Whether everything is installed as pinned.
 *
 * @param {boolean} withRuntimes whether Node 24 and Bun are needed too
 * @returns {boolean}
 */
export function peersInstalled(withRuntimes) {
  const needed = { ...pinned.dependencies, ...(withRuntimes ? pinned.optionalDependencies : undefined) };
  return Object.entries(needed).every(([name, version]) => peerVersion(name) === version.replace(/^npm:.*@/, ""));
}

/**
 * Installs the peers from the lockfile (`npm ci`), into this folder only.
 *
 * @param {boolean} withRuntimes whether to fetch Node 24 and Bun as well (large downloads)
 * @param {number} timeoutMs after which it is given up
 * @returns {Promise<string | undefined>} what npm said when it failed
 */
export async function installPeers(withRuntimes, timeoutMs) {
  const omit = withRuntimes ? [] : ["--omit=optional"];
  const args = ["ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...omit];
  const child = spawn("npm", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], timeout: timeoutMs });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  const end = () => child.kill();
  process.once("exit", end);
  const code = await new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message)).once("close", (number, signal) => resolve(signal ?? number));
  });
  process.off("exit", end);
  return code === 0 ? undefined : `npm ended with ${code}: ${said.trim().slice(-500)}`;
}
