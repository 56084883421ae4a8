// Operations whose ids are their names.
import { App, get } from "apus";

const read_items = get("/items/", () => [{ item_id: "Foo" }]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: ({ name }) => name }).include({
  read_items,
});
