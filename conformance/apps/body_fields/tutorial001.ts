// Bounds, titles and descriptions of fields; a single body under its own key.
import { App, body, operationIds, put } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().max(300).nullable().default(null).meta({ title: "The description of the item" }),
    price: z.number().gt(0).describe("The price must be greater than zero"),
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
