// An operation and a socket, to be tested.
import { App, get, operationIds, socket } from "apus";

const readMain = get("/", () => ({ msg: "Hello World" }));

const websocket = socket("/ws", async (socket) => {
  await socket.accept();
  await socket.sendJson({ msg: "Hello WebSocket" });
  socket.close();
});

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readMain,
  websocket,
});
