// An extension in the document of an operation.
import { App, get, operationIds } from "apus";

const readItems = get("/items/", { openapi: { "x-aperture-labs-portal": "blue" } }, () => [{ item_id: "portal-gun" }]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
