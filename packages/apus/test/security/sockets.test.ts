// WebSockets: who may open one, what each message may be, and that nothing of them ends the process.
import { App, depends, HTTPException, socket, type SocketLimits } from "apus";
import { httpBearer } from "apus/security";
import type { Serving } from "apus/server";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { reports } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

async function serving(app: App): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return server;
}

/** How a connection ended: refused with a status, or closed with a code. */
async function ending(
  { port }: Serving,
  path: string,
  {
    headers = {},
    sent = [],
  }: { readonly headers?: Record<string, string>; readonly sent?: readonly (string | Uint8Array)[] } = {},
): Promise<string> {
  const client = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  onTestFinished(() => client.terminate());
  return new Promise((resolve) => {
    client.on("unexpected-response", (_, answer) => {
      answer.resume();
      resolve(`answered ${answer.statusCode}`);
    });
    client.on("open", () => {
      for (const message of sent) client.send(message);
    });
    client.on("close", (code) => resolve(`closed ${code}`));
    client.on("error", () => {});
  });
}

/** A socket that says it is open and then reads until the client leaves. */
const reading = (limits: SocketLimits = {}): ReturnType<typeof socket> =>
  socket("/ws", { ...limits }, async (_, connection) => {
    await connection.accept();
    for await (const message of connection) if (message === "bye") return;
  });

describe("who may open a socket", () => {
  const open = new App().include({ open: socket("/ws", async (connection) => connection.accept()) });
  const listed = new App().include({
    listed: socket("/ws", { origins: ["https://app.example"] }, async (_, connection) => connection.accept()),
  });

  test.each([
    ["a page of another site", "https://evil.example"],
    ["a page of another port", "http://127.0.0.1:1"],
    ["a name that begins alike", "http://127.0.0.1:PORT.evil.example"],
    ["a name with the host before it", "http://127.0.0.1:PORT@evil.example"],
    ["a page without an origin of its own", "null"],
    ["nonsense", "x"],
    ["an empty origin", ""],
  ])("row 47: not %s", async (_, origin) => {
    const server = await serving(open);
    const headers = { origin: origin.replace("PORT", String(server.port)) };
    expect(await ending(server, "/ws", { headers })).toBe("answered 403");
  });

  test.each([
    [open, "http://127.0.0.1:PORT", "closed 1000"],
    // A proxy may have taken TLS off: the same host is the same host.
    [open, "https://127.0.0.1:PORT", "closed 1000"],
    [open, undefined, "closed 1000"],
    [listed, "https://app.example", "closed 1000"],
    [listed, "https://evil.example", "answered 403"],
    [listed, "http://app.example", "answered 403"],
    [listed, "https://app.example.evil.example", "answered 403"],
  ] as const)("row 47: app %#, %2$s: %3$s", async (app, origin, found) => {
    const server = await serving(app);
    const headers = origin === undefined ? {} : { origin: origin.replace("PORT", String(server.port)) };
    expect(await ending(server, "/ws", { headers })).toBe(found);
  });

  test("row 47: nobody whom the guards do not let in, and the handler never hears of them", async () => {
    let handled = 0;
    const token = depends({ credentials: httpBearer() }, ({ credentials }) => {
      if (credentials.credentials !== "right") throw new HTTPException(403);
    });
    const app = new App().include({
      guarded: socket("/ws", { dependencies: [token] }, async (_, connection) => {
        handled++;
        await connection.accept();
      }),
    });
    const server = await serving(app);
    expect(await ending(server, "/ws")).toBe("answered 401");
    expect(await ending(server, "/ws", { headers: { authorization: "Bearer wrong" } })).toBe("answered 403");
    expect(handled).toBe(0);
    expect(await ending(server, "/ws", { headers: { authorization: "Bearer right" } })).toBe("closed 1000");
    expect(handled).toBe(1);
  });
});

