import { describe, expect, it } from "vitest";
import { Gate, mapBounded } from "./gate.ts";

/** Promises that the test settles itself. */
function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe("Gate", () => {
  it("runs no more than its width at once, in order, and lets the next in when one ends or fails", async () => {
    const gate = new Gate(2);
    const locks = [deferred(), deferred(), deferred(), deferred()];
    const started: number[] = [];
    const runs = locks.map((lock, index) =>
      gate.run(async () => {
        started.push(index);
        await lock.promise;
        if (index === 1) throw new Error("one failed");
        return index;
      }),
    );
    expect(started).toEqual([0, 1]);
    locks[1]?.resolve();
    await expect(runs[1]).rejects.toThrow("one failed");
    expect(started).toEqual([0, 1, 2]);
    locks[0]?.resolve();
    await runs[0];
    expect(started).toEqual([0, 1, 2, 3]);
    locks[2]?.resolve();
    locks[3]?.resolve();
    expect(await runs[3]).toBe(3);
  });

  it("never starts a task whose signal aborts while it waits, and keeps the place free for others", async () => {
    const gate = new Gate(1);
    const lock = deferred();
    const first = gate.run(() => lock.promise);
    const leaver = new AbortController();
    let ran = false;
    const second = gate.run(async () => {
      ran = true;
    }, leaver.signal);
    const third = gate.run(async () => "third");
    leaver.abort(new Error("client left"));
    await expect(second).rejects.toThrow("client left");
    lock.resolve();
    await first;
    expect(await third).toBe("third");
    expect(ran).toBe(false);
    await expect(gate.run(async () => 1, AbortSignal.abort(new Error("gone before")))).rejects.toThrow("gone before");
    expect(await gate.run(async () => 2)).toBe(2);
  });

  it("refuses a width that would never let anybody in", () => {
    expect(() => new Gate(0)).toThrow(RangeError);
  });
});

describe("mapBounded", () => {
  it("keeps the order of the items and the width", async () => {
    let running = 0;
    let most = 0;
    const results = await mapBounded([5, 1, 4, 2, 3], 2, async (item) => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < item; turn++) await Promise.resolve();
      running -= 1;
      return item * 10;
    });
    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
    expect(await mapBounded([], 4, async () => 1)).toEqual([]);
  });

  it("stops starting items after a failure and throws it once the others under way have ended", async () => {
    const lock = deferred();
    const started: number[] = [];
    let ended = false;
    const all = mapBounded([0, 1, 2, 3], 2, async (item) => {
      started.push(item);
      if (item === 0) throw new Error("first");
      await lock.promise;
      ended = true;
    });
    lock.resolve();
    await expect(all).rejects.toThrow("first");
    expect(ended).toBe(true);
    expect(started).toEqual([0, 1]);
  });
});
