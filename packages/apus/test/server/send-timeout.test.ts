// Clients that take nothing of their answers are cut off; those that take them slowly, or wait for more, are not.
import { App, background, signal, stream } from "apus";
import type { Serving } from "apus/server";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { gate } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire, type Wire } from "../wire.ts";

/** More than the system keeps for both sides of a connection. */
const size = 64 * 1024 * 1024;

async function serving(app: App, sendTimeout: number): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false, sendTimeout });
  onTestFinished(() => server.close());
  return server;
}

async function reader(server: Serving): Promise<Wire> {
  const client = await wire(server);
  client.socket.pause();
  return client;
}

function endless(cancelled: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    cancel: cancelled,
  });
}

test.each<[string, string, () => unknown]>([
  ["a text", "1.1", () => "x".repeat(size)],
  ["a stream of known length", "1.1", () => new Response(new Uint8Array(size))],
  ["the last answer of its connection", "1.0", () => "x".repeat(size)],
])("a client that takes nothing of %s is cut off, and what follows the answer runs", async (_, version, made) => {
  const followed = gate();
  const app = new App();
  app.get("/", { input: { background } }, (given) => {
    given.background.add(() => followed.open());
    return made();
  });
  const client = await reader(await serving(app, 40));
  client.send(`GET / HTTP/${version}`, "Host: a", "", "");
  await followed.opened;
  client.socket.resume();
  expect((await client.closed).length).toBeLessThan(size);
});

test("a stream of which nothing is taken is cancelled, and requests behind it are told that the client has left", async () => {
  const [cancelled, handling, aborted] = [gate(), gate(), gate()];
  const app = new App();
  app.get("/stream", () => new Response(endless(() => cancelled.open())));
  app.get("/work", { input: { signal } }, async ({ signal: left }) => {
    handling.open();
    await new Promise((resolve) => left.addEventListener("abort", resolve));
    aborted.open();
  });
  const client = await reader(await serving(app, 40));
  client.send("GET /stream HTTP/1.1", "Host: a", "", "GET /work HTTP/1.1", "Host: a", "", "");
  await Promise.all([handling.opened, cancelled.opened, aborted.opened]);
  client.socket.resume();
  // The piece of size 0 would say that the answer is complete.
  expect(await client.closed).not.toMatch(/\r\n0\r\n\r\n$/);
});

test("a quiet stream and a handler that takes its time outlast it", async () => {
  const [cut, more] = [gate(), gate()];
  const app = new App();
  app.get("/endless", () => new Response(endless(() => cut.open())));
  app.get("/quiet", { as: stream({ type: "text/plain" }) }, async function* () {
    yield "first";
    await more.opened;
    yield "second";
  });
  app.get("/slow", async () => {
    await more.opened;
    return "done";
  });
  const server = await serving(app, 40);
  const [quiet, slow] = [await wire(server), await wire(server)];
  quiet.send("GET /quiet HTTP/1.1", "Host: a", "", "");
  slow.send("GET /slow HTTP/1.1", "Host: a", "", "");
  await quiet.until(/first/);
  const stuck = await reader(server);
  stuck.send("GET /endless HTTP/1.1", "Host: a", "", "");
  await cut.opened;
  more.open();
  await Promise.all([quiet.until(/second/), slow.until(/done/)]);
});

test("a client that takes an answer slowly gets all of it", async () => {
  const app = new App();
  app.get("/", () => "x".repeat(size));
  const { host, port } = await serving(app, 500);
  const socket = connect({ host, port });
  onTestFinished(() => void socket.destroy());
  socket.write("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
  let received = 0;
  socket.on("data", (bytes) => {
    received += bytes.length;
    socket.pause();
    setTimeout(() => socket.resume(), 1);
  });
  await new Promise((resolve, reject) => socket.once("end", resolve).once("error", reject));
  expect(received).toBeGreaterThan(size);
});
