import { expect, test } from "vitest";
import { collectPrinted } from "./console.ts";

test("what is printed is collected, and afterwards printed as before", () => {
  const before = console.log;
  const printed = collectPrinted();
  console.log("a %s", 1);
  console.error(new Error("b"));
  const taken = printed.take();
  console.warn("c");
  const later = printed.take();
  printed.restore();
  expect(taken[0]).toBe("a 1");
  expect(taken[1]).toMatch(/^Error: b\n/);
  expect(later).toEqual(["c"]);
  expect(console.log).toBe(before);
});
