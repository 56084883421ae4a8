import { App, depends, get, httpError, post, router } from "apus";
import { z } from "zod";

const Item = z
  .object({ name: z.string().min(1).max(100), price: z.number().gt(0), tags: z.array(z.string()).default([]) })
  .meta({ id: "Item" });
const ItemNotFound = httpError(404, "Item not found");

// Opened at start-up, closed at shutdown.
const store = depends(
  function* () {
    yield new Map([[1, { name: "Swift", price: 9.5, secret: "not in the model" }]]);
  },
  { scope: "app" },
);

const pagination = depends({ skip: z.int().min(0).default(0), limit: z.int().min(1).max(100).default(100) });

const listItems = get(
  "/items",
  { input: { page: pagination, store }, output: z.array(Item) },
  ({ page: { skip, limit }, store }) => [...store.values()].slice(skip, skip + limit),
);

const readItem = get(
  "/items/{item_id}",
  { input: { item_id: z.int().min(1), store }, output: Item, errors: [ItemNotFound] },
  ({ item_id, store }) => {
    const item = store.get(item_id);
    if (!item) throw new ItemNotFound();
    return item; // checked against Item, filtered to it, written as JSON
  },
);

const createItem = post("/items", { input: { item: Item, store }, output: Item, status: 201 }, ({ item, store }) => {
  store.set(store.size + 1, { ...item, secret: "" });
  return item;
});

export const api = router({ items: router({ listItems, readItem, createItem }, { tags: ["items"] }) });
export const app = new App({ title: "Items", version: "1.0.0" }).include(api);
