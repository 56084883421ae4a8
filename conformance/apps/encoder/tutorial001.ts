// A body that is stored in its JSON form.
import { App, encode, operationIds, put } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const items = new Map<string, unknown>();

const Item = z
  .object({
    title: z.string(),
    timestamp: types.datetime(),
    description: z.string().nullable().default(null),
  })
  .meta({ id: "Item" });

const updateItem = put("/items/{id}", { input: { id: z.string(), item: Item } }, ({ id, item }) => {
  items.set(id, encode(item));
});

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
