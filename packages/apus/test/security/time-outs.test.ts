// Clients, handlers and programs that take for ever: each ends somewhere.
import { App, body, depends, signal } from "apus";
import type { ServeOptions, Serving } from "apus/server";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { program } from "../program.ts";
import { gate } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

async function serving(app: App, options: ServeOptions = {}): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false, ...options });
  onTestFinished(() => server.close());
  return server;
}

describe("time", () => {
  /** Sends a byte again and again, as slow clients do, until the connection ends. */
  async function trickle(server: Serving, start: string, byte: string): Promise<string> {
    const client = await wire(server);
    client.send(start);
    const more = setInterval(() => void client.socket.write(byte), 2);
    try {
      return await client.closed;
    } finally {
      clearInterval(more);
    }
  }

  test.each<[string, string, string, ServeOptions]>([
    ["a request line", "GET /", "a", { headersTimeout: 40 }],
    ["a header's name", "GET / HTTP/1.1\r\nHost: a\r\nX", "x", { headersTimeout: 40 }],
    ["a header's value", "GET / HTTP/1.1\r\nHost: a\r\nX: y", "y", { headersTimeout: 40 }],
    ["empty lines", "", "\r\n", { headersTimeout: 40 }],
    [
      "a body",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n",
      "1",
      { headersTimeout: 40, requestTimeout: 40 },
    ],
    [
      "chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
      "1\r\n1\r\n",
      { headersTimeout: 40, requestTimeout: 40 },
    ],
    [
      "chunk extensions",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1;a",
      "a",
      { headersTimeout: 40, requestTimeout: 40 },
    ],
    [
      "trailers",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n",
      "x: y\r\n",
      { headersTimeout: 40, requestTimeout: 40 },
    ],
  ])(
    "row 50: a client that sends %s byte by byte is cut off, and the server answers others meanwhile",
    async (_, start, byte, options) => {
      let handled = 0;
      const app = new App({ bodyTimeout: null });
      app.post("/", { input: { item: body(z.unknown()) } }, () => ++handled);
      app.get("/alive", () => true);
      const server = await serving(app, options);
      const slow = [trickle(server, start, byte), trickle(server, start, byte)];
      expect((await fetch(`${server.url}/alive`)).status).toBe(200);
      for (const received of await Promise.all(slow))
        expect(statuses(received).filter((status) => status < 400)).toEqual([]);
      expect(handled).toBe(0);
    },
  );

  test("row 50: a connection that says nothing is not kept, before its first request and after one", async () => {
    const app = new App();
    app.get("/", () => true);
    const server = await serving(app, { headersTimeout: 40, keepAliveTimeout: 1 });
    const silent = await wire(server);
    await silent.closed;
    const idle = await wire(server);
    idle.send("GET / HTTP/1.1", "Host: a", "", "");
    expect(statuses(await idle.closed)).toEqual([200]);
  });

  test.each<[keyof ServeOptions]>([["headersTimeout"], ["requestTimeout"], ["sendTimeout"], ["keepAliveTimeout"]])(
    "row 50: %s is on by default, and nothing that would turn it off by mistake is taken",
    async (name) => {
      for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1.5, "5s", null, 2 ** 31]) {
        const options = { port: 0, signals: false, [name]: value };
        await expect(serve(new App(), options)).rejects.toThrow(/^APUS_SERVE_OPTION: /);
      }
    },
  );

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1.5, "5s", 2 ** 31])(
    "row 50: nor a time of %s for handlers and bodies, wherever it stands",
    async (value) => {
      for (const name of ["timeout", "bodyTimeout"]) {
        const options = { [name]: value as number };
        const apps = [new App(options), new App()];
        apps[0]!.get("/", () => 1);
        apps[1]!.get("/", options, () => 1);
        for (const app of apps) await expect(app.startup()).rejects.toThrow(/^APUS_/);
      }
    },
  );

  test("row 50: a handler that takes too long is told, and its client is answered without it", async () => {
    const told = gate<unknown>();
    const rolledBack = gate();
    const session = depends(async function* () {
      try {
        yield 1;
      } finally {
        rolledBack.open();
      }
    });
    const app = new App({ timeout: 20 });
    app.get("/", { input: { session, signal } }, ({ signal: stop }) => {
      return new Promise((_, reject) => {
        stop.addEventListener("abort", () => {
          told.open(stop.reason);
          reject(stop.reason as Error);
        });
      });
    });
    app.get("/alive", () => true);
    const server = await serving(app);
    const answer = await fetch(server.url);
    expect(answer.status).toBe(503);
    expect(await told.opened).toBeInstanceOf(Error);
    await rolledBack.opened;
    expect((await fetch(`${server.url}/alive`)).status).toBe(200);
  });

  test("row 50: handlers that never end do not keep others from being answered, nor clients from being told", async () => {
    const app = new App({ timeout: 20 });
    app.get("/never", () => new Promise(() => {}));
    const stuck = depends(() => new Promise<never>(() => {}));
    app.get("/guard", { dependencies: [stuck] }, () => 1);
    app.post("/body", { input: { item: body(z.unknown()), stuck } }, () => 1);
    const ask = async (path: string, init?: RequestInit): Promise<number> =>
      (await app.fetch(new Request(`http://testserver${path}`, init))).status;
    const post = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    const all = [...Array.from({ length: 50 }, () => ask("/never")), ask("/guard"), ask("/body", post)];
    expect(new Set(await Promise.all(all))).toEqual(new Set([503]));
  });

  test.skipIf(process.platform === "win32").each([
    ["/handler", /handling/],
    ["/stream", /streaming/],
    ["/background", /working/],
  ])("row 50: on SIGTERM the process ends by its deadline, whatever never ends at %s", async (path, begun) => {
    const run = program(new URL("stuck.ts", import.meta.url));
    const port = Number((await run.printed(/listening on (\d+)/))[1]);
    const client = await wire({ host: "127.0.0.1", port });
    client.send(`GET ${path} HTTP/1.1`, "Host: a", "", "");
    await run.printed(begun);
    run.process.kill("SIGTERM");
    expect(await run.ended).toBe(0);
    await client.closed;
  });

  test.skipIf(process.platform === "win32")(
    "row 50: nor does a client that goes on sending, or never reads, keep it",
    async () => {
      const run = program(new URL("stuck.ts", import.meta.url));
      const port = Number((await run.printed(/listening on (\d+)/))[1]);
      const half = await wire({ host: "127.0.0.1", port });
      half.send("GET /handler HTTP/1.1", "Host: a");
      const stuck = await wire({ host: "127.0.0.1", port });
      stuck.socket.pause();
      stuck.send("GET /handler HTTP/1.1", "Host: a", "", "GET /handler HTTP/1.1", "Host: a", "", "");
      await run.printed(/handling/);
      run.process.kill("SIGTERM");
      expect(await run.ended).toBe(0);
    },
  );
});
