// A body.
import { App, operationIds, post } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    price: z.number(),
    description: z.string().nullable().default(null),
    tax: z.number().nullable().default(null),
  })
  .meta({ id: "Item" });

const createItem = post("/items/", { input: { item: Item } }, ({ item }) => item);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
});
