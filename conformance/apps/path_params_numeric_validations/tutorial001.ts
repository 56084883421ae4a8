// A title on a path parameter, an alias for a query parameter.
import { App, get, operationIds, path, query } from "apus";
import { z } from "zod";

const readItems = get(
  "/items/{item_id}",
  {
    input: {
      item_id: path(z.int(), { title: "The ID of the item to get" }),
      q: query(z.string().nullable().default(null), { alias: "item-query" }),
    },
  },
  ({ item_id, q }) => (q ? { item_id, q } : { item_id }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
