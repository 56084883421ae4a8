// Something that is done when the application starts, to be tested.
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

const readItems = get("/items/{item_id}", { input: { item_id: z.string() } }, ({ item_id }) => items.get(item_id));

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  lifespan,
}).include({ readItems });
