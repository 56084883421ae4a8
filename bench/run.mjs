// `npm run bench`: what a request, a start, an idle process, a thousand operations and an operation's types cost, beside what
// is written by hand and the peers. README.md tells how; `node bench/run.mjs --help` lists the options.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundles } from "./bundle.mjs";
import { coldStarts } from "./cold.mjs";
import { command, stop } from "./command.mjs";
import { entries, hellos, ON_NODE_HTTP, referenceOf } from "./entries.mjs";
import { footprints } from "./footprint.mjs";
import { linking } from "./linking.mjs";
import { coresToPin, machineFacts, waitingForCpu, wrkVersion } from "./machine.mjs";
import { installPeers, peersInstalled, peerVersions } from "./peers.mjs";
import { checked, installed, withoutRoot } from "./ready.mjs";
import { alarmLine, losses, printed, resultsFile } from "./report.mjs";
import { compare, race, secondsOfWarmUp } from "./rounds.mjs";
import { routes as allRoutes } from "./routes.mjs";
import { bun, installPython, node24, pythonWithFastapi, versionOf } from "./runtimes.mjs";
import { start } from "./servers.mjs";
import { isTooSlow } from "./stats.mjs";
import { overBudget, typeCost } from "./types.mjs";

/** On Bun the servers are close to each other where little is done: the interval has to be narrow to tell them apart. */
const fullRounds = (route, runtime) => (runtime === "bun" && (route === "hello" || route === "get") ? 21 : 9);

/** How long a quick run may take, and what its last part needs of that, on a machine that is busy. */
const QUICK_MS = 120_000;
const TYPES_MS = 40_000;

const asked = command();
const { quick, parts } = asked;
const started = performance.now();
const notes = [];
const routes = allRoutes.filter(({ name }) => asked.routes.includes(name));

// ---------------------------------------------------------------- what is needed

const wrk = wrkVersion();
if (wrk === undefined && (parts.includes("cpu") || parts.includes("memory"))) {
  stop(
    "wrk, which makes the load, is not installed. Install it (Debian and Ubuntu: apt-get install wrk) and run this again.",
  );
}
if (asked.build) {
  progress("building the package");
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const built = spawnSync("npm", ["run", "build", "--silent"], { cwd, stdio: "inherit" });
  if (built.status !== 0) stop("The package could not be built (see above), so there is nothing to measure.");
}
if (!peersInstalled(!quick) && (!quick || wanted(entries).some(({ peer }) => peer !== undefined))) {
  progress("installing the peers (npm ci in bench/)");
  const failure = await installPeers(!quick, quick ? 45_000 : 600_000);
  if (failure !== undefined) {
    if (!quick) stop(`The peers could not be installed. ${failure}`);
    notes.push(`The peers could not be installed in time, so that this run has none. ${failure}`);
  }
}
const node = quick || versionOf(node24) === undefined ? process.execPath : node24;
notes.push(
  `All servers of Node run on ${versionOf(node)}${node === node24 ? ", from bench/node_modules" : ", the Node that runs this command"}.`,
);
if (!quick && node !== node24) notes.push("The pinned Node 24 does not run on this platform.");
if (!quick && pythonWithFastapi() === undefined && wanted(entries).some(({ runtime }) => runtime === "python")) {
  progress("installing FastAPI");
  const failure = installPython();
  if (failure !== undefined) notes.push(`FastAPI could not be installed: ${withoutRoot(failure)}`);
}
const python = pythonWithFastapi();
const binaries = { node, bun: versionOf(bun) && bun, python: python?.binary };
const cores = coresToPin();
notes.push(
  cores === undefined
    ? "Pinning is not possible here (it needs taskset and two cores): server and load share all cores, which makes the figures noisier."
    : `Servers are pinned to core ${cores.server}, the load to core ${cores.load}.`,
);
const { possible: contenders, missing } = installed(wanted(entries), binaries);
for (const [name, what] of missing) notes.push(`${name} is left out: ${what} is not installed.`);
const smallest = installed(
  hellos.filter(({ main }) => main || !quick),
  binaries,
).possible;

// ---------------------------------------------------------------- the measurements

const report = {
  quick,
  date: new Date().toISOString().slice(0, 10),
  machine: machineFacts(),
  versions: {
    node: versionOf(node),
    bun: versionOf(bun),
    ...python?.versions,
    wrk,
    apus: packageVersion("../packages/apus"),
    zod: packageVersion("../node_modules/zod"),
    esbuild: packageVersion("../node_modules/esbuild"),
    ...peerVersions(),
  },
  notes,
};
let failed = false;
const took = new Map();
let current = "";

