// Summary and description.
import { App, operationIds, post } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: z.set(z.string()).default(new Set()),
  })
  .meta({ id: "Item" });

const createItem = post(
  "/items/",
  {
    input: { item: Item },
    output: Item,
    summary: "Create an item",
    description: "Create an item with all the information, name, description, price, tax and a set of unique tags",
  },
  ({ item }) => item,
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
});
