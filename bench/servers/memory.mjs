// What `node bench/memory.mjs` measures, as a user of Apus would write it: large uploads and downloads, and connections that wait.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { App, events, get, post, request, router, sendFile, signal, socket, stream } from "apus";
import { serve } from "apus/server";
import { types } from "apus/types";
import { z } from "zod";

const large = { bodyLimit: 2 ** 40, timeout: null };
const piece = new Uint8Array(64 * 1024);

const hello = get("/hello", () => ({ message: "Hello World" }));

const upload = post("/upload", { ...large, input: { request } }, async ({ request }) => {
  let bytes = 0;
  for await (const each of request.stream()) bytes += each.byteLength;
  return { bytes };
});

const write = post("/write", { ...large, input: { request } }, async ({ request }) => {
  const file = createWriteStream("/dev/null");
  await pipeline(Readable.from(request.stream(), { objectMode: false }), file);
  return { bytes: file.bytesWritten };
});

const multipart = post("/multipart", { ...large, input: { file: types.upload() } }, async ({ file }) => {
  let bytes = 0;
  for await (const each of file.stream()) bytes += each.byteLength;
  return { bytes };
});

const download = get(
  "/download",
  { timeout: null, input: { bytes: z.int() }, as: stream({ type: "application/octet-stream" }) },
  async function* ({ bytes }) {
    for (let left = bytes; left > 0; left -= piece.length) yield left < piece.length ? piece.subarray(0, left) : piece;
  },
);

const file = get("/file", { timeout: null, input: { path: z.string() } }, ({ path }) => sendFile(path));

const feed = get(
  "/events",
  { timeout: null, input: { signal }, output: events(z.object({ n: z.int() })) },
  async function* ({ signal }) {
    yield { n: 1 };
    await once(signal, "abort");
  },
);

const echo = socket("/socket", async (socket) => {
  for await (const message of socket) await socket.send(message);
});

const app = new App({ title: "Memory" }).include(
  router({ hello, upload, write, multipart, download, file, feed, echo }),
);

await serve(app, { port: Number(process.env.PORT), requestTimeout: 3_600_000 });
process.on("message", () => {
  globalThis.gc();
  process.send(process.memoryUsage().heapUsed);
});
