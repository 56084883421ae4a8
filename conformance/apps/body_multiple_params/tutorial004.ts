// A single value in the body beside two models, and a query parameter.
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

const User = z.object({ username: z.string(), full_name: z.string().nullable().default(null) }).meta({ id: "User" });

const updateItem = put(
  "/items/{item_id}",
  {
    input: {
      item_id: z.int(),
      item: Item,
      user: User,
      importance: body(z.int().gt(0)),
      q: z.string().nullable().default(null),
    },
  },
  ({ item_id, item, user, importance, q }) => ({ item_id, item, user, importance, ...(q ? { q } : {}) }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
