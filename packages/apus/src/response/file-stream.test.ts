import { expect, test } from "vitest";
import type { OpenFile } from "../exchange/index.ts";
import { fileStream } from "./file-stream.ts";

const KiB = 1024;

/** A file of so many bytes that writes down what is done with it. */
function watched(size: number) {
  const lengths: number[] = [];
  const lines: string[] = [];
  const file = {
    read: async (position: number, length: number) => {
      lengths.push(length / KiB);
      return new Uint8Array(Math.min(length, size - position));
    },
    close: async () => void lines.push(`closed after ${lengths.length} reads`),
  } as Pick<OpenFile, "read" | "close"> as OpenFile;
  return { file, lengths, lines };
}

test.each([
  ["a small file", 160 * KiB, [64, 64, 32]],
  ["a large file", 1536 * KiB, [256, 256, 256, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64]],
])("%s is read in pieces of fitting size, and closed before its last byte is sent", async (_, size, pieces) => {
  const { file, lengths, lines } = watched(size);
  const reader = fileStream(file, [[0, size]]).getReader();
  let sent = 0;
  for (let each = await reader.read(); !each.done; each = await reader.read()) {
    sent += each.value.byteLength;
    expect(lines).toHaveLength(sent === size ? 1 : 0);
  }
  expect([sent, lengths, lines]).toEqual([size, pieces, [`closed after ${pieces.length} reads`]]);
});
