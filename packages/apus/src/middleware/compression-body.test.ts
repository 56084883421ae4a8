// Compressed streams: what is read when, and what ends with what.
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { nodeHost } from "../server/index.ts";
import type { Compressor } from "../exchange/index.ts";
import { compressBytes, compressStream } from "./compression-body.ts";

const encoder = new TextEncoder();

/** A source that tells what is asked of it, and a compressor that tells whether it was closed. */
function watched(pull: (controller: ReadableStreamDefaultController<Uint8Array>, count: number) => void) {
  const seen = { pulls: 0, cancelled: undefined as unknown, closed: 0 };
  const source = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => pull(controller, ++seen.pulls),
      cancel: (reason) => void (seen.cancelled = reason),
    },
    { highWaterMark: 0 },
  );
  const open = (): Compressor => {
    const real = nodeHost.compressor!("gzip", undefined);
    return {
      write: (piece) => real.write(piece),
      end: (piece) => real.end(piece),
      close() {
        seen.closed++;
        real.close();
      },
    };
  };
  return { seen, stream: compressStream(source, open) };
}

test("a piece is read when one is asked for", async () => {
  const { seen, stream } = watched((controller, count) => controller.enqueue(encoder.encode(`piece ${count}`)));
  const reader = stream.getReader();
  expect(seen.pulls).toBe(0);
  await reader.read();
  expect(seen.pulls).toBe(1);
  await reader.read();
  expect(seen.pulls).toBe(2);
  await reader.cancel("enough");
  expect(seen).toEqual({ pulls: 2, cancelled: "enough", closed: 1 });
});

test("one that is never read costs no compressor", async () => {
  const { seen, stream } = watched(() => {});
  await stream.cancel("HEAD");
  expect(seen).toEqual({ pulls: 0, cancelled: "HEAD", closed: 0 });
});

test("a source that breaks breaks the stream, and the compressor is given back", async () => {
  const { seen, stream } = watched((controller, count) => {
    if (count === 1) controller.enqueue(encoder.encode("so far"));
    else controller.error(new Error("broken"));
  });
  const reader = stream.getReader();
  await reader.read();
  await expect(reader.read()).rejects.toThrow("broken");
  expect(seen.closed).toBe(1);
});

test.each(["before the piece is there", "while it is compressed"])("a reader may leave %s", async (when) => {
  const { seen, stream } = watched((controller) => controller.enqueue(new Uint8Array(1_000_000)));
  const reader = stream.getReader();
  const reading = reader.read();
  // By the next turn of the loop the piece has been handed to the thread pool.
  if (when.startsWith("while")) await new Promise((resolve) => setImmediate(resolve));
  await reader.cancel("gone");
  await expect(reading).resolves.toEqual({ done: true, value: undefined });
  expect([seen.cancelled, seen.closed]).toEqual(["gone", when.startsWith("while") ? 1 : 0]);
});

test.each(["with the host's compressor", "with CompressionStream"])("large bodies %s", async (by) => {
  const bytes = crypto.getRandomValues(new Uint8Array(65_536));
  const large = new Uint8Array(3_000_000).map((_, i) => bytes[i % bytes.length]!);
  const made = await compressBytes(large, "gzip", undefined, by.includes("host") ? nodeHost : undefined);
  expect(gunzipSync(made).equals(large)).toBe(true);
});

test("levels are told to the machine", async () => {
  const texts = JSON.stringify(Array.from({ length: 2000 }, (_, i) => ({ id: i, name: `Item ${i}`, price: i * 1.5 })));
  const sizes = await Promise.all(
    [1, 9].map(async (level) => (await compressBytes(encoder.encode(texts), "gzip", level, nodeHost)).byteLength),
  );
  expect(sizes[1]).toBeLessThan(sizes[0]!);
});
