// A test file: one client for it, started before its tests and closed after them.
import { testClient } from "apus/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { app } from "./items.ts";

const client = testClient(app);
beforeAll(() => client.start());
afterAll(() => client.close());

it("reads an item", async () => {
  const response = await client.get("/items/1");
  expect(response.status).toBe(200);
  expect(response.json()).toEqual({ name: "Swift", price: 9.5, tags: [] });
});

it("creates an item", async () => {
  const response = await client.post("/items", { json: { name: "Robin", price: 4 } });
  expect(response.status).toBe(201);
});

it("refuses one without a name", async () => {
  const response = await client.post("/items", { json: { price: 4 } });
  expect(response.status).toBe(422);
  expect(response.json().detail[0].loc).toEqual(["body", "name"]);
});
