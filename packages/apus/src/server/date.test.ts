import { afterEach, expect, it, vi } from "vitest";
import { date } from "./date.ts";

afterEach(() => void vi.useRealTimers());

it("is the time as HTTP writes it", () => {
  expect(date()).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
});

it("goes on with the seconds", () => {
  vi.useFakeTimers({ now: new Date("2026-02-03T04:05:06.400Z") });
  expect(date()).toBe("Tue, 03 Feb 2026 04:05:06 GMT");
  vi.advanceTimersByTime(599);
  expect(date()).toBe("Tue, 03 Feb 2026 04:05:06 GMT");
  vi.advanceTimersByTime(1);
  expect(date()).toBe("Tue, 03 Feb 2026 04:05:07 GMT");
});
