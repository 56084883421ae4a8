// Requests that arrive together: each is answered once and in its turn, and nothing behind the last one is a request.
import { App, body, depends } from "apus";
import type { Serving } from "apus/server";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

const expecting =
  "POST /body HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";

/** An answer that begins at once and ends when it may. */
function slow(proceed: Promise<unknown>): Response {
  const pieces = [() => "first", () => proceed.then(() => "last")];
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream({
      async pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.close();
        else controller.enqueue(encoder.encode(await piece()));
      },
    }),
  );
}

async function serving(app: App): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return server;
}

test("a body is asked for when it is its request's turn, not in the middle of the answer before", async () => {
  const [proceed, reached] = [gate(), gate()];
  const app = new App();
  app.get("/slow", () => slow(proceed.opened));
  app.get("/quick", () => "quick");
  const guard = depends(() => reached.open());
  app.post("/body", { dependencies: [guard], input: { item: body(z.unknown()) } }, () => "read");
  const server = await serving(app);
  const client = await wire(server);
  client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.until(/first/);
  client.send(expecting);
  await reached.opened;
  // By the answer on another connection the body has been asked for as well.
  await fetch(`${server.url}/quick`);
  proceed.open();
  await client.until(/first\r\n4\r\nlast\r\n0\r\n\r\nHTTP\/1\.1 100 Continue\r\n\r\n$/);
  client.send("{}");
  await client.until(/100 Continue\r\n\r\nHTTP\/1\.1 200 OK[^]*"read"$/);
});

test("what is asked for behind an answer that ends the connection is not done", async () => {
  const handled: string[] = [];
  const proceed = gate();
  const app = new App();
  app.post("/slow", () => slow(proceed.opened));
  app.get("/quick", () => "quick");
  app.post("/late", () => void handled.push("late"));
  const server = await serving(app);
  const client = await wire(server);
  // Nobody reads the body, and where it ends is not known: the answer is the last one.
  client.send("POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
  await client.until(/connection: close[^]*first/i);
  client.send("0\r\n\r\nPOST /late HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  await fetch(`${server.url}/quick`);
  proceed.open();
  const received = await client.closed;
  expect([statuses(received), handled]).toEqual([[200], []]);
  expect(received).toMatch(/first\r\n4\r\nlast\r\n0\r\n\r\n$/);
});

test("answers that follow one which ends the connection are not sent", async () => {
  const [proceed, both] = [gate(), gate()];
  const app = new App();
  app.get("/last", () => proceed.opened.then(() => new Response("last", { headers: { connection: "close" } })));
  app.get("/behind", () => {
    both.open();
    return proceed.opened.then(() => "behind");
  });
  const client = await wire(await serving(app));
  client.send("GET /last HTTP/1.1\r\nHost: a\r\n\r\nGET /behind HTTP/1.1\r\nHost: a\r\n\r\n");
  await both.opened;
  proceed.open();
  const received = await client.closed;
  expect(received).toMatch(/^connection: close$/im);
  expect(received).toMatch(/\r\n4\r\nlast\r\n0\r\n\r\n$/);
  expect(statuses(received)).toEqual([200]);
});
