// An optional query parameter.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readItem = get(
  "/items/{item_id}",
  { input: { item_id: z.string(), q: z.string().nullable().default(null) } },
  ({ item_id, q }) => (q ? { item_id, q } : { item_id }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItem,
});
