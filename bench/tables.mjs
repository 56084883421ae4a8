// The figures as tables, for the terminal and for RESULTS.md.
import { entries, ON_NODE_HTTP } from "./entries.mjs";
import { compare } from "./rounds.mjs";
import { besidePeers, comparisons } from "./targets.mjs";
import { BUDGET } from "./types.mjs";

/**
 * A Markdown table whose columns are aligned, so that it can be read as plain text too.
 *
 * @param {string[]} head
 * @param {string[][]} rows
 * @param {number} [left] how many columns are text
 * @returns {string}
 */
export function table(head, rows, left = 2) {
  const widths = head.map((title, i) =>
    Math.max(3, ...[title, ...rows.map((row) => row[i])].map((cell) => cell.length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i < left ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(" | ")} |`;
  const rule = widths.map((width, i) => (i < left ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** How tables show a server. */
const titles = new Map(entries.map(({ name, title = name }) => [name, title]));

const interval = ({ low, high }) => `${low.toFixed(2)}-${high.toFixed(2)}`;
const isReference = ({ server, reference }) => server === reference;

/** The CPU time per request of every server on every route, beside what was written by hand. */
export function raceTable(results) {
  const columns = {
    route: (result) => result.route,
    server: (result) => titles.get(result.server) ?? result.server,
    "CPU µs/request": (result) => result.cpu.toFixed(1),
    "× by hand": (result) => result.ratio.toFixed(2),
    interval: (result) => (isReference(result) ? "" : interval(result)),
    coverage: (result) => (isReference(result) ? "" : `${(result.coverage * 100).toFixed(1)} %`),
    pairs: (result) => (isReference(result) ? "" : String(result.pairs)),
    "requests/s": (result) => Math.round(result.perSecond).toLocaleString("en"),
  };
  if (results.some((result) => result.disturbed)) columns["disturbed"] = (result) => (result.disturbed ? "yes" : "");
  if (results.some((result) => result.trouble)) columns["trouble"] = (result) => result.trouble ?? "";
  return table(
    Object.keys(columns),
    results.map((result) => Object.values(columns).map((cell) => cell(result))),
  );
}

/** Apus beside itself on Node's own HTTP server, on the routes that were measured. */
function besideNodeHttp(samples) {
  return [...new Set(samples.map(({ route }) => route))].flatMap(
    (route) => compare(samples, route, "apus", ON_NODE_HTTP) ?? [],
  );
}

/** Apus beside each peer: below 1.00 Apus costs less. */
export function besideTable(results) {
  const routes = [...new Set(results.map(({ route }) => route))];
  const peers = [...new Set(results.map(({ reference }) => reference))];
  const cell = (found) => (found === undefined ? "" : `${found.ratio.toFixed(2)} (${interval(found)})`);
  const rows = peers.map((peer) => {
    const { server } = results.find(({ reference }) => reference === peer);
    const of = (route) => results.find((each) => each.reference === peer && each.route === route);
    return [server, titles.get(peer) ?? peer, ...routes.map((route) => cell(of(route)))];
  });
  return table(["", "to", ...routes], rows);
}

/** What stands behind the names. */
export function legend(samples) {
  const named = new Set(samples.map(({ server }) => server));
  const notes = new Map(entries.filter(({ name }) => named.has(name)).map(({ name, note }) => [name, note]));
  return [...notes].map(([name, note]) => `- **${titles.get(name)}**: ${note}`).join("\n");
}

const standing = (met) => (met === undefined ? "too few rounds" : met ? "met" : "NOT MET");

/** The targets. */
export function targetsTable(verdicts) {
  const rows = verdicts.map(({ what, limit, measured, met }) => [what, standing(met), limit, measured]);
  return table(["target", "", "at most", "measured"], rows);
}

/** Cold starts. */
export function coldTable(cold) {
  const rows = cold.map((one) => [
    one.name,
    String(one.times.length),
    one.startMs.toFixed(0),
    `${one.low.toFixed(0)}-${one.high.toFixed(0)}`,
  ]);
  return table(["process", "starts", "first answer ms", "interval"], rows, 1);
}

/** Memory. */
export function memoryTable(memory) {
  const rows = memory.map(({ name, idle, loaded, peak }) => [name, ...[idle, loaded, peak].map((n) => n.toFixed(0))]);
  return table(["process", "idle MiB", "under load MiB", "peak MiB"], rows, 1);
}

/** Bundles. */
export function bundleTable(bundles) {
  const kb = (bytes) => (bytes / 1000).toFixed(1);
  const rows = bundles.map(({ name, start, all, withoutZod }) => [
    name,
    ...[start, withoutZod, all].flatMap(({ minified, gzip }) => [kb(minified), kb(gzip)]),
  ]);
  const head = ["kB", "minified", "gzip", "without zod", "gzip", "with what is loaded later", "gzip"];
  return table(head, rows, 1);
}

/** Linking. */
export function linkingTable(linking) {
  const head = [
    "variant",
    "declare ms",
    "link ms",
    "median",
    "declared B each",
    "linked B each",
    "generated",
    "first +ms",
  ];
  const rows = linking.map((found) => [
    found.variant,
    found.declareMs.toFixed(1),
    found.linkMs.toFixed(1),
    found.linkMedianMs.toFixed(1),
    Math.round(found.declaredBytes).toLocaleString("en"),
    Math.round(found.linkedBytes).toLocaleString("en"),
    String(found.generated),
    `${found.firstMs.p50.toFixed(2)} (p95 ${found.firstMs.p95.toFixed(2)})`,
  ]);
  return table(head, rows, 1);
}

/** What an operation costs the compiler. */
export function typesTable({ count, operations, client }) {
  const head = ["per operation", "of", "instantiations", "budget", "check ms, TypeScript 6", "check ms, TypeScript 7"];
  const row = (name, cost, budget) => [
    name,
    String(count),
    Math.round(cost.instantiations).toLocaleString("en"),
    budget.toLocaleString("en"),
    cost.checkMs.toFixed(2),
    cost.checkMs7.toFixed(2),
  ];
  return table(head, [row("operations", operations, BUDGET.operations), row("with a client", client, BUDGET.client)]);
}

const BESIDE =
  "CPU time of Apus beside Apus on node:http, and beside each peer (below 1.00 that of Apus by itself is less)";

/**
 * The parts that were measured, each with a title.
 *
 * @param {import("./report.mjs").Report} report
 * @returns {[title: string, text: string][]}
 */
export function sections({ samples, excluded, cold, memory, bundles, linking, types }) {
  const found = [];
  if (samples !== undefined) {
    for (const [runtime, title] of [
      ["node", "CPU time of the server per request on Node"],
      ["bun", "CPU time of the server per request on Bun"],
    ]) {
      const results = comparisons(samples, runtime);
      if (results.length > 0) found.push([title, raceTable(results)]);
    }
    const beside = [...besideNodeHttp(samples), ...besidePeers(samples)];
    if (beside.length > 0) found.push([BESIDE, besideTable(beside)]);
    found.push(["What the names stand for", legend(samples)]);
  }
  for (const [server, reasons] of excluded ?? []) {
    found.push([`Not timed: ${server}`, reasons.map((reason) => `- ${reason}`).join("\n")]);
  }
  if (cold !== undefined)
    found.push(["Cold start of hello, from spawning the process to the first answer", coldTable(cold)]);
  if (memory !== undefined) found.push(["Resident memory of hello", memoryTable(memory)]);
  if (bundles !== undefined) found.push(["Bundle of hello", bundleTable(bundles)]);
  if (linking !== undefined) {
    const [{ operations }] = linking;
    found.push([
      `${operations.toLocaleString("en")} operations at start, and the first request to one`,
      linkingTable(linking),
    ]);
  }
  if (types !== undefined) found.push(["Cost of one operation to the compiler", typesTable(types)]);
  return found;
}
