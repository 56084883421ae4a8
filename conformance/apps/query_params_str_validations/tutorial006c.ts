// A query parameter that has to be sent and may be null.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readItems = get("/items/", { input: { q: z.string().min(3).nullable() } }, ({ q }) => ({
  items: [{ item_id: "Foo" }, { item_id: "Bar" }],
  ...(q ? { q } : {}),
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
