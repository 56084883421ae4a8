// A query parameter with a longest length.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readItems = get("/items/", { input: { q: z.string().max(50).nullable().default(null) } }, ({ q }) => ({
  items: [{ item_id: "Foo" }, { item_id: "Bar" }],
  ...(q ? { q } : {}),
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
