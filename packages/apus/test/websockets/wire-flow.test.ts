// Both directions slowed to the pace of the other side, liveness, and the end of a connection.
import { App } from "apus";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { wire, type Wire } from "../wire.ts";
import {
  accept,
  closeCode,
  echo,
  frame,
  frames,
  handshake,
  sees,
  serving,
  upgraded,
  type Channel,
  overBoth,
} from "./wire-server.ts";

/** A server that hands its only channel to the test, and waits for it to be over. */
async function handedOver(acceptance: Parameters<typeof accept>[1] = {}) {
  let give!: (channel: Channel) => void;
  const channel = new Promise<Channel>((resolve) => (give = resolve));
  const server = await serving(async (_, upgrade) => {
    const opened = await accept(upgrade, acceptance);
    give(opened);
    await opened.closed;
    return undefined;
  });
  return { server, channel };
}

overBoth(() => {
  test("whoever waits for each message sent is stopped by a client that does not read, and goes on with it", async () => {
    const { server, channel } = await handedOver();
    const client = await upgraded(server);
    client.socket.pause();
    const open = await channel;
    const piece = new Uint8Array(256 * 1024).fill(97);
    let sent = 0;
    let most = 0;
    const sending = (async () => {
      for (; sent < 400; sent++) {
        const taken = open.send(piece);
        most = Math.max(most, open.buffered);
        await taken;
      }
    })();
    // Until the buffers of the system are full: nothing is taken within many turns of the event loop.
    for (let before = -1, quiet = 0; quiet < 200; before = sent) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = sent === before ? quiet + 1 : 0;
    }
    expect(sent).toBeLessThan(400);
    expect(open.buffered).toBeGreaterThan(0);
    client.socket.resume();
    await sending;
    await vi.waitFor(() => expect(frames(client.received())).toHaveLength(400), 10_000);
    expect(most).toBeLessThan(2 * piece.length);
    expect(open.buffered).toBe(0);
  });

  test("a client whose messages nobody receives is not read any further, and nothing is lost", async () => {
    const { server, channel } = await handedOver({ maxQueued: 100_000 });
    const client = await upgraded(server);
    const open = await channel;
    const piece = frame(2, "x".repeat(10_000));
    const total = 3_000;
    for (let i = 0; i < total; i++) client.send(piece);
    await new Promise((resolve) => setImmediate(resolve));
    // The queue, one chunk of the connection, and what the system holds for both sides.
    for (let before = -1, quiet = 0; quiet < 200; before = client.socket.bytesWritten - client.socket.writableLength) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = before === client.socket.bytesWritten - client.socket.writableLength ? quiet + 1 : 0;
    }
    expect(client.socket.writableLength).toBeGreaterThan(0);
    for (let i = 0; i < total; i++) {
      const arrival = await open.receive();
      expect(arrival.kind === "message" && arrival.data.length).toBe(10_000);
    }
    await vi.waitFor(() => expect(client.socket.writableLength).toBe(0));
  });

  test("many empty messages count as well", async () => {
    const { server, channel } = await handedOver({ maxQueued: 1_000 });
    const client = await upgraded(server);
    const open = await channel;
    for (let i = 0; i < 300; i++) client.send(frame(2).repeat(10_000));
    for (let before = -1, quiet = 0; quiet < 200; before = client.socket.writableLength) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = before === client.socket.writableLength ? quiet + 1 : 0;
    }
    expect(client.socket.writableLength).toBeGreaterThan(0);
    for (let i = 0; i < 100_000; i++) await open.receive();
    open.cut();
  });

  test("bytes are the receiver's own: nothing else can be seen or changed through them", async () => {
    const { server, channel } = await handedOver();
    await upgraded(server, frame(2, "first") + frame(2, "second") + frame(2, "x".repeat(100_000)));
    const open = await channel;
    for (const size of [5, 6, 100_000]) {
      const arrival = await open.receive();
      const data = arrival.kind === "message" ? arrival.data : "";
      expect(data.constructor).toBe(Uint8Array);
      expect([data.length, (data as Uint8Array).buffer.byteLength]).toEqual([size, size]);
    }
  });

  test("messages carry when they arrived, although they are received later", async () => {
    const { server, channel } = await handedOver();
    const client = await upgraded(server, frame(1, "a"));
    const open = await channel;
    client.send(frame(9, "seen"));
    await sees(client, 10, "seen");
    const before = performance.now();
    const arrival = await open.receive();
    expect(arrival.kind === "message" && arrival.at).toBeLessThan(before);
  });

  /** Answers each frame at once, as if it were a ping. @returns How many there were. */
  function answersPings(client: Wire): () => number {
    let pings = 0;
    client.socket.on("data", () => {
      for (; frames(client.received()).length > pings; pings++) client.send(frame(10));
    });
    return () => pings;
  }

  test("a client that answers pings stays; one from which nothing comes is cut", async () => {
    const ends: number[] = [];
    const server = await serving(async (_, upgrade) => {
      const channel = await accept(upgrade, { pingInterval: 40 });
      ends.push((await channel.closed).code);
      return undefined;
    });
    const [answering, silent] = [await upgraded(server), await upgraded(server)];
    const pings = answersPings(answering);
    await silent.closed;
    expect(frames(silent.received())).toEqual([{ opcode: 9, content: "" }]);
    await vi.waitFor(() => expect(pings()).toBeGreaterThan(5), 10_000);
    expect(ends).toEqual([1006]);
    answering.socket.destroy();
  });

  test("a client that sends anything is alive, and so is one that is not read because its messages wait", async () => {
    const { server, channel } = await handedOver({ pingInterval: 40, maxQueued: 1 });
    const client = await upgraded(server, frame(1, "waits"));
    const open = await channel;
    // Some intervals pass on another connection.
    const other = await upgraded(server);
    const pings = answersPings(other);
    await vi.waitFor(() => expect(pings()).toBeGreaterThan(4), 10_000);
    expect(await open.receive()).toMatchObject({ data: "waits" });
    client.send(frame(1, "alive"));
    expect(await open.receive()).toMatchObject({ data: "alive" });
  });

  test.each(["destroy", "resetAndDestroy"] as const)(
    "a client that leaves (%s) is noticed although its messages wait and nobody receives them",
    async (leave) => {
      const { server, channel } = await handedOver({ pingInterval: 40, maxQueued: 1 });
      const client = await upgraded(server, frame(1, "waits"));
      const open = await channel;
      await client.until(/\x89\0/);
      client.socket[leave]();
      expect(await open.closed).toMatchObject({ kind: "closed", code: 1006 });
    },
  );

  test("a close is heard by the client, and what it still sends is thrown away unread", async () => {
    const { server, channel } = await handedOver({ maxQueued: 10 });
    const client = await upgraded(server, frame(1, "first") + frame(1, "second"));
    const open = await channel;
    expect(await open.receive()).toMatchObject({ data: "first" });
    open.close(4000, "enough");
    open.close(4001, "again");
    // What had arrived is still there; behind it there is nothing but the end.
    expect([await open.receive(), await open.receive(), await open.receive()]).toMatchObject([
      { data: "second" },
      { kind: "closed", code: 4000, reason: "enough" },
      { kind: "closed", code: 4000 },
    ]);
    client.send(frame(1, "x".repeat(10_000)).repeat(100) + frame(8, "\x0f\xa0enough"));
    expect(closeCode(await client.closed)).toBe(4000);
    expect(await open.closed).toEqual({ kind: "closed", code: 4000, reason: "enough" });
    await expect(open.send("late")).rejects.toMatchObject({ name: "BodyReadError" });
  });

  test("a reader that waits is told when the server closes", async () => {
    const { server, channel } = await handedOver();
    await upgraded(server);
    const open = await channel;
    const waiting = open.receive();
    open.close(1000, "");
    expect(await waiting).toEqual({ kind: "closed", code: 1000, reason: "" });
  });

  test("a client that does not answer a close has ten seconds", async () => {
    const { server, channel } = await handedOver();
    const client = await upgraded(server);
    const open = await channel;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      open.close(1000, "");
      await vi.advanceTimersByTimeAsync(9_999);
      expect(client.socket.destroyed).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
    } finally {
      vi.useRealTimers();
    }
    await client.closed;
    expect((await open.closed).code).toBe(1006);
  });

  test("a handler that is through without a close cuts the connection", async () => {
    const server = await serving(async (_, upgrade) => {
      await accept(upgrade);
      return undefined;
    });
    expect(frames(await (await upgraded(server)).closed)).toEqual([]);
  });

  test("sends that wait are rejected when the connection is cut", async () => {
    const { server, channel } = await handedOver();
    const client = await upgraded(server);
    client.socket.pause();
    const open = await channel;
    const sends = Array.from({ length: 50 }, () => open.send(new Uint8Array(1024 * 1024)));
    open.cut();
    const settled = await Promise.allSettled(sends);
    expect(settled.at(-1)).toMatchObject({ status: "rejected", reason: { name: "BodyReadError" } });
  });

  test("time-outs of requests protect the handshake, and leave open connections alone", async () => {
    const server = await serving(async (_, upgrade) => echo(await accept(upgrade)), {
      headersTimeout: 100,
      requestTimeout: 150,
      keepAliveTimeout: 50,
    });
    const open = await upgraded(server);
    const slow = await wire(server);
    slow.send(handshake().slice(0, -2));
    expect(await slow.closed).toMatch(/^HTTP\/1\.1 408 /);
    const idle = await wire(server);
    idle.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
    await idle.closed;
    open.send(frame(1, "still open"));
    await open.until(/still open/);
  });

  test("open connections count as connections", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const server = await serving(async (_, upgrade) => echo(await accept(upgrade)), { maxConnections: 2 }, new App());
    const [first] = [await upgraded(server), await upgraded(server)];
    expect(await (await wire(server)).closed).toBe("");
    expect(warned.mock.calls.join()).toContain("more than 2 connections");
    first.socket.destroy();
    await vi.waitFor(async () => {
      const client = new WebSocket(`${server.url.replace("http", "ws")}/ws`);
      await new Promise((resolve, reject) => client.once("open", resolve).once("error", reject));
      client.terminate();
    });
    warned.mockRestore();
  });
});
