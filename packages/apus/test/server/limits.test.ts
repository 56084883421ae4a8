// Limits of the Node server and of operations: bodies, headers, addresses, and connections after a refusal.
import { App, body, depends, HTTPException, post, router } from "apus";
import type { Serving } from "apus/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

const make = (): App => {
  const app = new App({ bodyLimit: 20 });
  const input = { item: body(z.string()) };
  const add = post("/add", { input }, ({ item }) => item.length);
  const tight = post("/tight", { input, bodyLimit: 10 }, ({ item }) => item.length);
  const roomy = post("/roomy", { input }, ({ item }) => item.length);
  const none = post(
    "/none",
    { input: { item: body(z.string().optional()) }, bodyLimit: 0 },
    ({ item }) => item ?? "none",
  );
  app.include({ add, tight, none, wide: router({ roomy }, { bodyLimit: 30 }) });
  app.post("/ignores", () => "unread");
  app.get("/alive", () => true);
  return app;
};
/** A JSON text of exactly so many bytes. */
const sized = (bytes: number): string => `"${"x".repeat(bytes - 2)}"`;
const json = { "content-type": "application/json" };

scenarios("Body limits", (ask) => {
  test.each([
    ["/add", 20],
    ["/tight", 10],
    ["/roomy", 30],
  ])("%s takes exactly %i bytes and refuses one more, the innermost limit counts", async (path, limit) => {
    const app = make();
    const fits = await ask(app, `POST ${path}`, { body: sized(limit), headers: json });
    expect([fits.status, fits.json()]).toEqual([200, limit - 2]);
    const large = await ask(app, `POST ${path}`, { body: sized(limit + 1), headers: json });
    expect([large.status, large.json()]).toEqual([413, { detail: `The request body is larger than ${limit} bytes` }]);
    expect((await ask(app, "GET /alive")).status).toBe(200);
  });

  test("a limit of 0 takes no body, and no body is fine", async () => {
    const app = make();
    expect((await ask(app, "POST /none")).json()).toBe("none");
    expect((await ask(app, "POST /none", { body: "1", headers: json })).status).toBe(413);
  });

  test("the default is 1 MiB", async () => {
    const app = new App();
    app.post("/", { input: { item: body(z.string()) } }, ({ item }) => item.length);
    expect((await ask(app, "POST /", { body: sized(1024 * 1024), headers: json })).json()).toBe(1024 * 1024 - 2);
    expect((await ask(app, "POST /", { body: sized(1024 * 1024 + 1), headers: json })).status).toBe(413);
  });
});

async function serving(app: App): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return server;
}

const postHead = (path: string, ...headers: string[]): string[] => [
  `POST ${path} HTTP/1.1`,
  "Host: a",
  "Content-Type: application/json",
  ...headers,
];

test("Content-Length beyond the limit is refused before anything is read, and the connection ends", async () => {
  const server = await serving(make());
  const client = await wire(server);
  client.send(...postHead("/add", "Content-Length: 21", "", ""));
  await client.until(/413 [^]*larger than 20 bytes/);
  expect(client.received()).toMatch(/connection: close/i);
  client.socket.end();
  expect(statuses(await client.closed)).toEqual([413]);
  expect((await fetch(`${server.url}/alive`)).status).toBe(200);
});

test("chunks are counted, whatever they announce; the connection ends and the server lives on", async () => {
  const server = await serving(make());
  const client = await wire(server);
  client.send(...postHead("/add", "Transfer-Encoding: chunked", "", "14", sized(20)), "");
  client.send("1", "x", "");
  await client.until(/413 [^]*larger than 20 bytes/);
  // What follows on the connection is no request any more.
  client.send("0", "", "GET /alive HTTP/1.1", "Host: a", "", "");
  expect(statuses(await client.closed)).toEqual([413]);
  expect((await fetch(`${server.url}/alive`)).status).toBe(200);
});

test("chunks up to the limit are taken, and the connection goes on", async () => {
  const client = await wire(await serving(make()));
  client.send(...postHead("/add", "Transfer-Encoding: chunked", "", "a", '"xxxxxxxxx', "a", 'xxxxxxxxx"', "0", "", ""));
  await client.until(/200 OK[^]*18$/);
  client.send("GET /alive HTTP/1.1", "Host: a", "", "");
  await client.until(/200 OK[^]*200 OK[^]*true/);
});

test("a client that goes on sending still gets to read the 413", async () => {
  const server = await serving(make());
  const client = await wire(server);
  const large = 4 * 1024 * 1024;
  client.send(...postHead("/add", `Content-Length: ${large}`, "", ""));
  client.socket.write(Buffer.alloc(large, 32));
  const received = await client.closed;
  expect(received).toMatch(/413 [^]*larger than 20 bytes/);
});

test("a body that nobody reads does not become the next request, and small ones keep the connection", async () => {
  const client = await wire(await serving(make()));
  const hidden = "GET /alive HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(...postHead("/ignores", `Content-Length: ${hidden.length}`, "", hidden));
  await client.until(/"unread"/);
  client.send("GET /nowhere HTTP/1.1", "Host: a", "Connection: close", "", "");
  expect(statuses(await client.closed)).toEqual([200, 404]);
});

test("a refusal with a large body unread ends the connection", async () => {
  const app = new App();
  const guard = depends(() => {
    throw new HTTPException(401);
  });
  app.post("/", { dependencies: [guard], input: { item: body(z.unknown()) } }, () => 1);
  const client = await wire(await serving(app));
  client.send(...postHead("/", `Content-Length: ${65 * 1024}`, "", "{"));
  await client.until(/401 Unauthorized[^]*connection: close/i);
  client.socket.end();
  expect(statuses(await client.closed)).toEqual([401]);
});

