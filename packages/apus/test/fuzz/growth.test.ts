// Twice the input, twice the work: no parser of the wire does more than its input explains.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the work of every parser grows as its input does", async () => {
  const file = fileURLToPath(new URL("growth.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--conditions=@apus/source",
    "--import",
    "tsx",
    file,
  ]);
  const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as [string, number, number, number]); // prettier-ignore
  expect(lines.length).toBeGreaterThan(80);
  // Some of them count: a number that never grows would say nothing.
  expect(lines.filter(([, , one, two]) => two > one * 1.8).length).toBeGreaterThan(20);
  for (const [target, series, one, two] of lines) {
    expect(two, `${target}, series ${series}: ${one} steps, and ${two} for twice as much`).toBeLessThan(
      one * 2.1 + 100,
    );
  }
}, 240_000);
