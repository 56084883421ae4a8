// A stream that answers a request whose body is still on its way: the client gets the answer, not a reset.
import { App, post, request, stream } from "apus";
import { expect, onTestFinished, test } from "vitest";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

const size = 20 * 1024 * 1024;
const text = stream({ type: "text/plain" });
const piece = "a piece of the answer;".repeat(1000);

const app = new App({ bodyLimit: 1e9 }).include({
  early: post("/early", { as: text }, async function* () {
    yield piece;
    yield piece;
  }),
  echo: post("/echo", { as: text, input: { request } }, ({ request }) => request.stream()),
  some: post("/some", { as: text, input: { request } }, async function* ({ request }) {
    for await (const each of request.stream()) {
      yield each.subarray(0, 1);
      break;
    }
  }),
});

async function connected(path: string, length: number) {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  const client = await wire(server);
  client.send(`POST ${path} HTTP/1.1`, "Host: a", `Content-Length: ${length}`, "", "");
  return client;
}

test.each([
  ["/early", 2 * piece.length],
  ["/some", 1],
])("a client that sends everything before it reads gets what %s streams", async (path, length) => {
  const client = await connected(path, size);
  client.socket.pause();
  await new Promise<void>((resolve, reject) =>
    client.socket.write(Buffer.alloc(size, "x"), (error) => (error ? reject(error) : resolve())),
  );
  client.socket.resume();
  const received = await client.closed;
  expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(received).toMatch(/\r\nconnection: close\r\n/i);
  expect(received).toMatch(/\r\n0\r\n\r\n$/);
  const pieces = [...received.matchAll(/\r\n([\da-f]+)\r\n/g)].map(([, length]) => Number.parseInt(length!, 16));
  expect(pieces.reduce((sum, each) => sum + each, 0)).toBe(length);
});

test("what reads the body while it answers reads all of it", async () => {
  const client = await connected("/echo", size);
  client.socket.write(Buffer.alloc(size, "x"));
  const received = await client.closed;
  expect(received).toMatch(/\r\n0\r\n\r\n$/);
  const [head = ""] = received.split("\r\n\r\n", 1);
  expect(received.slice(head.length).replace(/[^x]/g, "")).toHaveLength(size);
});
