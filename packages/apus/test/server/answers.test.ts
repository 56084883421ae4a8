// How answers stand on the wire: those that go out in one write and those that `node:http` writes are alike.
import { App, get, html, json, request, response as answer, stream, text } from "apus";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

async function connected(app: App, options: Parameters<typeof serve>[1] = {}) {
  const server = await serve(app, { port: 0, signals: false, ...options });
  onTestFinished(() => server.close());
  return wire(server);
}

/** The parts of an answer: its first line, its headers in order (names in lower case), and its body. */
function parts(received: string): { line: string; headers: [string, string][]; body: string } {
  const [head, body] = received.split("\r\n\r\n", 2) as [string, string];
  const [line, ...lines] = head.split("\r\n") as [string, ...string[]];
  const headers = lines.map((each): [string, string] => {
    const colon = each.indexOf(": ");
    return [each.slice(0, colon).toLowerCase(), each.slice(colon + 2)];
  });
  return { line, headers, body };
}

const greeting = { message: "Hello World" };

test("an answer that is complete has all that the protocol asks for", async () => {
  const app = new App();
  app.get("/", () => greeting);
  const client = await connected(app, { keepAliveTimeout: 7_000, maxRequestsPerSocket: 9 });
  const before = Math.floor(Date.now() / 1000) * 1000;
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await client.until(/\}$/);
  const { line, headers, body } = parts(client.received());
  expect([line, body]).toEqual(["HTTP/1.1 200 OK", JSON.stringify(greeting)]);
  const date = headers.find(([name]) => name === "date")![1];
  expect(date).toBe(new Date(date).toUTCString());
  expect(Date.parse(date)).toBeGreaterThanOrEqual(before);
  expect(headers.map(([name, value]) => (name === "date" ? name : `${name}: ${value}`))).toEqual([
    "content-type: application/json",
    "content-length: 25",
    "date",
    "connection: keep-alive",
    "keep-alive: timeout=7, max=9",
  ]);
});

// What only `node:http` writes: to HEAD, as a stream, to HTTP/1.0 and where the connection ends.
test.each([
  ["a status and headers", () => json(greeting, { status: 201, headers: { "x-a": "1", "x-b": "two" } })],
  ["no status of its own", () => json(greeting, { status: 404 })],
  ["cookies, each in its line", () => json(greeting, { cookies: { a: "1", b: "2" } })],
  ["text beyond ASCII", () => text("grüße €")],
  ["a page", () => html("<p>grün</p>")],
  ["an empty text", () => text("")],
  ["a header beyond ASCII", () => text("x", { headers: { "x-name": "gr\u00fcn" } })],
  ["a long text", () => text("y".repeat(70_000))],
])("%s: as to HEAD, whose answer goes another way", async (_, reply) => {
  const app = new App();
  app.get("/", () => reply());
  const client = await connected(app);
  client.send("HEAD / HTTP/1.1", "Host: a", "", "");
  await client.until(/\r\n\r\n$/);
  const head = client.received();
  client.send("GET / HTTP/1.1", "Host: a", "Connection: close", "", "");
  const whole = (await client.closed).slice(head.length);
  const other = await connected(app);
  other.send("GET / HTTP/1.1", "Host: a", "", "");
  const length = Number(/content-length: (\d+)/i.exec(head)![1]);
  await other.until(new RegExp(`\r\n\r\n[^]{${length}}$`));
  const [expected, found, closing] = [parts(head), parts(other.received()), parts(whole)];
  const incidental = new Set(["date", "connection", "keep-alive"]);
  const own = (each: typeof found) => each.headers.filter(([name]) => !incidental.has(name));
  expect([found.line, own(found)]).toEqual([expected.line, own(expected)]);
  expect([closing.line, own(closing), closing.body]).toEqual([found.line, own(found), found.body]);
  expect(found.body).toHaveLength(length);
});

test.each([
  ["a value that would begin a header", { "x-a": "1\r\nx-b: 2" }],
  ["a name that is none", { "x a": "1" }],
])("%s never gets onto the wire", async (_, headers) => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const app = new App();
  app.get("/", { input: { answer } }, ({ answer }) => {
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
    return greeting;
  });
  const client = await connected(app);
  client.send("GET / HTTP/1.1", "Host: a", "Connection: close", "", "");
  const received = await client.closed;
  expect(received).toMatch(/^HTTP\/1\.1 500 /);
  expect(received).not.toMatch(/x-b: 2|x a/);
});

test("answers that were asked for together come in their order, whatever way they go", async () => {
  const app = new App().include({
    now: get("/now/{n}", { input: { n: z.int() } }, ({ n }) => n),
    later: get("/later/{n}", { input: { n: z.int() } }, async ({ n }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return n;
    }),
    pieces: get("/pieces/{n}", { input: { n: z.int() }, as: stream({ type: "text/plain" }) }, function* ({ n }) {
      yield String(n);
    }),
  });
  const client = await connected(app);
  const paths = ["/now/1", "/later/2", "/now/3", "/pieces/4", "/now/5", "/later/6", "/now/7"];
  client.send(...paths.flatMap((path) => [`GET ${path} HTTP/1.1`, "Host: a", ""]), "");
  await client.until(/7$/);
  const bodies = client
    .received()
    .split(/HTTP\/1\.1 200 OK\r\n/)
    .slice(1);
  expect(bodies.map((each) => /\r\n\r\n(?:1\r\n)?(\d)/.exec(each)![1])).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
});

test("a connection that is idle after an answer is closed, one that never asked is left to the time-outs of requests", async () => {
  const app = new App();
  app.get("/", () => greeting);
  const server = await serve(app, { port: 0, signals: false, keepAliveTimeout: 20, headersTimeout: 60_000 });
  onTestFinished(() => server.close());
  const silent = await wire(server);
  const asking = await wire(server);
  asking.send("GET / HTTP/1.1", "Host: a", "", "");
  expect(await asking.closed).toMatch(/\}$/);
  expect(silent.socket.destroyed).toBe(false);
});

test("a connection whose answer is being made, or sent, is not idle", async () => {
  let finish!: () => void;
  const app = new App();
  app.get("/waits", () => new Promise<string>((resolve) => (finish = () => resolve("done"))));
  const server = await serve(app, { port: 0, signals: false, keepAliveTimeout: 10 });
  onTestFinished(() => server.close());
  const [waiting, other] = [await wire(server), await wire(server)];
  waiting.send("GET /waits HTTP/1.1", "Host: a", "", "");
  await vi.waitFor(() => expect(finish).toBeDefined());
  other.send("GET /nowhere HTTP/1.1", "Host: a", "", "");
  // By then the other one has been idle for longer than is allowed, and this one was asked before it.
  await other.closed;
  finish();
  await waiting.until(/"done"$/);
});

test("requests without a body are read as empty, whoever reads them and when", async () => {
  const app = new App();
  app.get("/text", { input: { request } }, async ({ request }) => {
    await new Promise((resolve) => setImmediate(resolve));
    return [await request.text(), request.headers.get("x-a")];
  });
  app.get("/stream", { input: { request } }, async ({ request }) => {
    await new Promise((resolve) => setImmediate(resolve));
    let pieces = 0;
    for await (const _ of request.stream()) pieces++;
    return pieces;
  });
  const client = await connected(app);
  client.send("GET /text HTTP/1.1", "Host: a", "X-A: b", "", "");
  await client.until(/\["","b"\]$/);
  client.send("GET /stream HTTP/1.1", "Host: a", "Connection: close", "", "");
  expect(await client.closed).toMatch(/\r\n\r\n0$/);
});