test("pipelined requests are answered in their order", async () => {
  const client = await wire(await serving(make()));
  const one = postHead("/add", "Content-Length: 3", "", '"a"').join("\r\n");
  client.send(
    `${one}GET /alive HTTP/1.1`,
    "Host: a",
    "",
    `${one}GET /nowhere HTTP/1.1`,
    "Host: a",
    "Connection: close",
    "",
    "",
  );
  expect(statuses(await client.closed)).toEqual([200, 200, 200, 404]);
});

test("large headers and many of them are refused, and so is a long address; each limit is exact", async () => {
  const app = make();
  app.get("/count", { input: { last: z.string() } }, ({ last }) => last.length);
  const server = await serving(app);
  const address = (length: number): string => `/count?last=${"x".repeat(length - "/count?last=".length)}`;
  const lines = (count: number): string[] => Array.from({ length: count - 1 }, (_, i) => `x-${i}: 1`);
  const ask = async (target: string, ...headers: string[]): Promise<number[]> => {
    const client = await wire(server);
    client.send(`GET ${target} HTTP/1.1`, ...headers, "Host: a", "", "");
    await client.until(/HTTP/);
    client.socket.end();
    return statuses(await client.closed);
  };
  expect(await ask(address(8192))).toEqual([200]);
  expect(await ask(address(8193))).toEqual([414]);
  // Beyond what the headers may have in all, the parser does not tell what it was that was too long.
  expect(await ask(address(17_000))).toEqual([431]);
  expect(await ask("/alive", ...lines(100))).toEqual([200]);
  expect(await ask("/alive", ...lines(101))).toEqual([431]);
  // Node would forget the last ones without a word, among them the Host.
  expect(await ask("/alive", ...lines(1500))).toEqual([431]);
  expect(await ask("/alive", `x: ${"y".repeat(17_000)}`)).toEqual([431]);
  expect(await ask("/alive")).toEqual([200]);
});

test("the limits can be set", async () => {
  const server = await serve(make(), {
    port: 0,
    signals: false,
    maxHeadersCount: 2,
    maxTargetLength: 10,
    maxHeaderSize: 100,
  });
  onTestFinished(() => server.close());
  const ask = async (target: string, ...headers: string[]): Promise<number[]> => {
    const client = await wire(server);
    client.send(`GET ${target} HTTP/1.1`, "Host: a", ...headers, "", "");
    await client.until(/HTTP/);
    client.socket.end();
    return statuses(await client.closed);
  };
  expect(await ask("/alive?567", "x: 1")).toEqual([200]);
  expect(await ask("/alive?5678")).toEqual([414]);
  expect(await ask("/alive", "x: 1", "y: 1")).toEqual([431]);
  expect(await ask("/alive", `x: ${"y".repeat(100)}`)).toEqual([431]);
});

test("a connection ends with the last request it may have", async () => {
  const server = await serve(make(), { port: 0, signals: false, maxRequestsPerSocket: 2 });
  onTestFinished(() => server.close());
  const client = await wire(server);
  const one = ["GET /alive HTTP/1.1", "Host: a", "", ""];
  client.send(...one);
  await client.until(/true$/);
  expect(client.received()).not.toMatch(/connection: close/i);
  client.send(...one);
  expect(statuses(await client.closed)).toEqual([200, 200]);
  expect(client.received()).toMatch(/connection: close/i);
});

test("offers of another protocol do not begin the count again", async () => {
  const server = await serve(make(), { port: 0, signals: false, maxRequestsPerSocket: 3 });
  onTestFinished(() => server.close());
  const client = await wire(server);
  const offering = ["GET /alive HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: h2c", "", ""];
  for (let i = 1; i <= 3; i++) {
    client.send(...offering);
    await client.until(new RegExp(`(?:true[^]*){${i}}`));
  }
  expect(statuses(await client.closed)).toEqual([200, 200, 200]);
  expect(client.received().match(/connection: close/gi)).toHaveLength(1);
});

test("connections beyond the limit are closed unanswered, which is said; those that are there go on", async () => {
  const said = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  const server = await serve(make(), { port: 0, signals: false, maxConnections: 1 });
  onTestFinished(() => server.close());
  const first = await wire(server);
  first.send("GET /alive HTTP/1.1", "Host: a", "", "");
  await first.until(/true$/);
  for (const _ of [1, 2]) expect(await (await wire(server)).closed).toBe("");
  first.send("GET /nowhere HTTP/1.1", "Host: a", "", "");
  await first.until(/404 /);
  expect(said.mock.calls).toEqual([[expect.stringMatching(/more than 1 connections \(maxConnections\)/)]]);
});

test("headers and parameters called like what every object inherits are only names", async () => {
  const app = new App();
  const names = z.record(z.string(), z.string());
  app.post("/", { input: { item: names } }, ({ item }) => Object.keys(item));
  const client = await wire(await serving(app));
  const content = '{"__proto__":"x","constructor":"y","toString":"z"}';
  client.send(
    ...postHead(
      "/?__proto__=1&constructor=2",
      "__proto__: 1",
      "constructor: 2",
      `Content-Length: ${content.length}`,
      "",
      content,
    ),
  );
  await client.until(/\["constructor","toString"\]/);
});
