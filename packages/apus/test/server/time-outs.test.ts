// Requests that arrive slowly, stop arriving, or wait to be asked for their body.
import { App, body, depends, HTTPException, signal } from "apus";
import type { ServeOptions, Serving } from "apus/server";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { tracing } from "../dependencies/trace.ts";
import { gate, reports } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

async function serving(app: App, options: ServeOptions = {}): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false, ...options });
  onTestFinished(() => server.close());
  return server;
}

const upload = (...headers: string[]): string[] => [
  "POST / HTTP/1.1",
  "Host: a",
  "Content-Type: application/json",
  ...headers,
  "",
];

test.each([["GET / HTTP/1.1\r\nHos"], [""]])("headers that do not come: %j is answered with 408", async (bytes) => {
  const server = await serving(new App(), { headersTimeout: 20 });
  const client = await wire(server);
  client.send(bytes);
  const received = await client.closed;
  expect(received).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*connection: close\r\n/);
  expect(received).toMatch(/\r\n\r\n\{"detail":"The request did not arrive in time"\}$/);
});

test.each(["Content-Length: 100", "Transfer-Encoding: chunked"])(
  "a body that stops, with %s, is answered with 408 after the operation's time, and everything is rolled back",
  async (framing) => {
    const { lines, scoped } = tracing();
    const { found, report } = reports();
    const app = new App({ report });
    let handled = 0;
    const guard = scoped("guard", "request");
    app.post("/", { dependencies: [guard], input: { item: body(z.unknown()) }, bodyTimeout: 20 }, () => ++handled);
    const server = await serving(app);
    const client = await wire(server);
    client.send(...upload(framing), framing.startsWith("T") ? "5\r\n[1,2," : "[1,2,");
    const [text] = await client.until(/^HTTP\/1\.1 408 [^]*\}$/);
    expect(text).toMatch(/^connection: close$/im);
    expect(text).toMatch(/\r\n\r\n\{"detail":"The request body did not arrive in time"\}$/);
    expect(lines).toEqual(["enter guard", "leave guard: HTTPException"]);
    // What comes now is too late, and no request either.
    client.send("3]", "", "GET / HTTP/1.1", "Host: a", "", "");
    client.socket.end();
    expect(statuses(await client.closed)).toEqual([408]);
    expect([handled, found]).toEqual([0, []]);
  },
);

test("a request as a whole has its time as well, whoever reads it", async () => {
  const app = new App({ bodyTimeout: null });
  app.post("/", { input: { item: body(z.unknown()) } }, () => 1);
  const client = await wire(await serving(app, { requestTimeout: 20 }));
  client.send(...upload("Content-Length: 100"), "[1,");
  const received = await client.closed;
  expect(statuses(received)).toEqual([408]);
  expect(received).toMatch(/\{"detail":"The request did not arrive in time"\}$/);
});

test("a client that leaves while its body is awaited frees everything at once", async () => {
  const { lines, scoped } = tracing();
  const { found, report } = reports();
  const app = new App({ report, bodyTimeout: null });
  const [reading, left] = [gate(), gate()];
  const last = depends(async function* () {
    try {
      yield 1;
    } finally {
      left.open();
    }
  });
  const guard = depends({ first: scoped("guard", "request"), last }, () => reading.open());
  app.post("/", { dependencies: [guard], input: { item: body(z.unknown()) } }, () => 1);
  const server = await serving(app);
  const client = await wire(server);
  client.send(...upload("Content-Length: 100"), "[1,");
  await reading.opened;
  client.socket.destroy();
  await left.opened;
  // The next to leave does so after `last`, which was entered after it.
  await server.close();
  expect(lines[0]).toBe("enter guard");
  expect(lines[1]).toMatch(/^leave guard: \w/);
  expect(found).toEqual([]);
});

test("a client that left before its body was asked for is noticed", async () => {
  const app = new App({ bodyTimeout: null });
  const [guarding, proceed] = [gate(), gate()];
  let handled = 0;
  const guard = depends(async () => {
    guarding.open();
    await proceed.opened;
  });
  app.post("/", { dependencies: [guard], input: { item: body(z.unknown()) } }, () => ++handled);
  const server = await serve(app, { port: 0, signals: false });
  const client = await wire(server);
  client.send(...upload("Content-Length: 100"), "[1,");
  await guarding.opened;
  client.socket.destroy();
  await client.closed;
  await fetch(server.url); // by its answer the server knows
  proceed.open();
  // It would wait for the body, and for the drain time-out, if it were still read.
  await server.close();
  expect(handled).toBe(0);
});

