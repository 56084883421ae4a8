// The other side of `node bench/memory.mjs`, in a process of its own and over plain sockets, so that it costs little itself.
//   send PORT PATH BYTES [multipart]   a body of so many bytes; prints the server's JSON
//   receive PORT PATH                  reads an answer to its end; prints how many bytes its body had
//   hold PORT PATH COUNT [socket]      opens connections, prints "open" when each has been answered, closes them at the end of stdin
import { once } from "node:events";
import { connect } from "node:net";

const [mode, port = "", path = "", count = "", kind] = process.argv.slice(2);
const host = "127.0.0.1";
const piece = Buffer.alloc(64 * 1024, "x");

/** @param {string[]} lines of headers */
function head(method, lines) {
  return [`${method} ${path} HTTP/1.1`, `Host: ${host}:${port}`, ...lines, "", ""].join("\r\n");
}

function connected() {
  return connect({ port: Number(port), host, noDelay: true });
}

async function send(bytes) {
  const [before, after] =
    kind === "multipart"
      ? [
          '--b\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\nContent-Type: application/octet-stream\r\n\r\n',
          "\r\n--b--\r\n",
        ]
      : ["", ""];
  const type = kind === "multipart" ? "multipart/form-data; boundary=b" : "application/octet-stream";
  const socket = connected();
  let answer = "";
  socket.setEncoding("utf8").on("data", (text) => (answer += text));
  const ended = once(socket, "close");
  socket.write(
    head("POST", [
      `Content-Type: ${type}`,
      `Content-Length: ${before.length + bytes + after.length}`,
      "Connection: close",
    ]) + before,
  );
  for (let left = bytes; left > 0; left -= piece.length) {
    if (!socket.write(left < piece.length ? piece.subarray(0, left) : piece)) await once(socket, "drain");
  }
  socket.write(after);
  await ended;
  console.log(answer.slice(answer.indexOf("\r\n\r\n") + 4));
}

/** Counts what follows the head; of a chunked body the framing counts too, which is a hundredth of a percent. */
async function receive() {
  const socket = connected();
  socket.write(head("GET", ["Connection: close"]));
  let start = "";
  let bytes = 0;
  for await (const data of socket) {
    if (bytes > 0 || start.includes("\r\n\r\n")) bytes += data.length;
    else {
      start += data.toString("latin1");
      const end = start.indexOf("\r\n\r\n");
      if (end >= 0) bytes = start.length - end - 4;
    }
  }
  if (!start.startsWith("HTTP/1.1 200 ")) throw new Error(start.slice(0, 500));
  console.log(JSON.stringify({ bytes }));
}

async function hold(wanted) {
  const upgrade = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"];
  const request =
    kind === "socket"
      ? head("GET", [...upgrade, `Sec-WebSocket-Key: ${Buffer.alloc(16).toString("base64")}`])
      : head("GET", ["Accept: text/event-stream"]);
  // Of an event stream the first event, of a socket the answer to the handshake.
  const isOpen = kind === "socket" ? (text) => text.startsWith("HTTP/1.1 101 ") : (text) => text.includes("data:");
  const sockets = [];
  for (let i = 0; i < wanted; i += 1) {
    const socket = connected();
    sockets.push(socket);
    socket.write(request);
    let text = "";
    await new Promise((resolve, reject) => {
      socket.once("error", reject).once("close", () => reject(new Error(`a connection was closed:\n${text}`)));
      socket.on("data", (data) => {
        text += data.toString("latin1");
        if (isOpen(text)) resolve(undefined);
        else if (!text.startsWith("HTTP/1.1 200 ")) reject(new Error(text));
      });
    });
    socket.removeAllListeners("data").removeAllListeners("close");
    socket.resume();
  }
  console.log("open");
  process.stdin.resume();
  await once(process.stdin, "end");
  for (const socket of sockets) socket.destroy();
}

if (mode === "send") await send(Number(count));
else if (mode === "receive") await receive();
else await hold(Number(count));
