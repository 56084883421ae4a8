/** Writes an answer through `node:http`, and runs what is to follow once it has gone out or cannot. */
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Answer } from "../exchange/index.ts";

export function send(response: ServerResponse, answer: Answer, head: boolean): void {
  if (answer.after !== undefined) afterwards(response, answer.after);
  if (response.destroyed) return;
  const { status, body } = answer;
  if (typeof body === "string" || body === null || body instanceof Uint8Array) {
    response.writeHead(status, withLength(answer.headers, status, body));
    if (head || body === null) response.end();
    else response.end(body);
    return;
  }
  response.writeHead(status, [...answer.headers]);
  if (head) {
    void body.cancel().catch(() => {});
    response.end();
    return;
  }
  // A stream that fails or whose reader left ends the connection; the status has been sent, so nothing else can be said.
  pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), response).catch(() => response.destroy());
}

function withLength(headers: readonly string[], status: number, body: string | Uint8Array | null): string[] {
  if (body !== null) return headers.concat("content-length", String(Buffer.byteLength(body)));
  return bodiless(status) ? headers.slice() : headers.concat("content-length", "0");
}

function bodiless(status: number): boolean {
  return status < 200 || status === 204 || status === 205 || status === 304;
}

function afterwards(response: ServerResponse, after: () => Promise<void>): void {
  const run = (): void => {
    after().catch((error: unknown) => console.error("apus: work after an answer failed\n", error));
  };
  if (response.destroyed || response.closed) run();
  else response.once("close", run);
}
