// Bodies that are not read: of requests that were refused, and those that do not arrive in time.
import { App, depends } from "apus";
import { apiKeyHeader } from "apus/security";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

const Item = z.object({ n: z.int() });
const key = apiKeyHeader({ name: "x-key" });

/** A server whose only operation refuses everybody before the body. */
async function refusing() {
  const app = new App();
  app.post("/", { input: { key, item: Item } }, () => 1);
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return wire(server);
}

test("a refused client is not even asked for its body", async () => {
  const client = await refusing();
  client.send("POST / HTTP/1.1", "Host: a", "Expect: 100-continue", "Content-Length: 10", "", "");
  await client.until(/\r\n\r\n\{"detail":"Not authenticated"\}/);
  expect(statuses(client.received())).toEqual([401]);
});

test.each([
  ["Content-Length: 65536", false],
  ["Content-Length: 65537", true],
  ["Transfer-Encoding: chunked", true],
])("a refusal with %s unread: Connection: close is %s", async (framing, closes) => {
  const client = await refusing();
  client.send("POST / HTTP/1.1", "Host: a", framing, "", "");
  const [head] = await client.until(/^[^]*?\r\n\r\n/);
  expect(statuses(head)).toEqual([401]);
  expect(/\r\nconnection: close\r\n/i.test(head)).toBe(closes);
});

test("a body that does not arrive in time is a 408 that ends the connection, and nothing after the guards is run", async () => {
  const lines: string[] = [];
  const guard = depends(
    async function* () {
      try {
        yield 1;
      } catch (error) {
        lines.push((error as Error).name);
        throw error;
      }
    },
    { scope: "function" },
  );
  const later = depends(() => lines.push("later"));
  const app = new App({ bodyTimeout: 1 });
  app.post("/", { dependencies: [guard], input: { later, item: Item } }, () => lines.push("handler"));
  app.post("/flat", { input: { item: Item } }, () => lines.push("handler"));
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  for (const target of ["/", "/flat"]) {
    const client = await wire(server);
    client.send(
      `POST ${target} HTTP/1.1`,
      "Host: a",
      "Content-Type: application/json",
      "Content-Length: 7",
      "",
      '{"n"',
    );
    const received = await client.closed;
    expect(statuses(received)).toEqual([408]);
    expect(received).toMatch(/\r\nconnection: close\r\n/i);
    expect(received).toMatch(/"The request body did not arrive in time"/);
  }
  expect(lines).toEqual(["HTTPException"]);
});

test("a time-out while the body arrives: 503, what the guards opened is left at once, the rest of the body not answered again", async () => {
  const lines: string[] = [];
  const left = gate();
  const guard = depends(
    async function* () {
      try {
        yield 1;
      } catch (error) {
        lines.push((error as Error).name);
        throw error;
      } finally {
        left.open();
      }
    },
    { scope: "function" },
  );
  const app = new App({ timeout: 1, bodyTimeout: 20_000, report: () => void lines.push("reported") });
  app.post("/deep", { dependencies: [guard], input: { item: Item } }, () => lines.push("handler"));
  app.post("/flat", { input: { item: Item } }, () => void lines.push("handler"));
  const server = await serve(app, { port: 0, signals: false });
  for (const target of ["/flat", "/deep"]) {
    const client = await wire(server);
    client.send(
      `POST ${target} HTTP/1.1`,
      "Host: a",
      "Content-Type: application/json",
      "Content-Length: 7",
      "",
      '{"n"',
    );
    await client.until(/HTTP\/1\.1 503 /);
    if (target === "/deep") await left.opened;
    client.send(":1}");
  }
  await server.close();
  expect(lines).toEqual(["reported", "reported", "InterruptedError"]);
});
