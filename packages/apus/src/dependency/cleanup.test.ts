import { expect, test } from "vitest";
import { Cleanup } from "./cleanup.ts";
import { depends, type Declaration } from "./depends.ts";

const declared = depends(() => 1, { name: "d" }) as unknown as Declaration;

test("exit() leaves the scopes it is asked for, last opened first, and keeps the others open", async () => {
  const cleanup = new Cleanup();
  const lines: string[] = [];
  const open = (name: string, scope: "function" | "request") =>
    cleanup.enter(
      (async function* () {
        yield name;
        lines.push(name);
      })(),
      declared,
      scope,
      name,
    );
  for (const [name, scope] of [
    ["a", "request"],
    ["b", "function"],
    ["c", "function"],
  ] as const) {
    expect(await open(name, scope)).toBe(name);
  }
  expect(await cleanup.exit(["function"], undefined)).toBeUndefined();
  expect([lines.splice(0), cleanup.pending]).toEqual([["c", "b"], true]);
  await cleanup.exit(["request"], undefined);
  expect([lines, cleanup.pending]).toEqual([["a"], false]);
});

test("exit() hands the error of one on to the next, close() does not", async () => {
  const seen: unknown[] = [];
  const make = async (): Promise<Cleanup> => {
    const cleanup = new Cleanup();
    for (const name of ["outer", "inner"]) {
      const generator = (async function* () {
        try {
          yield name;
        } catch (error) {
          seen.push(error);
          throw error;
        }
        throw new Error(name);
      })();
      await cleanup.enter(generator, declared, "app", name);
    }
    return cleanup;
  };
  expect(await (await make()).exit(["app"], undefined)).toEqual({ error: new Error("inner") });
  expect(seen.splice(0)).toEqual([new Error("inner")]);
  expect(await (await make()).close()).toEqual([new Error("inner"), new Error("outer")]);
  expect(seen).toEqual([]);
});

test("a generator that yields after an error has swallowed it", async () => {
  const cleanup = new Cleanup();
  const generator = (async function* () {
    try {
      yield 1;
    } catch {
      yield 2;
    }
  })();
  await cleanup.enter(generator, declared, "request", "d");
  const failed = await cleanup.exit(["request"], { error: new Error("first") });
  expect(String(failed?.error)).toMatch(/APUS_SWALLOWED: the dependency "d" yielded after an error/);
});
