// Runs checks side by side, as many at once as the machine has processors.
import { availableParallelism } from "node:os";

/** @typedef {readonly [name: string, body: () => unknown]} Task */

/**
 * @param {(name: string, body: () => unknown) => Promise<boolean>} check
 * @param {readonly Task[]} tasks
 */
export async function allOf(check, tasks) {
  const waiting = [...tasks];
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await check(...task);
    }),
  );
}
