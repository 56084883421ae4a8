// `npm run bench`: what a request, a cold start and an operation's types cost, beside node:http and the peers.
// README.md tells how; `node bench/run.mjs --help` lists the options.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { differences } from "./answers.mjs";
import { coldStarts } from "./cold.mjs";
import { coresToPin, machineFacts, nodeVersion, waitingForCpu, wrkVersion } from "./machine.mjs";
import { installPeers, node24, peerVersion, peerVersions, peersInstalled } from "./peers.mjs";
import { alarmLine, resultsFile, tables } from "./report.mjs";
import { race, summarise } from "./rounds.mjs";
import { routes as allRoutes } from "./routes.mjs";
import { control, servers as allServers, start } from "./servers.mjs";
import { HELLO_LIMIT, isTooSlow } from "./stats.mjs";
import { overBudget, typeCost } from "./types.mjs";

const usage = `npm run bench -- [options]

  --quick              two minutes: the running Node, few peers, short rounds; writes nothing
  --write              write bench/RESULTS.md (a full run does so unless it is restricted)
  --only cpu,cold,types    measure only these parts
  --servers raw,apus,… measure only these servers (raw is always there)
  --routes hello,get,post  measure only these routes
  --rounds N           rounds of the race (9; quick: 6 for hello, 3 for the others)
  --seconds N          seconds of load per measurement (1)
  --no-build           measure the package as it was last built
  --help               this text

Exit status: 0; 1 when a server's answers are wrong or, in a full run, hello is above ${HELLO_LIMIT} times raw node:http; 2 when something needed is missing.`;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    only: { type: "string" },
    servers: { type: "string" },
    routes: { type: "string" },
    rounds: { type: "string" },
    seconds: { type: "string" },
    "no-build": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(usage);
  process.exit(0);
}

const { quick } = options;
const parts = chosen("only", ["cpu", "cold", "types"]);
const routeNames = chosen(
  "routes",
  allRoutes.map((route) => route.name),
);
const known = [...allServers, control].map((server) => server.name);
const serverNames = new Set(["raw", ...chosen("servers", known)]);
const rounds = positive("rounds");
const seconds = positive("seconds") ?? 1;
const restricted = [options.only, options.servers, options.routes, options.rounds, options.seconds].some(
  (o) => o !== undefined,
);
const notes = [];
const started = performance.now();
const root = fileURLToPath(new URL("..", import.meta.url));

// ---------------------------------------------------------------- what is needed

const wrk = wrkVersion();
if (wrk === undefined && parts.includes("cpu")) {
  stop(
    "wrk, which makes the load, is not installed. Install it (Debian and Ubuntu: apt-get install wrk) and run this again.",
  );
}
if (!options["no-build"]) {
  progress("building the package");
  const built = spawnSync("npm", ["run", "build", "--silent"], { cwd: root, stdio: "inherit" });
  if (built.status !== 0) stop("The package could not be built (see above), so there is nothing to measure.");
}

const needsPeers = parts.includes("cpu") && wanted().some((server) => server.peer !== undefined);
if (!peersInstalled(!quick) && (needsPeers || !quick)) {
  progress("installing the peers (npm ci in bench/)");
  const failure = await installPeers(!quick, quick ? 45_000 : 600_000);
  if (failure !== undefined) {
    if (!quick) stop(`The peers could not be installed. ${failure}`);
    note(`The peers could not be installed in time, so that this run has none. ${failure}`);
  }
}
const nodeOf24 = nodeVersion(node24);
const node = quick || nodeOf24 === undefined ? process.execPath : node24;
const versionOfNode = nodeVersion(node);
note(
  `All servers run on Node ${versionOfNode}${node === node24 ? ", from bench/node_modules" : ", the Node that runs this command"}.`,
);
if (!quick && node !== node24) note("The pinned Node 24 does not run on this platform.");

// ---------------------------------------------------------------- the measurements

const report = {
  quick,
  date: new Date().toISOString().slice(0, 10),
  machine: machineFacts(),
  versions: {
    node: versionOfNode,
    wrk,
    apus: versionOf("../packages/apus"),
    zod: versionOf("../node_modules/zod"),
    ...peerVersions(),
  },
  notes,
};
let failed = false;

