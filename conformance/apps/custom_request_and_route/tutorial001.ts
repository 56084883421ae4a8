// Bodies that clients compressed are decompressed before anybody reads them.
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { App, HTTPException, around, body, get, operationIds, post, request, router } from "apus";
import { z } from "zod";

const decompress = promisify(gunzip);

/** A small body can hide a large one. */
const largestBody = 1024 * 1024;

async function decompressed(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await decompress(bytes, { maxOutputLength: largestBody });
  } catch {
    throw new HTTPException(400, "There was an error parsing the body");
  }
}

const gzipRequest = around(async (request, next) => {
  request.state["requestClass"] = "GzipRequest";
  if (request.headers.get("content-encoding") !== "gzip") return next();
  const body = await decompressed(await request.bytes());
  return next(request.with({ body, headers: { "content-encoding": null } }));
}, "gzipRequest");

const sumNumbers = post("/sum", { input: { numbers: body(z.array(z.int())) } }, ({ numbers }) => ({
  sum: numbers.reduce((sum, each) => sum + each, 0),
}));

/** FastAPI's test adds this operation, to see what the others get their request from. */
const checkClass = get("/check-class", { input: { request }, includeInSchema: false }, ({ request }) => ({
  request_class: request.state["requestClass"],
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include(
  router({ sumNumbers, checkClass }, { middleware: [gzipRequest] }),
);
