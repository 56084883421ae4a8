// A file that is sent piece by piece.
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { App, get, operationIds } from "apus";

const path = "large-video-file.mp4";

const main = get("/", () => {
  const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
  return new Response(stream, { headers: { "Content-Type": "video/mp4" } });
});

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ main });
