// Targets, losses and their explanations, for a run in which Apus loses everything and one in which it wins everything.
import { describe, expect, test } from "vitest";
import { entries, hellos } from "./entries.mjs";
import { explanations } from "./explanations.mjs";
import { losses, printed, resultsFile } from "./report.mjs";
import { aheadOfApus, verdicts } from "./targets.mjs";

/** A report of nine rounds in which Apus costs so many times what the others do. */
function reportOf(times) {
  const cost = (name) => 10 * (name.startsWith("apus") ? times : 1);
  const samples = entries.flatMap(({ name, routes }) =>
    routes.flatMap((route) =>
      Array.from({ length: 9 }, (_, round) => {
        return { route, server: name, round, cpu: cost(name), perSecond: 1e6 / cost(name), disturbed: false };
      }),
    ),
  );
  const size = (name) => ({ minified: 100 * cost(name), gzip: cost(name) });
  const types = (instantiations) => ({ instantiations, checkMs: 1, checkMs7: 1 });
  return {
    quick: false,
    date: "2026-01-01",
    machine: "2 cores",
    versions: { node: "v24" },
    notes: ["A note."],
    samples,
    cold: hellos.map(({ name }) => ({ name, startMs: cost(name), low: 1, high: 2, times: Array(9).fill(cost(name)) })),
    memory: hellos.map(({ name }) => ({ name, idle: cost(name), loaded: cost(name), peak: cost(name) })),
    bundles: hellos.map(({ name }) => ({ name, start: size(name), all: size(name), withoutZod: size(name) })),
    linking: ["mixed", "distinct"].map((variant) => ({
      variant,
      operations: 1000,
      declareMs: 10,
      linkMs: 50 * times,
      linkMedianMs: 60 * times,
      declaredBytes: 1000,
      linkedBytes: 2000 * times,
      generated: times > 1 ? 5 : 0,
      firstMs: { p50: 2 * times, p95: 5, most: 6 },
    })),
    types: { count: 1000, operations: types(800 * times), client: types(2800 * times), versions: {} },
  };
}

const lost = reportOf(2);
const won = reportOf(0.5);

describe("verdicts", () => {
  test("are not met where Apus costs twice as much, and met where it costs half", () => {
    expect(verdicts(lost).filter(({ met }) => met)).toEqual([]);
    expect(verdicts(won).filter(({ met }) => !met)).toEqual([]);
    expect(verdicts(won).map(({ id }) => id)).toEqual(verdicts(lost).map(({ id }) => id));
  });
  test("cover every limit of the plan", () => {
    const ids = new Set(verdicts(lost).map(({ id }) => id));
    const routes = ["hello", "get", "post", "real"];
    const expected = [
      ["hello/apus/raw", "get/apus/raw", "post/apus/raw"],
      ["fastify", "hono", "elysia", "nest"].map((peer) => `real/apus/${peer}`),
      routes.flatMap((route) => [`${route}/apus-bun/elysia-bun`, `${route}/apus/peers`, `${route}/apus-bun/peers`]),
      ["cold/apus hello", "cold/apus hello, one schema"],
      ["linking/linkMs", "linking/linkedBytes", "linking/generated", "linking/first"],
      ["types/operations", "types/client"],
    ].flat();
    expect([...ids].sort()).toEqual(expected.sort());
  });
  test("hold the upper end of the interval, not the median", () => {
    const noisy = structuredClone(won);
    for (const sample of noisy.samples) if (sample.server === "apus" && sample.round < 3) sample.cpu = 20;
    const hello = verdicts(noisy).find(({ id }) => id === "hello/apus/raw");
    expect(hello).toMatchObject({ met: false, measured: "0.50 (0.50-2.00)", limit: "0.95 ×" });
  });
  test("are left open where too few rounds ran", () => {
    const short = { samples: won.samples.filter(({ round }) => round < 5) };
    expect(new Set(verdicts(short).map(({ met }) => met))).toEqual(new Set([undefined]));
    expect(printed(short)).toMatch(/too few rounds/);
    expect(losses(short, {}).lines).toEqual([]);
  });
  test("say nothing about what was not measured", () => {
    expect(verdicts({})).toEqual([]);
    expect(aheadOfApus({})).toEqual([]);
  });
});

describe("losses", () => {
  test("name who is ahead, on the same runtime", () => {
    const { lines, open } = losses(lost, {});
    expect(lines.join("\n")).toMatch(/`bundle` .*apus hello: behind fastify, hono, elysia, nest, h3, express, .*\.\n/);
    expect(lines.join("\n")).toMatch(/`memory\/idle` .*apus hello on Bun: behind elysia on Bun, hono on Bun\./);
    expect(lines).toContain("  Not explained yet.");
    expect(open).toContain("memory/idle");
    expect(losses(won, {})).toMatchObject({ lines: [], open: [] });
  });
  test("stand beside their explanation, and an explanation without a loss is told", () => {
    const told = { bundle: "It has documentation in it." };
    expect(losses(lost, told).lines).toContain("  It has documentation in it.");
    expect(losses(lost, told).open).not.toContain("bundle");
    expect(losses(won, told).stale).toEqual(["bundle"]);
  });
  test("are what explanations.mjs is about", () => {
    expect(losses(lost, explanations).stale).toEqual([]);
  });
});

describe("the report", () => {
  test("has the targets, the losses and all tables", () => {
    const text = resultsFile(lost);
    const all = verdicts(lost).length;
    expect(text).toContain(`0 of ${all} met.`);
    expect(text.match(/^## .*/gm)).toEqual([
      "## Targets",
      "## Losses",
      "## CPU time of the server per request on Node",
      "## CPU time of the server per request on Bun",
      "## CPU time of Apus beside Apus on node:http, and beside each peer (below 1.00 that of Apus by itself is less)",
      "## What the names stand for",
      "## Cold start of hello, from spawning the process to the first answer",
      "## Resident memory of hello",
      "## Bundle of hello",
      "## 1,000 operations at start, and the first request to one",
      "## Cost of one operation to the compiler",
      "## Method",
    ]);
    expect(text).toMatch(/\| hello \| Apus on node:http +\|/);
    expect(text).toMatch(/\| apus +\| Apus on node:http +\| 1\.00 \(1\.00-1\.00\) \|/);
    expect(text).toMatch(/\| apus +\| nest +\| 2\.00 \(2\.00-2\.00\) \|/);
    expect(resultsFile(won)).toMatch(/## Losses\n\n.*\n\nNone\.\n/);
  });
  test("is printed only as far as it was measured", () => {
    expect(printed({ cold: won.cold })).toMatch(/^Cold start[\s\S]*Targets:/);
    expect(printed({})).toBe("");
  });
});
