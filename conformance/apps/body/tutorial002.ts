// The fields of the body's model in use.
import { App, operationIds, post } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
  })
  .meta({ id: "Item" });

const createItem = post("/items/", { input: { item: Item } }, ({ item }) =>
  item.tax === null ? item : { ...item, price_with_tax: item.price + item.tax },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
});
