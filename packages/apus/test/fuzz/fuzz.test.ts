/**
 * Every target with its inputs of one seed, the same in each run. `APUS_FUZZ_RUNS` says how many (of a parser's; of others as many
 * fewer as they cost more), `APUS_FUZZ_SEED` which ("fresh" takes another each time), `APUS_FUZZ_FROM` with which one to begin.
 * `run.ts` goes on for as long as one likes.
 */
import { describe, expect, test } from "vitest";
import { fuzz, report } from "./target.ts";
import { targets } from "./targets.ts";

const said = process.env["APUS_FUZZ_SEED"] ?? "1";
const seed = said === "fresh" ? Math.floor(Math.random() * 2 ** 32) : Number(said);
const runs = Number(process.env["APUS_FUZZ_RUNS"] ?? 100_000);
const from = Number(process.env["APUS_FUZZ_FROM"] ?? 0);
const minutes = 60_000;

describe.each(targets.map((target) => [target.name, target] as const))("%s", (_, target) => {
  test(
    "reads what the rules say",
    async () => {
      const found = await fuzz(target, seed, Math.ceil(runs / (target.cost ?? 1)), {}, from);
      await target.end?.();
      expect(found && report(target, seed, found)).toBe(undefined);
    },
    30 * minutes,
  );
});
