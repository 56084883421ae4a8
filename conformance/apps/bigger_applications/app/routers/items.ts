// Items.
import { HTTPException, get, put } from "apus";
import { z } from "zod";

const items = new Map([
  ["plumbus", { name: "Plumbus" }],
  ["gun", { name: "Portal Gun" }],
]);

export const readItems = get("/", () => Object.fromEntries(items));

export const readItem = get("/{item_id}", { input: { item_id: z.string() } }, ({ item_id }) => {
  const item = items.get(item_id);
  if (!item) throw new HTTPException(404, "Item not found");
  return { name: item.name, item_id };
});

export const updateItem = put(
  "/{item_id}",
  {
    input: { item_id: z.string() },
    tags: ["custom"],
    responses: { 403: { description: "Operation forbidden" } },
  },
  ({ item_id }) => {
    if (item_id !== "plumbus") throw new HTTPException(403, "You can only update the item: plumbus");
    return { item_id, name: "The great Plumbus" };
  },
);
