// What a client can do to a server through a socket, and what stops it: sizes, rates, times, JSON that is hostile.
import { App, ApusError, router, socket, type SocketLimits } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { bothWays, deferred, failure } from "./both.ts";

/** An app whose socket counts what it receives, and says it when it is over. */
function counting(limits: SocketLimits): { readonly app: App; readonly over: Promise<string> } {
  const over = deferred<string>();
  const app = new App();
  app.socket("/ws", limits, async (_, ws) => {
    await ws.accept();
    let received = 0;
    for await (const _ of ws) received++;
    over.resolve(`${received} received`);
  });
  return { app, over: over.promise };
}

bothWays("A limit", (connect) => {
  test("of the size of a message closes with 1009", async () => {
    const { app, over } = counting({ maxMessageSize: 10 });
    const client = await connect(app, "/ws");
    await client.send("ä".repeat(5));
    await client.send("ä".repeat(5) + "a");
    expect(await client.next()).toMatchObject({ code: 1009 });
    expect(await over).toBe("1 received");
  });

  test("of the size is 1 MiB where nobody says another", async () => {
    const { app } = counting({});
    const client = await connect(app, "/ws");
    await client.send("a".repeat(1024 * 1024));
    await client.send("a".repeat(1024 * 1024 + 1));
    expect(await client.next()).toMatchObject({ code: 1009 });
  });

  test("of the rate closes with 1008 and ends the loop; what a burst may be is not refused", async () => {
    const { app, over } = counting({ messageRate: 1 });
    const client = await connect(app, "/ws");
    for (let i = 0; i < 12; i++) await client.send("a").catch(() => {});
    expect(await client.next()).toEqual({ code: 1008, reason: "Too many messages" });
    expect(await over).toBe("10 received");
  });

  test("of the rate may be none", async () => {
    const { app, over } = counting({ messageRate: null });
    const client = await connect(app, "/ws");
    for (let i = 0; i < 2000; i++) await client.send("a");
    await client.close();
    expect(await over).toBe("2000 received");
  });

  test("of the time without a message closes with 1008", async () => {
    const { app, over } = counting({ idleTimeout: 30 });
    const client = await connect(app, "/ws");
    expect(await client.next()).toEqual({ code: 1008, reason: "No message arrived in time" });
    expect(await over).toBe("0 received");
  });

  test("of what waits for a slow client closes with 1013, and whoever sends on is told", async () => {
    const told = deferred<readonly string[]>();
    const app = new App();
    app.socket("/ws", { maxBuffered: 200_000 }, async (_, ws) => {
      await ws.accept();
      // Nobody waits for anything.
      const sends = Array.from({ length: 100 }, () => failure(() => ws.sendText("x".repeat(50_000))));
      told.resolve((await Promise.all(sends)).slice(-2));
    });
    const client = await connect(app, "/ws");
    expect(await told.promise).toEqual(["WebSocketDisconnect 1013", "WebSocketDisconnect 1013"]);
    let last = await client.next();
    while (typeof last === "string") last = await client.next();
    expect(last).toMatchObject({ code: 1013 });
  });

  test("of what waits is none for who waits for each message", async () => {
    const app = new App();
    app.socket("/ws", { maxBuffered: 1 }, async (_, ws) => {
      for (let i = 0; i < 200; i++) await ws.sendText("x".repeat(50_000));
    });
    const client = await connect(app, "/ws");
    for (let i = 0; i < 200; i++) expect(await client.next()).toHaveLength(50_000);
    expect(await client.next()).toEqual({ code: 1000, reason: "" });
  });

  test.each([
    ["deep", "[".repeat(5000) + "]".repeat(5000), 1007],
    ["no JSON", "undefined", 1007],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 1007],
  ])("of JSON: %s", async (_, message, code) => {
    const app = new App();
    app.socket("/ws", { receive: z.unknown() }, async (_, ws) => {
      for await (const value of ws) await ws.sendJson(value);
    });
    const client = await connect(app, "/ws");
    await client.send(message);
    expect(await client.next()).toMatchObject({ code });
  });

  test("keys called __proto__ are dropped, in typed messages and others", async () => {
    const app = new App();
    app.socket("/ws", { receive: z.unknown() }, async (_, ws) => {
      const [typed, raw] = [await ws.receive(), await ws.receiveJson()];
      await ws.sendJson([typed, raw, Object.assign({}, typed, raw), ({} as { polluted?: true }).polluted ?? false]);
    });
    const client = await connect(app, "/ws");
    for (let i = 0; i < 2; i++) await client.send('{"a":1,"__proto__":{"polluted":true},"b":{"\\u005f_proto__":1}}');
    expect(await client.next()).toBe('[{"a":1,"b":{}},{"a":1,"b":{}},{"a":1,"b":{}},false]');
  });
});

describe("Limits are said", () => {
  test("innermost by the socket, then by routers, then by the App", async () => {
    const echo = async (_: unknown, ws: { accept(): Promise<void>; receive(): Promise<unknown> }): Promise<void> => {
      await ws.accept();
      await ws.receive();
    };
    const app = new App({ sockets: { maxMessageSize: 1, messageRate: 5 } });
    app.socket("/app", {}, echo);
    app.include(
      router(
        { inner: socket("/inner", { maxMessageSize: 3 }, echo), outer: socket("/outer", {}, echo) },
        { sockets: { maxMessageSize: 2 } },
      ),
    );
    const client = testClient(app);
    for (const [path, size] of [
      ["/app", 1],
      ["/outer", 2],
      ["/inner", 3],
    ] as const) {
      for (const [more, code] of [
        [0, 1000],
        [1, 1009],
      ] as const) {
        const ws = await client.websocket(path);
        await ws.sendText("x".repeat(size + more));
        await expect(ws.receive()).rejects.toMatchObject({ code });
        await ws.close();
      }
    }
  });

  test.each<[unknown, string]>([
    [{ maxMessageSize: 0 }, "APUS_LIMIT: WEBSOCKET /ws: maxMessageSize is 0"],
    [{ maxMessageSize: Infinity }, "APUS_LIMIT: WEBSOCKET /ws: maxMessageSize is Infinity"],
    [{ maxQueued: -1 }, "maxQueued is -1"],
    [{ maxBuffered: 1.5 }, "maxBuffered is 1.5"],
    [{ messageRate: 0 }, "messageRate is 0"],
    [{ messageRate: Number.NaN }, "messageRate is NaN"],
    [{ pingInterval: 0 }, "pingInterval is 0"],
    [{ idleTimeout: 2 ** 31 }, "idleTimeout is 2147483648"],
    [{ origins: "https://a.example" }, "APUS_ORIGIN: WEBSOCKET /ws: `origins` is a list"],
    [{ origins: ["https://a.example/"] }, "is no origin"],
    [{ origins: ["https://*.example"] }, "has a wildcard, which no origin equals; use a RegExp"],
    [{ origins: [/.*/] }, 'lets any origin in, which "*" says more plainly'],
    [{ origins: [/https:\/\/a.example/] }, 'the dot before "example"'],
    [{ origins: [/(a+)+/] }, "can divide an origin in so many ways"],
    [{ maxMesageSize: 1 }, "did you mean `maxMessageSize`?"],
  ])("and wrong ones stop the start: %j", async (sockets, message) => {
    const app = new App({ sockets: sockets as SocketLimits });
    app.socket("/ws", () => undefined);
    const error: unknown = await app.startup().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApusError);
    expect(String(error)).toContain(message);
  });
});
