// When time to drain is up: what is under way is interrupted, answered 503 and rolled back, and what does not stop is cut.
import { App, request, signal } from "apus";
import { once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { tracing } from "../dependencies/trace.ts";
import { gate } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

/** Keeps warnings off the console, and gives them. */
function quiet(): () => string {
  const said = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  return () => said.mock.calls.flat().join("\n");
}

test("at the drain time-out what is under way is interrupted: answered 503, its work rolled back, and named", async () => {
  const said = quiet();
  const { lines, scoped } = tracing();
  const handling = gate();
  const app = new App();
  const input = {
    a: scoped("a", "app"),
    r: scoped("r", "request"),
    f: scoped("f", "function"),
    id: z.string(),
    request,
  };
  app.get("/items/{id}", { input }, async ({ id, request: { signal: leaving } }) => {
    handling.open();
    await once(leaving, "abort");
    lines.push(`aborted: ${(leaving.reason as Error).name}`);
    return id;
  });
  const server = await serve(app, { port: 0, signals: false, drainTimeout: 20 });
  const client = await wire(server);
  client.send("GET /items/x%0Ay HTTP/1.1", "Host: a", "", "");
  await handling.opened;
  await server.close();
  const received = await client.closed;
  expect(received).toMatch(/^HTTP\/1\.1 503 [^]*connection: close\r\n[^]*\{"detail":"Service Unavailable"\}$/i);
  expect(lines).toEqual([
    "enter a",
    "enter r",
    "enter f",
    "aborted: InterruptedError",
    "leave f: InterruptedError",
    "leave r: InterruptedError",
    "leave a",
  ]);
  expect(said()).toMatch(
    /^apus: time to drain is up, 1 request interrupted:\n {2}GET "\/items\/x\\ny", request [0-9a-f-]{36}$/,
  );
});

test("what does not stop when it is interrupted is cut after the close time-out, which is said", async () => {
  const said = quiet();
  const { lines, scoped } = tracing();
  const handling = gate();
  const app = new App();
  const streaming = gate();
  app.get("/", { input: { a: scoped("a", "app") } }, () => {
    handling.open();
    return new Promise(() => {});
  });
  app.get("/stream", () => {
    const pull = (): Promise<void> => {
      streaming.open();
      return new Promise(() => {});
    };
    return new Response(new ReadableStream({ pull }));
  });
  const server = await serve(app, { port: 0, signals: false, drainTimeout: 0, closeTimeout: 20 });
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  const reader = await wire(server);
  reader.send("GET /stream HTTP/1.1", "Host: a", "", "");
  await Promise.all([handling.opened, streaming.opened]);
  await server.close();
  expect([statuses(await client.closed), statuses(await reader.closed)]).toEqual([[503], [200]]);
  expect(lines).toEqual(["enter a", "leave a"]);
  expect(said()).toMatch(/2 requests interrupted:\n.*\n.*\n?apus: 2 requests did not stop/);
});

test("many requests that are interrupted are counted, and some of them named", async () => {
  const said = quiet();
  const app = new App();
  let begun = 0;
  const all = gate();
  app.get("/", { input: { signal } }, async ({ signal: leaving }) => {
    if (++begun === 25) all.open();
    await once(leaving, "abort");
  });
  const server = await serve(app, { port: 0, signals: false, drainTimeout: 0 });
  const client = await wire(server);
  client.send(...Array.from({ length: 25 }, () => ["GET / HTTP/1.1", "Host: a", ""]).flat(), "");
  await all.opened;
  await server.close();
  // All of them on one connection: each is answered, and only the last ends it.
  const received = await client.closed;
  expect(statuses(received)).toEqual(Array.from({ length: 25 }, () => 503));
  expect(received.match(/^connection: close/gim)).toHaveLength(1);
  expect(said().match(/GET/g)).toHaveLength(20);
  expect(said()).toMatch(/25 requests interrupted:[^]*\n {2}and 5 more$/);
});
