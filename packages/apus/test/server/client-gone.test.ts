// Clients that leave: before the answer everything is rolled back, and the server does not mind.
import { App, depends } from "apus";
import type { Serving } from "apus/server";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { tracing } from "../dependencies/trace.ts";
import { gate, reports } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

async function serving(app: App): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return server;
}

test("a client that leaves while the handler works: function scope is rolled back, request scope left, nothing reported", async () => {
  const { lines, scoped } = tracing();
  const { found, report } = reports();
  const app = new App({ report });
  const [handling, proceed] = [gate(), gate()];
  app.get("/", { input: { r: scoped("r", "request"), f: scoped("f", "function") } }, async () => {
    handling.open();
    await proceed.opened;
    return "too late";
  });
  const server = await serve(app, { port: 0, signals: false });
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await handling.opened;
  client.socket.destroy();
  // The server knows once it answers on another connection that was made after the first one ended.
  await client.closed;
  await fetch(`${server.url}/nowhere`);
  expect(lines).toEqual(["enter r", "enter f"]);
  proceed.open();
  await server.close();
  expect(lines).toEqual(["enter r", "enter f", "leave f: ClientGoneError", "leave r: ClientGoneError"]);
  expect(found).toEqual([]);
});

test("a client that waits gets its answer committed", async () => {
  const { lines, scoped } = tracing();
  const app = new App();
  app.get("/", { input: { f: scoped("f", "function") } }, () => "done");
  const server = await serving(app);
  expect(await (await fetch(server.url)).json()).toBe("done");
  expect(lines).toEqual(["enter f", "leave f"]);
});

test("request scope is left after the answer has gone out, not before", async () => {
  const exit = gate();
  const left = gate();
  const app = new App();
  const slow = depends(async function* () {
    yield 1;
    await exit.opened;
    left.open();
  });
  app.get("/", { input: { slow } }, () => "answer");
  const server = await serving(app);
  // It would never arrive if the exit, which waits for it, came first.
  expect(await (await fetch(server.url)).json()).toBe("answer");
  exit.open();
  await left.opened;
});

test("a pipelined request whose connection ends before its turn is cleaned up all the same", async () => {
  const { lines, scoped } = tracing();
  const app = new App();
  const [handling, proceed, second] = [gate(), gate(), gate()];
  app.get("/slow", async () => {
    handling.open();
    await proceed.opened;
  });
  app.get("/next", { input: { r: scoped("r", "request") } }, () => {
    second.open();
    return 1;
  });
  const server = await serve(app, { port: 0, signals: false });
  const client = await wire(server);
  client.send("GET /slow HTTP/1.1", "Host: a", "", "GET /next HTTP/1.1", "Host: a", "", "");
  await Promise.all([handling.opened, second.opened]);
  client.socket.destroy();
  await client.closed;
  await fetch(`${server.url}/nowhere`);
  proceed.open();
  await server.close();
  expect(lines).toEqual(["enter r", "leave r"]);
});

test("an upload that is aborted is no failure of the server: nothing is reported, and the next request is answered", async () => {
  const { found, report } = reports();
  const app = new App({ report });
  let handled = 0;
  app.post("/", { input: { item: z.object({}) } }, () => ++handled);
  const server = await serving(app);
  for (const framing of ["Content-Length: 1000", "Transfer-Encoding: chunked"]) {
    const client = await wire(server);
    client.send("POST / HTTP/1.1", "Host: a", "Content-Type: application/json", framing, "", "4\r\n{");
    client.socket.destroy();
    await client.closed;
  }
  const answer = await fetch(server.url, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  expect([answer.status, handled, found]).toEqual([200, 1, []]);
});

test("a reader that leaves a stream cancels its source", async () => {
  const cancelled = gate<unknown>();
  const app = new App();
  app.get("/", () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      cancel: (reason) => cancelled.open(reason),
    });
    return new Response(stream);
  });
  const server = await serving(app);
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await client.until(/200 OK/);
  client.socket.destroy();
  await cancelled.opened;
  expect((await fetch(`${server.url}/nowhere`)).status).toBe(404);
});

test("a pipelined stream whose connection ends before its turn is cancelled, and closing does not wait for it", async () => {
  const [handling, proceed, cancelled] = [gate(), gate(), gate()];
  const app = new App();
  app.get("/slow", async () => {
    handling.open();
    await proceed.opened;
  });
  const streaming = gate();
  app.get("/stream", () => {
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      controller.enqueue(new Uint8Array(65_536));
      streaming.open();
    };
    return new Response(new ReadableStream({ pull, cancel: () => cancelled.open() }));
  });
  const server = await serve(app, { port: 0, signals: false, drainTimeout: 2_147_483_647 });
  const client = await wire(server);
  client.send("GET /slow HTTP/1.1", "Host: a", "", "GET /stream HTTP/1.1", "Host: a", "", "");
  await Promise.all([handling.opened, streaming.opened]);
  client.socket.destroy();
  await cancelled.opened;
  proceed.open();
  await expect(server.close()).resolves.toBeUndefined();
});

test("a stream that fails after its headers ends the connection instead of looking complete, and is reported", async () => {
  const { found, report } = reports();
  const app = new App({ report });
  app.get("/", () => {
    const parts = [new TextEncoder().encode("begun")];
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const part = parts.pop();
        if (part === undefined) throw new Error("the source broke");
        controller.enqueue(part);
      },
    });
    return new Response(stream);
  });
  const server = await serving(app);
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  const received = await client.closed;
  expect(received).toMatch(/200 OK/);
  expect(received).not.toMatch(/\r\n0\r\n\r\n$/);
  expect(found).toMatchObject([{ error: { message: "the source broke" }, method: "GET", path: "/" }]);
  expect((await fetch(`${server.url}/nowhere`)).status).toBe(404);
});
