// Cold start: milliseconds from spawning a process to its first answered request, of the smallest application of each.
import { hellos } from "./entries.mjs";
import { start } from "./servers.mjs";
import { median, medianInterval, shuffled } from "./stats.mjs";

/**
 * @typedef {object} ColdStart
 * @property {string} name
 * @property {number} startMs median
 * @property {number} low lower end of the interval of that median
 * @property {number} high its upper end
 * @property {number[]} times of each start; those at the same place followed each other closely
 */

/**
 * Starts every server several times, in random order, without pinning.
 *
 * @param {number} starts of each that targets compare; the peers get a third
 * @param {object} options
 * @param {string} options.node the Node binary
 * @param {readonly typeof hellos[number][]} [options.servers] those that targets compare unless told
 * @param {Partial<Record<"bun" | "python", string>>} [options.binaries] of the other runtimes
 * @param {number} [options.limitSeconds] after which no further round begins; there is always one
 * @param {(line: string) => void} options.progress
 * @returns {Promise<ColdStart[]>}
 */
export async function coldStarts(starts, options) {
  const { node, servers = hellos.filter(({ main }) => main), binaries, limitSeconds = Infinity, progress } = options;
  const from = performance.now();
  const times = new Map(servers.map(({ name }) => [name, []]));
  const once = ({ file, runtime }) => start(file, { node: runtime === "node" ? node : binaries?.[runtime] });
  for (const server of servers) await (await once(server)).stop(); // fills the file cache, not counted
  for (let i = 0; i < starts; i += 1) {
    if (i > 0 && performance.now() - from > limitSeconds * 1000) break;
    progress(`cold start ${i + 1} of ${starts}`);
    for (const server of shuffled(servers.filter(({ main }) => main || i < starts / 3))) {
      const running = await once(server);
      times.get(server.name).push(running.startedMs);
      await running.stop();
    }
  }
  return servers.map(({ name }) => {
    const { low, high } = medianInterval(times.get(name));
    return { name, startMs: median(times.get(name)), low, high, times: times.get(name) };
  });
}

/**
 * How much longer one starts than another: the median of the ratios of starts that followed each other.
 *
 * @param {ColdStart} one
 * @param {ColdStart} other
 * @returns {{ ratio: number, low: number, high: number }}
 */
export function coldRatio(one, other) {
  const pairs = Math.min(one.times.length, other.times.length);
  const ratios = Array.from({ length: pairs }, (_, i) => one.times[i] / other.times[i]);
  return { ratio: median(ratios), ...medianInterval(ratios) };
}
