import { createServer } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { UnderWay } from "./under-way.ts";

async function connected() {
  const server = createServer();
  const underWay = new UnderWay(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [socket] = (await once(server, "connection")) as [Socket];
  return { underWay, client, socket };
}

test("a connection with nothing under way ends at once, one with something ends with the last of it", async () => {
  const { underWay, client, socket } = await connected();
  underWay.begin(socket);
  underWay.begin(socket);
  underWay.close();
  underWay.end(socket);
  expect([underWay.count, socket.writableEnded]).toEqual([1, false]);
  const settled = underWay.settled();
  underWay.end(socket);
  await settled;
  expect([underWay.count, socket.writableEnded]).toEqual([0, true]);
  await once(client.resume(), "close");
});

test("nothing ends before closing", async () => {
  const { underWay, client, socket } = await connected();
  underWay.begin(socket);
  underWay.end(socket);
  await underWay.settled();
  expect(socket.writableEnded).toBe(false);
  client.destroy();
});