if (measures("cpu")) {
  const { ready, excluded } = await checked(contenders, routes, { binaries, core: cores?.server, progress });
  report.excluded = excluded;
  if (["apus", ON_NODE_HTTP, "apus-bun", "raw", "floor"].some((name) => excluded.has(name))) failed = true;
  report.samples = await race(ready, routes, {
    start: ({ file, runtime }) => start(file, { node: binaries[runtime], core: cores?.server, anyAnswer: true }),
    rounds: (route, runtime) => asked.rounds ?? (quick ? (route === "hello" ? 6 : 3) : fullRounds(route, runtime)),
    windows: 1,
    seconds: asked.seconds ?? (quick ? 0.6 : 1),
    warmUpSeconds: quick ? () => 0.4 : secondsOfWarmUp,
    patienceSeconds: quick ? 5 : Math.min(150, ready.length * routes.length * (asked.rounds ?? 9)),
    limitSeconds: quick ? 40 : undefined,
    core: cores?.load,
    progress,
  });
  const { length } = report.samples.filter((sample) => sample.disturbed);
  notes.push(
    waitingForCpu() === undefined
      ? "The kernel does not tell whether other work disturbed the measurements."
      : `Other work disturbed ${length} of ${report.samples.length} measurements; those cured by repeating are not counted.`,
  );
}
if (measures("cold")) {
  report.cold = await coldStarts(quick ? 7 : 41, {
    node,
    servers: smallest,
    binaries,
    limitSeconds: quick ? 8 : undefined,
    progress,
  });
}
if (measures("memory")) {
  const options = { rounds: quick ? 1 : 2, seconds: quick ? 1 : 2, binaries, cores, progress };
  report.memory = await footprints(smallest, options);
}
if (measures("bundle")) {
  progress("bundling");
  const bundled = smallest.filter(({ name, runtime }) => runtime === "node" && name !== "raw + import zod");
  report.bundles = await bundles(bundled);
}
if (measures("linking")) {
  progress("linking 1,000 operations");
  report.linking = linking({ node, runs: quick ? 1 : 7, ...(quick ? { only: ["mixed"] } : undefined) });
}
if (quick && performance.now() - started > QUICK_MS - TYPES_MS) {
  notes.push("The cost of an operation to the compiler is left out: other work on the machine left no time for it.");
} else if (measures("types")) {
  try {
    report.types = await typeCost(quick ? 100 : 1000, progress);
    report.versions = { ...report.versions, ...report.types.versions };
  } catch (error) {
    notes.push(`The cost of an operation to the compiler could not be measured. ${withoutRoot(error.message)}`);
    failed = true;
  }
}
measures("");

// ---------------------------------------------------------------- the report

console.log(`${notes.join("\n")}\n\n${printed(report)}\n`);
for (const warning of report.types === undefined ? [] : overBudget(report.types)) console.log(warning);
const hello = compare(report.samples ?? [], "hello", "apus", "raw");
if (hello !== undefined && isTooSlow(hello, quick)) {
  console.log(alarmLine(hello, quick));
  // Two minutes on a shared machine tell, but do not judge: only a full run fails by a figure.
  if (!quick) failed = true;
}
const troubles = report.samples?.flatMap(({ trouble }) => trouble ?? []) ?? [];
if (troubles.length > 0) {
  console.log('Some answers under load were no success (see the column "trouble"): those figures are not to be used.');
  // On a machine that is busy enough, an answer may take longer than wrk waits.
  if (!quick || troubles.some((trouble) => trouble.includes("Non-2xx"))) failed = true;
}
if (!quick && !asked.restricted) {
  const { open, stale } = losses(report);
  if (open.length > 0) console.log(`To be explained in bench/explanations.mjs: ${open.join(", ")}`);
  if (stale.length > 0)
    console.log(`Explained in bench/explanations.mjs, but no loss in this run: ${stale.join(", ")}`);
}
if (asked.write || (!quick && !asked.restricted)) {
  if (report.excluded?.size > 0 || (parts.includes("types") && report.types === undefined)) {
    console.log("Nothing is written, because not everything could be measured (see above).");
  } else {
    writeFileSync(new URL("RESULTS.md", import.meta.url), resultsFile(report));
    console.log("Written to bench/RESULTS.md.");
  }
}
const seconds = (ms) => `${(ms / 1000).toFixed(0)} s`;
const each = [...took].map(([part, ms]) => `${part} ${seconds(ms)}`).join(", ");
console.log(`Took ${seconds(performance.now() - started)}: ${each}.`);
process.exit(failed ? 1 : 0);

// ---------------------------------------------------------------- parts of the above

/** Whether a part is to be measured; with it ends the one before. */
function measures(part) {
  const now = performance.now();
  if (took.has(current)) took.set(current, now - took.get(current));
  current = parts.includes(part) ? part : "";
  if (current !== "") took.set(part, now);
  return current !== "";
}

/** What was asked for, and what the ratios are taken to. */
function wanted(all) {
  return all.filter((entry) => {
    if (!entry.routes.some((route) => asked.routes.includes(route))) return false;
    if (asked.servers === undefined) return !quick || entry.quick;
    return asked.servers.includes(entry.name) || asked.servers.some((name) => isReferenceFor(entry, name));
  });
}

function isReferenceFor(entry, name) {
  const measured = entries.filter((each) => each.name === name);
  return measured.some(({ runtime, routes }) =>
    routes.some((route) => asked.routes.includes(route) && referenceOf(runtime, route) === entry.name),
  );
}

function packageVersion(folder) {
  return JSON.parse(readFileSync(new URL(`${folder}/package.json`, import.meta.url), "utf8")).version;
}

function progress(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}\r`);
}
