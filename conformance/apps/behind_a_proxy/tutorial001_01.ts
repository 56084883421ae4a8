// A path with a slash at its end, asked for without it.
import { App, get, operationIds } from "apus";

const readItems = get("/items/", () => ["plumbus", "portal gun"]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
