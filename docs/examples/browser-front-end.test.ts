import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app } from "./browser-front-end.ts";

const client = testClient(app);

it("keeps a cart in the cookie", async () => {
  expect((await client.post("/cart/1")).json()).toEqual([1]);
  expect((await client.post("/cart/2")).json()).toEqual([1, 2]);
  expect((await testClient(app).get("/cart")).json()).toEqual([]);
});

it("refuses what another site sends", async () => {
  const of = async (origin: string) => (await client.post("/cart/1", { headers: { origin } })).status;
  expect([await of("https://evil.example"), await of("https://admin.example.com")]).toEqual([403, 200]);
});

it("compresses a long answer", async () => {
  const items = Array.from({ length: 600 }, (_, i) => i);
  for (const item of items) await client.post(`/cart/${item}`);
  const { headers } = await client.get("/cart");
  expect(headers.get("content-encoding")).toBe("gzip");
});
