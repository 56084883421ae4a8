// Clients that send much and take nothing: what they cost has limits, and others are answered meanwhile.
import { App, body } from "apus";
import type { ServeOptions, Serving } from "apus/server";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

async function serving(app: App, options: ServeOptions = {}): Promise<Serving> {
  app.get("/alive", () => true);
  const server = await serve(app, { port: 0, signals: false, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Resolves once something has not changed for a while, as others are answered. */
async function settled(server: Serving, count: () => number): Promise<number> {
  for (let quiet = 0, before = -1; quiet < 20; quiet = count() === before ? quiet + 1 : 0) {
    before = count();
    expect((await fetch(`${server.url}/alive`)).status).toBe(200);
  }
  return count();
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

test("row 5: of a flood of requests on one connection no more are begun than one may have", async () => {
  let begun = 0;
  const proceed = gate();
  const app = new App();
  app.get("/slow", async () => {
    begun++;
    await proceed.opened;
    return "slow";
  });
  const server = await serving(app, { maxRequestsPerSocket: 300 });
  const client = await wire(server);
  client.send(get("/slow").repeat(5_000));
  expect(await settled(server, () => begun)).toBeLessThanOrEqual(300);
  proceed.open();
  // A server may say to the next one that there will be no more.
  const answered = statuses(await client.closed);
  expect(answered.slice(0, 300)).toEqual(Array(300).fill(200));
  expect(answered.slice(300).filter((status) => status < 400)).toEqual([]);
  expect(begun).toBe(300);
});

// Node's server goes on with all that has arrived, up to `maxRequestsPerSocket`.
test.skipIf(process.env["APUS_TEST_ENGINE"] === "node:http")(
  "row 5: for a client that takes no answers none are made but a few",
  async () => {
    let made = 0;
    const app = new App();
    app.get("/large", () => {
      made++;
      return "x".repeat(512 * 1024);
    });
    const server = await serving(app);
    const client = await wire(server);
    client.socket.pause();
    client.send(get("/large").repeat(99) + get("/large").replace("Host", "Connection: close\r\nHost"));
    expect(await settled(server, () => made)).toBeLessThan(80);
    // Once it takes them, it gets the others.
    client.socket.resume();
    expect(statuses(await client.closed)).toEqual(Array(100).fill(200));
  },
);

test.each([
  ["empty lines", "\r\n".repeat(200_000)],
  ["header lines", `GET / HTTP/1.1\r\nHost: a\r\n${"a:\r\n".repeat(100_000)}`],
  ["a request line", `GET /${"a".repeat(1_000_000)}`],
])("row 5: a flood of %s is refused or given up, whatever it holds", async (_, flood) => {
  const server = await serving(new App(), { headersTimeout: 200 });
  const client = await wire(server);
  client.send(flood);
  // It may not have an end; nothing in it is a request.
  client.send(flood);
  expect(statuses(await client.closed).filter((status) => status < 400)).toEqual([]);
});

test("row 4: chunks of one byte cost no more than their bytes, and others are answered meanwhile", async () => {
  const app = new App();
  app.post("/", { input: { item: body(z.string()) } }, ({ item }) => item.length);
  const server = await serving(app);
  const client = await wire(server);
  const size = 200_000;
  client.send("POST / HTTP/1.1", "Host: a", "Content-Type: application/json", "Transfer-Encoding: chunked", "", "");
  client.send(`1\r\n"\r\n${"1\r\nx\r\n".repeat(size)}1\r\n"\r\n0\r\n\r\n`);
  await client.until(new RegExp(`200 OK[^]*\\r\\n\\r\\n${size}$`));
  expect((await fetch(`${server.url}/alive`)).status).toBe(200);
});
