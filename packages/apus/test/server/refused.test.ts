// What is no request, or might be another one to a server in front: refused, never handled, and nothing after it either.
import { App, body } from "apus";
import type { Serving } from "apus/server";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

const get = "GET / HTTP/1.1\r\nHost: a\r\n";
const post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
/** What is smuggled, or simply comes next. */
const next = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
const chunked = "Transfer-Encoding: chunked\r\n";

async function serving(errorShape?: "problem"): Promise<{ server: Serving; handled: string[] }> {
  const handled: string[] = [];
  const app = new App({ errorShape });
  app.get("/", () => handled.push("GET /"));
  app.get("/next", () => handled.push("GET /next"));
  app.post("/", { input: { item: body(z.unknown()) } }, () => handled.push("POST /"));
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return { server, handled };
}

test.each<[string, number, string]>([
  ["both framings", 400, `${post}Content-Length: 4\r\n${chunked}\r\n0\r\n\r\n${next}`],
  ["both framings, the other way round", 400, `${post}${chunked}Content-Length: 4\r\n\r\n0\r\n\r\n${next}`],
  ["a coding twice in two lines", 400, `${post}${chunked}${chunked}\r\n0\r\n\r\n${next}`],
  ["chunked, but not in the end", 400, `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${next}`],
  ["another coding before chunked", 501, `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n${next}`],
  ["an unknown coding", 501, `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${next}`],
  ["the coding that says nothing", 501, `${post}Transfer-Encoding: identity\r\n\r\n${next}`],
  ["a coding behind a vertical tab", 400, `${post}Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n${next}`],
  ["a space before the colon", 400, `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${next}`],
  ["a coding in HTTP/1.0", 400, `POST / HTTP/1.0\r\n${chunked}\r\n0\r\n\r\n${next}`],
  ["two equal lengths", 400, `${post}Content-Length: 4\r\nContent-Length: 4\r\n\r\n1234${next}`],
  ["two different lengths", 400, `${post}Content-Length: 4\r\nContent-Length: 0\r\n\r\n1234${next}`],
  ["a list of lengths", 400, `${post}Content-Length: 4, 4\r\n\r\n1234${next}`],
  ["a length with a sign", 400, `${post}Content-Length: +4\r\n\r\n1234${next}`],
  ["a length that is no number", 400, `${post}Content-Length: 4x\r\n\r\n1234${next}`],
  ["a bare line feed in a chunk's size", 400, `${post}${chunked}\r\n1\n1\r\n0\r\n\r\n${next}`],
  ["a chunk larger than numbers are", 400, `${post}${chunked}\r\nfffffffffffffffff\r\n1\r\n0\r\n\r\n${next}`],
  ["very long chunk extensions", 413, `${post}${chunked}\r\n1;${"a".repeat(17_000)}\r\n1\r\n0\r\n\r\n${next}`],
  ["bare line feeds", 400, `GET / HTTP/1.1\nHost: a\n\n${next}`],
  ["one bare line feed after a header", 400, `GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n${next}`],
  ["a bare line feed in the end", 400, `${get}\n${next}`],
  ["a bare carriage return", 400, `${get}X: y\rZ: z\r\n\r\n${next}`],
  ["a folded header", 400, `${get}X: a\r\n b\r\n\r\n${next}`],
  ["a folded coding", 400, `${post}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${next}`],
  ["a header before the first", 400, `GET / HTTP/1.1\r\n X: y\r\nHost: a\r\n\r\n${next}`],
  ["NUL in a value", 400, `${get}X: a\0b\r\n\r\n${next}`],
  ["NUL in a name", 400, `${get}X\0: a\r\n\r\n${next}`],
  ["NUL in the address", 400, `GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n${next}`],
  ["a space in a name", 400, `${get}X y: a\r\n\r\n${next}`],
  ["no name at all", 400, `${get}: a\r\n\r\n${next}`],
  ["no Host", 400, `GET / HTTP/1.1\r\n\r\n${next}`],
  ["two Hosts", 400, `${get}hOST: b\r\n\r\n${next}`],
  ["two equal Hosts", 400, `${get}Host: a\r\n\r\n${next}`],
  ["another version", 400, `GET / HTTP/1.2\r\nHost: a\r\n\r\n${next}`],
  ["HTTP/0.9 with a version", 400, `GET / HTTP/0.9\r\nHost: a\r\n\r\n${next}`],
  ["HTTP/2 written as HTTP/1", 400, `GET / HTTP/2.0\r\n\r\n${next}`],
  ["no version", 400, `GET /\r\n\r\n${next}`],
  ["HTTP/2", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["TLS", 400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"],
  ["another expectation", 417, `${get}Expect: the-unexpected\r\n\r\n${next}`],
])("%s: %i, the connection ends, and nothing is handled", async (_, status, bytes) => {
  const { server, handled } = await serving();
  const client = await wire(server);
  client.send(bytes);
  const received = await client.closed;
  expect([statuses(received), handled]).toEqual([[status], []]);
  const [head, text] = received.split("\r\n\r\n") as [string, string];
  expect(head).toMatch(/^connection: close$/im);
  expect(head).toMatch(/^content-type: application\/json$/im);
  expect(JSON.parse(text)).toEqual({ detail: expect.stringMatching(/^[A-Z0-9][a-zA-Z0-9 -]+$/) });
  expect((await fetch(`${server.url}/next`)).status).toBe(200);
});

test("they have the shape of the App's errors", async () => {
  const { server } = await serving("problem");
  for (const bytes of [`${get}X: a\0b\r\n\r\n`, `${get}Host: b\r\n\r\n`]) {
    const client = await wire(server);
    client.send(bytes);
    const received = await client.closed;
    expect(received).toMatch(/^content-type: application\/problem\+json$/im);
    expect(JSON.parse(received.split("\r\n\r\n")[1]!)).toMatchObject({ status: 400, title: "Bad Request" });
  }
});

test("headers called like what every object inherits harm nobody", async () => {
  const { server, handled } = await serving();
  const client = await wire(server);
  client.send(get, "__proto__: 1\r\nconstructor: 2\r\n__proto__: 3\r\ntoString: 4\r\nConnection: close\r\n\r\n");
  client.socket.end();
  await client.until(/200 OK/);
  expect(handled).toEqual(["GET /"]);
});

test("HTTP/1.0 needs no Host, and empty lines before a request are passed over", async () => {
  const { server, handled } = await serving();
  const client = await wire(server);
  client.send("\r\n\r\nGET / HTTP/1.0\r\n\r\n");
  expect(statuses(await client.closed)).toEqual([200]);
  expect(handled).toEqual(["GET /"]);
});

test("what is broken behind requests that were fine does not take their answers away", async () => {
  const [handling, proceed] = [gate(), gate()];
  const app = new App();
  app.get("/slow", async () => {
    handling.open();
    await proceed.opened;
    return "slow";
  });
  app.get("/quick", () => "quick");
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  const client = await wire(server);
  client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /quick HTTP/1.1\r\nHost: a\r\n\r\nno request\r\n\r\n");
  await handling.opened;
  // By the answer on another connection the broken bytes have been seen as well.
  await fetch(`${server.url}/quick`);
  proceed.open();
  const received = await client.until(/"slow"[^]*"quick"/);
  expect(statuses(received[0])).toEqual([200]);
  client.send("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n");
  expect(statuses(await client.closed)).toEqual([200, 200, 400]);
});

test("nothing is handled after a refusal in the middle of what was pipelined", async () => {
  const { server, handled } = await serving();
  const client = await wire(server);
  client.send(`${get}\r\n${get}Host: b\r\n\r\n${next}`);
  expect(statuses(await client.closed)).toEqual([200, 400]);
  expect(handled).toEqual(["GET /"]);
});

test("bytes after a request that ends the connection are no request, and its answer stays", async () => {
  const { server, handled } = await serving();
  const client = await wire(server);
  client.send(`${get}Connection: close\r\n\r\n${next}`);
  expect(statuses(await client.closed)).toEqual([200]);
  expect(handled).toEqual(["GET /"]);
});
