// Sockets in a test: no port, and an end that waits for the handler.
import { testClient, WebSocketDenial } from "apus/testing";
import { expect, it } from "vitest";
import { app } from "./chat.ts";

const client = testClient(app);

it("tells everybody in the room", async () => {
  await using ada = await client.websocket("/rooms/birds", { query: { token: "swift-ada" } });
  expect(await ada.receiveJson()).toEqual({ from: "apus", text: "1 here" });

  const bob = await client.websocket("/rooms/birds", { query: { token: "swift-bob" } });
  expect(await bob.receiveJson()).toEqual({ from: "apus", text: "2 here" });
  await bob.sendJson({ text: "hello" });
  expect(await ada.receiveJson()).toEqual({ from: "bob", text: "hello" });
  await bob.close();
  expect(await ada.receiveJson()).toEqual({ from: "apus", text: "bob has left" });
});

it("refuses who has no token", async () => {
  const refusal: unknown = await client.websocket("/rooms/birds").catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(WebSocketDenial);
  expect(refusal).toMatchObject({ code: 1008, reason: "a token is needed", response: { status: 403 } });
});

it("closes for what is no message", async () => {
  const ws = await client.websocket("/rooms/birds", { query: { token: "swift-ada" } });
  await ws.receiveJson();
  await ws.sendJson({ text: "" });
  await expect(ws.receive()).rejects.toMatchObject({ code: 1007 });
  await ws.close();
});
