import { expect, test } from "vitest";
import { TokenBucket } from "./limits.ts";

/** Which of the messages that arrive at these times may. */
const taken = (perSecond: number, times: readonly number[]): number => {
  const bucket = new TokenBucket(perSecond);
  const refused = times.findIndex((at) => !bucket.take(at));
  return refused === -1 ? times.length : refused;
};
const every = (ms: number, count: number): number[] => Array.from({ length: count }, (_, i) => i * ms);

test.each([
  ["all at once: ten seconds' worth", 5, every(0, 100), 50],
  ["at the rate, for ever", 5, every(200, 1000), 1000],
  ["a little faster than the rate, until the bucket is empty", 5, every(100, 1000), 99],
  ["slower than one a second", 0.5, every(2000, 100), 100],
  ["fewer than one in ten seconds: one is always taken", 0.01, every(0, 2), 1],
  [
    "a burst, and another when the bucket has filled again",
    1,
    [...every(0, 10), ...every(0, 10).map(() => 10_000)],
    20,
  ],
  ["a burst, and another too early", 1, [...every(0, 10), ...every(0, 10).map(() => 9_000)], 19],
  ["a clock that goes backwards gives nothing", 1, [10_000, ...every(0, 20)], 10],
])("%s", (_, perSecond, times, count) => {
  expect(taken(perSecond, times)).toBe(count);
});
