/** `types.stream()`: a body that the handler reads itself, piece by piece. */
import { z } from "zod";
import { ApusError } from "../diagnostic/index.ts";
import type { WireType } from "../schema/index.ts";
import { wireCodec } from "./wire-codec.ts";

type Sent = Blob | Uint8Array | ReadableStream<Uint8Array>;

const isPieces = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

const wire: WireType = {
  label: () => "stream",
  holds: "stream",
  reader: () => (value) => value,
  writer: () => {
    throw new ApusError(
      "APUS_OUTPUT_TYPE: a stream of bytes is no JSON; declare `as: stream({ type })` instead of `output`.",
    );
  },
  shape: () => ({ type: "string", contentMediaType: "application/octet-stream" }),
};

/**
 * The whole body as an async iterable of bytes, of any size, in constant memory: it is read while the handler takes it, and
 * nothing of it before. `bodyLimit` (32 MiB unless it is said), `bodyTimeout` and `timeout` hold. What breaks off comes out
 * of the loop, and is answered 413, 408 or 400 where nothing catches it.
 *
 * @example
 * post("/logs", { bodyLimit: 2 ** 31, input: { lines: body(types.stream(), { mediaType: "text/plain" }) } }, async ({ lines }) => {
 *   let size = 0;
 *   for await (const piece of lines) size += piece.byteLength;
 *   return { size };
 * });
 */
export function stream(): z.ZodCodec<
  z.ZodCustom<Sent, Sent>,
  z.ZodCustom<AsyncIterable<Uint8Array>, AsyncIterable<Uint8Array>>
> {
  return wireCodec(wire, z.custom<Sent>(isPieces), z.custom<AsyncIterable<Uint8Array>>(isPieces));
}
