// A server that closes while WebSockets are being opened, are open, and are being closed.
import { App } from "apus";
import { expect, test, vi } from "vitest";
import { statuses, wire } from "../wire.ts";
import {
  accept,
  closeCode,
  closing,
  echo,
  frame,
  handshake,
  sees,
  serving,
  upgraded,
  overBoth,
} from "./wire-server.ts";

overBoth(() => {
  test("open connections are told that the server goes away, and their handlers get to the end", async () => {
    const ends: unknown[] = [];
    const server = await serving(
      async (_, upgrade) => {
        const channel = await accept(upgrade);
        ends.push(await channel.receive());
        // What a handler cleans up is waited for.
        await new Promise((resolve) => setImmediate(resolve));
        ends.push("through");
        return undefined;
      },
      { drainTimeout: 5_000 },
    );
    const client = await upgraded(server);
    const closed = server.close();
    await sees(client, 8, closing(1001));
    client.send(frame(8, closing(1001)));
    expect(closeCode(await client.closed)).toBe(1001);
    await closed;
    expect(ends).toEqual([{ kind: "closed", code: 1001, reason: "" }, "through"]);
  });

  test("who does not answer is cut when the time to drain is up, and its handler is interrupted and named", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const reasons: string[] = [];
    const server = await serving(
      async ({ course }, upgrade) => {
        const channel = await accept(upgrade);
        course.signal.addEventListener("abort", () => reasons.push((course.signal.reason as Error).name));
        await channel.closed;
        return undefined;
      },
      { drainTimeout: 50 },
    );
    const client = await upgraded(server);
    await server.close();
    await client.closed;
    expect(reasons).toEqual(["InterruptedError"]);
    expect(warned.mock.calls.join()).toMatch(/1 request interrupted:\n {2}GET "\/ws"/);
    warned.mockRestore();
  });

  test("who owes the end of a connection whose handler is through is cut as well, without a word", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const server = await serving(
      async (_, upgrade) => {
        (await accept(upgrade)).close(1000, "");
        return undefined;
      },
      { drainTimeout: 50 },
    );
    const client = await upgraded(server);
    await sees(client, 8, closing(1000));
    await server.close();
    await client.closed;
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  test("a handshake that waits for its answer is accepted and closed, or denied", async () => {
    let go!: () => void;
    const gate = new Promise<void>((resolve) => (go = resolve));
    let waiting = 0;
    const server = await serving(
      async (exchange, upgrade) => {
        waiting++;
        await gate;
        if (exchange.incoming.target === "/deny") return { status: 403, headers: [], body: "no" };
        return echo(await accept(upgrade));
      },
      { drainTimeout: 5_000 },
    );
    const [accepted, denied] = [await wire(server), await wire(server)];
    accepted.send(handshake());
    denied.send(handshake({}, "GET /deny HTTP/1.1"));
    await vi.waitFor(() => expect(waiting).toBe(2));
    const closed = server.close();
    await new Promise((resolve) => setImmediate(resolve));
    go();
    await sees(accepted, 8, closing(1001));
    accepted.send(frame(8, closing(1001)));
    expect(statuses(await denied.closed)).toEqual([403]);
    await closed;
  });

  test("a handshake on a connection that was opened before is refused with 503 once the server closes", async () => {
    const app = new App();
    let go!: () => void;
    const gate = new Promise<void>((resolve) => (go = resolve));
    app.get("/slow", () => gate);
    const server = await serving(() => Promise.reject(new Error("It must not be asked")), { drainTimeout: 5_000 }, app);
    // Keeps the server from having closed before the handshake has arrived.
    const [busy, late] = [await wire(server), await wire(server)];
    busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    late.send(handshake().slice(0, 20));
    await vi.waitFor(() => expect(late.socket.bytesWritten).toBe(20));
    const closed = server.close();
    late.send(handshake().slice(20));
    const received = await late.closed;
    expect(received === "" || statuses(received)[0] === 503).toBe(true);
    go();
    await closed;
  });

  test("during drainDelay sockets are still taken, and told to go away with the others", async () => {
    const server = await serving(async (_, upgrade) => echo(await accept(upgrade)), {
      drainDelay: 100,
      drainTimeout: 5_000,
    });
    const closed = server.close();
    const client = await upgraded(server, frame(1, "hi"));
    await sees(client, 1, "hi");
    await sees(client, 8, closing(1001));
    client.send(frame(8, closing(1001)));
    expect(closeCode(await client.closed)).toBe(1001);
    await closed;
  });

  test("many connections at once, each in another state, are all gone afterwards", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    let running = 0;
    const server = await serving(async (exchange, upgrade) => {
      running++;
      const channel = await accept(upgrade).catch(() => undefined);
      if (channel !== undefined) {
        if (exchange.incoming.target === "/closes") channel.close(1000, "");
        else if (exchange.incoming.target === "/sends") await channel.send("x".repeat(1_000_000)).catch(() => {});
        await echo(channel);
      }
      running--;
      return undefined;
    });
    const clients = [];
    for (let i = 0; i < 60; i++) {
      const client = await wire(server);
      client.send(handshake({}, `GET /${["echo", "closes", "sends"][i % 3]} HTTP/1.1`));
      if (i % 4 === 0) client.socket.pause();
      if (i % 5 === 0) client.send(frame(1, "x".repeat(500)).repeat(50));
      if (i % 7 === 0) client.socket.destroy();
      clients.push(client);
    }
    await server.close();
    expect(running).toBe(0);
    for (const client of clients) {
      client.socket.resume();
      await client.closed;
    }
    warned.mockRestore();
  });

  test("an answer in place of a socket that nobody takes does not keep the server", async () => {
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (given++ < 1_000 ? controller.enqueue(new Uint8Array(65_536)) : controller.close()),
    });
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const denies = (): ReturnType<App["connect"]> => Promise.resolve({ status: 403, headers: [], body });
    const server = await serving(denies, { drainTimeout: 50, closeTimeout: 50 });
    const client = await wire(server);
    client.send(handshake());
    await client.until(/ 403 /);
    client.socket.pause();
    await server.close();
    client.socket.resume();
    expect(await client.closed).toMatch(/^HTTP\/1\.1 403 /);
    expect(given).toBeLessThan(1_000);
    warned.mockRestore();
  });
});
