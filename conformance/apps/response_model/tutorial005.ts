// Answers with some of the model's fields.
import { App, get, HTTPException, operationIds } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().default(10.5),
  })
  .meta({ id: "Item" });

const items = new Map([
  ["foo", { name: "Foo", price: 50.2 }],
  ["bar", { name: "Bar", description: "The Bar fighters", price: 62, tax: 20.2 }],
  ["baz", { name: "Baz", description: "There goes my baz", price: 50.2, tax: 10.5 }],
]);

function find(id: string) {
  const item = items.get(id);
  if (item === undefined) throw new HTTPException(404);
  return item;
}

const readItemName = get(
  "/items/{item_id}/name",
  { input: { item_id: z.string() }, output: Item, only: ["name", "description"] },
  ({ item_id }) => find(item_id),
);

const readItemPublicData = get(
  "/items/{item_id}/public",
  { input: { item_id: z.string() }, output: Item, without: ["tax"] },
  ({ item_id }) => find(item_id),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItemName,
  readItemPublicData,
});
