// A client that connects again says which event it saw last.
import { App, event, events, get, header, operationIds } from "apus";
import { z } from "zod";

const items = [
  { name: "Plumbus", price: 32.99 },
  { name: "Portal Gun", price: 999.99 },
  { name: "Meeseeks Box", price: 49.99 },
];

const streamItems = get(
  "/items/stream",
  { input: { last_event_id: header(z.int().nullable().default(null)) }, output: events() },
  async function* ({ last_event_id }) {
    const start = last_event_id === null ? 0 : last_event_id + 1;
    for (const [i, item] of items.entries()) if (i >= start) yield event({ data: item, id: String(i) });
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  streamItems,
});
