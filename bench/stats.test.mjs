// The statistics, against values worked out by hand and against the probability that the interval promises.
import { describe, expect, test } from "vitest";
import { isTooSlow, median, medianInterval, shuffled } from "./stats.mjs";

/** A small generator with a seed (mulberry32), so that a failure can be repeated. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("median", () => {
  test("is the middle value, or the mean of the two middle values", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 1, 4, 2])).toBe(3);
    expect(median([7])).toBe(7);
  });
  test("sorts as numbers and leaves the list as it is", () => {
    const values = [100, 9, 20];
    expect(median(values)).toBe(20);
    expect(values).toEqual([100, 9, 20]);
  });
  test("refuses an empty list", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("medianInterval", () => {
  const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1);

  // Ranks and coverage as tables of the sign test's confidence interval give them.
  test.each([
    [6, 1, 6, 0.96875],
    [7, 1, 7, 0.984375],
    [8, 1, 8, 0.9921875],
    [9, 2, 8, 0.9609375],
    [12, 3, 10, 0.96142578125],
    [15, 4, 12, 0.96484375],
    [21, 6, 16, 0.97339630127],
  ])("of %i values reaches from value %i to value %i", (n, low, high, coverage) => {
    const interval = medianInterval(upTo(n));
    expect([interval.low, interval.high]).toEqual([low, high]);
    expect(interval.coverage).toBeCloseTo(coverage, 9);
  });
  test("is the whole range where 95 % cannot be reached, and says what it reaches", () => {
    expect(medianInterval([4, 1, 3, 2])).toEqual({ low: 1, high: 4, coverage: 0.875 });
    expect(medianInterval([5])).toEqual({ low: 5, high: 5, coverage: 0 });
    expect(() => medianInterval([])).toThrow(RangeError);
  });
  test("widens with the confidence that is asked", () => {
    const wide = medianInterval(upTo(21), 0.999);
    const narrow = medianInterval(upTo(21), 0.5);
    expect(wide.high - wide.low).toBeGreaterThan(narrow.high - narrow.low);
    expect(wide.coverage).toBeGreaterThanOrEqual(0.999);
  });
  test("holds the true median as often as it promises, also with skewed noise", () => {
    const random = seeded(42);
    const trials = 4000;
    let held = 0;
    for (let i = 0; i < trials; i += 1) {
      const values = Array.from({ length: 9 }, () => -Math.log(1 - random())); // exponential: its median is ln 2
      const { low, high } = medianInterval(values);
      if (low <= Math.LN2 && Math.LN2 <= high) held += 1;
    }
    expect(held / trials).toBeGreaterThan(0.95);
    expect(held / trials).toBeLessThan(0.972);
  });
});

describe("shuffled", () => {
  test("keeps every value, leaves the list as it is and reaches every order", () => {
    const random = seeded(7);
    const values = ["a", "b", "c"];
    const orders = new Set();
    for (let i = 0; i < 200; i += 1) orders.add(shuffled(values, random).join(""));
    expect(values).toEqual(["a", "b", "c"]);
    expect([...orders].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
  });
});

describe("isTooSlow", () => {
  test("decides a full run by the median", () => {
    expect(isTooSlow({ ratio: 0.96, low: 0.9 }, false)).toBe(true);
    expect(isTooSlow({ ratio: 0.95, low: 0.94 }, false)).toBe(false);
  });
  test("decides a quick run by the lower end of the interval", () => {
    expect(isTooSlow({ ratio: 1.15, low: 0.9 }, true)).toBe(false);
    expect(isTooSlow({ ratio: 1.15, low: 0.96 }, true)).toBe(true);
  });
});
