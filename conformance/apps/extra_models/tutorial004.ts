// A list of models as the answer.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const Item = z.object({ name: z.string(), description: z.string() }).meta({ id: "Item" });

const items = [
  { name: "Foo", description: "There comes my hero" },
  { name: "Red", description: "It's my aeroplane" },
];

const readItems = get("/items/", { output: z.array(Item) }, () => items);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
