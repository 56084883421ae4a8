// A required query parameter.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readUserItem = get(
  "/items/{item_id}",
  { input: { item_id: z.string(), needy: z.string() } },
  ({ item_id, needy }) => ({ item_id, needy }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readUserItem,
});
