// An answer that is declared to be JSON.
import { App, get, json, operationIds } from "apus";

const readItems = get("/items/", { as: json }, () => [{ item_id: "Foo" }]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
