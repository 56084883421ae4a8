// An item that is replaced as a whole.
import { App, get, operationIds, put } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string().nullable().default(null),
    description: z.string().nullable().default(null),
    price: z.number().nullable().default(null),
    tax: z.number().default(10.5),
    tags: z.array(z.string()).default([]),
  })
  .meta({ id: "Item" });

const items = new Map<string, z.input<typeof Item>>([
  ["foo", { name: "Foo", price: 50.2 }],
  ["bar", { name: "Bar", description: "The bartenders", price: 62, tax: 20.2 }],
  ["baz", { name: "Baz", description: null, price: 50.2, tax: 10.5, tags: [] }],
]);

const readItem = get(
  "/items/{item_id}",
  { input: { item_id: z.string() }, output: Item },
  ({ item_id }) => items.get(item_id) ?? {},
);

const updateItem = put(
  "/items/{item_id}",
  { input: { item_id: z.string(), item: Item }, output: Item },
  ({ item_id, item }) => {
    items.set(item_id, item);
    return item;
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItem,
  updateItem,
});
