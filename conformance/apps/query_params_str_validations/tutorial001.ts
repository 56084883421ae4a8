// A query parameter that may be left out.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readItems = get("/items/", { input: { q: z.string().nullable().default(null) } }, ({ q }) => ({
  items: [{ item_id: "Foo" }, { item_id: "Bar" }],
  ...(q ? { q } : {}),
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
