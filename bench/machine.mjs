// What the machine offers to a measurement: wrk, cores to pin to, and the facts that a reader of the figures needs.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";

const works = (command, ...args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

/**
 * The version of wrk, or undefined where it is not installed.
 *
 * @returns {string | undefined}
 */
export function wrkVersion() {
  const { stdout, error } = spawnSync("wrk", ["-v"], { encoding: "utf8" }); // exits with 1 although nothing is wrong
  return error ? undefined : (/^wrk (?:debian\/)?(\d[\w.]*)/.exec(stdout)?.[1] ?? "of unknown version");
}

/**
 * Two cores to pin to, the first two that this process may use (0 and 1 unless it was confined), or undefined where
 * pinning is not possible: no taskset, no /proc, or a single core.
 *
 * @returns {{ server: number, load: number } | undefined}
 */
export function coresToPin() {
  if (availableParallelism() < 2) return undefined;
  try {
    const [, list] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    const [server, load] = (list ?? "").split(",").flatMap((range) => {
      const [first, last = first] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
    if (load === undefined || !works("taskset", "-c", `${server},${load}`, "true")) return undefined;
    return { server, load };
  } catch {
    return undefined;
  }
}

/**
 * The words to put before a command so that the kernel ends it when this process ends, however it ends; empty where
 * setpriv cannot do it.
 *
 * @returns {string[]}
 */
export function dieWithParent() {
  const prefix = ["setpriv", "--pdeathsig", "KILL"];
  return works(...prefix, "true") ? prefix : [];
}

/**
 * Microseconds, since the machine started, in which some process was ready to run but had no core (the kernel's pressure
 * stall information), or undefined where the kernel does not count them.
 *
 * @returns {number | undefined}
 */
export function waitingForCpu() {
  try {
    return Number(/^some .*total=(\d+)$/m.exec(readFileSync("/proc/pressure/cpu", "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}

/**
 * Waits until the machine has little else to do.
 *
 * @param {number} limitMs how long at most
 * @returns {Promise<number>} how long it took, in ms
 */
export async function untilIdle(limitMs) {
  const times = () => {
    const cores = cpus().map((core) => core.times);
    return { all: sum(cores.map((core) => sum(Object.values(core)))), idle: sum(cores.map((core) => core.idle)) };
  };
  const from = performance.now();
  while (performance.now() - from < limitMs) {
    const before = times();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const after = times();
    if (after.idle - before.idle >= IDLE_SHARE * (after.all - before.all)) break;
  }
  return performance.now() - from;
}

/** The share of all cores' time that must be idle before a measurement is tried again. */
const IDLE_SHARE = 0.95;
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/**
 * One line about the machine, without its name.
 *
 * @returns {string}
 */
export function machineFacts() {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores (${first?.model.trim() ?? "unknown"}), ${memory} GiB, ${process.platform} ${process.arch}`;
}
