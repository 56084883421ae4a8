// What is said where the engine's package is not installed.
import { expect, it, vi } from "vitest";
import { liquidEngine } from "./liquid-engine.ts";

it("says what to install", async () => {
  vi.doMock("liquidjs", () => {
    throw new Error("Cannot find package 'liquidjs'");
  });
  const engine = liquidEngine({ directory: import.meta.dirname });
  await expect(engine.render("page", {})).rejects.toThrow("npm install liquidjs");
});
