// What is asked of Apus, as limits on what was measured, and where something else came out ahead. A limit on a ratio is held
// by the upper end of its interval.
import { coldRatio } from "./cold.mjs";
import { entries, hellos, referenceOf } from "./entries.mjs";
import { compare } from "./rounds.mjs";
import { BUDGET } from "./types.mjs";

/** Limits of the CPU time per request: of Apus on Node to raw node:http and to its peers, on Bun to Elysia. */
const ratios = [
  ["hello", "apus", "raw", 0.95],
  ["get", "apus", "raw", 1],
  ["post", "apus", "raw", 0.95],
  ["real", "apus", "fastify", 0.8],
  ["real", "apus", "hono", 0.55],
  ["real", "apus", "elysia", 0.55],
  ["real", "apus", "nest", 0.55],
  ["hello", "apus-bun", "elysia-bun", 1],
  ["get", "apus-bun", "elysia-bun", 0.95],
  ["post", "apus-bun", "elysia-bun", 1],
  ["real", "apus-bun", "elysia-bun", 0.95],
];

const colds = [
  ["apus hello", "raw node:http", 1.2],
  ["apus hello, one schema", "raw + import zod", 1.15],
];

/** Limits of 1,000 operations and of an operation: milliseconds and bytes. */
const linkings = [
  ["linkMs", "ms to link", 60],
  ["linkedBytes", "bytes of heap each, above their schemas", 3000],
  ["generated", "times code was generated before the first request", 0],
];
const FIRST_MS = 3;

/** The probability with which the interval must hold the true ratio. */
const CONFIDENCE = 0.95;

/** The CPU time that no framework may be ahead of. */
const NOT_AHEAD = 1;

/**
 * @typedef {object} Verdict
 * @property {string} id names it in explanations.mjs
 * @property {string} what
 * @property {string} limit
 * @property {string} measured
 * @property {boolean | undefined} met undefined where too few rounds ran to tell
 *
 * @param {import("./report.mjs").Report} report
 * @returns {Verdict[]} of what this run measured
 */
export function verdicts(report) {
  return [...ofRatios(report), ...ofPeers(report), ...ofCold(report), ...ofLinking(report), ...ofTypes(report)];
}

function ofRatios({ samples = [] }) {
  return ratios.flatMap(([route, server, reference, limit]) => {
    const found = compare(samples, route, server, reference);
    if (found === undefined) return [];
    return [verdict(`${route}/${server}/${reference}`, `CPU of ${route}: ${server} to ${reference}`, limit, found)];
  });
}

/** One line for each runtime and route: the peer that is nearest, or furthest ahead. */
function ofPeers({ samples = [] }) {
  return [...new Set(samples.map(({ route }) => route))].flatMap((route) =>
    ["node", "bun"].flatMap((runtime) => {
      const apus = runtime === "bun" ? "apus-bun" : "apus";
      const found = entries
        .filter(({ role, name, routes }) => role === "peer" && routes.includes(route) && isOn(runtime, name))
        .flatMap(({ name }) => compare(samples, route, apus, name) ?? []);
      if (found.length === 0) return [];
      const worst = found.reduce((one, other) => (other.high > one.high ? other : one));
      const what = `CPU of ${route}: ${apus} to any peer, the nearest is ${worst.reference}`;
      return [verdict(`${route}/${apus}/peers`, what, NOT_AHEAD, worst)];
    }),
  );
}

/** Python's framework runs on no runtime of its own here: it stands beside those of Node. */
function isOn(runtime, name) {
  return entries.some((entry) => entry.name === name && (entry.runtime === "bun") === (runtime === "bun"));
}

function ofCold({ cold = [] }) {
  return colds.flatMap(([name, reference, limit]) => {
    const [one, other] = [name, reference].map((wanted) => cold.find((each) => each.name === wanted));
    if (one === undefined || other === undefined) return [];
    return [verdict(`cold/${name}`, `first answer: ${name} to ${reference}`, limit, coldRatio(one, other))];
  });
}

