// Something that is made when the application starts.
import { App, depends, get, operationIds } from "apus";
import { z } from "zod";

const items = depends(
  () =>
    new Map([
      ["foo", { name: "Fighters" }],
      ["bar", { name: "Tenders" }],
    ]),
  { scope: "app" },
);

const readItems = get("/items/{item_id}", { input: { item_id: z.string(), items } }, ({ item_id, items }) =>
  items.get(item_id),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
