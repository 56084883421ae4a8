// An error answer with a header.
import { App, HTTPException, get, operationIds } from "apus";
import { z } from "zod";

const items = new Map([["foo", "The Foo Wrestlers"]]);

const readItemHeader = get("/items-header/{item_id}", { input: { item_id: z.string() } }, ({ item_id }) => {
  if (!items.has(item_id))
    throw new HTTPException(404, "Item not found", { headers: { "X-Error": "There goes my error" } });
  return { item: items.get(item_id) };
});

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItemHeader,
});
