// A query parameter with another name.
import { App, get, operationIds, query } from "apus";
import { z } from "zod";

const readItems = get(
  "/items/",
  { input: { q: query(z.string().nullable().default(null), { alias: "item-query" }) } },
  ({ q }) => ({
    items: [{ item_id: "Foo" }, { item_id: "Bar" }],
    ...(q ? { q } : {}),
  }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
