// An application that clients are generated for.
import { App, get, operationIds, post } from "apus";
import { z } from "zod";

const Item = z.object({ name: z.string(), price: z.number() }).meta({ id: "Item" });

const ResponseMessage = z.object({ message: z.string() }).meta({ id: "ResponseMessage" });

const createItem = post("/items/", { input: { item: Item }, output: ResponseMessage }, () => ({
  message: "item received",
}));

const getItems = get("/items/", { output: z.array(Item) }, () => [
  { name: "Plumbus", price: 3 },
  { name: "Portal Gun", price: 9001 },
]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
  getItems,
});
