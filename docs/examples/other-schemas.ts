import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { App, body, get, post, query, router } from "apus";
import { type } from "arktype";
import * as v from "valibot";

// Offers JSON Schema, so the document describes it, and text can be converted to what it says.
const Limit = toStandardJsonSchema(v.optional(v.pipe(v.number(), v.integer(), v.maxValue(100)), 10));
const Item = toStandardJsonSchema(
  v.pipe(v.object({ name: v.pipe(v.string(), v.minLength(1)), price: v.number() }), v.metadata({ id: "Item" })),
);
// arktype's types offer it by themselves.
const Filter = type({ q: "string", "sort?": "'name' | 'price'" });

const items = router({
  createItem: post("/items", { input: { item: body(Item) }, output: Item, status: 201 }, ({ item }) => item),
  latest: get("/items/latest", { input: { limit: Limit } }, ({ limit }) => `the latest ${limit}`),
  search: get("/items", { input: { filter: query(Filter) } }, ({ filter }) => filter),
});

export const app = new App().include(items);
