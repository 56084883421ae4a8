import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { timers } from "./deadlines.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("each expires at its time, those of one length in the order they were set", () => {
  const expired: string[] = [];
  timers.set(100, () => expired.push("first"));
  vi.advanceTimersByTime(40);
  timers.set(100, () => expired.push("second"));
  timers.set(30, () => expired.push("short"));
  vi.advanceTimersByTime(30);
  expect(expired).toEqual(["short"]);
  vi.advanceTimersByTime(30);
  expect(expired).toEqual(["short", "first"]);
  vi.advanceTimersByTime(45);
  expect(expired).toEqual(["short", "first", "second"]);
});

test("what was taken back never expires, wherever it stood; what is taken back twice is gone once", () => {
  const expired: number[] = [];
  const set = [1, 2, 3, 4, 5].map((n) => timers.set(50, () => expired.push(n)));
  for (const n of [0, 2, 4, 4]) timers.clear(set[n]);
  timers.clear(undefined);
  timers.set(50, () => expired.push(6));
  vi.advanceTimersByTime(60);
  expect(expired).toEqual([2, 4, 6]);
  timers.clear(set[1]);
  vi.advanceTimersByTime(60);
  expect(expired).toHaveLength(3);
});

test("one timer of the platform does for all of one length, and keeps a process alive only while there are any", () => {
  const set = vi.spyOn(globalThis, "setTimeout");
  // Before the clock itself is put back: what is restored after it would be the clock that stands still.
  try {
    timers.clear(timers.set(60_000, () => {}));
    const timer = set.mock.results[0]!.value as NodeJS.Timeout;
    expect(timer.hasRef()).toBe(false);
    const later = timers.set(60_000, () => {});
    expect(timer.hasRef()).toBe(true);
    for (let i = 0; i < 100; i++) timers.clear(timers.set(60_000, () => {}));
    timers.clear(later);
    expect([timer.hasRef(), set.mock.calls.length]).toEqual([false, 1]);
  } finally {
    set.mockRestore();
  }
});

test("one that sets others, or takes them back, while it expires", () => {
  const expired: string[] = [];
  const third = (): unknown => timers.set(20, () => expired.push("third"));
  let second: unknown;
  timers.set(20, () => {
    expired.push("first");
    timers.clear(second);
    third();
  });
  second = timers.set(20, () => expired.push("second"));
  vi.advanceTimersByTime(22);
  expect(expired).toEqual(["first"]);
  vi.advanceTimersByTime(25);
  expect(expired).toEqual(["first", "third"]);
});
