// Messages with schemas, and messages of the wrong kind.
import { App, MessageValidationError } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports } from "../scenario.ts";
import { bothWays, refused, serving } from "./both.ts";

bothWays("A message", (connect) => {
  test("typed messages are read and written by their schemas", async () => {
    const app = new App();
    const receive = z.object({ at: z.iso.datetime(), n: z.int().default(1) });
    const send = z.object({ n: z.int(), more: z.string().optional() });
    app.socket("/ws", { receive, send }, async (_, ws) => {
      for await (const { n } of ws) await ws.send({ n, secret: "left out" } as { n: number });
    });
    const client = await connect(app, "/ws");
    await client.send('{"at":"2024-01-01T00:00:00Z","n":"5"}');
    expect(await client.next()).toBe('{"n":5}');
    await client.send(new TextEncoder().encode('{"at":"2024-01-01T00:00:00Z"}'));
    expect(await client.next()).toBe('{"n":1}');
    await client.send('{"at":"x"}');
    const end = (await client.next()) as { code: number; reason: string };
    expect(end.code).toBe(1007);
    expect(end.reason).toMatch(/^message\.at: /);
  });

  test("a handler may go on after an invalid message", async () => {
    const app = new App();
    app.socket("/ws", { receive: z.object({ n: z.int() }) }, async (_, ws) => {
      for (;;) {
        try {
          const { n } = await ws.receive();
          await ws.sendText(`got ${n}`);
        } catch (error) {
          if (!(error instanceof MessageValidationError)) throw error;
          await ws.sendJson(error.errors());
        }
      }
    });
    const client = await connect(app, "/ws");
    await client.send('{"n":"x"}');
    expect(JSON.parse(String(await client.next()))).toEqual([
      {
        type: "int_parsing",
        loc: ["message", "n"],
        msg: "Input should be a valid integer, unable to parse string as an integer",
        input: "x",
      },
    ]);
    await client.send("{");
    expect(JSON.parse(String(await client.next()))).toMatchObject([{ type: "json_invalid", loc: ["message", 1] }]);
    await client.send('{"n":2}');
    expect(await client.next()).toBe("got 2");
    await client.close();
  });

  test("a value that the schema does not allow is not sent: it is the handler's failure", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    app.socket("/ws", { send: z.object({ n: z.int() }) }, async (_, ws) => ws.send({ n: "x" as unknown as number }));
    // Nothing was accepted yet.
    expect((await refused(connect(app, "/ws"))).status).toBe(500);
    expect(found).toHaveLength(1);
    expect(String(found[0]?.error)).toMatch(/^ApusError: APUS_SEND_MISMATCH: .*\/ws was to send .*: message\.n: /);
  });

  test.each([
    ["receiveText", "bytes", new Uint8Array([1]), 1003],
    ["receiveBytes", "text", "a", 1003],
    ["receiveJson", "no JSON", "{", 1007],
  ] as const)("%s closes the connection for %s", async (method, _, message, code) => {
    const client = await connect(
      serving(async (ws) => {
        await ws[method]();
      }),
      "/ws",
    );
    await client.send(message);
    expect(await client.next()).toMatchObject({ code });
  });

  test("of an author who did not wait for it is told once, whatever comes of it", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    app.socket("/ws", { send: z.object({ n: z.int() }) }, async (_, ws) => {
      await ws.accept();
      void ws.send({ n: "x" as unknown as number });
      await ws.send({ n: 1 });
      ws.close();
      for (let i = 0; i < 3; i++) void ws.send({ n: 2 });
    });
    const client = await connect(app, "/ws");
    expect(await client.next()).toBe('{"n":1}');
    expect(await client.next()).toEqual({ code: 1000, reason: "" });
    await client.close();
    expect(found.map(({ error }) => (error as { code: string }).code)).toEqual([
      "APUS_SEND_MISMATCH",
      "APUS_SOCKET_STATE",
    ]);
  });
});
