/** Compressed bodies: whole ones, and streams whose pieces go out as they come. */
import type { Compressor, Host } from "../exchange/index.ts";
import type { ContentCoding } from "./compression-choice.ts";

const nothing = new Uint8Array(0);

/** A whole body, compressed. @param host Without its compressor, CompressionStream does it: gzip only, at its own level. */
export async function compressBytes(
  bytes: Uint8Array,
  coding: ContentCoding,
  level: number | undefined,
  host: Host | undefined,
): Promise<Uint8Array> {
  const compressor = host?.compressor?.(coding, level);
  if (compressor !== undefined) return compressor.end(bytes);
  const source = new Response(bytes as BodyInit).body!;
  return new Uint8Array(await new Response(source.pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
}

/**
 * A stream, compressed. Each piece is flushed, so that a reader sees it as soon as it would without compression. Nothing is
 * read before it is asked for, and the source ends when the reader leaves.
 *
 * @param open Makes the compressor; called when the first piece is asked for.
 */
export function compressStream(source: ReadableStream<Uint8Array>, open: () => Compressor): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let compressor: Compressor | undefined;
  let left = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          for (;;) {
            const { done, value } = await reader.read();
            if (left) return;
            compressor ??= open();
            const made = await (done ? compressor.end(nothing) : compressor.write(value));
            if (made.byteLength > 0) controller.enqueue(made);
            if (done) return controller.close();
            if (made.byteLength > 0) return;
          }
        } catch (error) {
          compressor?.close();
          await reader.cancel(error).catch(() => {});
          throw error;
        }
      },
      async cancel(reason) {
        left = true;
        compressor?.close();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
