// A body beside path and query parameters.
import { App, operationIds, put } from "apus";
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
  { input: { item_id: z.int(), item: Item, q: z.string().nullable().default(null) } },
  ({ item_id, item, q }) => ({ item_id, ...item, ...(q ? { q } : {}) }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
