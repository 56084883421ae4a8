/** Bodies piece by piece: how long each may be waited for, and how the reading of them ends. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BodyReadError, BodyTimeoutError, BodyTooLargeError, InterruptedError } from "./errors.ts";
import { Exchange } from "./exchange.ts";
import { streamedBody, WebIncoming } from "./web.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An exchange whose body arrives when the test says so. */
function arriving(timeout: number | null = 1_000) {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (given) => void (controller = given),
      cancel: () => void (cancelled = true),
    },
    { highWaterMark: 0 },
  );
  const exchange = new Exchange(
    new WebIncoming(new Request("http://a/", { method: "POST", body, duplex: "half" } as RequestInit)),
  );
  exchange.bodyTimeout = timeout;
  return {
    exchange,
    send: (text: string) => controller.enqueue(bytes(text)),
    end: () => controller.close(),
    fail: () => controller.error(new Error("gone")),
    wasCancelled: () => cancelled,
  };
}

const text = (piece: IteratorResult<Uint8Array>): string | undefined =>
  piece.done === true ? undefined : new TextDecoder().decode(piece.value);

describe("the time", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is that for the next piece, and begins anew with each", async () => {
    const { exchange, send, wasCancelled } = arriving();
    const iterator = exchange.stream(1_000)[Symbol.asyncIterator]();
    for (const each of ["a", "b", "c"]) {
      const next = iterator.next();
      await vi.advanceTimersByTimeAsync(999);
      send(each);
      expect(text(await next)).toBe(each);
    }
    // Nobody waits: nothing can be late.
    await vi.advanceTimersByTimeAsync(5_000);
    const late = iterator.next().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toBeInstanceOf(BodyTimeoutError);
    expect([wasCancelled(), vi.getTimerCount()]).toEqual([true, 0]);
    await expect(iterator.next()).rejects.toThrow(BodyTimeoutError);
  });

  test("may be as long as it takes", async () => {
    const { exchange, send } = arriving(null);
    const next = exchange.stream(1_000)[Symbol.asyncIterator]().next();
    await vi.advanceTimersByTimeAsync(1e9);
    send("a");
    expect(text(await next)).toBe("a");
  });
});

describe("the end", () => {
  test("of the body", async () => {
    const { exchange, send, end } = arriving();
    const iterator = exchange.stream(1_000)[Symbol.asyncIterator]();
    send("a");
    end();
    expect([text(await iterator.next()), text(await iterator.next()), text(await iterator.next())]).toEqual([
      "a",
      undefined,
      undefined,
    ]);
  });

  test("by the reader, also while it waits", async () => {
    const { exchange, wasCancelled } = arriving();
    const iterator = exchange.stream(1_000)[Symbol.asyncIterator]();
    const waiting = iterator.next();
    await iterator.return!();
    expect([text(await waiting), text(await iterator.next()), wasCancelled()]).toEqual([undefined, undefined, true]);
  });

  test("by the limit, announced or not", async () => {
    const { exchange, send, wasCancelled } = arriving();
    const iterator = exchange.stream(2)[Symbol.asyncIterator]();
    send("ab");
    send("c");
    expect(text(await iterator.next())).toBe("ab");
    await expect(iterator.next()).rejects.toThrow(BodyTooLargeError);
    expect(wasCancelled()).toBe(true);
    const announced = streamedBody(new ReadableStream(), 2, 3)[Symbol.asyncIterator]();
    await expect(announced.next()).rejects.toThrow(BodyTooLargeError);
  });

  test("by the client, and by the server", async () => {
    const gone = arriving();
    const first = gone.exchange.stream(9)[Symbol.asyncIterator]();
    gone.fail();
    await expect(first.next()).rejects.toThrow(BodyReadError);
    const closing = arriving();
    const second = closing.exchange.stream(9)[Symbol.asyncIterator]();
    const waiting = second.next().catch((error: unknown) => error);
    closing.exchange.course.interrupt(new InterruptedError("closing"));
    expect(await waiting).toBeInstanceOf(InterruptedError);
    await expect(second.next()).rejects.toThrow(InterruptedError);
    expect(closing.wasCancelled()).toBe(true);
  });
});

test("one reader, whichever view of the request it has", async () => {
  const { exchange, send, end } = arriving();
  send("ab");
  end();
  const view = exchange.request.with({ headers: { "x-a": "1" } });
  for await (const piece of view.stream()) expect(piece).toEqual(bytes("ab"));
  await expect(exchange.request.bytes()).rejects.toThrow("APUS_BODY");
  expect(() => exchange.request.stream()[Symbol.asyncIterator]()).toThrow("APUS_BODY");
  const replaced = exchange.request.with({ body: bytes("new") });
  for await (const piece of replaced.stream()) expect(piece).toEqual(bytes("new"));
});
