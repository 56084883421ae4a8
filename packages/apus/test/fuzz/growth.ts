/**
 * Counts how much of the package's code runs for inputs of two sizes, one twice the other, as the platform's own coverage counts it:
 * no clock is asked, so the numbers are the same on every machine. Prints one line for each series of each target. It is a process of
 * its own, because only what is compiled after counting began is counted.
 */
import { Session } from "node:inspector/promises";

const size = 3 * 5 * 7 * 2 ** 7;

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
const { targets } = await import("./targets.ts");

/** How often any block of the package was entered since it was last asked. */
async function counted(): Promise<number> {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  let sum = 0;
  for (const { url, functions } of result) {
    if (!url.includes("/packages/apus/src/")) continue;
    for (const { ranges } of functions) for (const { count } of ranges) sum += count;
  }
  return sum;
}

for (const target of targets) {
  for (const [i, make] of (target.series ?? []).entries()) {
    const counts: number[] = [];
    for (const each of [size, size, 2 * size]) {
      const input: unknown = make(each);
      await counted();
      await target.read(input);
      counts.push(await counted());
    }
    // The first reading also sets up what is made once.
    process.stdout.write(`${JSON.stringify([target.name, i, ...counts.slice(1)])}\n`);
  }
}
