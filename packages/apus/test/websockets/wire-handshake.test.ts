// The opening handshake as raw bytes: what is one, what is refused and how.
import { createHash } from "node:crypto";
import { connect as connectTcp } from "node:net";
import { App } from "apus";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { statuses, wire } from "../wire.ts";
import {
  accept,
  echo,
  frame,
  frames,
  handshake,
  key,
  sees,
  serving,
  upgraded,
  type Connect,
  overBoth,
} from "./wire-server.ts";

const echoes: Connect = async (_, upgrade) => echo(await accept(upgrade));
const never: Connect = () => Promise.reject(new Error("It must not be asked"));
const refused =
  (body: Awaited<ReturnType<Connect>>): Connect =>
  () =>
    Promise.resolve(body);

overBoth(() => {
  test("the answer proves that the handshake was understood, and nothing more is in it", async () => {
    const server = await serving(echoes);
    const client = await upgraded(server);
    const proof = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    expect(client.received().split("\r\n")).toEqual([
      "HTTP/1.1 101 Switching Protocols",
      "Upgrade: websocket",
      "Connection: Upgrade",
      `Sec-WebSocket-Accept: ${proof}`,
      "",
      "",
    ]);
  });

  test.each([
    ["names in any case", { Upgrade: "WebSocket", Connection: "keep-alive, UPGRADE" }],
    ["other protocols beside it", { Upgrade: "h2c, websocket" }],
    ["an announced body of nothing", { "Content-Length": "0" }],
    [
      "extensions, of which none is taken",
      { "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits" },
    ],
    ["an offer of compression that nobody understands", { "Sec-WebSocket-Extensions": ";;,," }],
    ["empty items in lists", { "Sec-WebSocket-Protocol": ", chat,,", Upgrade: ",websocket" }],
  ])("taken: %s", async (_, changed) => {
    const client = await upgraded(await serving(echoes), frame(1, "hi"), changed);
    await sees(client, 1, "hi");
    expect(client.received()).not.toMatch(/extensions/i);
  });

  test.each([
    ["another method", 405, {}, "POST /ws HTTP/1.1"],
    ["HEAD", 405, {}, "HEAD /ws HTTP/1.1"],
    ["an old version", 426, { "Sec-WebSocket-Version": "8" }],
    ["no version", 426, { "Sec-WebSocket-Version": null }],
    ["a version that only looks like it", 426, { "Sec-WebSocket-Version": "13.0" }],
    ["two versions", 426, { "Sec-WebSocket-Version": "13, 8" }],
    ["no key", 400, { "Sec-WebSocket-Key": null }],
    ["a short key", 400, { "Sec-WebSocket-Key": "c2hvcnQ=" }],
    ["a key that is no base64", 400, { "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25j*Q==" }],
    ["two keys", 400, { "Sec-WebSocket-Key": `${key}\r\nSec-WebSocket-Key: ${key}` }],
    ["a body", 400, { "Content-Length": "3" }],
    ["a body in chunks", 400, { "Transfer-Encoding": "chunked" }],
    ["a subprotocol that is none", 400, { "Sec-WebSocket-Protocol": "chat room" }],
    ["a subprotocol twice", 400, { "Sec-WebSocket-Protocol": "chat, chat" }],
    ["a subprotocol twice, in two lines", 400, { "Sec-WebSocket-Protocol": "chat\r\nSec-WebSocket-Protocol: chat" }],
    ["no Host", 400, { Host: null }],
    ["two Hosts", 400, { Host: "a\r\nHost: b" }],
    ["another transfer coding", 501, { "Transfer-Encoding": "gzip" }],
    ["too many headers", 431, { X: `1\r\n${"X: 1\r\n".repeat(100)}X: 1` }],
    ["too long an address", 414, {}, `GET /${"x".repeat(9_000)} HTTP/1.1`],
    ["too large headers", 431, { X: "x".repeat(20_000) }],
  ] as const)("refused: %s, %i", async (_, status, changed, line = "GET /ws HTTP/1.1") => {
    const asked = vi.fn<Connect>(never);
    const client = await wire(await serving(asked));
    client.send(handshake(changed, line));
    const received = await client.closed;
    expect(statuses(received)).toEqual([status]);
    expect(received).toMatch(/^connection: (?:upgrade, )?close\r$/im);
    if (status === 426) {
      expect(received).toMatch(/^sec-websocket-version: 13\r\nupgrade: websocket\r$/im);
      expect(received).toMatch(/^connection: upgrade\b/im);
    }
    if (status === 405) expect(received).toMatch(/^allow: GET\r$/im);
    if (!line.startsWith("HEAD")) expect(received).toMatch(/\r\n\r\n\{"detail":"[^"]+"\}$/);
    expect(asked).not.toHaveBeenCalled();
  });

  test("refusals have the App's error shape", async () => {
    const server = await serving(never, {}, new App({ errorShape: "problem" }));
    const client = await wire(server);
    client.send(handshake({ "Sec-WebSocket-Version": "7" }));
    expect(await client.closed).toMatch(/application\/problem\+json[^]*"title":"Upgrade Required","status":426/);
  });

  test("headers of the answer: cookies each in their line, the subprotocol, and none that are the handshake's own", async () => {
    const headers = [
      "set-cookie",
      "a=1",
      "set-cookie",
      "b=2",
      "x-more",
      "é",
      "connection",
      "close",
      "content-length",
      "9",
    ];
    const server = await serving(async (_, upgrade) =>
      echo(
        await accept(upgrade, {
          headers: [...headers, "sec-websocket-accept", "x"],
          subprotocol: upgrade.protocols[1],
        }),
      ),
    );
    const client = await upgraded(server, "", {
      "Sec-WebSocket-Protocol": "one\r\nSec-WebSocket-Protocol: two , three",
    });
    expect(client.received()).toMatch(
      /Sec-WebSocket-Protocol: two\r\nset-cookie: a=1\r\nset-cookie: b=2\r\nx-more: é\r\n\r\n$/,
    );
    expect(client.received()).not.toMatch(/content-length|close|accept: x/i);
  });

  test.each([
    ["a line break in a value", ["x-a", "1\r\nx-b: 2"]],
    ["a bare CR", ["x-a", "1\r2"]],
    ["NUL", ["x-a", "\0"]],
    ["a name that is none", ["x a", "1"]],
  ])("%s is never sent; the handshake can still be answered otherwise", async (_, headers) => {
    const told: unknown[] = [];
    const server = await serving(async (__, upgrade) => {
      await accept(upgrade, { headers }).catch((error: unknown) => told.push(error));
      return { status: 500, headers: [], body: "no" };
    });
    const client = await wire(server);
    client.send(handshake());
    expect(await client.closed).toMatch(/^HTTP\/1\.1 500 [^]*\r\n\r\nno$/);
    expect(String(told)).toMatch(/APUS_HEADER/);
  });

  test.each([
    ["text", "no entry: é", "no entry: \u00c3\u00a9"],
    ["bytes", new Uint8Array([1, 255]), "\u0001\u00ff"],
    ["nothing", null, ""],
  ])("a denial is an answer like any, here with %s; the connection ends with it", async (_, body, sent) => {
    const after = vi.fn<() => Promise<void>>(() => Promise.resolve());
    const server = await serving(refused({ status: 403, headers: ["x-why", "because"], body, after }));
    const client = await wire(server);
    client.send(handshake() + frame(1, "too early"));
    const received = await client.closed;
    expect(received).toMatch(/^HTTP\/1\.1 403 Forbidden\r\nx-why: because\r\n/);
    expect(received.slice(received.indexOf("\r\n\r\n") + 4)).toBe(sent);
    expect(received).toMatch(/^connection: close\r$/im);
    await vi.waitFor(() => expect(after).toHaveBeenCalledOnce());
  });

  test("a denial may be a stream larger than any buffer", async () => {
    const pieces = 200;
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (given++ < pieces ? controller.enqueue(new Uint8Array(65_536)) : controller.close()),
    });
    const client = await wire(await serving(refused({ status: 401, headers: [], body })));
    client.send(handshake());
    const received = await client.closed;
    expect(received.slice(-5)).toBe("0\r\n\r\n");
    expect(received.length).toBeGreaterThan(pieces * 65_536);
  });

  test("a client library sees a denial with its status and body", async () => {
    const { url } = await serving(
      refused({ status: 403, headers: ["content-type", "text/plain"], body: "members only" }),
    );
    const client = new WebSocket(`${url.replace("http", "ws")}/ws`);
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve) =>
      client.on("unexpected-response", (_, response) => {
        let body = "";
        response
          .on("data", (piece) => (body += String(piece)))
          .on("end", () => resolve({ status: response.statusCode, body }));
      }),
    );
    expect(answer).toEqual({ status: 403, body: "members only" });
  });

  test("frames that come with the handshake, or before it is answered, are not lost", async () => {
    let go!: () => void;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const server = await serving(async (_, upgrade) => {
      await gate;
      return echo(await accept(upgrade));
    });
    const client = await wire(server);
    client.send(handshake() + frame(1, "with") + frame(2, "half").slice(0, 7));
    client.send(`${frame(2, "half").slice(7)}${frame(1, "later")}`);
    go();
    await client.until(/later/);
    expect(frames(client.received()).map(({ content }) => content)).toEqual(["with", "half", "later"]);
  });

  test("a client that leaves during the handshake aborts the signal, and accepting says so", async () => {
    const events: string[] = [];
    let arrived!: () => void;
    const began = new Promise<void>((resolve) => (arrived = resolve));
    const over = new Promise<void>((resolve) => {
      void serving(async (exchange, upgrade) => {
        const { signal } = exchange.course;
        arrived();
        await new Promise((done) => signal.addEventListener("abort", done));
        events.push((signal.reason as Error).name);
        await accept(upgrade).catch((error: Error) => events.push(error.name));
        setImmediate(resolve);
        return { status: 500, headers: [], body: null };
      }).then(async (server) => {
        const client = await wire(server);
        client.send(handshake());
        await began;
        client.socket.end();
      });
    });
    await over;
    expect(events).toEqual(["BodyReadError", "BodyReadError"]);
  });

  test("connections that are reset at any moment of a handshake leave the server alive", async () => {
    const server = await serving(async (_, upgrade) => {
      await new Promise((resolve) => setImmediate(resolve));
      return accept(upgrade).then(echo, () => undefined);
    });
    for (let i = 0; i < 30; i++) {
      const socket = connectTcp(server.port, server.host);
      socket.on("error", () => {});
      await new Promise((resolve) => socket.once("connect", resolve));
      socket.write(handshake() + frame(1, "x".repeat(100)));
      for (let turn = 0; turn < i % 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      socket.resetAndDestroy();
    }
    const client = await upgraded(server, frame(1, "alive"));
    await client.until(/alive/);
  });

  test("a failure of the app cuts the connection and is said", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const client = await wire(await serving(() => Promise.reject(new Error("broken"))));
    client.send(handshake());
    expect(await client.closed).toBe("");
    expect(said.mock.calls.flat().join()).toContain("broken");
    said.mockRestore();
  });
});
