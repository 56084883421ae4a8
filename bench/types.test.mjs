// Reading what the compiler reports, and the budget.
import { describe, expect, test } from "vitest";
import { overBudget, readDiagnostics } from "./types.mjs";

describe("readDiagnostics", () => {
  const printed = "Files:            254\nInstantiations:   326123\nMemory used:      181K\nCheck time:       3.24s\n";

  test("reads the figures", () => {
    expect(readDiagnostics(printed)).toEqual({ instantiations: 326123, checkMs: 3240 });
  });
  test("refuses a project with errors", () => {
    expect(() => readDiagnostics(`app.ts(3,1): error TS2304: Cannot find name 'x'.\n${printed}`)).toThrow(/TS2304/);
    expect(() => readDiagnostics("")).toThrow(/did not compile/);
  });
});

test("overBudget warns with the figure", () => {
  const cost = (instantiations) => ({ instantiations, checkMs: 1, checkMs7: 1 });
  expect(overBudget({ operations: cost(899), client: cost(3000) })).toEqual([]);
  expect(overBudget({ operations: cost(901), client: cost(2500) })).toEqual([
    "WARNING 901 instantiations per operation without a client: over the budget of 900",
  ]);
});
