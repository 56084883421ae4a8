// What is sent while no event comes, so that no proxy takes the connection for dead.
import { queryObjects } from "node:v8";
import { App, events } from "apus";
import { testClient } from "apus/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gate } from "../scenario.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const decoder = new TextDecoder();

async function opened(output: ReturnType<typeof events>) {
  const gates = [gate<string>(), gate<string>()];
  const app = new App();
  app.get("/", { output }, async function* () {
    for (const { opened: next } of gates) yield await next;
  });
  const answer = await testClient(app).get("/", { stream: true });
  const chunks = answer.chunks();
  const next = async (): Promise<string | undefined> => {
    const { value } = await chunks.next();
    return value === undefined ? undefined : decoder.decode(value);
  };
  return { gates, next, close: () => answer.close() };
}

test("a comment every 15 seconds without an event; each event begins the time anew", async () => {
  const { gates, next } = await opened(events());
  const first = next();
  await vi.advanceTimersByTimeAsync(14_999);
  gates[0]!.open("a");
  expect(await first).toBe('data: "a"\n\n');
  let pinged = false;
  const second = next().then((text) => ((pinged = true), text));
  await vi.advanceTimersByTimeAsync(14_999);
  expect(pinged).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await second).toBe(": ping\n\n");
  const third = next();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await third).toBe(": ping\n\n");
  // The event that was waited for all the while is not lost.
  const fourth = next();
  gates[1]!.open("b");
  expect(await fourth).toBe('data: "b"\n\n');
  expect(await next()).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

test("a stream without events needs no more memory with each comment", async () => {
  const { gates, next, close } = await opened(events(undefined, { keepAlive: 10 }));
  const pings = async (count: number): Promise<number> => {
    for (let i = 0; i < count; i++) {
      const ping = next();
      await vi.advanceTimersByTimeAsync(10);
      expect(await ping).toBe(": ping\n\n");
    }
    return queryObjects(Promise, { format: "count" });
  };
  const before = await pings(10);
  expect((await pings(200)) - before).toBeLessThan(100);
  gates[0]!.open("a");
  expect(await next()).toBe('data: "a"\n\n');
  await close();
});

test("an event that comes while nobody reads is sent when somebody does", async () => {
  const { gates, next } = await opened(events(undefined, { keepAlive: 10 }));
  const ping = next();
  await vi.advanceTimersByTimeAsync(10);
  expect(await ping).toBe(": ping\n\n");
  gates[0]!.open("a");
  await vi.advanceTimersByTimeAsync(1);
  expect(await next()).toBe('data: "a"\n\n');
});

test("another time", async () => {
  const { next } = await opened(events(undefined, { keepAlive: 200 }));
  const first = next();
  await vi.advanceTimersByTimeAsync(200);
  expect(await first).toBe(": ping\n\n");
});

test("none", async () => {
  const { gates, next } = await opened(events(undefined, { keepAlive: null }));
  const first = next();
  await vi.advanceTimersByTimeAsync(1_000_000);
  gates[0]!.open("a");
  expect(await first).toBe('data: "a"\n\n');
});

test("no timer is left where the client leaves, and none runs while it does not read", async () => {
  const { gates, next, close } = await opened(events());
  expect(vi.getTimerCount()).toBe(0);
  const first = next();
  await vi.advanceTimersByTimeAsync(1);
  expect(vi.getTimerCount()).toBe(1);
  const closed = close();
  for (const each of gates) each.open("late");
  await closed;
  expect([await first, vi.getTimerCount()]).toEqual([undefined, 0]);
});

test.each([0, -1, 1.5, 2 ** 31, Number.NaN, "1000"])("keepAlive: %s is no time", (keepAlive) => {
  expect(() => events(undefined, { keepAlive: keepAlive as number })).toThrow(/^APUS_LIMIT: events\(\): keepAlive is/);
});
