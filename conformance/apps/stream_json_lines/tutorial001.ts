// One JSON value per line.
import { App, get, jsonLines, operationIds } from "apus";
import { z } from "zod";

const Item = z.object({ name: z.string(), description: z.string().nullable() }).meta({ id: "Item" });

const items = [
  { name: "Plumbus", description: "A multi-purpose household device." },
  { name: "Portal Gun", description: "A portal opening device." },
  { name: "Meeseeks Box", description: "A box that summons a Meeseeks." },
];

async function* all() {
  for (const item of items) yield item;
}

function* allNoAsync() {
  yield* items;
}

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  streamItems: get("/items/stream", { output: jsonLines(Item) }, all),
  streamItemsNoAsync: get("/items/stream-no-async", { output: jsonLines(Item) }, allNoAsync),
  streamItemsNoAnnotation: get("/items/stream-no-annotation", { output: jsonLines() }, all),
  streamItemsNoAsyncNoAnnotation: get("/items/stream-no-async-no-annotation", { output: jsonLines() }, allNoAsync),
});
