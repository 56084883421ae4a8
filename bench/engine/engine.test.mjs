// The engine beside the one that Apus has: what is malformed is refused before the App sees it, whatever the packets it
// arrives in, and what is fine is answered alike.
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import * as apus from "../../packages/apus/dist/index.js";
import { serve } from "../../packages/apus/dist/server/index.js";
import { types } from "../../packages/apus/dist/types/index.js";
import { differences } from "../answers.mjs";
import { routes } from "../routes.mjs";
import { start } from "../servers.mjs";
import { fine, refused } from "./cases.mjs";
import { serveNet } from "./serve.mjs";

const { App, background, body, request, response, signal, stream } = apus;

/** An app that keeps which of its operations were asked. */
function handling() {
  const handled = [];
  const app = new App({ docsUrl: null, bodyLimit: 256 * 1024 });
  app.get("/hidden", () => void handled.push("hidden"));
  app.get("/plain", () => void handled.push("plain"));
  app.post("/echo", { input: { item: body(z.unknown()) } }, ({ item }) => {
    handled.push("echo");
    return { item };
  });
  app.post("/count", { input: { pieces: body(types.stream(), { mediaType: "*/*" }) }, bodyLimit: 256 * 1024 }, count);
  async function count({ pieces }) {
    let size = 0;
    for await (const piece of pieces) size += piece.byteLength;
    return { size };
  }
  app.get("/headers", { input: { request } }, ({ request: { headers } }) => ({ ones: headers.getAll("x-one") }));
  app.get("/item/{name}", { input: { name: z.string(), q: z.string().optional() } }, (values) => values);
  app.get("/nothing", { status: 204 }, () => {});
  app.get("/unchanged", { status: 304 }, () => {});
  app.get("/throws", () => {
    throw new Error("on purpose");
  });
  app.get("/slow", async () => {
    await sleep(20);
    handled.push("slow");
  });
  app.get("/bytes", () => new Response(new Uint8Array([0, 200, 255]), { headers: { "content-type": "a/b" } }));
  app.get("/stream", { as: stream({ type: "text/plain" }) }, async function* () {
    yield "one, ";
    yield "two";
  });
  app.post("/upper", { input: { request }, as: stream({ type: "text/plain" }) }, async function* ({ request: asked }) {
    yield "> ";
    for await (const piece of asked.stream()) yield Buffer.from(piece).toString().toUpperCase();
  });
  app.get("/large", () => "x".repeat(300_000));
  app.get("/drafted", { input: { response } }, ({ response: draft }) => {
    draft.headers.set("x-one", "yes");
    draft.headers.append("x-one", "no");
    return "\u00e9";
  });
  app.get("/latin", { input: { request, response } }, ({ request: { headers }, response: draft }) => {
    draft.headers.set("x-one", headers.get("x-one"));
    return `\u4f60 ${headers.get("x-one")}`;
  });
  app.get("/after", { input: { background } }, ({ background: tasks }) => tasks.add(() => void handled.push("after")));
  app.get("/endless", { as: stream({ type: "text/plain" }), input: { signal } }, async function* ({ signal: left }) {
    left.addEventListener("abort", () => handled.push("left"));
    try {
      for (;;) yield "x".repeat(100_000);
    } finally {
      handled.push("ended");
    }
  });
  return { app, handled };
}

/** Sends bytes, in packets of a size, and takes everything that comes until the connection ends. */
async function exchanged(port, bytes, size = Infinity, ends = true) {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const pieces = [];
  socket.on("data", (piece) => pieces.push(piece)).on("error", () => {});
  const closed = new Promise((resolve) => socket.once("close", resolve));
  const all = Buffer.from(bytes, "latin1");
  for (let at = 0; at < all.length && !socket.destroyed; at += size) {
    await new Promise((resolve) => socket.write(all.subarray(at, at + size), resolve));
    if (size !== Infinity) await new Promise((resolve) => setImmediate(resolve));
  }
  if (ends) socket.end();
  await closed;
  return Buffer.concat(pieces).latin1Slice();
}

