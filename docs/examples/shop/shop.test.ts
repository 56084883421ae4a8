// What docs/applications.md says of its example.
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { createApp } from "./app.ts";

const client = testClient(createApp({ adminKey: "s3cret" }));
const ada = { "x-api-key": "k-2f1d" };

it("answers what is open to all", async () => {
  expect((await client.get("/v1/items")).json()).toEqual([{ name: "Nest box", price: 24.5 }]);
  expect((await client.get("/v1/items/9")).json()).toEqual({ detail: "Item not found" });
});

it("lets only customers order", async () => {
  const json = { item_id: 1 };
  expect((await client.post("/v1/orders", { json })).status).toBe(401);
  const answer = await client.post("/v1/orders", { json, headers: ada });
  expect([answer.status, answer.json()]).toEqual([201, { item_id: 1, customer: "Ada" }]);
  const order = answer.headers.get("location")!;
  expect(order).toBe("/v1/orders/1");
  expect((await client.delete(order, { headers: ada })).status).toBe(204);
  expect((await client.get(order, { headers: ada })).json()).toEqual({ detail: "Order not found" });
});

it("mounts the administration behind its key, pages included", async () => {
  for (const path of ["/admin/items/count", "/admin/docs", "/admin/nothing"]) {
    expect((await client.get(path)).status).toBe(401);
  }
  const headers = { "x-admin-key": "s3cret" };
  expect((await client.get("/admin/items/count", { headers })).json()).toBe(1);
  expect((await client.get("/admin/openapi.json", { headers })).json()).toMatchObject({
    info: { title: "Shop administration" },
  });
});

it("names operations after the keys that lead to them", async () => {
  const app = createApp({ adminKey: "s3cret" });
  const operations = Object.values(app.openapi().paths).flatMap((path) => Object.values(path));
  expect(operations.map((each) => (each as { operationId: string }).operationId)).toEqual([
    "items_listItems",
    "items_readItem",
    "orders_createOrder",
    "orders_readOrder",
    "orders_cancelOrder",
  ]);
  expect(await app.startup()).toEqual([]);
  await app.shutdown();
});

it("serves no document where it was told so", async () => {
  const quiet = testClient(createApp({ adminKey: "s3cret", docs: false }));
  expect((await quiet.get("/docs")).status).toBe(404);
});
