/** The bytes of an open file as a stream, with what stands between parts of it. */
import type { OpenFile } from "../exchange/index.ts";
import type { ByteRange } from "./byte-ranges.ts";

/** In bytes: how much is read at a time. Each read is a way to another thread and back, which large files feel. */
const [chunkSize, largeChunkSize] = [64 * 1024, 256 * 1024];
/** From how many bytes on the rest of a range is large. */
const large = 1024 * 1024;

/**
 * Gives the pieces in turn, and the file back once they are through, or cannot be, or are not wanted any more. Nothing is
 * read before it is asked for. A file that has become shorter meanwhile breaks the stream.
 *
 * @param pieces Bytes as they are, and ranges of the file.
 */
export function fileStream(file: OpenFile, pieces: readonly (Uint8Array | ByteRange)[]): ReadableStream<Uint8Array> {
  const rest = [...pieces];
  let left = false;
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= file.close());

  const next = async (): Promise<Uint8Array | undefined> => {
    const piece = rest.shift();
    if (piece === undefined || piece instanceof Uint8Array) return piece;
    const [start, end] = piece;
    const chunk = await file.read(start, Math.min(end - start < large ? chunkSize : largeChunkSize, end - start));
    if (chunk.byteLength === 0) throw new Error("The file became shorter while it was sent");
    const after = start + chunk.byteLength;
    if (after < end) rest.unshift([after, end]);
    return chunk;
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await next();
          const last = rest.length === 0;
          // Before the last byte is on its way: what follows the answer may begin when the client has it.
          if (last) await close();
          if (left) return;
          if (chunk !== undefined) controller.enqueue(chunk);
          if (last) controller.close();
        } catch (error) {
          await close();
          throw error;
        }
      },
      async cancel() {
        left = true;
        await close();
      },
    },
    { highWaterMark: 0 },
  );
}
