// Several path and query parameters, in any order.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readUserItem = get(
  "/users/{user_id}/items/{item_id}",
  {
    input: {
      user_id: z.int(),
      item_id: z.string(),
      q: z.string().nullable().default(null),
      short: z.boolean().default(false),
    },
  },
  ({ user_id, item_id, q, short }) => ({
    item_id,
    owner_id: user_id,
    ...(q ? { q } : {}),
    ...(short ? {} : { description: "This is an amazing item that has a long description" }),
  }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readUserItem,
});
