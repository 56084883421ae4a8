// A handshake that the app accepts and the server cannot: the client is answered, and the next one is taken again.
import { App } from "apus";
import { expect, test, vi } from "vitest";
import { statuses, wire } from "../wire.ts";
import { handshake, upgraded, overBoth, served } from "./wire-server.ts";

const missing = vi.hoisted(() => ({ times: 0 }));
vi.mock("ws", async (original) => {
  const loaded = await original<typeof import("ws")>();
  return {
    get WebSocketServer() {
      if (missing.times-- > 0) throw new Error("too many open files");
      return loaded.WebSocketServer;
    },
  };
});

// Nothing can be put in the place of what Node itself loads for the built package.
const built = process.env["APUS_TEST_BUILT"] === "1";

overBoth(() => {
  test.skipIf(built)(
    "what cannot be loaded is a 500, which is reported, and is tried again with the next handshake",
    async () => {
      const report = vi.fn<(error: unknown, context: object) => void>();
      const ended = vi.fn<() => void>();
      const app = new App({ report });
      app.socket("/ws", async (socket) => {
        for await (const message of socket) await socket.send(message);
        ended();
      });
      missing.times = 1;
      const server = await served(app, { drainTimeout: 200 });
      const first = await wire(server);
      first.send(handshake());
      expect(statuses(await first.closed)).toEqual([500]);
      expect(ended).toHaveBeenCalledTimes(1);
      expect(report.mock.calls).toEqual([
        [expect.objectContaining({ message: "too many open files" }), expect.objectContaining({ method: "WEBSOCKET" })],
      ]);
      (await upgraded(server)).socket.destroy();
    },
  );
});
