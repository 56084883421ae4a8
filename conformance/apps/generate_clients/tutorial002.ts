// An application with tags that clients are generated for.
import { App, get, operationIds, post } from "apus";
import { z } from "zod";

const Item = z.object({ name: z.string(), price: z.number() }).meta({ id: "Item" });

const ResponseMessage = z.object({ message: z.string() }).meta({ id: "ResponseMessage" });

const User = z.object({ username: z.string(), email: z.string() }).meta({ id: "User" });

const createItem = post("/items/", { input: { item: Item }, output: ResponseMessage, tags: ["items"] }, () => ({
  message: "Item received",
}));

const getItems = get("/items/", { output: z.array(Item), tags: ["items"] }, () => [
  { name: "Plumbus", price: 3 },
  { name: "Portal Gun", price: 9001 },
]);

const createUser = post("/users/", { input: { user: User }, output: ResponseMessage, tags: ["users"] }, () => ({
  message: "User received",
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
  getItems,
  createUser,
});
