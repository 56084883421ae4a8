// Rooms: who hears what, and that nobody can hold up the others.
import {
  App,
  ApusError,
  HTTPException,
  middleware,
  post,
  rooms,
  socket,
  WebSocketException,
  type Rooms,
  type Socket,
} from "apus";
import { testClient, WebSocketDenial, type TestClient } from "apus/testing";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { bothWays, deferred } from "./both.ts";

const Said = z.object({ text: z.string() });
const Heard = z.object({ room: z.string(), text: z.string() });

/** An app where what is said in a room is heard by all others in it, and operations can speak too. */
function chatting(limits = {}): App {
  const chat = rooms(Heard);
  return new App({ sockets: limits }).include({
    talk: socket(
      "/rooms/{room}",
      { input: { room: z.string(), chat }, receive: Said, send: Heard },
      async (values, ws) => {
        const { room } = values;
        await ws.accept();
        values.chat.join(room, ws);
        await ws.send({ room, text: `${values.chat.size(room)} here` });
        for await (const { text } of ws) values.chat.broadcast(room, { room, text }, { except: ws });
      },
    ),
    announce: post("/rooms/{room}", { input: { room: z.string(), text: z.string(), chat } }, (values) => ({
      sent: values.chat.broadcast(values.room, { room: values.room, text: values.text }),
      names: values.chat.names,
    })),
  });
}

/** Asks until nobody is in the room: a client that left is let go by the server a moment later. */
async function announced(client: TestClient, text: string): Promise<unknown> {
  return (await client.post("/rooms/a", { query: { text } })).json<unknown>();
}

describe("A room", () => {
  test("hears what others say, and operations; whoever leaves hears no more", async () => {
    const client = testClient(chatting());
    const one = await client.websocket("/rooms/a");
    expect(await one.receiveJson()).toEqual({ room: "a", text: "1 here" });
    const other = await client.websocket("/rooms/a");
    expect(await other.receiveJson()).toEqual({ room: "a", text: "2 here" });
    const elsewhere = await client.websocket("/rooms/b");
    await elsewhere.receiveJson();
    await one.sendJson({ text: "hello" });
    expect(await other.receiveJson()).toEqual({ room: "a", text: "hello" });
    expect(await announced(client, "all")).toEqual({ sent: 2, names: ["a", "b"] });
    expect(await one.receiveJson()).toEqual({ room: "a", text: "all" });
    await other.close();
    await elsewhere.close();
    expect(await announced(client, "again")).toEqual({ sent: 1, names: ["a"] });
    await one.cut();
    expect(await announced(client, "anybody?")).toEqual({ sent: 0, names: [] });
  });

  test("is one of each app: copies and other apps with the same rooms do not hear it", async () => {
    const app = chatting();
    const [client, copy] = [testClient(app), testClient(app.with({}))];
    const ws = await client.websocket("/rooms/a");
    expect(await announced(copy, "x")).toEqual({ sent: 0, names: [] });
    expect(await announced(client, "y")).toEqual({ sent: 1, names: ["a"] });
    await ws.close();
  });

  test("closes who does not take what is said, while the others hear everything", async () => {
    const client = testClient(chatting({ maxBuffered: 200_000 }));
    const slow = await client.websocket("/rooms/a");
    const quick = await client.websocket("/rooms/a");
    await quick.receiveJson();
    const text = "x".repeat(50_000);
    for (let i = 0; i < 20; i++) {
      await announced(client, text);
      expect(await quick.receiveJson()).toEqual({ room: "a", text });
    }
    expect(await slow.closed).toEqual({ code: 1013, reason: "Messages are not taken fast enough" });
    expect(await announced(client, "end")).toMatchObject({ sent: 1 });
    await slow.close();
    await quick.close();
  });

  test("lets a socket join several times and leave one or all", async () => {
    const seen: unknown[] = [];
    const each = rooms();
    const app = new App();
    app.socket("/ws", { input: { each } }, async (values, ws) => {
      const all: Rooms = values.each;
      await ws.accept();
      for (const name of ["a", "a", "b", "c"]) all.join(name, ws);
      seen.push(all.names, all.broadcast("a", "to a"), all.size("a"));
      all.leave("a", ws);
      seen.push(all.names, all.broadcast("a", "nobody"));
      all.leaveAll(ws);
      seen.push(all.names);
      all.join("late", ws);
      ws.close();
      seen.push(all.names);
      all.join("later", ws);
      seen.push(all.names);
    });
    const ws = await testClient(app).websocket("/ws");
    expect(await ws.receiveText()).toBe("to a");
    await ws.close();
    expect(seen).toEqual([["a", "b", "c"], 1, 1, ["b", "c"], 0, [], [], []]);
  });

  test.each<[string, (ws: Socket, late: Promise<undefined>) => unknown]>([
    ["returns", () => {}],
    ["throws an answer", () => Promise.reject(new HTTPException(418))],
    ["fails", () => Promise.reject(new Error("boom"))],
    ["refuses", () => Promise.reject(new WebSocketException(4000))],
    ["closes", (ws) => ws.close()],
    ["accepts what a middleware then refuses", (ws) => ws.accept()],
    ["is still running when its time is up", (ws, late) => late.then(() => ws.receive())],
  ])("holds no socket whose handler %s", async (how, end) => {
    const each = rooms();
    let all: Rooms | undefined;
    const late = deferred<undefined>();
    const after = middleware({
      onAnswer() {
        if (how.startsWith("accepts")) throw new HTTPException(403);
      },
    });
    const app = new App({ middleware: [after], report: () => {} });
    app.socket("/ws", { input: { each }, timeout: 50 }, (values, ws) => {
      all = values.each;
      all.join("a", ws);
      return end(ws, late.promise);
    });
    const client = testClient(app, { raiseServerErrors: false });
    const denied = client.websocket("/ws").catch((error: unknown) => error);
    await vi.waitFor(() => expect(all?.names).toEqual([]));
    late.resolve(undefined);
    expect(await denied).toBeInstanceOf(WebSocketDenial);
  });

  test("refuses what it cannot send, and what is no socket", async () => {
    const strict = rooms(z.object({ n: z.int() }));
    const app = new App();
    app.post("/", { input: { strict } }, (values) => values.strict.broadcast("a", { n: "x" as unknown as number }));
    app.post("/join", { input: { strict } }, (values) => values.strict.join("a", {} as Socket<unknown, { n: number }>));
    const client = testClient(app);
    await expect(client.post("/")).rejects.toThrow("APUS_SEND_MISMATCH: a room was to send");
    const plain = rooms();
    const sent = new App();
    sent.post("/", { input: { plain } }, (values) => values.plain.broadcast("a", { n: 1 } as unknown as string));
    await expect(testClient(sent).post("/")).rejects.toThrow("not a object; declare rooms(schema)");
    await expect(client.post("/join")).rejects.toThrow("APUS_ROOM: join() takes the socket that a handler was given");
    expect(() => rooms({} as typeof Said)).toThrow(ApusError);
  });
});

bothWays("A broadcast", (connect) => {
  test("before a socket has accepted sends it nothing", async () => {
    const told = deferred<number>();
    const all = rooms();
    const app = new App();
    app.socket("/ws", { input: { all } }, async (values, ws) => {
      values.all.join("a", ws);
      told.resolve(values.all.broadcast("a", "too early"));
      await ws.sendText("first");
    });
    const client = await connect(app, "/ws");
    expect(await told.promise).toBe(0);
    expect(await client.next()).toBe("first");
  });
});
