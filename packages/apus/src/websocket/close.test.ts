import { expect, test } from "vitest";
import { checkedClose, fittingReason } from "./close.ts";

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

test.each([
  ["", 0],
  ["a".repeat(123), 123],
  ["a".repeat(124), 123],
  ["ä".repeat(62), 122],
  ["a" + "ä".repeat(62), 123],
  ["€".repeat(50), 123],
  ["a€€".repeat(50), 123],
  ["🦢".repeat(31), 120],
  ["aaa" + "🦢".repeat(31), 123],
  ["aa" + "🦢".repeat(31), 122],
])("a reason fits into 123 bytes, and no character is cut in two: %s", (reason, length) => {
  const fitting = fittingReason(reason);
  expect(bytesOf(fitting)).toBe(length);
  expect(reason.startsWith(fitting)).toBe(true);
});

test.each([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 3000, 4999])("%i may be sent", (code) => {
  expect(checkedClose(code, "a")).toEqual({ code, reason: "a" });
});

test.each([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 1000.5, Number.NaN, "1000" as unknown as number])(
  "%s may not",
  (code) => {
    expect(() => checkedClose(code, "")).toThrow("APUS_CLOSE_CODE");
  },
);

test("a reason is text", () => {
  expect(() => checkedClose(1000, 5 as unknown as string)).toThrow(
    "APUS_CLOSE_CODE: the reason of a close is a number",
  );
});
