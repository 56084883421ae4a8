// Query parameters with defaults.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const items = [{ item_name: "Foo" }, { item_name: "Bar" }, { item_name: "Baz" }];

const readItem = get(
  "/items/",
  { input: { skip: z.int().default(0), limit: z.int().default(10) } },
  ({ skip, limit }) => items.slice(skip, skip + limit),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItem,
});
