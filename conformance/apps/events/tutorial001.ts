// Something that is done when the application starts.
import { App, depends, get, operationIds } from "apus";
import { z } from "zod";

const items = new Map<string, { name: string }>();

const lifespan = depends(
  () => {
    items.set("foo", { name: "Fighters" });
    items.set("bar", { name: "Tenders" });
  },
  { scope: "app" },
);

const readItems = get("/items/{item_id}", { input: { item_id: z.string() } }, ({ item_id }) => {
  const item = items.get(item_id);
  if (item === undefined) throw new Error(`There is no item "${item_id}"`);
  return item;
});

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  lifespan,
}).include({ readItems });
