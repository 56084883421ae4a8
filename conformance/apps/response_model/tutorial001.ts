// Models of answers.
import { App, get, operationIds, post } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: z.array(z.string()).default([]),
  })
  .meta({ id: "Item" });

const createItem = post("/items/", { input: { item: Item }, output: Item }, ({ item }) => item);

const readItems = get("/items/", { output: z.array(Item) }, () => [
  { name: "Portal Gun", price: 42 },
  { name: "Plumbus", price: 32 },
]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
  readItems,
});
