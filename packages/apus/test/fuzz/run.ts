/**
 * Fuzzes one target for a time: `node --conditions=@apus/source --import tsx packages/apus/test/fuzz/run.ts <target> --minutes 60
 * [--seed N]`. Each minute it says how far it is; at the end how many inputs there were, how long the slowest took to read, how the
 * heap grew, and how the time grows with the input. A bug, an input that takes ten seconds, a process of more than a gigabyte and
 * what clearly grows faster than its input end it with status 1.
 */
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { fuzz, report, type AnyTarget } from "./target.ts";
import { targets } from "./targets.ts";
import { timesOf } from "./times.ts";

/** Milliseconds of the processor, as other processes may keep this one waiting. */
const hangsAfter = 10_000;
const mostBytes = 2 ** 30;

/** Looks at the process from a thread of its own, which nothing here can keep from looking. Plain JavaScript, as no loader is there. */
const watchdog = `
  const { writeSync } = require("node:fs");
  const { workerData } = require("node:worker_threads");
  const { at, told, hangsAfter, mostBytes } = workerData;
  let last = 0n;
  let since = 0;
  const end = (what) => {
    writeSync(1, "FOUND " + told + ", input " + (Atomics.load(at, 0) % 2n ** 62n - 1n) + ": " + what + "\\n");
    process.kill(process.pid, "SIGKILL");
  };
  const used = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
  setInterval(() => {
    const now = Atomics.load(at, 0);
    if (now !== last || now === 0n) since = used();
    else if (used() - since > hangsAfter) end("it takes more than " + hangsAfter + " ms");
    last = now;
  }, 1000);
  setInterval(() => {
    if (process.memoryUsage.rss() > mostBytes) end("the process has " + process.memoryUsage.rss() + " bytes");
  }, 100);
`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: "string", default: "60" }, seed: { type: "string" } },
});
const named = targets.find((each) => each.name === positionals[0]);
if (named === undefined) {
  const names = targets.map((each) => each.name).join(", ");
  process.stderr.write(`run.ts <target> [--minutes 60] [--seed N]; targets: ${names}\n`);
  process.exit(2);
}
process.exitCode = await run(named, Number(values.seed ?? Math.floor(Math.random() * 2 ** 32)), Number(values.minutes));

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

/** @returns The status to exit with. */
async function run(target: AnyTarget, seed: number, minutes: number): Promise<0 | 1> {
  const told = `${target.name}: seed ${seed}`;
  say(`${told}, ${minutes} minutes`);
  const at = new BigInt64Array(new SharedArrayBuffer(8));
  const watching = new Worker(watchdog, { eval: true, execArgv: [], workerData: { at, told, hangsAfter, mostBytes } });
  const [found, state] = await inputsOf(target, seed, minutes, at);
  say(state());
  await target.end?.();
  if (found !== undefined) say(`FOUND ${report(target, seed, found)}`);
  const slow = found === undefined && (await timesOf(target, say, () => Atomics.add(at, 0, 1n)));
  await watching.terminate();
  return found === undefined && !slow ? 0 : 1;
}

async function inputsOf(target: AnyTarget, seed: number, minutes: number, at: BigInt64Array) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heap = (): number => {
    collect();
    return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  };
  const begin = performance.now();
  let [slowest, slowestIndex, count, told, firstHeap] = [0, 0, 0, begin, 0];
  const state = (): string => {
    const each = Math.round((count / (performance.now() - begin)) * 1000);
    return `${target.name}: ${count} inputs, ${each}/s, slowest ${slowest.toFixed(2)} ms (input ${slowestIndex}), heap ${firstHeap} -> ${heap()} MB`;
  };
  const found = await fuzz(target, seed, Number.MAX_SAFE_INTEGER, {
    before(index) {
      // While a find is made smaller it is the same index that is tried again.
      const turn = Atomics.load(at, 0) >= 2n ** 62n ? 0n : 2n ** 62n;
      Atomics.store(at, 0, (Atomics.load(at, 0) % 2n ** 62n === BigInt(index) + 1n ? turn : 0n) + BigInt(index) + 1n);
    },
    after(index, ms) {
      count++;
      // The first ones are read while everything is compiled.
      if (count > 5000 && ms > slowest) [slowest, slowestIndex] = [ms, index];
      if (count % 64 !== 0) return true;
      const now = performance.now();
      if (firstHeap === 0 && count > 5000) firstHeap = heap();
      if (now - told > 60_000) {
        told = now;
        say(state());
      }
      return now - begin < minutes * 60_000;
    },
  });
  return [found, state] as const;
}
