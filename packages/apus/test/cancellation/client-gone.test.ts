// Clients that leave before they have their answer: what was begun for them is rolled back, never committed.
import { setTimeout as sleepFor } from "node:timers/promises";
import { App, background, depends, middleware, signal } from "apus";
import type { Serving } from "apus/server";
import { expect, onTestFinished, test } from "vitest";
import { gate, reports } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire, type Wire } from "../wire.ts";
import { transactions } from "./database.ts";

const forever = 2_147_483_647;

async function asked(app: App, path = "/"): Promise<{ server: Serving; client: Wire }> {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  const client = await wire(server);
  client.send(`GET ${path} HTTP/1.1`, "Host: a", "", "");
  return { server, client };
}

/** Leaves, and waits until the server has noticed: it has when it answers a connection that was made later. */
async function leave(server: Serving, client: Wire): Promise<void> {
  client.socket.destroy();
  await client.closed;
  await fetch(`${server.url}/nowhere`);
}

test.each([
  ["heeds its signal", "AbortError"],
  ["ignores its signal", "ClientGoneError"],
])("a handler that %s is rolled back, with everything that it returned dropped", async (how, name) => {
  const { log, session } = transactions();
  const { found, report } = reports();
  const [begun, proceed, cancelled] = [gate<AbortSignal>(), gate(), gate()];
  const lines: string[] = [];
  const app = new App({ report });
  app.get("/", { input: { session, signal, background } }, async (values) => {
    values.background.add(() => lines.push("background"));
    values.session.write("insert");
    begun.open(values.signal);
    if (how === "heeds its signal") await sleepFor(forever, undefined, { signal: values.signal });
    await proceed.opened;
    return new Response(new ReadableStream({ cancel: () => cancelled.open() }));
  });
  const { server, client } = await asked(app);
  const stop = await begun.opened;
  expect(stop.aborted).toBe(false);
  await leave(server, client);
  expect([stop.aborted, (stop.reason as Error).message]).toEqual([true, "The client left"]);
  if (how === "ignores its signal") {
    expect(log).toEqual(["begin", "insert"]);
    proceed.open();
    await cancelled.opened;
  }
  await server.close();
  expect(log).toEqual(["begin", "insert", `rollback: ${name}`]);
  expect([lines, found]).toEqual([[], []]);
});

test("a dependency at work when the client leaves: nothing is committed either", async () => {
  const { log, session } = transactions();
  const [begun, proceed] = [gate(), gate()];
  const slow = depends(async () => {
    begun.open();
    await proceed.opened;
  });
  const app = new App();
  app.get("/", { input: { session, slow } }, () => "answer");
  const { server, client } = await asked(app);
  await begun.opened;
  await leave(server, client);
  proceed.open();
  await server.close();
  expect(log).toEqual(["begin", "rollback: ClientGoneError"]);
});

test("one that leaves after the work was committed and before the answer is sent: what was to follow still follows", async () => {
  const inner = transactions();
  const outer = transactions("request");
  const [made, proceed, cancelled] = [gate(), gate(), gate()];
  const lines: string[] = [];
  const hold = middleware({
    onAnswer: async (answer) => {
      if (answer.status !== 200) return;
      made.open();
      await proceed.opened;
    },
  });
  const app = new App({ middleware: [hold] });
  app.get("/", { input: { outer: outer.session, inner: inner.session, background } }, (values) => {
    values.background.add(() => lines.push("background", ...inner.log, ...outer.log));
    return new Response(new ReadableStream({ cancel: () => cancelled.open() }));
  });
  const { server, client } = await asked(app);
  await made.opened;
  expect([inner.log, outer.log]).toEqual([["begin", "commit"], ["begin"]]);
  await leave(server, client);
  expect(lines).toEqual([]);
  proceed.open();
  await cancelled.opened;
  await outer.ended;
  expect(lines).toEqual(["background", "begin", "commit", "begin"]);
  expect(outer.log).toEqual(["begin", "commit"]);
});

test.each(["reason", "platform"])("app.fetch: an aborted request is answered 499 and rolled back (%s)", async (how) => {
  const { log, session } = transactions();
  const { found, report } = reports();
  const controller = new AbortController();
  const app = new App({ report });
  app.get("/", { input: { session, signal } }, async (values) => {
    setImmediate(() => controller.abort());
    if (how === "platform") return sleepFor(forever, undefined, { signal: values.signal });
    return new Promise((_, reject) => {
      values.signal.addEventListener("abort", () => reject(values.signal.reason as Error));
    });
  });
  const { status } = await app.fetch(new Request("http://a/", { signal: controller.signal }));
  expect([status, log, found]).toEqual([499, ["begin", "rollback: AbortError"], []]);
});

test("an AbortError of one's own, while the client waits, is a failure like any other", async () => {
  const { found, report } = reports();
  const app = new App({ report });
  app.get("/", () => sleepFor(forever, undefined, { signal: AbortSignal.abort() }));
  expect((await app.fetch(new Request("http://a/"))).status).toBe(500);
  expect(found).toMatchObject([{ error: { name: "AbortError" } }]);
});
