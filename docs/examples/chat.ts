import { App, depends, query, rooms, router, socket, WebSocketException } from "apus";
import { z } from "zod";

/** What clients send, and what they hear. */
const Said = z.object({ text: z.string().min(1).max(500) });
const Heard = z.object({ from: z.string(), text: z.string() });

// Who is told what: one for each app, and operations may take it too.
const chat = rooms(Heard);

const user = depends({ token: query(z.string().default("")) }, ({ token }) => {
  if (!token.startsWith("swift-")) throw new WebSocketException(1008, "a token is needed");
  return token.slice("swift-".length);
});

export const talk = socket(
  "/{room}",
  { input: { room: z.string(), user, chat }, receive: Said, send: Heard },
  async ({ room, user, chat }, socket) => {
    await socket.accept();
    chat.join(room, socket);
    await socket.send({ from: "apus", text: `${chat.size(room)} here` });
    for await (const { text } of socket) chat.broadcast(room, { from: user, text });
    chat.broadcast(room, { from: "apus", text: `${user} has left` });
  },
);

export const app = new App({
  // Pages of other hosts that may connect, and what a client may send.
  sockets: { origins: ["https://chat.example.com"], maxMessageSize: 4096, messageRate: 5 },
}).include(router({ talk }, { prefix: "/rooms" }));
