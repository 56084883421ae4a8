// A lower and an upper bound.
import { App, get, operationIds, path } from "apus";
import { z } from "zod";

const readItems = get(
  "/items/{item_id}",
  { input: { q: z.string(), item_id: path(z.int().gt(0).max(1000), { title: "The ID of the item to get" }) } },
  ({ q, item_id }) => (q ? { item_id, q } : { item_id }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
