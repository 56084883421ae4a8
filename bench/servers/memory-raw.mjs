// The connections of memory.mjs by hand, with `node:http` and `ws` alone: what a connection costs without a framework.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const server = createServer((request, response) => {
  if (request.url !== "/events") return void response.end('{"message":"Hello World"}');
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write('data: {"n":1}\n\n');
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on("connection", (socket) => socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary })));
server.listen(Number(process.env.PORT), "127.0.0.1");
process.on("message", () => {
  globalThis.gc();
  process.send(process.memoryUsage().heapUsed);
});
