/** What a connection says of those who speak on it. */
import type { Socket } from "node:net";
import type { Incoming } from "../exchange/index.ts";

/** Asked by its value: on Bun a socket that is not encrypted has the property as well. */
export function schemeOf(socket: Socket): Incoming["scheme"] {
  return "encrypted" in socket && socket.encrypted === true ? "https" : "http";
}

/** @returns null where the connection is over. */
export function clientOf({
  remoteAddress: host,
  remotePort: port,
}: Pick<Socket, "remoteAddress" | "remotePort">): Incoming["client"] {
  if (host === undefined || port === undefined) return null;
  // A socket for both families shows IPv4 in its mapped form; a client has one name, whichever socket it came to.
  return { host: host.startsWith("::ffff:") && host.includes(".") ? host.slice(7) : host, port };
}
