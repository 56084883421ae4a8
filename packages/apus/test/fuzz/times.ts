/** How long reading takes as inputs of one kind grow: for people to look at, since clocks are not the same twice. */
import type { AnyTarget } from "./target.ts";

const sizes = [13, 15, 17, 19].map((power) => 2 ** power);
/** No machine takes so many milliseconds for half a megabyte, unless something is wrong. */
const most = 5000;

/** @returns Whether anything takes far too long. */
export async function timesOf(target: AnyTarget, say: (line: string) => void, alive: () => void): Promise<boolean> {
  let slow = false;
  for (const [i, make] of (target.series ?? []).entries()) {
    const times: number[] = [];
    for (const size of sizes) {
      const input: unknown = make(size);
      let best = Number.POSITIVE_INFINITY;
      for (let tries = 0; tries < 4; tries++) {
        alive();
        const begin = performance.now();
        await target.read(input);
        best = Math.min(best, performance.now() - begin);
      }
      times.push(best);
    }
    const tooLong = times.some((each) => each > most);
    slow ||= tooLong;
    const told = times.map((ms, at) => `${sizes[at]! / 1024}K ${ms.toFixed(2)} ms`).join(", ");
    say(`${tooLong ? "FOUND " : ""}${target.name}, series ${i}: ${told}`);
  }
  return slow;
}
