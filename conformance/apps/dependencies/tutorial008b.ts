// A dependency that cleans up and answers for an error of the handler.
import { App, HTTPException, depends, get, operationIds } from "apus";
import { z } from "zod";

const items = new Map([
  ["plumbus", { description: "Freshly pickled plumbus", owner: "Morty" }],
  ["portal-gun", { description: "Gun to create portals", owner: "Rick" }],
]);

class OwnerError extends Error {}

const getUsername = depends(function* () {
  try {
    yield "Rick";
  } catch (error) {
    if (error instanceof OwnerError) throw new HTTPException(400, `Owner error: ${error.message}`);
    throw error;
  }
});

const getItem = get(
  "/items/{item_id}",
  { input: { item_id: z.string(), username: getUsername } },
  ({ item_id, username }) => {
    const item = items.get(item_id);
    if (!item) throw new HTTPException(404, "Item not found");
    if (item.owner !== username) throw new OwnerError(username);
    return item;
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  getItem,
});
