// What the type checker knows of sockets: values of inputs, messages, paths, rooms.
import { App, depends, query, rooms, router, socket, type Message, type Rooms, type Socket } from "apus";
import { testClient } from "apus/testing";
import { z } from "zod";

const Said = z.object({
  text: z.string(),
  at: z.codec(z.iso.datetime(), z.date(), { decode: (t) => new Date(t), encode: (d) => d.toISOString() }),
});
const Heard = z.object({ n: z.int().default(1) });
const user = depends({ token: query(z.string()) }, ({ token }) => ({ name: token }));
const chat = rooms(Heard);
const plain = rooms();

export const typed = socket(
  "/rooms/{room}",
  { input: { room: z.int(), user, chat }, receive: Said, send: Heard, dependencies: [user] },
  async (values, ws) => {
    values.room satisfies number;
    values.user.name satisfies string;
    const message = await ws.receive();
    message.at satisfies Date;
    for await (const { text } of ws) text satisfies string;
    await ws.send({ n: 1 });
    // What has a default need not be given.
    await ws.send({});
    // @ts-expect-error a message that does not fit the schema
    await ws.send({ n: "x" });
    // @ts-expect-error text, where the messages have a schema
    await ws.send("text");
    values.chat.join("a", ws);
    values.chat.broadcast("a", { n: 2 }, { except: ws });
    // @ts-expect-error a message that does not fit the rooms' schema
    values.chat.broadcast("a", { m: 2 });
  },
);
typed.path satisfies "/rooms/{room}";
typed satisfies {
  readonly "~types"?: { readonly receive: { text: string; at: string }; readonly send: { n: number } };
};

export const raw = socket("/ws", async (ws) => {
  const message = await ws.receive();
  message satisfies Message;
  await ws.send(new Uint8Array());
  // @ts-expect-error no text and no bytes
  await ws.send({});
  // @ts-expect-error the reason is text
  ws.close(1000, 5);
});

socket("/one", { receive: Said }, async (_, ws) => {
  (await ws.receive()).text satisfies string;
  // Without `send` the messages that it sends are text and bytes.
  await ws.send("text");
});

socket("/rooms", { input: { chat, plain } }, (values, ws: Socket) => {
  values.plain satisfies Rooms;
  values.plain.join("a", ws);
  // @ts-expect-error this socket sends text, and these rooms say objects
  values.chat.join("a", ws);
});

// @ts-expect-error a path parameter that nobody declares
socket("/x/{id}", () => 1);
// @ts-expect-error a path parameter that the record lacks
socket("/x/{id}", { input: { other: z.int() } }, () => 1);
// @ts-expect-error an option of operations
socket("/x", { output: Heard }, () => 1);
// @ts-expect-error a limit that is no number
socket("/x", { maxMessageSize: "1" }, () => 1);
// @ts-expect-error no handler
socket("/x", {});

export const app = new App({ sockets: { maxMessageSize: 1, origins: ["https://a.example", /https:\/\/b/] } });
app.socket("/short/{id}", { input: { id: z.int() } }, ({ id }, ws) => ws.sendText(id.toFixed(0)));
app.include(router({ typed, raw }, { prefix: "/v1", sockets: { messageRate: null } }));
// @ts-expect-error a limit that there is not
export const wrong = new App({ sockets: { size: 1 } });

export async function test(): Promise<void> {
  await using ws = await testClient(app).websocket("/ws", { subprotocols: ["v1"], query: { a: 1 } });
  (await ws.receiveText()) satisfies string;
  (await ws.receiveBytes()) satisfies Uint8Array;
  (await ws.receiveJson<{ a: 1 }>()) satisfies { a: 1 };
  (await ws.closed).code satisfies number;
  // @ts-expect-error a body, which a handshake has not
  await testClient(app).websocket("/ws", { json: {} });
}
