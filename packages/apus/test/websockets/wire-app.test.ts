// Whole apps over the wire: what `socket()` declares, served by `serve` and asked by a client of the `ws` package.
import { App, cookie, depends, HTTPException, socket, WebSocketException } from "apus";
import { session, sessions } from "apus/middleware";
import type { ServeOptions } from "apus/server";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket, type ClientOptions } from "ws";
import { z } from "zod";
import { statuses, wire } from "../wire.ts";
import { handshake, overBoth, served } from "./wire-server.ts";

async function serving(routes: object, options: ServeOptions = {}, app = new App()): Promise<string> {
  const server = await served(app.include(routes), options);
  return server.url.replace("http", "ws");
}

interface Seen {
  readonly client: WebSocket;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The next message, or how the connection ended. */
  next(): Promise<string>;
}

/** @returns How the handshake was refused where it was: status and body. */
async function open(url: string, protocols: string[] = [], options: ClientOptions = {}): Promise<Seen | string> {
  const client = new WebSocket(url, protocols, options);
  onTestFinished(() => client.terminate());
  const seen: string[] = [];
  const waiting: ((message: string) => void)[] = [];
  const arrive = (message: string): void => {
    const resolve = waiting.shift();
    if (resolve === undefined) seen.push(message);
    else resolve(message);
  };
  client.on("message", (data: Buffer) => arrive(data.toString()));
  client.on("close", (code, reason) => arrive(`closed ${code} ${reason.toString()}`.trim()));
  client.on("error", () => {});
  const next = (): Promise<string> =>
    new Promise((resolve) => {
      const first = seen.shift();
      if (first === undefined) waiting.push(resolve);
      else resolve(first);
    });
  return new Promise((resolve) => {
    let headers = {};
    client.once("upgrade", (response) => ({ headers } = response));
    client.once("open", () => resolve({ client, headers, next }));
    client.once("unexpected-response", (_, response) => {
      let body = "";
      response.on("data", (piece: Buffer) => (body += piece.toString()));
      response.on("end", () => resolve(`${response.statusCode} ${body}`));
    });
  });
}

async function opened(...given: Parameters<typeof open>): Promise<Seen> {
  const seen = await open(...given);
  if (typeof seen === "string") throw new Error(seen);
  return seen;
}

overBoth(() => {
  test("messages are read and written by their schemas, inputs come from the handshake", async () => {
    const events: string[] = [];
    const connection = depends(async function* () {
      events.push("opened");
      try {
        yield "pool";
      } finally {
        events.push("closed");
      }
    });
    const url = await serving({
      chat: socket(
        "/rooms/{room}",
        {
          input: { room: z.int(), who: cookie(z.string()), connection },
          receive: z.object({ add: z.int() }),
          send: z.object({ sum: z.int(), who: z.string() }),
          subprotocols: ["sum.v1"],
        },
        async ({ room, who }, open) => {
          let sum = room;
          for await (const { add } of open) await open.send({ sum: (sum += add), who });
        },
      ),
    });
    const { client, next } = await opened(`${url}/rooms/10`, ["other", "sum.v1"], { headers: { cookie: "who=me" } });
    expect(client.protocol).toBe("sum.v1");
    client.send('{"add":1}');
    client.send('{"add":2}');
    expect([await next(), await next()]).toEqual(['{"sum":11,"who":"me"}', '{"sum":13,"who":"me"}']);
    client.send('{"add":"x"}');
    expect(await next()).toMatch(/^closed 1007 message\.add: /);
    await expect.poll(() => events).toEqual(["opened", "closed"]);
  });

  test("who is refused reads why", async () => {
    const url = await serving({
      guarded: socket(
        "/guarded",
        {
          dependencies: [
            depends(() => {
              throw new HTTPException(401, "Who are you?", { headers: { "www-authenticate": "Bearer" } });
            }),
          ],
        },
        () => {},
      ),
      closed: socket("/closed", () => {
        throw new WebSocketException(4001, "no");
      }),
      number: socket("/number/{n}", { input: { n: z.int() } }, () => {}),
    });
    expect(await open(`${url}/guarded`)).toBe('401 {"detail":"Who are you?"}');
    expect(await open(`${url}/closed`)).toMatch(/^403 /);
    expect(await open(`${url}/number/x`)).toMatch(/^403 /);
    expect(await open(`${url}/nothing`)).toBe('404 {"detail":"Not Found"}');
    expect(await open(`${url}/guarded`, [], { origin: "https://evil.example" })).toMatch(/^403 /);
  });

  test("sessions of the middleware are set with the 101", async () => {
    const url = await serving(
      {
        count: socket("/count", { input: { session } }, async (given, open) => {
          given.session.set("visits", 1);
          await open.accept({ headers: { "x-more": "1" } });
          await open.send("hello");
        }),
      },
      {},
      new App({ middleware: [sessions({ secretKey: "a secret of more than thirty-two bytes" })] }),
    );
    const { headers, next } = await opened(`${url}/count`);
    expect(headers["x-more"]).toBe("1");
    expect(headers["set-cookie"]).toEqual([expect.stringMatching(/^session=eyJ/)]);
    expect([await next(), await next()]).toEqual(["hello", "closed 1000"]);
  });

  test("a handler that fails closes with 1011 and says nothing of why", async () => {
    const reported: unknown[] = [];
    const url = await serving(
      {
        fails: socket("/fails", async (open) => {
          await open.accept();
          throw new Error("secret");
        }),
      },
      {},
      new App({ report: (error) => reported.push(error) }),
    );
    const { next } = await opened(`${url}/fails`);
    expect(await next()).toMatch(/^closed 1011(?! .*secret)/);
    expect(String(reported)).toContain("secret");
  });

  test("a page and a socket may share a path, and what reaches the app by fetch is told that sockets cannot", async () => {
    const app = new App();
    app.get("/both", () => "page");
    app.include({ both: socket("/both", async (open) => open.send("socket")), only: socket("/only", () => {}) });
    const server = await served(app, {});
    const client = await wire(server);
    client.send("GET /both HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await client.until(/"page"/);
    client.send("GET /only HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await client.until(/404 Not Found/);
    client.send(handshake({}, "GET /both HTTP/1.1"));
    await client.until(/socket/);
    expect(statuses(client.received())).toEqual([200, 404, 101]);
    const upgrade = { headers: { upgrade: "websocket", connection: "Upgrade" } };
    const asked = async (path: string, init = {}): Promise<number> =>
      (await app.fetch(new Request(`http://localhost${path}`, init))).status;
    expect([await asked("/only", upgrade), await asked("/only"), await asked("/both", upgrade)]).toEqual([
      501, 404, 200,
    ]);
  });
});
