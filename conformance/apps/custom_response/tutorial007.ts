// An answer that is sent piece by piece.
import { Readable } from "node:stream";
import { App, get, operationIds } from "apus";

async function* fakeVideo() {
  for (let i = 0; i < 10; i += 1) yield Buffer.from("some fake video bytes");
}

const main = get("/", () => new Response(Readable.toWeb(Readable.from(fakeVideo())) as ReadableStream<Uint8Array>));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ main });
