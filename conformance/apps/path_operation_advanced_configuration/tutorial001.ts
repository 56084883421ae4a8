// An operation with an id of its own.
import { App, get, operationIds } from "apus";

const readItems = get("/items/", { operationId: "some_specific_id_you_define" }, () => [{ item_id: "Foo" }]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
