// What docs/websockets.md shows, run.
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app as echo } from "./echo.ts";
import { app as draw } from "./invalid-messages.ts";

it("says back what it is told", async () => {
  await using ws = await testClient(echo).websocket("/ws");
  await ws.sendText("hello");
  expect(await ws.receiveText()).toBe("hello");
});

it("goes on after an invalid message", async () => {
  await using ws = await testClient(draw).websocket("/draw");
  await ws.sendJson({ x: 1 });
  expect(await ws.receiveJson()).toMatchObject({ errors: [{ type: "missing", loc: ["message", "y"] }] });
  await ws.sendJson({ x: 1, y: 2 });
  expect(await ws.receiveJson()).toEqual({ x: 1, y: 2 });
});
