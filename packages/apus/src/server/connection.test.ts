import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { expect, it } from "vitest";
import { clientOf, schemeOf } from "./connection.ts";
import { RequestHead } from "./http1/request-head.ts";
import type { Bytes } from "./http1/transport.ts";
import { HandshakeIncoming } from "./websocket/handshake-incoming.ts";

it.each([
  ["a plain connection", new Socket(), "http"],
  ["one of Bun, which has the property as well", Object.assign(new Socket(), { encrypted: false }), "http"],
  ["one whose property is undefined", Object.assign(new Socket(), { encrypted: undefined }), "http"],
  ["TLS", new TLSSocket(new Socket()), "https"],
] as const)("tells the scheme of %s, for handshakes too", (_, socket, scheme) => {
  expect(schemeOf(socket)).toBe(scheme);
  const head = new RequestHead("GET", "/", 1, Buffer.from("\r\n") as Bytes, 0, 2);
  expect(new HandshakeIncoming(head, socket).scheme).toBe(scheme);
});

it.each([
  [
    { remoteAddress: "::ffff:192.0.2.1", remotePort: 1 },
    { host: "192.0.2.1", port: 1 },
  ],
  [
    { remoteAddress: "::ffff:a", remotePort: 1 },
    { host: "::ffff:a", port: 1 },
  ],
  [
    { remoteAddress: "2001:db8::1", remotePort: 2 },
    { host: "2001:db8::1", port: 2 },
  ],
  [{ remoteAddress: undefined, remotePort: undefined }, null],
])("tells who is at the other end of %j", (socket, client) => {
  expect(clientOf(socket as Socket)).toEqual(client);
});
