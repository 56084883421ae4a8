// A finished JSON answer.
import { App, encode, json, operationIds, put } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const Item = z
  .object({
    title: z.string(),
    timestamp: types.datetime(),
    description: z.string().nullable().default(null),
  })
  .meta({ id: "Item" });

const updateItem = put("/items/{id}", { input: { id: z.string(), item: Item } }, ({ item }) =>
  json(encode(item, Item)),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
