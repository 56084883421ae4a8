// A path parameter of any type.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readItem = get("/items/{item_id}", { input: { item_id: z.any() } }, ({ item_id }) => ({ item_id }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItem,
});