test("the signal of a handler is aborted when its client leaves", async () => {
  const app = new App();
  const [handling, aborted] = [gate(), gate<unknown>()];
  app.get("/", { input: { signal } }, async ({ signal: leaving }) => {
    handling.open();
    await once(leaving, "abort");
    aborted.open(leaving.reason);
  });
  const server = await serving(app);
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await handling.opened;
  client.socket.destroy();
  expect(await aborted.opened).toMatchObject({ name: "BodyReadError", message: "The client left" });
});

test("so is that of a request that waits for its turn behind another one", async () => {
  const app = new App();
  const [handling, aborted, proceed] = [gate(), gate<unknown>(), gate()];
  app.get("/first", () => proceed.opened);
  app.get("/second", { input: { signal } }, async ({ signal: leaving }) => {
    leaving.addEventListener("abort", () => aborted.open(leaving.reason));
    handling.open();
    await proceed.opened;
  });
  const client = await wire(await serving(app));
  client.send("GET /first HTTP/1.1", "Host: a", "", "GET /second HTTP/1.1", "Host: a", "", "");
  await handling.opened;
  client.socket.destroy();
  expect(await aborted.opened).toMatchObject({ message: "The client left" });
  proceed.open();
});

test("asking for the signal again and again on one connection leaves nothing behind on it", async () => {
  const warnings: Error[] = [];
  const warned = (warning: Error): void => void warnings.push(warning);
  process.on("warning", warned);
  onTestFinished(() => void process.off("warning", warned));
  const app = new App();
  app.get("/{n}", { input: { n: z.int(), signal } }, ({ n, signal: leaving }) => `${n} ${leaving.aborted}`);
  const client = await wire(await serving(app));
  for (let n = 1; n <= 30; n++) {
    client.send(`GET /${n} HTTP/1.1`, "Host: a", "", "");
    await client.until(new RegExp(`"${n} false"$`));
  }
  expect(warnings).toEqual([]);
});

test("a client that waits for 100 Continue gets it when the body is read", async () => {
  const app = new App();
  const [guarding, proceed] = [gate(), gate()];
  const guard = depends(async () => {
    guarding.open();
    await proceed.opened;
  });
  app.post("/", { dependencies: [guard], input: { item: body(z.string()) } }, ({ item }) => item);
  const client = await wire(await serving(app));
  client.send(...upload("Content-Length: 3", "Expect: 100-continue"), "");
  await guarding.opened;
  expect(client.received()).toBe("");
  proceed.open();
  await client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
  client.send('"a"');
  await client.until(/200 OK[^]*"a"$/);
  // The connection goes on.
  client.send("GET /nowhere HTTP/1.1", "Host: a", "", "");
  await client.until(/404 /);
});

test.each([
  ["a guard refuses it", "/guarded", 10, 401],
  ["it is too large", "/", 2_000_000, 413],
  ["nobody wants it", "/nowhere", 10, 404],
  ["nobody reads it", "/ignored", 10, 200],
])("an upload that waits for 100 Continue is never asked for where %s", async (_, path, length, status) => {
  const app = new App();
  const guard = depends(() => {
    throw new HTTPException(401);
  });
  const input = { item: body(z.unknown()) };
  app.post("/guarded", { dependencies: [guard], input }, () => 1);
  app.post("/", { input }, () => 1);
  app.post("/ignored", () => 1);
  const client = await wire(await serving(app));
  client.send(`POST ${path} HTTP/1.1`, "Host: a", `Content-Length: ${length}`, "Expect: 100-Continue", "", "");
  await client.until(/[1-5]\d\d [^]*\r\n\r\n./);
  client.socket.end();
  const received = await client.closed;
  expect(statuses(received)).toEqual([status]);
  // Whether the client sends it all the same cannot be known.
  expect(received).toMatch(/^connection: close$/im);
});
