// A model inside a model, with an address that is checked.
import { App, operationIds, put } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const Image = z.object({ url: types.httpUrl(), name: z.string() }).meta({ id: "Image" });

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: types.set(z.string()).default(new Set()),
    image: Image.nullable().default(null),
  })
  .meta({ id: "Item" });

const updateItem = put("/items/{item_id}", { input: { item_id: z.int(), item: Item } }, ({ item_id, item }) => ({
  item_id,
  item,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
