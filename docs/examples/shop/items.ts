// Operations of one module. Their paths are relative to the prefix that app.ts gives them.
import { get, httpError } from "apus";
import { z } from "zod";
import { store } from "./store.ts";

export const Item = z.object({ name: z.string(), price: z.number() }).meta({ id: "Item" });
export const ItemNotFound = httpError(404, "Item not found");

export const listItems = get("", { input: { store }, output: z.array(Item) }, ({ store }) => [...store.items.values()]);

export const readItem = get(
  "/{item_id}",
  { input: { item_id: z.int(), store }, output: Item, errors: [ItemNotFound] },
  ({ item_id, store }) => {
    const item = store.items.get(item_id);
    if (item === undefined) throw new ItemNotFound();
    return item;
  },
);
