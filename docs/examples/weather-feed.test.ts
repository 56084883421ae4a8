import { readFileSync } from "node:fs";
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app } from "./weather-feed.ts";

it("is described as its page shows", () => {
  const page = readFileSync(new URL("../asyncapi.md", import.meta.url), "utf8");
  const [, shown] = /```json\n([^]*?)```/.exec(page)!;
  expect(JSON.parse(JSON.stringify(app.asyncapi()))).toMatchObject(JSON.parse(shown!) as object);
});

it("tells who follows a station", async () => {
  const client = testClient(app);
  await using ada = await client.websocket("/regions/north/feed", { headers: { authorization: "Bearer token" } });
  await ada.sendJson({ station: "Oslo" });
  const measured = { station: "Oslo", celsius: -3.5 };
  // Who is told depends on what the server has read by then.
  await expect.poll(async () => (await client.post("/regions/north/measurements", { json: measured })).json()).toBe(1);
  expect(await ada.receiveJson()).toEqual(measured);
});
