// The typed client, and any other that takes a `fetch`, in process.
import { App } from "apus";
import { createClient } from "apus/client";
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { api } from "./items.ts";

const client = testClient(new App().include(api));
const items = createClient<typeof api>({ baseUrl: "http://testserver", fetch: client.fetch });

it("reads an item with its type", async () => {
  const answer = await items.get("/items/{item_id}", { path: { item_id: 1 } });
  expect(answer.ok && answer.value.price).toBe(9.5);
});

it("any program that is given a fetch", async () => {
  const response = await client.fetch("/items?limit=1");
  expect(await response.json()).toHaveLength(1);
});
