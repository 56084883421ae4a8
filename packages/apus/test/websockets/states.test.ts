// What a socket says to calls that come too early, too late, or with what no connection can say.
import { WebSocketException, type AcceptOptions } from "apus";
import { expect, test } from "vitest";
import { bothWays, deferred, failure, refused, serving } from "./both.ts";

bothWays("The state of a socket", (connect) => {
  test.each([
    ["accept twice", ["accept", "accept"], /has been accepted already/],
    ["accept after a send", ["sendText", "accept"], /has been accepted already/],
    ["send after a close", ["accept", "close", "sendText"], /Cannot call "send" once a close message has been sent/],
    ["accept after a close", ["accept", "close", "accept"], /Cannot call "accept" once the socket has been closed/],
  ] as const)("%s", async (_, calls, message) => {
    const told = deferred<string>();
    const app = serving(async (ws) => {
      const call = { accept: () => ws.accept(), sendText: () => ws.sendText("a"), close: () => ws.close() };
      const [last, ...first] = calls.toReversed();
      for (const each of first.toReversed()) await call[each]();
      told.resolve(await failure(call[last!]));
    });
    await connect(app, "/ws");
    expect(await told.promise).toMatch(message);
  });

  test("closed before it was accepted, it neither sends nor receives", async () => {
    const told: string[] = [];
    const app = serving(async (ws) => {
      ws.close(4000);
      for (const call of [() => ws.sendText("a"), () => ws.receive(), () => ws.accept()])
        told.push(await failure(call));
      ws.close(4001);
    });
    expect((await refused(connect(app, "/ws"))).status).toBe(403);
    expect(told).toEqual([
      expect.stringContaining('Cannot call "send" once a close message has been sent.'),
      expect.stringContaining('Cannot call "receive" on a socket that was closed before it was accepted.'),
      expect.stringContaining('Cannot call "accept" once the socket has been closed.'),
    ]);
  });

  test.each([1004, 1005, 1006, 1015, 999, 2000, 5000, 1000.5, Number.NaN])("no close says %s", async (code) => {
    const told = deferred<string>();
    const app = serving(async (ws) => {
      await ws.accept();
      told.resolve(await failure(() => ws.close(code)));
    });
    await connect(app, "/ws");
    expect(await told.promise).toContain("APUS_CLOSE_CODE");
    expect(() => new WebSocketException(code)).toThrow("APUS_CLOSE_CODE");
  });

  test.each([
    ["a subprotocol that nobody offers", { subprotocol: "v1" }, "APUS_SOCKET_STATE"],
    ["a header of the handshake", { headers: { "Sec-WebSocket-Protocol": "v1" } }, "APUS_HEADER"],
    ["a line break", { headers: { "x-a": "a\r\nb: c" } }, "APUS_HEADER"],
    ["an option that there is not", { protocol: "v1" }, "APUS_OPTIONS"],
  ])("accept() refuses %s", async (_, options, message) => {
    const told = deferred<string>();
    const app = serving(async (ws) => {
      told.resolve(await failure(() => ws.accept(options as AcceptOptions)));
      await ws.accept();
    });
    await connect(app, "/ws");
    expect(await told.promise).toContain(message);
  });
});
