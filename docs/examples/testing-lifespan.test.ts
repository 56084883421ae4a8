// One test that starts the app and closes it, whatever comes of it.
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app } from "./items.ts";

it("in a function", async () => {
  await testClient(app).run(async (client) => {
    expect((await client.get("/items")).json()).toHaveLength(1);
  });
});

it("in a block", async () => {
  await using client = await testClient(app).start();
  expect((await client.get("/items")).json()).toHaveLength(1);
});
