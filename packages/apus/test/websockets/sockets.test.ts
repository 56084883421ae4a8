// A socket from its handshake to its end, in process and over the network.
import {
  App,
  background,
  connection,
  depends,
  get,
  HTTPException,
  onError,
  response,
  router,
  signal,
  socket,
  WebSocketException,
  type Socket,
} from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports } from "../scenario.ts";
import { bothWays, deferred, failure, refused, serving } from "./both.ts";

bothWays("A socket", (connect) => {
  test("receives and sends text and bytes as they are", async () => {
    const client = await connect(
      serving(async (ws) => {
        for await (const message of ws) await ws.send(message);
      }),
      "/ws",
    );
    for (const message of ["", "hällo 🦢\0", new Uint8Array([0, 255]), new Uint8Array()]) {
      await client.send(message);
      expect(await client.next()).toEqual(message);
    }
    await client.close();
  });

  test("is accepted by what is sent first, without a word of the client", async () => {
    const app = serving(async (ws) => {
      await ws.sendJson({ at: new Date(0), big: 2n ** 70n });
      await ws.sendBytes(new Uint8Array([1]));
      await ws.sendText("last");
    });
    const client = await connect(app, "/ws");
    expect(await client.next()).toBe('{"at":"1970-01-01T00:00:00+00:00","big":1180591620717411303424}');
    expect(await client.next()).toEqual(new Uint8Array([1]));
    expect(await client.next()).toBe("last");
    expect(await client.next()).toEqual({ code: 1000, reason: "" });
  });

  test("messages that nobody waited for arrive in order before the end", async () => {
    const app = serving((ws) => {
      for (let i = 0; i < 50; i++) void ws.sendText(String(i));
    });
    const client = await connect(app, "/ws");
    for (let i = 0; i < 50; i++) expect(await client.next()).toBe(String(i));
    expect(await client.next()).toEqual({ code: 1000, reason: "" });
  });

  test("takes inputs of all kinds, and dependencies that work on requests too", async () => {
    const whose = depends({ connection }, (values) => `${values.connection.path} ${String(values.connection.query)}`);
    const input = { item: z.int(), q: z.string().default("none"), whose };
    const app = new App();
    app.socket("/items/{item}", { input }, async (values, ws) => ws.sendJson(values));
    app.get("/items/{item}", { input }, (values) => values);
    const client = await connect(app, "/items/7?q=a");
    expect(JSON.parse(String(await client.next()))).toEqual({ item: 7, q: "a", whose: "/items/7 q=a" });
    const answer = await app.fetch(new Request("http://a/items/7?q=a"));
    expect(await answer.json()).toEqual({ item: 7, q: "a", whose: "/items/7 q=a" });
  });

  test.each([
    ["throw", () => Promise.reject(new WebSocketException(1008, "no token")), '{"detail":"no token"}'],
    ["close", (ws: Socket) => ws.close(1008, "no token"), '{"detail":"no token"}'],
    ["close without a word", (ws: Socket) => ws.close(), '{"detail":"Forbidden"}'],
    ["return", () => undefined, '{"detail":"Forbidden"}'],
  ])("that is not accepted is refused with 403: %s", async (_, handler, body) => {
    expect(await refused(connect(serving(handler), "/ws"))).toEqual({ status: 403, body });
  });

  test("an HTTP error before it is accepted is the answer, by the handlers of errors", async () => {
    const app = serving(() => Promise.reject(new HTTPException(418, { short: true })), {
      onError: [onError(418, (error) => Response.json({ said: error.detail }, { status: 409 }))],
    });
    expect(await refused(connect(app, "/ws"))).toEqual({ status: 409, body: '{"said":{"short":true}}' });
  });

  test("an error before it is accepted is a 500 without details, and reported", async () => {
    const { found, report } = reports();
    const app = serving(() => Promise.reject(new Error("secret")), { report });
    const { status, body } = await refused(connect(app, "/ws"));
    expect([status, body]).toEqual([500, "Internal Server Error"]);
    expect(found.map(({ error }) => String(error))).toEqual(["Error: secret"]);
  });

  test.each([
    ["returns", () => undefined, 1000, "", 0],
    ["closes", (ws: Socket) => ws.close(4321, "ende"), 4321, "ende", 0],
    ["throws a close", () => Promise.reject(new WebSocketException(3000, "ä".repeat(100))), 3000, "ä".repeat(61), 0],
    ["throws an HTTP error", () => Promise.reject(new HTTPException(404, "No such room")), 1008, "No such room", 0],
    ["throws an HTTP error of the server", () => Promise.reject(new HTTPException(503)), 1011, "", 1],
    ["fails", () => Promise.reject(new Error("secret")), 1011, "", 1],
  ])("a handler that %s after it accepted ends the connection", async (_, end, code, reason, reported) => {
    const { found, report } = reports();
    const app = serving(
      async (ws) => {
        await ws.accept();
        const ended: unknown = end(ws);
        await ended;
      },
      { report },
    );
    const client = await connect(app, "/ws");
    expect(await client.next()).toEqual({ code, reason });
    await client.close();
    expect(found).toHaveLength(reported);
  });

  test("the client's end is told to whoever receives, with its code", async () => {
    const told: unknown[] = [];
    const over = deferred<void>();
    const app = serving(async (ws) => {
      await ws.accept();
      told.push(await failure(() => ws.receive()));
      told.push(await failure(() => ws.receive()));
      told.push(await failure(() => ws.sendText("anybody?")));
      for await (const message of ws) told.push(message);
      over.resolve();
    });
    const client = await connect(app, "/ws");
    await client.close(4000, "bye");
    await over.promise;
    expect(told).toEqual([
      "WebSocketDisconnect 4000",
      'ApusError: APUS_SOCKET_STATE: Cannot call "receive" once a disconnect message has been received.',
      "WebSocketDisconnect 1006",
    ]);
  });

  test("a client that just leaves aborts the signal, and what was opened is rolled back", async () => {
    const lines: string[] = [];
    const over = deferred<void>();
    const session = depends(async function* () {
      try {
        yield "session";
        lines.push("commit");
      } catch (error) {
        lines.push(`roll back: ${String(error)}`);
        throw error;
      } finally {
        over.resolve();
      }
    });
    const { found, report } = reports();
    const app = new App({ report });
    app.socket("/ws", { input: { session, signal } }, async (values, ws) => {
      await ws.accept();
      await new Promise<void>((_, reject) =>
        values.signal.addEventListener("abort", () => reject(values.signal.reason as Error)),
      );
    });
    const client = await connect(app, "/ws");
    await client.cut();
    await over.promise;
    expect(lines).toEqual([expect.stringMatching(/^roll back: WebSocketDisconnect: .*1006/)]);
    expect(found).toEqual([]);
  });

  test("a loop ends silently, and what follows it runs", async () => {
    const over = deferred<string>();
    const app = serving(async (ws) => {
      let received = 0;
      for await (const _ of ws) received++;
      over.resolve(`${received} messages`);
    });
    const client = await connect(app, "/ws");
    await client.send("a");
    await client.send("b");
    await client.close();
    expect(await over.promise).toBe("2 messages");
  });

  test("the first offered subprotocol that it speaks is accepted, or the one that the handler says", async () => {
    const app = new App();
    app.socket("/usual", { subprotocols: ["v1", "v2"] }, async (_, ws) => {
      const before = ws.subprotocol;
      await ws.accept();
      await ws.sendJson([ws.offered, before ?? null, ws.subprotocol ?? null]);
    });
    const said: unknown[] = [];
    app.socket("/said", { subprotocols: ["v1"] }, async (_, ws) => {
      said.push(ws.subprotocol);
      await ws.accept({ subprotocol: "v3" });
      said.push(ws.subprotocol);
    });
    const offered = ["v9", "v2", "v1", "v3"];
    const usual = await connect(app, "/usual", { subprotocols: offered });
    expect(usual.subprotocol).toBe("v2");
    expect(await usual.next()).toBe('[["v9","v2","v1","v3"],"v2","v2"]');
    expect((await connect(app, "/said", { subprotocols: offered })).subprotocol).toBe("v3");
    expect(said).toEqual(["v1", "v3"]);
    expect((await connect(app, "/usual")).subprotocol).toBeUndefined();
  });

  test("headers and cookies of the response dependency, and of accept(), are on the 101", async () => {
    const app = new App();
    app.socket("/ws", { input: { response } }, async (values, ws) => {
      values.response.headers.set("x-one", "1");
      values.response.cookies.set("seen", "yes");
      await ws.accept({ headers: { "x-two": "2" } });
    });
    const { headers } = await connect(app, "/ws");
    expect(headers).toMatchObject({ "x-one": "1", "x-two": "2" });
    expect(String(headers["set-cookie"])).toContain("seen=yes");
  });

  test("background work runs when the handler is through and the connection is closed", async () => {
    const lines: string[] = [];
    const done = deferred<void>();
    const held = depends(function* () {
      yield 1;
      lines.push("leave");
      done.resolve();
    });
    const app = new App();
    app.socket("/ws", { input: { background, held } }, async (values, ws) => {
      values.background.add(() => lines.push("work"));
      await ws.sendText("a");
      lines.push("handler");
    });
    const client = await connect(app, "/ws");
    await client.next();
    await done.promise;
    expect(lines).toEqual(["handler", "work", "leave"]);
  });

  test.each([
    ["an unknown path", "/nowhere"],
    ["the path of an operation", "/http"],
    ["a documentation page", "/docs"],
  ])("%s is a 404", async (_, path) => {
    const app = serving(() => undefined).include({ http: get("/http", () => 1) });
    expect(await refused(connect(app, path))).toEqual({ status: 404, body: '{"detail":"Not Found"}' });
  });

  test("routers put prefixes, guards and handlers of errors around it, and mounted Apps answer theirs", async () => {
    const lines: string[] = [];
    const guard = (name: string) => depends(() => void lines.push(name));
    const ws = socket("/ws", { dependencies: [guard("own")] }, async (_, each) => each.sendText("hello"));
    const inner = new App().include(router({ ws }, { prefix: "/in", dependencies: [guard("router")] }));
    const app = new App({ dependencies: [guard("app")] }).mount("/sub", inner, { dependencies: [guard("mount")] });
    app.include(router({ again: ws }, { prefix: "/out" }));
    const client = await connect(app, "/sub/in/ws");
    expect(await client.next()).toBe("hello");
    expect(lines.splice(0)).toEqual(["mount", "router", "own"]);
    const other = await connect(app, "/out/ws");
    expect(await other.next()).toBe("hello");
    expect(lines).toEqual(["app", "own"]);
  });

  test("invalid inputs refuse the handshake with all that is wrong, before anything but guards is entered", async () => {
    const lines: string[] = [];
    const app = new App();
    const entered = depends(() => void lines.push("entered"));
    app.socket("/{a}", { input: { a: z.int(), b: z.int(), entered } }, () => void lines.push("handler"));
    const { status, body } = await refused(connect(app, "/x"));
    expect(status).toBe(403);
    expect(JSON.parse(body)).toMatchObject({ detail: [{ loc: ["path", "a"] }, { loc: ["query", "b"] }] });
    expect(lines).toEqual([]);
  });

  test("a handshake that takes too long is answered 503, and the handler's late accept is told that nobody is there", async () => {
    const { found, report } = reports();
    const late = deferred<string>();
    const app = new App({ report });
    app.socket("/ws", { timeout: 20, input: { signal } }, async (values, ws) => {
      await new Promise((resolve) => values.signal.addEventListener("abort", resolve));
      late.resolve(await failure(() => ws.accept()));
    });
    expect((await refused(connect(app, "/ws"))).status).toBe(503);
    expect(await late.promise).toBe("WebSocketDisconnect 1006");
    expect(found).toHaveLength(1);
  });
});
