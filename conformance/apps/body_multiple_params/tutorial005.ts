// A single model under its name.
import { App, body, operationIds, put } from "apus";
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
  { input: { item_id: z.int(), item: body(Item, { embed: true }) } },
  ({ item_id, item }) => ({ item_id, item }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
