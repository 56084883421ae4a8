// Examples of a model.
import { App, operationIds, put } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
  })
  .meta({ id: "Item", examples: [{ name: "Foo", description: "A very nice Item", price: 35.4, tax: 3.2 }] });

const updateItem = put("/items/{item_id}", { input: { item_id: z.int(), item: Item } }, ({ item_id, item }) => ({
  item_id,
  item,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
