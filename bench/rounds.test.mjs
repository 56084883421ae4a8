// Summarising the samples of a race.
import { describe, expect, test } from "vitest";
import { compare, race } from "./rounds.mjs";
import { routes } from "./routes.mjs";
import { raceTable } from "./tables.mjs";

describe("compare", () => {
  const sample = (server, round, cpu) => ({
    route: "hello",
    server,
    round,
    cpu,
    perSecond: 1e6 / cpu,
    disturbed: false,
    trouble: undefined,
  });

  const both = (samples) => ["raw", "apus"].map((server) => compare(samples, "hello", server, "raw"));

  test("takes ratios within a round, so that a slow round changes nothing", () => {
    const samples = [
      sample("raw", 0, 10),
      sample("apus", 0, 12),
      sample("apus", 1, 36),
      sample("raw", 1, 30),
      sample("raw", 2, 10),
      sample("apus", 2, 11),
    ];
    const [raw, apus] = both(samples);
    expect(raw).toMatchObject({ server: "raw", cpu: 10, ratio: 1, low: 1, high: 1, pairs: 3 });
    expect(apus).toMatchObject({ server: "apus", cpu: 12, ratio: 1.2, low: 1.1, high: 1.2, coverage: 0.75 });
    expect(raceTable([raw, apus])).toContain(
      "| hello | apus   |           12.0 |      1.20 | 1.10-1.20 |   75.0 % |     3 |     83,333 |",
    );
  });
  test("leaves disturbed pairs out where enough others remain, whichever of the two was disturbed", () => {
    const rounds = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const samples = rounds.flatMap((round) => [
      { ...sample("raw", round, round === 0 ? 20 : 10), disturbed: round === 0 },
      { ...sample("apus", round, round === 1 ? 40 : 11), disturbed: round === 1 },
    ]);
    const [raw, apus] = both(samples);
    expect(raw).toMatchObject({ cpu: 10, pairs: 8, disturbed: false });
    expect(apus).toMatchObject({ cpu: 11, low: 1.1, high: 1.1, pairs: 7, disturbed: false });
  });
  test("uses and marks them where too few others remain", () => {
    const samples = [0, 1, 2].flatMap((round) => [
      sample("raw", round, 10),
      { ...sample("apus", round, 10 + round), disturbed: round > 0 },
    ]);
    const [raw, apus] = both(samples);
    expect(raw).toMatchObject({ pairs: 3, disturbed: false });
    expect(apus).toMatchObject({ ratio: 1.1, pairs: 3, disturbed: true });
    expect(raceTable([raw, apus])).toMatch(/apus .* yes \|$/m);
  });
  test("counts a round once, by the undisturbed measurements in it", () => {
    const samples = [
      sample("raw", 0, 10),
      sample("raw", 0, 14),
      { ...sample("apus", 0, 90), disturbed: true },
      sample("apus", 0, 18),
    ];
    const [raw, apus] = both(samples);
    expect(raw).toMatchObject({ cpu: 12, pairs: 1 });
    expect(apus).toMatchObject({ cpu: 18, ratio: 1.5, pairs: 1, disturbed: false });
  });
  test("keeps the trouble of any round", () => {
    const troubled = { ...sample("apus", 0, 1), trouble: "Non-2xx or 3xx responses: 1" };
    const results = both([sample("raw", 0, 1), troubled, sample("apus", 1, 1)]);
    expect(results.map((result) => result.trouble)).toEqual([undefined, "Non-2xx or 3xx responses: 1"]);
  });
  test("gives nothing for two that never ran in one round", () => {
    expect(compare([sample("apus", 0, 1)], "hello", "apus", "raw")).toBeUndefined();
    expect(compare([sample("apus", 0, 1), sample("raw", 1, 1)], "hello", "apus", "raw")).toBeUndefined();
  });
});

describe("race", () => {
  const entries = [
    { name: "one", runtime: "node", routes: ["hello"] },
    { name: "two", runtime: "node", routes: ["hello", "real"] },
    { name: "two", runtime: "node", routes: ["post"] },
  ];
  const some = ["hello", "real"].map((name) => routes.find((route) => route.name === name));
  const how = { windows: 1, seconds: 1, warmUpSeconds: () => 1, patienceSeconds: 0, progress() {} };

  test("starts what a round needs, and nothing where no round is asked for", async () => {
    const asked = [];
    const start = async (entry) => {
      asked.push(entry);
      throw new Error("not today");
    };
    await expect(race(entries, some, { ...how, start, rounds: () => 1 })).rejects.toThrow("not today");
    expect(asked).toHaveLength(1);
    expect(entries.slice(0, 2)).toContain(asked[0]);
    expect(await race(entries, some, { ...how, start, rounds: () => 0 })).toEqual([]);
  });
});
