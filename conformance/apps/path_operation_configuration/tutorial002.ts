// Tags.
import { App, get, operationIds, post } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: z.set(z.string()).default(new Set()),
  })
  .meta({ id: "Item" });

const createItem = post("/items/", { input: { item: Item }, output: Item, tags: ["items"] }, ({ item }) => item);

const readItems = get("/items/", { tags: ["items"] }, () => [{ name: "Foo", price: 42 }]);

const readUsers = get("/users/", { tags: ["users"] }, () => [{ username: "johndoe" }]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
  readItems,
  readUsers,
});
