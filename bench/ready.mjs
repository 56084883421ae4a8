// Who takes part in a race: those whose runtime and package are there, and whose answers are equal.
import { fileURLToPath } from "node:url";
import { differences } from "./answers.mjs";
import { peerVersion } from "./peers.mjs";
import { start } from "./servers.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What is written may be published: it names files from the repository's root. */
export function withoutRoot(text) {
  return text.replaceAll(`file://${root}`, "").replaceAll(root, "");
}

/**
 * Leaves out what cannot run here.
 *
 * @template {{ name: string, runtime: string, peer?: string }} S
 * @param {readonly S[]} servers
 * @param {Record<string, string | undefined>} binaries by runtime
 * @returns {{ possible: S[], missing: Map<string, string> }} the others by name, with what they lack
 */
export function installed(servers, binaries) {
  const missing = new Map();
  const possible = servers.filter(({ name, runtime, peer }) => {
    if (binaries[runtime] === undefined)
      missing.set(name, runtime === "python" ? "Python with FastAPI and uvicorn" : runtime);
    else if (peer !== undefined && peerVersion(peer) === undefined) missing.set(name, peer);
    else return true;
    return false;
  });
  return { possible, missing };
}

/**
 * Asks every server the questions that all must answer alike.
 *
 * @param {readonly import("./entries.mjs").Entry[]} entries
 * @param {readonly import("./routes.mjs").Route[]} routes
 * @param {object} options
 * @param {Record<string, string>} options.binaries by runtime
 * @param {number} [options.core]
 * @param {(line: string) => void} options.progress
 * @returns {Promise<{ ready: import("./entries.mjs").Entry[], excluded: Map<string, string[]> }>} the reasons of those that
 *   are not ready, by name
 */
export async function checked(entries, routes, { binaries, core, progress }) {
  const ready = [];
  const excluded = new Map();
  for (const entry of entries) {
    progress(`checking the answers of ${entry.name}`);
    let found;
    try {
      const running = await start(entry.file, { node: binaries[entry.runtime], core, anyAnswer: true });
      try {
        const own = routes.filter(({ name }) => entry.routes.includes(name));
        found = await differences(running.baseUrl, entry, own);
      } finally {
        await running.stop();
      }
    } catch (error) {
      found = [withoutRoot(error.message)];
    }
    if (found.length === 0) ready.push(entry);
    else excluded.set(entry.name, [...(excluded.get(entry.name) ?? []), ...found]);
  }
  return { ready, excluded };
}
