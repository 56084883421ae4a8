// Events with a type, an id, a time to wait and a comment.
import { App, event, events, get, operationIds } from "apus";

const items = [
  { name: "Plumbus", price: 32.99 },
  { name: "Portal Gun", price: 999.99 },
  { name: "Meeseeks Box", price: 49.99 },
];

const streamItems = get("/items/stream", { output: events() }, async function* () {
  yield event({ comment: "stream of item updates" });
  for (const [i, item] of items.entries()) {
    yield event({ data: item, event: "item_update", id: String(i + 1), retry: 5000 });
  }
});

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  streamItems,
});
