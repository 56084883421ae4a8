// Two models in one body, each under its name.
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

const User = z.object({ username: z.string(), full_name: z.string().nullable().default(null) }).meta({ id: "User" });

const updateItem = put(
  "/items/{item_id}",
  { input: { item_id: z.int(), item: Item, user: User } },
  ({ item_id, item, user }) => ({ item_id, item, user }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
