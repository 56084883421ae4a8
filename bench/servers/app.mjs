// hello, get and post as a user of Apus would write them, with the same declared work as the peers: every input is validated,
// every declared answer is checked and filtered. Served by apus.mjs and apus-node-http.mjs.
import { App, get, post, router } from "apus";
import { z } from "zod";

const Item = z.object({
  name: z.string().min(1).max(100),
  description: z.string().optional(),
  price: z.number().gt(0),
  tax: z.number().optional(),
  tags: z.array(z.string()).default([]),
  images: z.array(z.object({ url: z.url(), name: z.string() })).optional(),
});

const hello = get("/hello", () => ({ message: "Hello World" }));

const readItem = get(
  "/items/{item_id}",
  {
    input: { item_id: z.int().min(1), q: z.string().max(50).optional() },
    output: z.object({ item_id: z.int(), q: z.string().nullable() }),
  },
  ({ item_id, q }) => ({ item_id, q: q ?? null }),
);

const createItem = post("/items", { input: { item: Item }, output: Item, status: 201 }, ({ item }) => item);

export const app = new App({ title: "Benchmark" }).include(router({ hello, readItem, createItem }));
