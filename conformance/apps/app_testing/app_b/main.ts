// An application to be tested, with a secret header and errors.
import { App, HTTPException, get, header, operationIds, post } from "apus";
import { z } from "zod";

const secretToken = "coneofsilence";

const Item = z
  .object({ id: z.string(), title: z.string(), description: z.string().nullable().default(null) })
  .meta({ id: "Item" });

const items = new Map<string, z.input<typeof Item>>([
  ["foo", { id: "foo", title: "Foo", description: "There goes my hero" }],
  ["bar", { id: "bar", title: "Bar", description: "The bartenders" }],
]);

const readMain = get(
  "/items/{item_id}",
  { input: { item_id: z.string(), x_token: header(z.string()) }, output: Item },
  ({ item_id, x_token }) => {
    if (x_token !== secretToken) throw new HTTPException(400, "Invalid X-Token header");
    const item = items.get(item_id);
    if (!item) throw new HTTPException(404, "Item not found");
    return item;
  },
);

const createItem = post(
  "/items/",
  { input: { item: Item, x_token: header(z.string()) }, output: Item },
  ({ item, x_token }) => {
    if (x_token !== secretToken) throw new HTTPException(400, "Invalid X-Token header");
    if (items.has(item.id)) throw new HTTPException(409, "Item already exists");
    items.set(item.id, item);
    return item;
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readMain,
  createItem,
});