/** The answers in what was received. What says how they were sent, and when, is left out. */
function answersIn(received, methods) {
  const answers = [];
  while (received !== "") {
    const end = received.indexOf("\r\n\r\n");
    const [line, ...fields] = received.slice(0, end).split("\r\n");
    const headers = fields.map((field) => [
      field.slice(0, field.indexOf(":")).toLowerCase(),
      field.slice(field.indexOf(":") + 2),
    ]);
    const of = (name) => headers.find(([each]) => each === name)?.[1];
    received = received.slice(end + 4);
    let content = "";
    const status = Number(line.split(" ")[1]);
    if (methods[answers.length] !== "HEAD" && status !== 204 && status !== 304) {
      if (of("transfer-encoding") === "chunked") {
        for (let size = -1; size !== 0;) {
          size = Number.parseInt(received, 16);
          const at = received.indexOf("\r\n") + 2;
          content += received.slice(at, at + size);
          received = received.slice(at + size + 2);
        }
      } else {
        const length = Number(of("content-length") ?? received.length);
        content = received.slice(0, length);
        received = received.slice(length);
      }
    }
    const kept = headers.filter(
      ([name]) => !/^(?:date|connection|keep-alive|transfer-encoding|x-request-id)$/.test(name),
    );
    answers.push({ line, headers: kept.toSorted(), content });
  }
  return answers;
}

/** node:http gives no more answers to a client that has ended its side, so the last request asks for the end. */
const farewell = "GET /plain HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

const statuses = (received) => [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((found) => Number(found[1]));

const ours = handling();
const theirs = handling();
let net;
let http;
beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  net = await serveNet(ours.app);
  http = await serve(theirs.app, { port: 0, signals: false });
});
afterAll(async () => {
  await net.close();
  await http.close();
  vi.restoreAllMocks();
});

describe("what is malformed is refused, and what follows it is no request", () => {
  test.each(refused)("%s", async (_, bytes) => {
    for (const size of bytes.length > 2_000 ? [Infinity, 1_000] : [Infinity, 7, 1]) {
      ours.handled.length = 0;
      const received = statuses(await exchanged(net.port, bytes, size));
      expect([size, received.length, ours.handled]).toEqual([size, 1, []]);
      expect(received[0]).toBeGreaterThanOrEqual(400);
      expect(received[0]).not.toBe(500);
    }
  });
});

describe("what is fine is answered as node:http answers it", () => {
  test.each(fine)("%s", async (_, alone) => {
    const bytes = alone + farewell;
    const methods = [...bytes.matchAll(/([A-Z]+) \S+ HTTP\/1\.\d\r\n/g)].map((found) => found[1]);
    theirs.handled.length = 0;
    const expected = answersIn(await exchanged(http.port, bytes, Infinity, false), methods);
    await vi.waitFor(() => expect(theirs.handled.includes("after")).toBe(bytes.includes("/after")));
    for (const size of bytes.length > 10_000 ? [Infinity, 10_000] : [Infinity, 7, 1]) {
      ours.handled.length = 0;
      const found = answersIn(await exchanged(net.port, bytes, size, false), methods);
      await vi.waitFor(() => expect([size, ours.handled.toSorted()]).toEqual([size, theirs.handled.toSorted()]));
      expect(found).toEqual(expected);
    }
  });
});

test("a header is written in Latin-1, as it is read, whatever the body is in", async () => {
  const received = await exchanged(net.port, "GET /latin HTTP/1.1\r\nHost: a\r\nX-One: caf\xe9\r\n\r\n");
  expect(received).toContain("x-one: caf\xe9\r\n");
  expect(Buffer.from(received, "latin1").toString()).toContain('"\u4f60 caf\u00e9"');
});

test("a client that waits for a word before its body gets it, and not where the body would be refused", async () => {
  const head = (length) =>
    `POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`;
  const socket = connect({ port: net.port, host: "127.0.0.1" });
  onTestFinished(() => void socket.destroy());
  let received = "";
  socket.setEncoding("latin1").on("data", (text) => (received += text));
  socket.write(head(3));
  await vi.waitFor(() => expect(received).toBe("HTTP/1.1 100 Continue\r\n\r\n"));
  socket.write("[1]");
  await vi.waitFor(() => expect(statuses(received)).toEqual([100, 200]));
  socket.write(head(2 ** 30));
  await vi.waitFor(() => expect(statuses(received)).toEqual([100, 200, 413]));
});

test("a stream is made no faster than the client takes it, and ends when the client leaves", async () => {
  ours.handled.length = 0;
  const socket = connect({ port: net.port, host: "127.0.0.1" });
  socket.write("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
  await new Promise((resolve) => socket.once("readable", resolve));
  socket.destroy();
  await vi.waitFor(() => expect(ours.handled.toSorted()).toEqual(["ended", "left"]));
});

test("the measured application gives the answers that every server is to give", async () => {
  const server = await start("engine/apus.mjs");
  onTestFinished(() => server.stop());
  expect(await differences(server.baseUrl, { validates: true }, routes)).toEqual([]);
});
