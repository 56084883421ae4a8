// Tags, and an operation that is deprecated.
import { App, get, operationIds } from "apus";

const readItems = get("/items/", { tags: ["items"] }, () => [{ name: "Foo", price: 42 }]);

const readUsers = get("/users/", { tags: ["users"] }, () => [{ username: "johndoe" }]);

const readElements = get("/elements/", { tags: ["items"], deprecated: true }, () => [{ item_id: "Foo" }]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
  readUsers,
  readElements,
});
