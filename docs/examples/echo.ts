import { App, socket } from "apus";

const echo = socket("/ws", async (socket) => {
  for await (const message of socket) await socket.send(message);
});

export const app = new App().include({ echo });
