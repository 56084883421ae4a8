// The figures as tables, for the terminal and for RESULTS.md.
import { BUDGET } from "./types.mjs";
import { CONNECTIONS } from "./measure.mjs";
import { DISTURBED } from "./rounds.mjs";
import { HELLO_LIMIT } from "./stats.mjs";

const method = `- CPU time is user and system time of the server's whole process tree from /proc, read before and after \`wrk\` loads one
  route over ${CONNECTIONS} connections, divided by the answered requests. It is the figure because it depends less on the rest of
  the machine than requests per second do; those stand beside it.
- In every round all servers are started afresh, one process each, on the same Node with NODE_ENV=production, warmed up, and
  measured side by side in random order. A ratio compares a server with raw node:http in the same round; the table gives the
  median of the ratios and an interval for it from the sign test, which assumes nothing about the noise, with the
  probability that it holds the true median.
- A measurement is disturbed when some process waited for a core more than ${DISTURBED * 100} % of its time (the kernel's pressure
  stall information; 2 to 10 % on an idle machine). It is repeated when the machine is idle, while patience lasts; pairs
  that are disturbed even so are left out, or marked where too few others remain. This looks at the machine only, never
  at the figure.
- "raw again" is a second process of the reference: what its ratio differs from 1.00 is what the measurement cannot tell.
- Before the race every server must give equal answers (status, media type, JSON), and those that validate must refuse
  bad input and drop undeclared fields; one that does not is named above and not timed.
- Work declared: hello is a constant; get has an integer path parameter of at least 1 and an optional query of at most 50
  characters; post has a body of six fields with a nested list, validated, and the answer filtered. raw and express
  validate nothing, and hono does not check its answers.
- Cold start: milliseconds from spawning the process until GET /hello is answered, unpinned, in random order; memory is
  VmRSS of the idle process. Apus is the built package.
- Types: generated create, read, update and delete operations, each on a dependency, minus a project with the same schemas
  and dependencies and no operations. The client calls every operation once. Instantiations are TypeScript 6's and exact;
  times are one run.
- The baselines are unchanged copies of the given ones.`;

/**
 * @typedef {object} Report everything one run found out; a part that was not measured is missing
 * @property {boolean} quick
 * @property {string} date
 * @property {string} machine
 * @property {Record<string, string | undefined>} versions
 * @property {string[]} notes what a reader must know about this run
 * @property {import("./rounds.mjs").Result[]} [results]
 * @property {Map<string, string[]>} [excluded] servers that were not timed, with the reasons
 * @property {import("./cold.mjs").ColdStart[]} [cold]
 * @property {import("./types.mjs").TypeCost} [types]
 */

/**
 * A Markdown table whose columns are aligned, so that it can be read as plain text too.
 *
 * @param {string[]} head
 * @param {string[][]} rows
 * @returns {string}
 */
export function table(head, rows) {
  const widths = head.map((title, i) =>
    Math.max(3, ...[title, ...rows.map((row) => row[i])].map((cell) => cell.length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(" | ")} |`;
  const rule = widths.map((width, i) => (i < 2 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** The CPU time per request of every server on every route. */
export function raceTable(results) {
  const columns = {
    route: (result) => result.route,
    server: (result) => result.server,
    "CPU µs/request": (result) => result.cpu.toFixed(1),
    "× raw": (result) => result.ratio.toFixed(2),
    interval: (result) => (isReference(result) ? "" : `${result.low.toFixed(2)}-${result.high.toFixed(2)}`),
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

const isReference = ({ ratio, low, high }) => ratio === 1 && low === 1 && high === 1;

/** Cold starts. */
export function coldTable(cold) {
  const head = ["process", "starts", "first answer ms", "interval", "idle MiB"];
  const rows = cold.map((one) => [
    one.name,
    String(one.starts),
    one.startMs.toFixed(0),
    `${one.low.toFixed(0)}-${one.high.toFixed(0)}`,
    one.idleMiB.toFixed(0),
  ]);
  return table(head, rows);
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

/**
 * The parts that were measured, one below the other.
 *
 * @param {Report} report
 * @returns {string}
 */
export function tables({ results, excluded, cold, types }) {
  const parts = [];
  if (results !== undefined) {
    const title =
      "CPU time of the server per request, and the median of its ratios to raw node:http with an interval for it:";
    parts.push(title, raceTable(results));
  }
  for (const [server, reasons] of excluded ?? [])
    parts.push(`Not timed: ${server}\n${reasons.map((r) => `- ${r}`).join("\n")}`);
  if (cold !== undefined)
    parts.push("Cold start of hello, from spawning the process to the first answer:", coldTable(cold));
  if (types !== undefined) parts.push("Cost of one operation to the compiler:", typesTable(types));
  return parts.join("\n\n");
}

/**
 * RESULTS.md.
 *
 * @param {Report} report
 * @returns {string}
 */
export function resultsFile(report) {
  const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version ?? "not installed"}`);
  return `# Results

Written by \`npm run bench\`${report.quick ? " with `--quick --write`" : ""}; run it again rather than editing this file.

- Date: ${report.date}
- Machine: ${report.machine}
- Versions: ${versions.join(", ")}
${report.notes.map((note) => `- ${note}\n`).join("")}
${tables(report)}

## Method

${method}
`;
}

/**
 * The line to print when hello is too slow.
 *
 * @param {import("./rounds.mjs").Result} hello
 * @param {boolean} quick
 */
export function alarmLine(hello, quick) {
  const rule = quick
    ? "decided by the lower end of the interval, because a quick run is short and noisy"
    : "decided by the median";
  return `ALARM hello costs ${hello.ratio.toFixed(2)} times raw node:http (${hello.low.toFixed(2)}-${hello.high.toFixed(2)}); at most ${HELLO_LIMIT} is allowed (${rule})`;
}
