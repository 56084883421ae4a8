// The peers' own package (package.json in this folder): whether what it pins is installed, and installing it.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const pinned = read("package.json");

/** Where the Node 24 that all servers of a full run share is found, once installed. */
export const node24 = fileURLToPath(new URL("node_modules/node24/bin/node", import.meta.url));

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
 * @param {boolean} withNode24 whether Node 24 is needed too
 * @returns {boolean}
 */
export function peersInstalled(withNode24) {
  const peers = Object.entries(pinned.dependencies).every(([name, version]) => peerVersion(name) === version);
  return peers && (!withNode24 || peerVersion("node24") === pinned.optionalDependencies.node24.replace(/^.*@/, ""));
}

/**
 * Installs the peers from the lockfile (`npm ci`), into this folder only.
 *
 * @param {boolean} withNode24 whether to fetch Node 24 as well (a large download)
 * @param {number} timeoutMs after which it is given up
 * @returns {Promise<string | undefined>} what npm said when it failed
 */
export async function installPeers(withNode24, timeoutMs) {
  const omit = withNode24 ? [] : ["--omit=optional"];
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
