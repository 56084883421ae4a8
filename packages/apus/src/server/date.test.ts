import { expect, it } from "vitest";
import { date } from "./date.ts";

it("is the time as HTTP writes it", () => {
  expect(date()).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
});
