// One measurement: load on a server for some seconds, and the CPU time that its processes took for it. CPU time is the
// figure because it hardly depends on what else the machine does; requests per second stand beside it.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { waitingForCpu } from "./machine.mjs";

/** Connections that wrk keeps open. */
export const CONNECTIONS = 64;

let ticksPerSecond;

/**
 * CPU time, user and system, that a process and its descendants have taken.
 *
 * @param {number} pid
 * @returns {{ ticks: number, threads: number | undefined }} both in microseconds. `ticks` is utime + stime of
 *   /proc/PID/stat with those of children that have ended, in steps of a clock tick (10 ms); `threads` is the sum over
 *   living threads of /proc/PID/task/TID/schedstat, in steps of a nanosecond, where the kernel offers it.
 */
export function cpuTime(pid) {
  ticksPerSecond ??= Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout) || 100;
  let ticks = 0;
  let threads = 0;
  for (const id of processTree(pid)) {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // proc(5): the name before it may hold anything
    ticks +=
      (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) * (1e6 / ticksPerSecond);
    for (const task of readdirSync(`/proc/${id}/task`)) {
      try {
        threads += Number(readFileSync(`/proc/${id}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1000;
      } catch {
        threads = NaN;
      }
    }
  }
  return { ticks, threads: Number.isNaN(threads) ? undefined : threads };
}

/**
 * Microseconds of CPU time between two readings of {@link cpuTime}. The finer clock is taken unless it is missing or
 * is off by more than the coarse one can be: then a thread ended between the readings and took its time with it.
 *
 * @param {{ ticks: number, threads: number | undefined }} before
 * @param {{ ticks: number, threads: number | undefined }} after
 * @returns {number}
 */
export function cpuBetween(before, after) {
  const coarse = after.ticks - before.ticks;
  if (before.threads === undefined || after.threads === undefined) return coarse;
  const fine = after.threads - before.threads;
  return Math.abs(fine - coarse) > 50_000 ? coarse : fine;
}

/** A process and its descendants. */
export function processTree(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

/**
 * @typedef {object} Load what wrk reports
 * @property {number} requests answered
 * @property {number} perSecond
 * @property {string | undefined} trouble answers that were no success, or socket errors
 */

/**
 * Reads what wrk prints.
 *
 * @param {string} output
 * @returns {Load}
 * @throws {Error} when it is not a report of wrk
 */
export function readWrk(output) {
  const requests = Number(/(\d+) requests in /.exec(output)?.[1]);
  const perSecond = Number(/Requests\/sec:\s*([\d.]+)/.exec(output)?.[1]);
  if (!(requests > 0) || Number.isNaN(perSecond)) throw new Error(`wrk answered no request:\n${output}`.trim());
  const trouble = [/Non-2xx or 3xx responses: \d+/.exec(output)?.[0], /Socket errors: .*/.exec(output)?.[0]];
  return { requests, perSecond, trouble: trouble.filter(Boolean).join("; ") || undefined };
}

/**
 * Puts load on a route.
 *
 * @param {string} baseUrl
 * @param {import("./routes.mjs").Route} route
 * @param {number} seconds how long; wrk counts whole seconds, so that it is interrupted for a fraction
 * @param {number} [core] the core to pin wrk to
 * @returns {Promise<Load>}
 */
export async function load(baseUrl, route, seconds, core) {
  const pin = core === undefined ? [] : ["taskset", "-c", String(core)];
  const script = route.script === undefined ? [] : ["-s", route.script];
  const wrk = ["wrk", "-t1", `-c${CONNECTIONS}`, `-d${Math.ceil(seconds)}s`, ...script, baseUrl + route.target];
  const [command, ...args] = [...pin, ...wrk];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  const timer = Number.isInteger(seconds) ? undefined : setTimeout(() => child.kill("SIGINT"), seconds * 1000);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  clearTimeout(timer);
  return readWrk(output);
}

/**
 * Loads a route and tells what each request cost the server.
 *
 * @param {import("./servers.mjs").Running} server
 * @param {import("./routes.mjs").Route} route
 * @param {number} seconds
 * @param {number} [core] the core for the load
 * @returns {Promise<Load & { cpu: number, waiting: number }>} `cpu` in microseconds per request; `waiting` is the share
 *   of the time in which some process was ready but had no core, 0 where the kernel does not tell
 */
export async function measure(server, route, seconds, core) {
  const from = performance.now();
  const waited = waitingForCpu();
  const before = cpuTime(server.pid);
  const result = await load(server.baseUrl, route, seconds, core);
  const cpu = cpuBetween(before, cpuTime(server.pid)) / result.requests;
  const waiting = waited === undefined ? 0 : (waitingForCpu() - waited) / 1000 / (performance.now() - from);
  return { ...result, cpu, waiting };
}
