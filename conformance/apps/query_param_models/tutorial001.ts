// Query parameters as one model.
import { App, get, operationIds, query } from "apus";
import { z } from "zod";

const FilterParams = z.object({
  limit: z.int().gt(0).lte(100).default(100),
  offset: z.int().gte(0).default(0),
  order_by: z.literal(["created_at", "updated_at"]).default("created_at"),
  tags: z.array(z.string()).default([]),
});

const readItems = get("/items/", { input: { filter: query(FilterParams) } }, ({ filter }) => filter);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
