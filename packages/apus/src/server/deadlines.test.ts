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
  // Whose timers say whether they keep it alive.
  vi.useRealTimers();
  const alive = (): number => process.getActiveResourcesInfo().filter((each) => each === "Timeout").length;
  const before = alive();
  const first = timers.set(54_321, () => {});
  expect(alive()).toBe(before + 1);
  const others = Array.from({ length: 100 }, () => timers.set(54_321, () => {}));
  expect(alive()).toBe(before + 1);
  for (const each of others) timers.clear(each);
  expect(alive()).toBe(before + 1);
  timers.clear(first);
  expect(alive()).toBe(before);
  timers.clear(timers.set(54_321, () => {}));
  expect(alive()).toBe(before);
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
