// How far a stream runs ahead of its client, on real sockets, and whether others are served meanwhile.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { App, events, stream } from "apus";
import { compression } from "apus/middleware";
import type { Serving } from "apus/server";
import { testClient } from "apus/testing";
import { expect, onTestFinished, test } from "vitest";
import { serve } from "../serve.ts";

const size = 64 * 1024;

async function serving(app: App): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return server;
}

/** Waits until a count stays what it is. */
async function settled(count: () => number): Promise<number> {
  for (let before = -1, same = 0; ;) {
    const now = count();
    same = now === before ? same + 1 : 0;
    if (same === 20) return now;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test.each([
  ["plain", []],
  ["compressed", [compression()]],
])("a client that does not read holds the producer, and one that reads lets it go on (%s)", async (_, middleware) => {
  let made = 0;
  const app = new App({ middleware });
  app.get("/", { as: stream({ type: "application/x-test" }) }, async function* () {
    // What cannot be compressed.
    for (; ; made++) yield crypto.getRandomValues(new Uint8Array(size));
  });
  const server = await serving(app);
  const client = connect(server.port, server.host);
  onTestFinished(() => void client.destroy());
  // Not every runtime remembers a pause from before there was a connection.
  await once(client, "connect");
  client.pause();
  client.write("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
  const held = await settled(() => made);
  // What the system keeps for the two sockets, and a few pieces on their way to it.
  expect(held).toBeGreaterThan(0);
  expect(held * size).toBeLessThan(16 * 1024 * 1024);
  client.resume();
  await expect.poll(() => made).toBeGreaterThan(held + 10);
});

test("in process nothing is made before it is asked for", async () => {
  let made = 0;
  const app = new App();
  app.get("/", { output: events() }, function* () {
    for (;;) yield ++made;
  });
  await using answer = await testClient(app).get("/", { stream: true });
  expect(made).toBe(0);
  const chunks = answer.chunks();
  for (let i = 1; i <= 3; i++) {
    await chunks.next();
    expect(made).toBe(i);
  }
});

test.each<[string, (app: App) => void]>([
  ["a generator", (app) => app.get("/", { output: events() }, function* () { for (;;) yield 1; })],
  ["an async generator", (app) => app.get("/", { as: stream }, async function* () { for (;;) yield "a"; })],
  ["a Response", (app) => app.get("/", () => new Response(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(1)) })))],
])("%s that never waits, for a client that reads as fast, does not hold up others", async (_, declare) => {
  const app = new App();
  declare(app);
  app.get("/other", () => "answered");
  const server = await serving(app);
  // Another process: here, what reads would be held up as well.
  const reader = `require("node:net").connect(${server.port}, "${server.host}", function () {
    this.write("GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n");
  }).once("data", () => console.log("reading")).resume()`;
  const child = spawn(process.execPath, ["-e", reader], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  await new Promise((resolve) => child.stdout.once("data", resolve));
  for (let i = 0; i < 5; i++) expect(await (await fetch(`${server.url}/other`)).json()).toBe("answered");
}); // prettier-ignore

test("a test that never waits can still be told to stop by a timer", async () => {
  const app = new App();
  app.get("/", { output: events() }, function* () {
    for (;;) yield 1;
  });
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("enough")), 20);
  const answer = await testClient(app).get("/", { stream: true, signal: stop.signal });
  await expect(
    (async () => {
      for await (const { data } of answer.events()) expect(data).toBe(1);
    })(),
  ).rejects.toThrow("enough");
});