function ofLinking({ linking = [] }) {
  return linking.flatMap((found) => {
    const of = `${found.operations.toLocaleString("en")} operations, ${found.variant}`;
    const first = found.firstMs.p50;
    return [
      ...linkings.map(([key, unit, limit]) => ({
        id: `linking/${key}`,
        what: `${of}: ${unit}`,
        limit: limit.toLocaleString("en"),
        measured: rounded(found[key]),
        met: found[key] <= limit,
      })),
      {
        id: "linking/first",
        what: `${of}: ms that the first request takes above the second (p50)`,
        limit: String(FIRST_MS),
        measured: first.toFixed(2),
        met: first <= FIRST_MS,
      },
    ];
  });
}

function ofTypes({ types }) {
  return Object.entries(types === undefined ? {} : BUDGET).map(([stage, budget]) => ({
    id: `types/${stage}`,
    what: `instantiations per operation${stage === "client" ? " with a client" : ""}`,
    limit: budget.toLocaleString("en"),
    measured: rounded(types[stage].instantiations),
    met: types[stage].instantiations <= budget,
  }));
}

function verdict(id, what, limit, { ratio, low, high, coverage }) {
  return {
    id,
    what,
    limit: `${limit.toFixed(2)} ×`,
    measured: `${ratio.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`,
    met: coverage < CONFIDENCE ? undefined : high <= limit,
  };
}

const rounded = (number) => (number < 100 ? Number(number.toFixed(1)) : Math.round(number)).toLocaleString("en");

/**
 * Who is ahead of Apus where no limit is asked: each framework with a smaller figure in cold start, memory or bundle.
 *
 * @param {import("./report.mjs").Report} report
 * @returns {{ id: string, what: string, ahead: string[] }[]} only those with somebody ahead
 */
export function aheadOfApus({ cold = [], memory = [], bundles = [] }) {
  const figures = [
    { id: "cold", what: "first answer of hello", list: cold, figure: (each) => each.startMs },
    { id: "memory/idle", what: "memory of hello, idle", list: memory, figure: (each) => each.idle },
    { id: "memory/loaded", what: "memory of hello under load", list: memory, figure: (each) => each.loaded },
    { id: "bundle", what: "bundle of hello, gzipped", list: bundles, figure: (each) => each.start.gzip },
  ];
  return figures.flatMap(({ id, what, list, figure }) =>
    ["apus hello", "apus hello on Bun"].flatMap((own) => {
      const apus = list.find(({ name }) => name === own);
      const peers = list.filter(({ name }) => isPeer(name) && onBun(name) === onBun(own));
      const ahead = apus === undefined ? [] : peers.filter((each) => figure(each) < figure(apus));
      return ahead.length === 0 ? [] : [{ id, what: `${what}: ${own}`, ahead: ahead.map(({ name }) => name) }];
    }),
  );
}

const isPeer = (name) => hellos.some((each) => each.name === name && each.role === "peer");
const onBun = (name) => hellos.some((each) => each.name === name && each.runtime === "bun");

/** The comparisons of a route with a reference, in the order of the entries. */
export function comparisons(samples, runtime) {
  const routes = [...new Set(samples.map(({ route }) => route))];
  return routes.flatMap((route) => {
    const reference = referenceOf(runtime, route);
    const names = entries
      .filter((entry) => entry.routes.includes(route) && isOn(runtime, entry.name))
      .map(({ name }) => name);
    return names.flatMap((name) => compare(samples, route, name, reference) ?? []);
  });
}

/** Apus beside each peer of a runtime, on the routes that were measured. */
export function besidePeers(samples) {
  return [...new Set(samples.map(({ route }) => route))].flatMap((route) =>
    entries
      .filter((entry) => entry.role === "peer" && entry.routes.includes(route))
      .flatMap(({ name, runtime }) => compare(samples, route, runtime === "bun" ? "apus-bun" : "apus", name) ?? []),
  );
}
