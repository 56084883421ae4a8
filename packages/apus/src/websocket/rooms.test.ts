import { expect, it } from "vitest";
import { Exchange, Handshake, WebIncoming } from "../exchange/index.ts";
import { settleLimits } from "./limits.ts";
import { rooms, type Rooms } from "./rooms.ts";
import { ServerSocket } from "./server-socket.ts";

const side = {
  receive: undefined,
  send: undefined,
  read: undefined,
  write: undefined,
  subprotocols: [],
  limits: settleLimits([], "a test"),
  allows: () => true,
};

const exchange = new Exchange(new WebIncoming(new Request("http://a/")));

function made(): ServerSocket {
  const handshake = new Handshake({ protocols: [], accept: () => Promise.reject(new Error("It must not be asked")) });
  return new ServerSocket(side, handshake, exchange);
}

const roomsOf = (declared: unknown): Rooms => (declared as { run(values: object): Rooms }).run({});

it("lets twenty thousand sockets leave that each have rooms of their own", () => {
  const all = roomsOf(rooms());
  const sockets = Array.from({ length: 20_000 }, made);
  for (const [i, socket] of sockets.entries()) {
    for (const room of [`room ${i}`, `other ${i}`, "everybody"]) all.join(room, socket);
  }
  expect([all.names.length, all.size("everybody")]).toEqual([40_001, 20_000]);
  // Whoever leaves asks its own rooms alone: were it all of them, this would be a billion questions.
  for (const [i, socket] of sockets.entries()) {
    if (i % 2 === 0) all.leaveAll(socket);
    else socket.close();
  }
  expect(all.names).toEqual([]);
});

it("leaves one room and stays in the others", () => {
  const all = roomsOf(rooms());
  const [one, other] = [made(), made()];
  for (const room of ["a", "b", "a"]) all.join(room, one);
  all.join("a", other);
  all.leave("a", one);
  all.leave("nowhere", one);
  expect([all.names, all.size("a"), all.size("b")]).toEqual([["a", "b"], 1, 1]);
  one.close();
  expect(all.names).toEqual(["a"]);
  all.leave("a", other);
  expect(all.names).toEqual([]);
});
