// An error answer with a model of its own.
import { App, get, json, operationIds } from "apus";
import { z } from "zod";

const Item = z.object({ id: z.string(), value: z.string() }).meta({ id: "Item" });

const Message = z.object({ message: z.string() }).meta({ id: "Message" });

const readItem = get(
  "/items/{item_id}",
  { input: { item_id: z.string() }, output: Item, responses: { 404: { schema: Message } } },
  ({ item_id }) =>
    item_id === "foo"
      ? { id: "foo", value: "there goes my hero" }
      : json({ message: "Item not found" }, { status: 404 }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItem,
});
