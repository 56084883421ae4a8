// A dependency that sees an error of the handler and lets it go on.
import { App, HTTPException, depends, get, operationIds } from "apus";
import { z } from "zod";

class InternalError extends Error {}

const getUsername = depends(function* () {
  try {
    yield "Rick";
  } catch (error) {
    if (error instanceof InternalError) console.error("We don't swallow the internal error here, we raise again");
    throw error;
  }
});

const getItem = get(
  "/items/{item_id}",
  { input: { item_id: z.string(), username: getUsername } },
  ({ item_id, username }) => {
    if (item_id === "portal-gun") throw new InternalError(`The portal gun is too dangerous to be owned by ${username}`);
    if (item_id !== "plumbus") throw new HTTPException(404, "Item not found, there's only a plumbus here");
    return item_id;
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  getItem,
});
