// An HTTP/1.1 server on node:net that answers with an App of Apus: another engine behind the door that node:http uses.
// An experiment; README.md says what it leaves out.
import { once } from "node:events";
import { createServer, Socket } from "node:net";
import { nodeHost } from "../../packages/apus/dist/server/node-host.js";
import { Connection } from "./connection.mjs";

/**
 * Starts an App and serves it.
 *
 * @param {import("apus").App} app
 * @param {{ host?: string, port?: number }} [options] 127.0.0.1 and a free port unless told
 * @returns {Promise<{ url: string, host: string, port: number, close(): Promise<void> }>}
 */
export async function serveNet(app, { host = "127.0.0.1", port = 0 } = {}) {
  app.host ??= nodeHost;
  await app.startup();
  const handle = (exchange) => app.handle(exchange);
  const server = listener(handle);
  server.listen(port, host);
  await once(server, "listening");
  const at = server.address();
  const close = async () => {
    const closed = once(server, "close");
    server.close();
    for (const connection of open.get(server)) connection.socket.destroy();
    await closed;
    await app.shutdown();
  };
  return { url: `http://${at.address}:${at.port}`, host: at.address, port: at.port, close };
}

/** The connections of each server. */
const open = new WeakMap();

/** What all connections are read into, one after the other: memory for each read would be a fifth of what a request costs. */
const shared = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * A server whose connections are answered by a function.
 *
 * @param {(exchange: object) => object | Promise<object>} handle
 * @returns {import("node:net").Server}
 */
export function listener(handle) {
  const connections = new Set();
  // A client that has sent everything and says so still gets its answers.
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (accepted) => {
    let connection;
    const socket = withBuffer(accepted, (length) => connection.take(shared, length));
    connection = new Connection(socket, handle);
    connections.add(connection);
    socket.once("close", () => connections.delete(connection));
    socket.resume();
  });
  open.set(server, connections);
  return server;
}

/**
 * The same connection, read into the shared buffer. Node has the option `onread` for that, but for sockets that connect only;
 * an accepted one has to be taken over by its handle, which is no documented way.
 */
function withBuffer(accepted, read) {
  const callback = (length) => {
    read(length);
    return true;
  };
  const socket = new Socket({ handle: accepted._handle, allowHalfOpen: true, onread: { buffer: shared, callback } });
  accepted._handle = null;
  // The server counts the one that it accepted.
  socket.once("close", () => accepted.destroy());
  return socket;
}
