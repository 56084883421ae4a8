// The race. In every round all servers are started afresh and run side by side, and each is measured on every route, in
// random order: so whatever slows the machine for a while hits all alike, and what the compiler and the memory of one
// process happened to come to does not decide. Ratios are taken within a round and only then summarised.
import { untilIdle } from "./machine.mjs";
import { load, measure } from "./measure.mjs";
import { median, medianInterval, shuffled } from "./stats.mjs";

/**
 * A measurement during which some process waited for a core longer than this share of the time was disturbed: it is
 * 0.02 to 0.1 on an idle machine, for every server, and above 0.3 as soon as something else runs. A server that does
 * not get its core is not saturated, wakes up for fewer requests at a time, and pays up to twice as much for each.
 */
export const DISTURBED = 0.15;

/** How long to wait for an idle machine before trying again all the same, in ms. */
const WAIT_MS = 5_000;

/**
 * How long each route of a server is loaded before it is measured, in a full run and in seconds: until the compiler has done
 * most of its work. On Bun, whose compiler takes longest, a request costs up to twice as much before.
 *
 * @param {string} runtime
 */
export const secondsOfWarmUp = (runtime) => (runtime === "bun" ? 3 : 1);

/** How often a measurement is tried in which nothing was answered. */
const ATTEMPTS = 3;

/** So many undisturbed pairs are enough to leave the disturbed ones out. */
const ENOUGH = 7;

/**
 * @typedef {object} Sample one measurement
 * @property {string} route
 * @property {string} server
 * @property {number} round
 * @property {number} cpu microseconds per request
 * @property {number} perSecond
 * @property {boolean} disturbed
 * @property {string | undefined} trouble
 *
 * @typedef {object} Comparison two servers on one route
 * @property {string} route
 * @property {string} server
 * @property {string} reference
 * @property {number} cpu median of the server's microseconds of CPU time per request
 * @property {number} perSecond median of its requests per second
 * @property {number} ratio median of the ratios of CPU time in the same round
 * @property {number} low lower end of the interval of that median
 * @property {number} high its upper end
 * @property {number} coverage the probability that the interval holds the true median
 * @property {number} pairs how many ratios there were
 * @property {boolean} disturbed whether disturbed measurements had to be used
 * @property {string | undefined} trouble why the figure is not to be used
 */

/**
 * Runs the rounds. A disturbed measurement is done again once the machine has become idle, as long as patience lasts.
 *
 * @template {{ name: string, runtime: string, routes: readonly string[] }} E
 * @param {readonly E[]} entries the servers
 * @param {readonly import("./routes.mjs").Route[]} routes
 * @param {object} options
 * @param {(entry: E) => Promise<import("./servers.mjs").Running>} options.start starts one of them
 * @param {(route: string, runtime: string) => number} options.rounds how many rounds a route gets on a runtime
 * @param {number} options.windows how many measurements of a route a round holds for each server
 * @param {number} options.seconds of load per measurement
 * @param {(runtime: string) => number} options.warmUpSeconds of load on each route of a server of that runtime before it is
 *   measured
 * @param {number} options.patienceSeconds how long all repetitions together may take, with waiting for an idle machine
 * @param {number} [options.limitSeconds] after which nothing more is measured; there is always one round
 * @param {number} [options.core] the core for the load
 * @param {(line: string) => void} options.progress
 * @returns {Promise<Sample[]>} in the order of the routes and servers given
 */
