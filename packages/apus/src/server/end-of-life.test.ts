import { expect, test } from "vitest";
import { endOfLife } from "./end-of-life.ts";

test.each([
  ["20.19.0", "2026-04-30", undefined],
  ["20.19.0", "2026-05-01", /^Node 20 has had no security fixes since 2026-04-30; this is Node 20\.19\.0\. Run a line/],
  ["21.0.0", "2025-01-01", /^Node 21 /],
  ["22.12.0", "2026-11-22", undefined],
  ["16.20.2", "2026-11-22", /^Node 16 /],
  ["24.0.0", "2028-05-01", /^Node 24 /],
  ["99.0.0", "2040-01-01", undefined],
])("Node %s on %s", (version, today, sentence) => {
  const said = endOfLife(version, new Date(`${today}T12:00:00Z`));
  if (sentence === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(sentence);
});
