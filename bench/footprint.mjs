// Memory of the smallest application of each: resident when idle after its first answer, and while wrk loads it.
import { readFileSync } from "node:fs";
import { load, processTree } from "./measure.mjs";
import { routes } from "./routes.mjs";
import { start } from "./servers.mjs";
import { median, shuffled } from "./stats.mjs";

/** How long a process is left alone before its memory is read, so that what start-up left over can settle. */
const IDLE_MS = 400;
/** How often the memory is read under load. */
const SAMPLE_MS = 50;

/**
 * @typedef {object} Footprint resident memory of the whole process tree in MiB, medians of the rounds
 * @property {string} name
 * @property {number} idle
 * @property {number} loaded median over the second half of the load
 * @property {number} peak
 */

/**
 * @param {readonly { name: string, runtime: string, file: string }[]} servers
 * @param {object} options
 * @param {number} options.rounds how often each is started
 * @param {number} options.seconds of load
 * @param {Record<string, string>} options.binaries by runtime
 * @param {{ server: number, load: number }} [options.cores] to pin to
 * @param {(line: string) => void} options.progress
 * @returns {Promise<Footprint[]>}
 */
export async function footprints(servers, { rounds, seconds, binaries, cores, progress }) {
  const hello = routes.find(({ name }) => name === "hello");
  const found = new Map(servers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, file, runtime } of shuffled(servers)) {
      progress(`memory of ${name}, ${round + 1} of ${rounds}`);
      const running = await start(file, { node: binaries[runtime], core: cores?.server });
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
      const idle = residentMiB(running.pid);
      const samples = [];
      const timer = setInterval(() => samples.push(residentMiB(running.pid)), SAMPLE_MS);
      try {
        await load(running.baseUrl, hello, seconds, cores?.load);
      } finally {
        clearInterval(timer);
      }
      samples.push(residentMiB(running.pid));
      await running.stop();
      found.get(name).push({ idle, loaded: median(samples.slice(samples.length >> 1)), peak: Math.max(...samples) });
    }
  }
  return servers.map(({ name }) => {
    const of = (key) => median(found.get(name).map((each) => each[key]));
    return { name, idle: of("idle"), loaded: of("loaded"), peak: of("peak") };
  });
}

/** VmRSS of /proc/PID/status (proc(5)) of a process and its descendants, in MiB. */
function residentMiB(pid) {
  return processTree(pid).reduce((sum, id) => {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
    return sum + Number(kib ?? 0) / 1024;
  }, 0);
}