export async function race(entries, routes, options) {
  const { rounds, windows, seconds, warmUpSeconds, limitSeconds = Infinity, core, progress } = options;
  const from = performance.now();
  let patienceMs = options.patienceSeconds * 1000;
  const undisturbed = async (server, route) => {
    for (let attempt = 1; ; attempt += 1) {
      let measured;
      try {
        measured = await measure(server, route, seconds, core);
      } catch (error) {
        // On a machine that is busy enough a server may not get its core in time to answer anything.
        if (attempt === ATTEMPTS) throw error;
        await untilIdle(WAIT_MS);
        continue;
      }
      const disturbed = measured.waiting > DISTURBED;
      if (!disturbed || patienceMs <= 0) return { ...measured, disturbed };
      patienceMs -= (await untilIdle(Math.min(patienceMs, WAIT_MS))) + seconds * 1000;
    }
  };

  const samples = [];
  const runtimes = [...new Set(entries.map(({ runtime }) => runtime))];
  const all = routes.flatMap((route) => runtimes.map((runtime) => ({ route, runtime })));
  const most = Math.max(...all.map(({ route, runtime }) => rounds(route.name, runtime)));
  for (let round = 0; round < most; round += 1) {
    const isLate = () => round > 0 && performance.now() - from > limitSeconds * 1000;
    if (isLate()) break;
    progress(`round ${round + 1} of ${most}`);
    const ofRound = all.filter(({ route, runtime }) => round < rounds(route.name, runtime));
    const races = (entry, { route, runtime }) => entry.runtime === runtime && entry.routes.includes(route.name);
    const running = [];
    for (const entry of shuffled(entries.filter((each) => ofRound.some((heat) => races(each, heat))))) {
      running.push([entry, await options.start(entry)]);
    }
    // Those that are compared stand close together in time: the servers of one runtime on one route.
    const heats = ofRound.map((heat) => ({ ...heat, servers: running.filter(([entry]) => races(entry, heat)) }));
    for (const { route, runtime, servers } of heats) {
      // One that answers nothing yet will tell when it is measured.
      for (const [, server] of servers) {
        await load(server.baseUrl, route, warmUpSeconds(runtime), core).catch(() => {});
      }
    }
    for (let window = 0; window < windows; window += 1) {
      for (const { route, servers } of shuffled(heats)) {
        if (isLate()) break;
        for (const [{ name }, server] of shuffled(servers)) {
          const { cpu, perSecond, disturbed, trouble } = await undisturbed(server, route).catch((cause) => {
            throw new Error(`${name} could not be measured on ${route.name}`, { cause });
          });
          samples.push({ route: route.name, server: name, round, cpu, perSecond, disturbed, trouble });
        }
      }
    }
    for (const [, server] of running) await server.stop();
  }
  const routeNames = routes.map((route) => route.name);
  const place = ({ server }) => entries.findIndex(({ name }) => name === server);
  return samples.sort(
    (a, b) => routeNames.indexOf(a.route) - routeNames.indexOf(b.route) || place(a) - place(b) || a.round - b.round,
  );
}

/**
 * Compares two servers on a route. What one of them did in one round counts once, as the median of its undisturbed
 * measurements. Pairs without any are left out where enough others remain.
 *
 * @param {readonly Sample[]} samples
 * @param {string} route
 * @param {string} server
 * @param {string} reference the server that counts as 1.00
 * @returns {Comparison | undefined} undefined when no round measured both
 */
export function compare(samples, route, server, reference) {
  const of = (name) => samples.filter((sample) => sample.route === route && sample.server === name);
  const own = of(server);
  const others = byRound(of(reference));
  const pairs = [...byRound(own)]
    .filter(([round]) => others.has(round))
    .map(([round, mine]) => ({ mine, other: others.get(round) }));
  if (pairs.length === 0) return undefined;
  const quiet = pairs.filter(({ mine, other }) => !mine.disturbed && !other.disturbed);
  const used = quiet.length >= ENOUGH ? quiet : pairs;
  const ratios = used.map(({ mine, other }) => mine.cpu / other.cpu);
  return {
    route,
    server,
    reference,
    cpu: median(used.map(({ mine }) => mine.cpu)),
    perSecond: median(used.map(({ mine }) => mine.perSecond)),
    ratio: median(ratios),
    ...medianInterval(ratios),
    pairs: ratios.length,
    disturbed: quiet.length < used.length,
    trouble: own.find((sample) => sample.trouble !== undefined)?.trouble,
  };
}

/** What one server did on one route, by round. */
function byRound(samples) {
  const rounds = new Map();
  for (const round of new Set(samples.map((sample) => sample.round))) {
    const all = samples.filter((sample) => sample.round === round);
    const quiet = all.filter((sample) => !sample.disturbed);
    const used = quiet.length > 0 ? quiet : all;
    rounds.set(round, {
      cpu: median(used.map((sample) => sample.cpu)),
      perSecond: median(used.map((sample) => sample.perSecond)),
      disturbed: quiet.length === 0,
    });
  }
  return rounds;
}
