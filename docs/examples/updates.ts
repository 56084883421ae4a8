// Updates that change only what was sent, and answers that leave something out.
import { App, excludeUnset, get, httpError, patch, put, router } from "apus";
import { partial } from "apus/types";
import { z } from "zod";

const Item = z.object({ name: z.string(), price: z.number(), tax: z.number().default(10.5) }).meta({ id: "Item" });
const ItemUpdate = partial(Item).meta({ id: "ItemUpdate" }); // every field optional, no defaults
const NotFound = httpError(404, "Item not found");

const items = new Map([["foo", { name: "Foo", price: 50.2, tax: 20 }]]);
function find(id: string) {
  const item = items.get(id);
  if (item === undefined) throw new NotFound();
  return item;
}

const updateItem = patch(
  "/items/{id}",
  { input: { id: z.string(), changes: ItemUpdate }, output: Item, errors: [NotFound] },
  ({ id, changes }) => ({ ...find(id), ...changes }),
);

const replaceItem = put(
  "/items/{id}",
  { input: { id: z.string(), item: Item }, output: Item, errors: [NotFound] },
  // The model fills in its defaults; excludeUnset() takes them away again.
  ({ id, item }) => ({ ...find(id), ...excludeUnset(item) }),
);

const readName = get(
  "/items/{id}/name",
  { input: { id: z.string() }, output: Item, only: ["name"], errors: [NotFound] },
  ({ id }) => find(id),
);

export const api = router({ updateItem, replaceItem, readName });
export const app = new App({ title: "Updates" }).include(api);
