import { testClient } from "apus/testing";
import { afterEach, expect, it } from "vitest";
import { app } from "./other-schemas.ts";

const client = testClient(app);
afterEach(() => client.close());

it("takes bodies strictly, with the library's own message", async () => {
  expect((await client.post("/items", { json: { name: "Swift", price: 9.5 } })).status).toBe(201);
  const refused = await client.post("/items", { json: { name: "Swift", price: "9.5" } });
  expect(refused.json().detail[0]).toMatchObject({
    type: "value_error",
    loc: ["body", "price"],
    msg: 'Value error, Invalid type: Expected number but received "9.5"',
  });
});

it("converts a single value, and leaves the values of a model as they are", async () => {
  expect((await client.get("/items/latest?limit=20")).json()).toBe("the latest 20");
  expect((await client.get("/items/latest?limit=many")).json().detail[0].type).toBe("int_parsing");
  expect((await client.get("/items?q=swift&sort=price")).json()).toEqual({ q: "swift", sort: "price" });
});

it("documents them", () => {
  const { components, paths } = app.openapi();
  expect(components?.schemas).toHaveProperty("Item");
  expect(paths["/items/latest"]?.["get"]).toMatchObject({
    parameters: [
      { name: "limit", in: "query", required: false, schema: { type: "integer", maximum: 100, default: 10 } },
    ],
  });
});
