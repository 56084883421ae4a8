// A handshake behind requests on the same connection: it waits until they have been answered, and what follows it is no request.
import { App, background } from "apus";
import { describe, expect, test, vi } from "vitest";
import { statuses, wire, type Wire } from "../wire.ts";
import {
  accept,
  closing,
  echo,
  frame,
  handshake,
  overBoth,
  sees,
  serving,
  upgraded,
  type Connect,
} from "./wire-server.ts";

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
/** What would be a request to whoever reads it as HTTP. */
const smuggled = frame(1, get("/smuggled"));

/** More than the system keeps for a client that does not read, in bytes. */
const large = 20_000_000;

/** Operations that are quick, slow (until `go`), and large. */
function operations() {
  let go!: () => void;
  const gate = new Promise<void>((resolve) => (go = resolve));
  const asked: string[] = [];
  const app = new App();
  app.get("/quick", () => "quick");
  app.get("/slow", async () => {
    asked.push("slow");
    await gate;
    return "slow";
  });
  app.get("/large", () => "l".repeat(large));
  app.get("/smuggled", () => void asked.push("smuggled"));
  return { app, asked, go };
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** Waits until nothing more is taken of what a client sends. */
async function stuck({ socket }: Wire): Promise<void> {
  for (let before = -1, quiet = 0; quiet < 200; before = socket.writableLength) {
    await new Promise((resolve) => setImmediate(resolve));
    quiet = before === socket.writableLength ? quiet + 1 : 0;
  }
}

overBoth((engine) => {
  test("a handshake whose predecessors are answered at once is answered behind them", async () => {
    const { app } = operations();
    const server = await serving(async (_, upgrade) => echo(await accept(upgrade)), {}, app);
    const client = await wire(server);
    client.send(get("/quick"));
    await client.until(/"quick"/);
    client.send(handshake() + frame(1, "hi"));
    await sees(client, 1, "hi");
    expect(statuses(client.received())).toEqual([200, 101]);
  });

  test("a client that sends much before its handshake has an answer is not read any further, and nothing is lost", async () => {
    let go!: () => void;
    const gate = new Promise<void>((resolve) => (go = resolve));
    let bytes = 0;
    const server = await serving(async (_, upgrade) => {
      await gate;
      const channel = await accept(upgrade);
      for (;;) {
        const arrival = await channel.receive();
        if (arrival.kind === "closed") return undefined;
        bytes += arrival.data.length;
      }
    });
    const client = await wire(server);
    client.send(handshake());
    for (let i = 0; i < 3_000; i++) client.send(frame(2, "x".repeat(10_000)));
    await stuck(client);
    expect(client.socket.writableLength).toBeGreaterThan(0);
    go();
    client.send(frame(8, closing(1000)));
    await client.closed;
    expect(bytes).toBe(30_000_000);
  });

  test("who is cut before the handshake has its answer has what follows that answer done", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const after = vi.fn<() => Promise<void>>(() => Promise.resolve());
    let waiting = false;
    const server = await serving(
      async ({ course }) => {
        waiting = true;
        await new Promise((resolve) => course.signal.addEventListener("abort", resolve));
        return { status: 503, headers: [], body: null, after };
      },
      { drainTimeout: 50 },
    );
    const client = await wire(server);
    client.send(handshake());
    await vi.waitFor(() => expect(waiting).toBe(true));
    await server.close();
    await client.closed;
    expect(after).toHaveBeenCalledOnce();
    expect(warned.mock.calls.join()).toMatch(/1 request interrupted/);
    expect(warned.mock.calls.join()).not.toMatch(/did not stop/);
    warned.mockRestore();
  });

  test("closing waits for a client that owes the end of a connection whose handler is through", async () => {
    const server = await serving(
      async (_, upgrade) => {
        (await accept(upgrade)).close(1000, "");
        return undefined;
      },
      { drainTimeout: 5_000 },
    );
    const client = await upgraded(server);
    await sees(client, 8, closing(1000));
    let closed = false;
    const closes = server.close().then(() => (closed = true));
    await turns();
    expect(closed).toBe(false);
    client.send(frame(8, closing(1000)));
    await closes;
  });

  test.runIf(engine === "node:http")(
    "behind an answer that is still to be sent it is not read; that answer is the last",
    async () => {
      const { app, asked, go } = operations();
      const connect = vi.fn<Connect>();
      const client = await wire(await serving(connect, {}, app));
      client.send(get("/slow") + handshake() + smuggled);
      await turns();
      go();
      expect(statuses(await client.closed)).toEqual([200]);
      expect(connect).not.toHaveBeenCalled();
      expect(asked).toEqual(["slow"]);
    },
  );

  describe.runIf(engine === "apus")("behind answers that are still to be sent", () => {
    test.each(["at once", "later"])(
      "it waits for all answers before it, and what follows it, come %s, is no request",
      async (come) => {
        const { app, asked, go } = operations();
        const connect = vi.fn<Connect>(async (_, upgrade) => echo(await accept(upgrade)));
        const client = await wire(await serving(connect, {}, app));
        client.send(get("/quick") + get("/slow") + get("/quick") + handshake() + (come === "later" ? "" : smuggled));
        await client.until(/"quick"/);
        if (come === "later") client.send(smuggled);
        await turns();
        expect(connect).not.toHaveBeenCalled();
        go();
        await sees(client, 1, get("/smuggled"));
        expect(statuses(client.received())).toEqual([200, 200, 200, 101]);
        expect(client.received()).toMatch(/"quick"[^]*"slow"[^]*"quick"[^]* 101 /);
        expect(asked).toEqual(["slow"]);
        client.send(frame(1, "still a socket"));
        await client.until(/still a socket/);
      },
    );

    test("its refusal, and its denial, come behind them as well, and what follows is thrown away", async () => {
      const { app, asked, go } = operations();
      const connect: Connect = () => Promise.resolve({ status: 403, headers: [], body: "no" });
      const server = await serving(connect, {}, app);
      const [refused, denied] = [await wire(server), await wire(server)];
      refused.send(get("/slow") + handshake({ "Sec-WebSocket-Version": "8" }) + get("/smuggled"));
      denied.send(get("/slow") + handshake() + get("/smuggled"));
      await vi.waitFor(() => expect(asked).toHaveLength(2));
      go();
      expect([statuses(await refused.closed), statuses(await denied.closed)]).toEqual([
        [200, 426],
        [200, 403],
      ]);
      expect(asked).toEqual(["slow", "slow"]);
    });

    test("it waits for a client that takes the answer before it slowly", async () => {
      const { app } = operations();
      const connect = vi.fn<Connect>(async (_, upgrade) => echo(await accept(upgrade)));
      const client = await wire(await serving(connect, {}, app));
      client.socket.pause();
      client.send(get("/large") + handshake() + frame(1, "behind"));
      await turns();
      expect(connect).not.toHaveBeenCalled();
      client.socket.resume();
      // To search so much text with each piece would take long.
      await vi.waitFor(() => expect(client.received().endsWith("behind")).toBe(true), 10_000);
      const received = client.received();
      expect(statuses(received)).toEqual([200, 101]);
      expect(received.indexOf("HTTP/1.1 101 ") - received.indexOf('"l')).toBe(large + 2);
    });

    test("a client that leaves while it waits is not connected", async () => {
      const { app, asked, go } = operations();
      const connect = vi.fn<Connect>();
      const server = await serving(connect, {}, app);
      const client = await wire(server);
      client.send(get("/slow") + handshake());
      await vi.waitFor(() => expect(asked).toEqual(["slow"]));
      client.socket.end();
      await client.closed;
      go();
      await server.close();
      expect(connect).not.toHaveBeenCalled();
    });

    test("it is refused with 503 behind the answer that the server waits for when it closes", async () => {
      const { app, asked, go } = operations();
      const connect = vi.fn<Connect>();
      const server = await serving(connect, { drainTimeout: 5_000 }, app);
      const client = await wire(server);
      client.send(get("/slow") + handshake());
      await vi.waitFor(() => expect(asked).toEqual(["slow"]));
      const closed = server.close();
      await turns();
      go();
      expect(statuses(await client.closed)).toEqual([200, 503]);
      await closed;
      expect(connect).not.toHaveBeenCalled();
    });

    test("work that follows an answer goes on when its connection becomes a socket, and closing waits for it", async () => {
      let go!: () => void;
      const gate = new Promise<void>((resolve) => (go = resolve));
      const events: string[] = [];
      const app = new App();
      app.get("/", { input: { background } }, ({ background: tasks }) => {
        tasks.add(async () => {
          events.push("begun");
          await gate;
          events.push("done");
        });
      });
      const server = await serving(async (_, upgrade) => echo(await accept(upgrade)), { drainTimeout: 5_000 }, app);
      const client = await wire(server);
      client.send(get("/") + handshake());
      await client.until(/ 101 [^]*\r\n\r\n/);
      await vi.waitFor(() => expect(events).toEqual(["begun"]));
      const closed = server.close().then(() => events.push("closed"));
      await sees(client, 8, closing(1001));
      client.send(frame(8, closing(1001)));
      await client.closed;
      await turns();
      expect(events).toEqual(["begun"]);
      go();
      await closed;
      expect(events).toEqual(["begun", "done", "closed"]);
    });
  });
});
