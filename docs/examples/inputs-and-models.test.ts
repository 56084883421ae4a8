// What docs/inputs-and-models.md says of its examples.
import { testClient } from "apus/testing";
import { describe, expect, it } from "vitest";
import { app as inputs } from "./inputs.ts";
import { app as updates } from "./updates.ts";
import { app as wireTypes } from "./wire-types.ts";

describe("inputs", () => {
  const client = testClient(inputs);

  it("come from where they are declared", async () => {
    const answer = await client.get("/shops/a/items?limit=5&tags=x&tags=y", { cookies: { session: "s" } });
    expect(answer.json()).toEqual({ shop: "a", limit: 5, tags: ["x", "y"], guest: false });
    const made = await client.post("/items", { json: { item: { name: "Foo", price: "2.5" }, importance: 5 } });
    expect(made.json()).toEqual({ name: "Foo", price: 2.5, importance: 5 });
    expect((await client.post("/login", { form: { username: "ada", password: "x" } })).json()).toEqual({
      username: "ada",
    });
  });

  it("are refused together, in FastAPI's words", async () => {
    const answer = await client.get("/shops/a/items?limit=0&page=2");
    expect(answer.json().detail).toEqual([
      {
        type: "greater_than_equal",
        loc: ["query", "limit"],
        msg: "Input should be greater than or equal to 1",
        input: "0",
        ctx: { ge: 1 },
      },
      { type: "extra_forbidden", loc: ["query", "page"], msg: "Extra inputs are not permitted", input: "2" },
    ]);
  });
});

it("wire types are exact in both directions", async () => {
  const sent = {
    at: "2026-11-22T10:00:00.123456+01:00",
    lasts: "PT1H30M",
    price: "19.90",
    page: "HTTPS://Example.com",
    attachment: "aGVsbG8=",
    tags: ["a", "b", "a"],
  };
  expect((await testClient(wireTypes).post("/events", { json: sent })).json()).toEqual({
    ...sent,
    page: "https://example.com/",
    tags: ["a", "b"],
  });
});

describe("updates", () => {
  const client = testClient(updates);

  it("change only what was sent", async () => {
    expect((await client.patch("/items/foo", { json: { price: 1 } })).json()).toEqual({
      name: "Foo",
      price: 1,
      tax: 20,
    });
    expect((await client.put("/items/foo", { json: { name: "Bar", price: 1 } })).json()).toEqual({
      name: "Bar",
      price: 1,
      tax: 20,
    });
  });

  it("answers leave out what is not selected", async () => {
    expect((await client.get("/items/foo/name")).json()).toEqual({ name: "Foo" });
  });
});
