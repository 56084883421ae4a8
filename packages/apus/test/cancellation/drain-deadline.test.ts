// A server that closes: what is still running when the time to drain is up is rolled back, and only then what it uses closed.
import { App, depends, signal } from "apus";
import { expect, onTestFinished, test, vi } from "vitest";
import { gate, reports } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";
import { transactions } from "./database.ts";

test.each([
  ["that heeds its signal", true],
  ["that ignores its signal, and settles later", false],
])("a handler %s: 503, rolled back, the pool closed last", async (_, heeds) => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warned.mockRestore());
  const { log, session } = transactions();
  const { found, report } = reports();
  const [begun, proceed] = [gate<AbortSignal>(), gate()];
  const pool = depends(
    async function* () {
      yield 1;
      log.push("pool closed");
    },
    { scope: "app" },
  );
  const app = new App({ report });
  app.get("/", { input: { pool, session, signal } }, async (values) => {
    begun.open(values.signal);
    if (heeds) await new Promise((resolve) => values.signal.addEventListener("abort", resolve));
    else await proceed.opened;
    values.session.write("late");
  });
  const server = await serve(app, { port: 0, signals: false, drainTimeout: 1, closeTimeout: 20_000 });
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  const stop = await begun.opened;
  const closed = server.close();
  await client.until(/HTTP\/1\.1 503 /);
  expect([stop.aborted, (stop.reason as Error).message]).toEqual([true, "The server is closing"]);
  if (!heeds) expect(log).toEqual(["begin"]);
  proceed.open();
  await closed;
  expect(statuses(client.received())).toEqual([503]);
  expect(log).toEqual(["begin", "late", "rollback: InterruptedError", "pool closed"]);
  expect(found).toEqual([]);
});
