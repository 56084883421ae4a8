// Cold start: milliseconds from spawning a process to its first answered request, and the memory it holds when idle.
import { readFileSync } from "node:fs";
import { start } from "./servers.mjs";
import { median, medianInterval, shuffled } from "./stats.mjs";

/** What is started: a name for the report and the file. */
export const coldServers = [
  { name: "raw node:http", file: "baselines/raw.mjs" },
  { name: "raw + import zod", file: "servers/raw-zod.mjs" },
  { name: "apus hello", file: "servers/hello.mjs" },
  { name: "apus hello, one schema", file: "servers/hello-schema.mjs" },
];

/** How long a process is left alone before its memory is read, so that what start-up left over can settle. */
const IDLE_MS = 400;
/** Memory hardly varies, so that few starts are enough for it. */
const MEMORY_STARTS = 3;

/**
 * @typedef {object} ColdStart
 * @property {string} name
 * @property {number} startMs median
 * @property {number} low lower end of the interval of that median
 * @property {number} high its upper end
 * @property {number} starts how many there were
 * @property {number} idleMiB resident memory when idle, median of some starts
 */

/**
 * Starts every server several times, in random order, without pinning.
 *
 * @param {number} starts of each
 * @param {object} options
 * @param {string} options.node the Node binary
 * @param {(line: string) => void} options.progress
 * @returns {Promise<ColdStart[]>}
 */
export async function coldStarts(starts, { node, progress }) {
  const times = new Map(coldServers.map(({ name }) => [name, []]));
  const memory = new Map(coldServers.map(({ name }) => [name, []]));
  for (const { file } of coldServers) await (await start(file, { node })).stop(); // fills the file cache, not counted
  for (let i = 0; i < starts; i += 1) {
    progress(`cold start ${i + 1} of ${starts}`);
    for (const { name, file } of shuffled(coldServers)) {
      const server = await start(file, { node });
      times.get(name).push(server.startedMs);
      if (i < MEMORY_STARTS) {
        await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
        memory.get(name).push(residentMiB(server.pid));
      }
      await server.stop();
    }
  }
  return coldServers.map(({ name }) => {
    const { low, high } = medianInterval(times.get(name));
    return { name, startMs: median(times.get(name)), low, high, starts, idleMiB: median(memory.get(name)) };
  });
}

/** VmRSS of /proc/PID/status (proc(5)), in MiB. */
function residentMiB(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
