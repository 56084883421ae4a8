// Limits of the Node server and of operations: bodies, headers, addresses, and connections after a refusal.
import { App, body, depends, HTTPException, post, router } from "apus";
import { serve, type Serving } from "apus/server";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
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

test.each([
  ["both framings", ["Content-Length: 4", "Transfer-Encoding: chunked"], "0\r\n\r\n"],
  ["two lengths", ["Content-Length: 4", "Content-Length: 5"], "1234"],
  ["a length that is no number", ["Content-Length: 4x"], "1234"],
  ["an unknown coding", ["Transfer-Encoding: xchunked"], "0\r\n\r\n"],
  ["a bare line feed in a chunk size", ["Transfer-Encoding: chunked"], "1\n1\r\n0\r\n\r\n"],
])("request smuggling: %s never lets a second request through", async (_, headers, content) => {
  const server = await serving(make());
  const client = await wire(server);
  client.send(...postHead("/add", ...headers, "", `${content}GET /alive HTTP/1.1`, "Host: a", "", ""));
  expect(statuses(await client.closed)).toEqual([400]);
  expect((await fetch(`${server.url}/alive`)).status).toBe(200);
});

test("many header lines are read; a very long URL and very large headers are Node's 431", async () => {
  const app = make();
  app.get("/count", { input: { last: z.string() } }, ({ last }) => last.length);
  const server = await serving(app);
  const headers = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x-${i}`, "1"]));
  expect((await fetch(`${server.url}/alive`, { headers })).status).toBe(200);
  expect(await (await fetch(`${server.url}/count?last=${"x".repeat(8000)}`)).json()).toBe(8000);
  expect((await fetch(`${server.url}/count?last=${"x".repeat(20_000)}`)).status).toBe(431);
  expect((await fetch(`${server.url}/alive`, { headers: { x: "y".repeat(20_000) } })).status).toBe(431);
  expect((await fetch(`${server.url}/alive`)).status).toBe(200);
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
