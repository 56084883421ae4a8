// RESULTS.md: the targets, every loss with its explanation, the tables and the method.
import { explanations as known } from "./explanations.mjs";
import { CONNECTIONS } from "./measure.mjs";
import { DISTURBED, secondsOfWarmUp } from "./rounds.mjs";
import { HELLO_LIMIT } from "./stats.mjs";
import { sections, targetsTable } from "./tables.mjs";
import { aheadOfApus, verdicts } from "./targets.mjs";

const method = `- CPU time is user and system time of the server's whole process tree, summed over the threads' schedstat in /proc, read
  before and after \`wrk\` loads one route over ${CONNECTIONS} connections, divided by the answered requests. It is the figure because it
  depends less on the rest of the machine than requests per second do; those stand beside it.
- In every round all servers are started afresh, one process each, with NODE_ENV=production, those of Node on the same Node,
  warmed up (${secondsOfWarmUp("node")} s on each route, ${secondsOfWarmUp("bun")} s on Bun, whose compiler takes longest), and measured side by
  side in random order. The real route is a server of its own everywhere, as in the given baselines. A ratio compares two
  servers in the same round; the tables give the
  median of the ratios and an interval for it from the sign test, which assumes nothing about the noise, with the
  probability that it holds the true median. A target is met when the upper end of that interval is within it.
- A measurement is disturbed when some process waited for a core more than ${DISTURBED * 100} % of its time (the kernel's pressure
  stall information; 2 to 10 % on an idle machine). It is repeated when the machine is idle, while patience lasts; pairs
  that are disturbed even so are left out, or marked where too few others remain. This looks at the machine only, never
  at the figure.
- "by hand" is raw node:http on Node, for real the given floor, and Bun.serve on Bun; they compete with nobody. "raw again"
  is a second process of the reference: what its ratio differs from 1.00 is what the measurement cannot tell.
- Before the race every server must give equal answers (status, media type, JSON, the headers of real), deny what has no
  right token, and those that validate must refuse bad input, drop undeclared fields and show no hidden column; one that does
  not is named above and not timed.
- Work declared: hello is a constant; get has an integer path parameter of at least 1 and an optional query of at most 50
  characters; post has a body of six fields with a nested list, validated, and the answer filtered; real has a bearer token
  that a given function verifies, four parameters, a body of twenty fields, an awaited look-up, fifty records of which two
  columns are hidden, three security headers and a fresh request id. raw and express check nothing in the first three, and
  hono, h3 and nest do not check their answers there.
- Cold start: milliseconds from spawning the process until GET /hello is answered, unpinned, in random order, of an application
  with one route. Memory: VmRSS of the process tree, idle after the first answer, and while wrk loads /hello. Bundle: esbuild,
  minified ESM for Node, what is loaded until it listens; gzip of each file at level 9.
- Operations: a mix of CRUD with parameters and a dependency, posts with nested bodies, and plain reads, in ten routers, in
  fresh processes: time and heap are the least of the runs, heap above the same schemas declared without an App.
- Types: generated create, read, update and delete operations, each on a dependency, minus a project with the same schemas
  and dependencies and no operations. The client calls every operation once. Instantiations are TypeScript 6's and exact;
  times are one run.
- The given baselines, in bench/baselines, are unchanged copies; the given hono answers bad input of real with 500 instead of
  4xx, which is let pass. The others, in bench/peers, are written as their users would: NestJS stands on Fastify with
  its own Standard Schema pipe and interceptor, so that it has the same zod as the others (class-validator was not
  measured); Elysia's answer of real declares numbers in steps of 1, because its integers cost it more than twice as much.`;

/**
 * @typedef {object} Report everything one run found out; a part that was not measured is missing
 * @property {boolean} quick
 * @property {string} date
 * @property {string} machine
 * @property {Record<string, string | undefined>} versions
 * @property {string[]} notes what a reader must know about this run
 * @property {import("./rounds.mjs").Sample[]} [samples]
 * @property {Map<string, string[]>} [excluded] servers that were not timed, with the reasons
 * @property {import("./cold.mjs").ColdStart[]} [cold]
 * @property {import("./footprint.mjs").Footprint[]} [memory]
 * @property {import("./bundle.mjs").Bundle[]} [bundles]
 * @property {import("./linking.mjs").Linking[]} [linking]
 * @property {import("./types.mjs").TypeCost} [types]
 */

/**
 * Every target that is not met and everything else in which somebody is ahead, each with its explanation.
 *
 * @param {Report} report
 * @param {Record<string, string>} [explanations]
 * @returns {{ lines: string[], open: string[], stale: string[] }} ids of losses without an explanation, and of
 *   explanations without a loss
 */
export function losses(report, explanations = known) {
  const lost = [
    ...verdicts(report)
      .filter(({ met }) => met === false)
      .map(({ id, what, limit, measured }) => ({ id, text: `${what}: ${measured}, at most ${limit}` })),
    ...aheadOfApus(report).map(({ id, what, ahead }) => ({ id, text: `${what}: behind ${ahead.join(", ")}` })),
  ];
  const ids = [...new Set(lost.map(({ id }) => id))];
  return {
    lines: ids.flatMap((id) => [
      ...lost.filter((each) => each.id === id).map(({ text }) => `- \`${id}\` ${text}.`),
      `  ${explanations[id] ?? "Not explained yet."}`,
    ]),
    open: ids.filter((id) => explanations[id] === undefined),
    stale: Object.keys(explanations).filter((id) => !ids.includes(id)),
  };
}

/**
 * What was measured, for the terminal.
 *
 * @param {Report} report
 * @returns {string}
 */
export function printed(report) {
  const parts = sections(report).map(([title, text]) => `${title}:\n\n${text}`);
  const targets = verdicts(report);
  return [...parts, ...(targets.length > 0 ? [`Targets:\n\n${targetsTable(targets)}`] : [])].join("\n\n");
}

/**
 * RESULTS.md.
 *
 * @param {Report} report
 * @returns {string}
 */
export function resultsFile(report) {
  const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version ?? "not installed"}`);
  const targets = verdicts(report);
  const { lines } = losses(report);
  return `# Results

Written by \`npm run bench\`${report.quick ? " with `--quick --write`" : ""}; run it again rather than editing this file.

- Date: ${report.date}
- Machine: ${report.machine}
- Versions: ${versions.join(", ")}
${report.notes.map((note) => `- ${note}\n`).join("")}
## Targets

${targets.filter(({ met }) => met).length} of ${targets.length} met.

${targetsTable(targets)}

## Losses

Every target that is not met, and everything else in which a framework is ahead of Apus.

${lines.length > 0 ? lines.join("\n") : "None."}

${sections(report)
  .map(([title, text]) => `## ${title}\n\n${text}`)
  .join("\n\n")}

## Method

${method}
`;
}

/**
 * The line to print when hello is too slow.
 *
 * @param {import("./rounds.mjs").Comparison} hello
 * @param {boolean} quick
 */
export function alarmLine(hello, quick) {
  const rule = quick
    ? "decided by the lower end of the interval, because a quick run is short and noisy"
    : "decided by the median";
  return `ALARM hello costs ${hello.ratio.toFixed(2)} times raw node:http (${hello.low.toFixed(2)}-${hello.high.toFixed(2)}); at most ${HELLO_LIMIT} is allowed (${rule})`;
}
