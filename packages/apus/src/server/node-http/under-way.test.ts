import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { Exchange } from "../../exchange/index.ts";
import { NodeIncoming } from "./node-incoming.ts";
import { UnderWay } from "./under-way.ts";

/** A server that answers nothing by itself, and a connection to it. */
async function connected() {
  const server = createServer();
  const underWay = new UnderWay(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.resume();
  onTestFinished(() => void client.destroy());
  const ask = async () => {
    client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const [request, response] = (await once(server, "request")) as [IncomingMessage, ServerResponse];
    return { response, accepted: underWay.arrive(response), exchange: exchangeOf(request, response) };
  };
  return { underWay, client, ask };
}

function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  return new Exchange(new NodeIncoming(request, response, false));
}

test("a connection with something under way ends with the last of it, which is what closing waits for", async () => {
  const { underWay, client, ask } = await connected();
  const { exchange, response } = await ask();
  const { socket } = response.req;
  const works = [underWay.begin(exchange, response), underWay.begin(exchange, response)] as const;
  underWay.close();
  underWay.end(works[0]);
  expect([underWay.works.length, socket.writableEnded]).toEqual([1, false]);
  const settled = underWay.settled();
  underWay.end(works[1]);
  await settled;
  expect([underWay.works.length, socket.writableEnded]).toEqual([0, true]);
  await once(client, "close");
});

test("nothing ends before closing", async () => {
  const { underWay, ask } = await connected();
  const { exchange, response } = await ask();
  underWay.end(underWay.begin(exchange, response));
  await underWay.settled();
  expect(response.req.socket.writableEnded).toBe(false);
});

test("of answers that wait for each other only the last ends the connection, and nothing is taken after it", async () => {
  const { underWay, client, ask } = await connected();
  const first = await ask();
  const second = await ask();
  expect([first.accepted, second.accepted]).toEqual([true, true]);
  underWay.announceEnd();
  expect(underWay.finishes(first.response)).toBe(true);
  underWay.finish(first.response);
  underWay.finish(second.response);
  expect([first.response.shouldKeepAlive, second.response.shouldKeepAlive]).toEqual([true, false]);
  expect((await ask()).accepted).toBe(false);
  first.response.end();
  second.response.end();
  await once(client, "close");
});

test("closing waits for an answer that waits for its turn, although nothing is under way for it", async () => {
  const { underWay, client, ask } = await connected();
  const first = await ask();
  const work = underWay.begin(first.exchange, first.response);
  const second = await ask();
  second.response.end("second");
  underWay.close();
  let received = "";
  client.on("data", (chunk) => void (received += String(chunk)));
  first.response.end("first");
  underWay.end(work);
  await once(client, "close");
  expect(received).toMatch(/first[^]*second/);
});
