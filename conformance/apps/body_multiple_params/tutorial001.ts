// A body that may be left out.
import { App, operationIds, path, put } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
  })
  .meta({ id: "Item" });

const updateItem = put(
  "/items/{item_id}",
  {
    input: {
      item_id: path(z.int().min(0).max(1000), { title: "The ID of the item to get" }),
      q: z.string().nullable().default(null),
      item: Item.nullable().default(null),
    },
  },
  ({ item_id, q, item }) => ({ item_id, ...(q ? { q } : {}), ...(item ? { item } : {}) }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
