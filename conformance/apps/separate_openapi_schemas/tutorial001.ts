// One model for what comes and what goes.
import { App, get, operationIds, post } from "apus";
import { z } from "zod";

const Item = z.object({ name: z.string(), description: z.string().nullable().default(null) }).meta({ id: "Item" });

const createItem = post("/items/", { input: { item: Item } }, ({ item }) => item);

const readItems = get("/items/", { output: z.array(Item) }, () => [
  { name: "Portal Gun", description: "Device to travel through the multi-rick-verse" },
  { name: "Plumbus" },
]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
  readItems,
});