describe("what a message may be", () => {
  test("row 47: no larger than the limit, which there is by default", async () => {
    const server = await serving(new App().include({ reading: reading({ maxMessageSize: 1000 }) }));
    expect(await ending(server, "/ws", { sent: ["x".repeat(1000), "bye"] })).toBe("closed 1000");
    expect(await ending(server, "/ws", { sent: ["x".repeat(1001)] })).toBe("closed 1009");
    const usual = await serving(new App().include({ reading: reading() }));
    expect(await ending(usual, "/ws", { sent: ["x".repeat(1024 * 1024 + 1)] })).toBe("closed 1009");
  });

  test("row 47: not one of more than the rate allows", async () => {
    const server = await serving(new App().include({ reading: reading({ messageRate: 5 }) }));
    expect(await ending(server, "/ws", { sent: Array.from({ length: 100 }, () => "x") })).toBe("closed 1008");
  });

  const Said = z.object({ text: z.string().max(10) });
  test.each([
    ["no JSON", "{"],
    ["JSON of another shape", '{"text":1}'],
    ["too long a text", '{"text":"01234567890"}'],
    ["JSON that is nested too deeply", "[".repeat(100_000)],
    ["an object of too many keys", `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join(",")}}`],
  ])("row 47: not %s where a schema reads them", async (_, text) => {
    let read = 0;
    const app = new App().include({
      typed: socket("/ws", { receive: Said }, async (_values, connection) => {
        for await (const message of connection) read += message.text.length;
      }),
    });
    const server = await serving(app);
    expect(await ending(server, "/ws", { sent: [text] })).toMatch(/^closed 100[378]$/);
    expect(read).toBe(0);
  });
});

describe("what goes wrong", () => {
  const failing = async (): Promise<never> => {
    throw new Error("a secret of the handler");
  };
  const places: Readonly<Record<string, ReturnType<typeof socket>>> = {
    "in a dependency": socket("/ws", { dependencies: [depends(failing)] }, () => undefined),
    "before it accepts": socket("/ws", failing),
    "after it accepted": socket("/ws", async (connection) => {
      await connection.accept();
      return failing();
    }),
    "while a message is read": socket("/ws", async (connection) => {
      await connection.receive();
      return failing();
    }),
    "in a promise that nobody waits for": socket("/ws", async (connection) => {
      await connection.accept();
      for (let i = 0; i < 100; i++) void connection.send("x".repeat(100_000));
      await connection.receive();
    }),
    "in the clean-up": socket(
      "/ws",
      {
        dependencies: [
          depends(async function* () {
            yield 1;
            await failing();
          }),
        ],
      },
      async (_, connection) => connection.accept(),
    ),
  };

  test.each(Object.entries(places))(
    "row 46: what fails %s ends its own connection, without details",
    async (_, declared) => {
      const { report } = reports();
      const app = new App({ report }).include({ declared });
      app.get("/alive", () => "alive");
      const server = await serving(app);
      const found = await ending(server, "/ws", { sent: ["hello"] });
      expect(found).toMatch(/^(?:answered 500|closed (?:1000|1011|1013))$/);
      const leaving = await wire(server);
      leaving.send(
        "GET /ws HTTP/1.1",
        "Host: localhost",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "",
        "",
      );
      await leaving.until(/^HTTP/);
      expect(leaving.received()).not.toContain("secret");
      leaving.socket.resetAndDestroy();
      expect(await (await fetch(`${server.url}/alive`)).json()).toBe("alive");
    },
  );

  test.each([
    ["a frame that is not masked", "\x81\x02hi"],
    ["a reserved opcode", "\x83\x80\0\0\0\0"],
    ["a reserved bit", "\xc1\x80\0\0\0\0"],
    ["a long control frame", `\x89\xfe\0\x7e\0\0\0\0${"x".repeat(126)}`],
    ["a control frame in pieces", "\x09\x80\0\0\0\0"],
    ["a continuation of nothing", "\x80\x80\0\0\0\0"],
    ["text that is no UTF-8", "\x81\x82\0\0\0\0\xff\xff"],
    ["a length that no message has", "\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0"],
    ["a close code that may not be sent", "\x88\x82\0\0\0\0\x03\xed"],
    ["a close frame of one byte", "\x88\x81\0\0\0\0x"],
  ])("row 46: %s ends its own connection", async (_, frame) => {
    const app = new App().include({ reading: reading() });
    app.get("/alive", () => "alive");
    const server = await serving(app);
    const connection = await wire(server);
    connection.send(
      "GET /ws HTTP/1.1",
      "Host: localhost",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "",
      "",
    );
    await connection.until(/^HTTP\/1\.1 101 [^]*\r\n\r\n/);
    connection.socket.write(frame, "latin1");
    // A close frame that says 1002, 1007 or 1009.
    const [, closing = ""] = (await connection.closed).split("\r\n\r\n");
    expect([closing.charCodeAt(0), closing.charCodeAt(2) * 256 + closing.charCodeAt(3)]).toEqual([
      0x88,
      expect.toBeOneOf([1002, 1007, 1009]),
    ]);
    expect(await (await fetch(`${server.url}/alive`)).json()).toBe("alive");
  });
});
