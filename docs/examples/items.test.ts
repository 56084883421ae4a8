import { testClient } from "apus/testing";
import { afterEach, expect, it } from "vitest";
import { app } from "./items.ts";

const client = testClient(app);
afterEach(() => client.close());

it("hides what the model does not name", async () => {
  const answer = await client.get("/items/1");
  expect(answer.status).toBe(200);
  expect(answer.json()).toEqual({ name: "Swift", price: 9.5, tags: [] });
});
