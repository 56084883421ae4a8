import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app } from "./browser-front-end.ts";

const client = testClient(app);

it("keeps a cart in the cookie", async () => {
  const first = await client.post("/cart/1");
  const cookie = first.headers.getSetCookie()[0]!.split(";")[0]!;
  const second = await client.post("/cart/2", { headers: { cookie } });
  expect(second.json()).toEqual([1, 2]);
  expect((await client.get("/cart")).json()).toEqual([]);
});

it("refuses what another site sends", async () => {
  const of = async (origin: string) => (await client.post("/cart/1", { headers: { origin } })).status;
  expect([await of("https://evil.example"), await of("https://admin.example.com")]).toEqual([403, 200]);
});

it("compresses a long answer", async () => {
  const items = Array.from({ length: 600 }, (_, i) => i);
  let cookie = "";
  for (const item of items) {
    const { headers } = await client.post(`/cart/${item}`, { headers: { cookie } });
    cookie = headers.getSetCookie()[0]!.split(";")[0]!;
  }
  const { headers } = await client.get("/cart", { headers: { cookie } });
  expect(headers.get("content-encoding")).toBe("gzip");
});