if (parts.includes("cpu")) {
  const cores = coresToPin();
  note(
    cores === undefined
      ? "Pinning is not possible here (it needs taskset and two cores): server and load share all cores, which makes the figures noisier."
      : `Servers are pinned to core ${cores.server}, the load to core ${cores.load}.`,
  );
  const { ready, excluded } = await checked(cores);
  report.excluded = excluded;
  if (excluded.has("apus") || excluded.has("raw")) failed = true;
  if (!excluded.has("raw")) {
    const files = new Map(ready.map(({ name, file }) => [name, file]));
    const measured = allRoutes.filter((route) => routeNames.includes(route.name));
    const samples = await race([...files.keys()], measured, {
      start: (name) => start(files.get(name), { node, core: cores?.server }),
      rounds: (route) => rounds ?? (quick ? (route === "hello" ? 6 : 3) : 9),
      windows: quick ? 1 : 2,
      seconds,
      warmUpSeconds: quick ? 0.5 : 1,
      patienceSeconds: quick ? 10 : 900,
      core: cores?.load,
      progress,
    });
    const disturbed = samples.filter((sample) => sample.disturbed).length;
    if (waitingForCpu() === undefined) note("The kernel does not tell whether other work disturbed the measurements.");
    else
      note(
        `Other work disturbed ${disturbed} of ${samples.length} measurements; those cured by repeating are not counted.`,
      );
    report.results = summarise(samples, "raw");
  }
}
if (parts.includes("cold") && !failed) {
  report.cold = await coldStarts(quick ? 7 : 25, { node, progress });
}
if (parts.includes("types")) {
  try {
    report.types = await typeCost(quick ? 200 : 1000, progress);
    report.versions = { ...report.versions, ...report.types.versions };
  } catch (error) {
    note(`The cost of an operation to the compiler could not be measured. ${withoutRoot(error.message)}`);
    failed = true;
  }
}

// ---------------------------------------------------------------- the report

console.log(`${notes.join("\n")}\n\n${tables(report)}\n`);
for (const warning of report.types === undefined ? [] : overBudget(report.types)) console.log(warning);
const incomplete = [report.excluded?.size ?? 0, parts.includes("types") && report.types === undefined].some(Boolean);
const hello = report.results?.find((result) => result.server === "apus" && result.route === "hello");
if (hello !== undefined && isTooSlow(hello, quick)) {
  console.log(alarmLine(hello, quick));
  // Two minutes on a shared machine tell, but do not judge: only a full run fails by a figure.
  if (!quick) failed = true;
}
if (report.results?.some((result) => result.trouble !== undefined)) {
  console.log('Some answers under load were no success (see the column "trouble"): those figures are not to be used.');
  failed = true;
}
if ((options.write || (!quick && !restricted)) && incomplete) {
  console.log("Nothing is written, because not everything could be measured (see above).");
} else if (options.write || (!quick && !restricted)) {
  writeFileSync(new URL("RESULTS.md", import.meta.url), resultsFile(report));
  console.log("Written to bench/RESULTS.md.");
}
console.log(`Took ${((performance.now() - started) / 1000).toFixed(0)} s.`);
process.exit(failed ? 1 : 0);

// ---------------------------------------------------------------- parts of the above

/** The servers to run, those whose peer is missing left out with a note. */
function wanted() {
  const candidates = [allServers[0], control, ...allServers.slice(1)];
  return candidates.filter(
    (server) => serverNames.has(server.name) && (!quick || server.quick || options.servers !== undefined),
  );
}

/** Asks every server the questions that all must answer alike. */
async function checked(cores) {
  const ready = [];
  const excluded = new Map();
  for (const server of wanted()) {
    progress(`checking the answers of ${server.name}`);
    try {
      if (server.peer !== undefined && peerVersion(server.peer) === undefined) throw new Error("it is not installed");
      const running = await start(server.file, { node, core: cores?.server });
      const found = await differences(running.baseUrl, server.validates, allRoutes);
      await running.stop();
      if (found.length === 0) ready.push(server);
      else excluded.set(server.name, found);
    } catch (error) {
      excluded.set(server.name, [withoutRoot(error.message)]);
    }
  }
  return { ready, excluded };
}

/** What is written may be published: it names files from the repository's root. */
function withoutRoot(text) {
  return text.replaceAll(`file://${root}`, "").replaceAll(root, "");
}

function chosen(name, possible) {
  const given = options[name]?.split(",").map((one) => one.trim());
  const unknown = given?.find((one) => !possible.includes(one));
  if (unknown !== undefined) stop(`--${name} does not know "${unknown}"; it knows ${possible.join(", ")}.`);
  return given ?? possible;
}

function positive(name) {
  if (options[name] === undefined) return undefined;
  const number = Number(options[name]);
  if (!Number.isInteger(number) || number < 1)
    stop(`--${name} must be a whole number above 0, not "${options[name]}".`);
  return number;
}

function versionOf(folder) {
  return JSON.parse(readFileSync(new URL(`${folder}/package.json`, import.meta.url), "utf8")).version;
}

function note(line) {
  notes.push(line);
}

function progress(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}\r`);
}

function stop(sentence) {
  console.error(sentence);
  process.exit(2);
}
